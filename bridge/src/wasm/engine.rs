//! The engine and its settings.

use std::ffi::c_void;
use std::sync::{Arc, OnceLock};

use dusk_wasmtime::{
    Config, Engine, Module, ModuleVersionStrategy, OperatorCost, OptLevel, Result, Strategy, WasmBacktraceDetails,
};
use rayon::ThreadPoolBuilder;

use super::memory::Memories;
use super::{give, take_back, Sink, OK, OTHER};
use crate::guard;

/// Settings that are part of the protocol: what compiles, what it costs, and how much stack it has (spec/vm.md §1).
fn config() -> Result<Config> {
    const STORE_4: i64 = 16; // 4 gas per byte of the value's type
    const STORE_8: i64 = 32;
    const STORE_16: i64 = 64;
    let mut config = Config::new();
    config
        .strategy(Strategy::Cranelift)
        .cranelift_opt_level(OptLevel::SpeedAndSize)
        .cranelift_nan_canonicalization(true)
        .consume_fuel(true)
        .max_wasm_stack(512 * 1024)
        .wasm_backtrace(false)
        .wasm_backtrace_details(WasmBacktraceDetails::Disable)
        .native_unwind_info(false)
        .generate_address_map(false)
        .macos_use_mach_ports(false)
        .wasm_memory64(true)
        .static_memory_forced(true)
        .static_memory_guard_size(0)
        .dynamic_memory_guard_size(0)
        .guard_before_linear_memory(false)
        .memory_init_cow(false)
        .with_host_memory(Arc::new(Memories))
        .operator_cost(OperatorCost {
            I32Store: STORE_4,
            I32Store8: STORE_4,
            I32Store16: STORE_4,
            F32Store: STORE_4,
            I32AtomicStore: STORE_4,
            I32AtomicStore8: STORE_4,
            I32AtomicStore16: STORE_4,
            I64Store: STORE_8,
            I64Store8: STORE_8,
            I64Store16: STORE_8,
            I64Store32: STORE_8,
            F64Store: STORE_8,
            I64AtomicStore: STORE_8,
            I64AtomicStore8: STORE_8,
            I64AtomicStore16: STORE_8,
            I64AtomicStore32: STORE_8,
            V128Store: STORE_16,
            V128Store8Lane: STORE_16,
            V128Store16Lane: STORE_16,
            V128Store32Lane: STORE_16,
            V128Store64Lane: STORE_16,
            ..Default::default()
        });
    config.module_version(ModuleVersionStrategy::Custom("dusk-bridge-1".into()))?;
    Ok(config)
}

static STARTED: OnceLock<bool> = OnceLock::new();

/// Starts the threads that compile, once in a process. They are rayon's own and not a pool that a compilation is
/// `install`ed in: work that comes from outside is cut finer there, so that two threads end at about the same time
/// (a quarter of the time of a contract of 50 kB). False: they do not start.
fn start_compilers(threads: usize) -> bool {
    // More than usual, since the nesting of what is compiled is not ours; it costs only address space.
    const STACK: usize = 8 << 20;
    *STARTED.get_or_init(|| {
        let name = |index| format!("wasm-compile-{index}");
        ThreadPoolBuilder::new().num_threads(threads).thread_name(name).stack_size(STACK).build_global().is_ok()
    })
}

extern "C" {
    /// Of the allocator of this library: what the calling thread has no use for goes back to the system.
    fn mi_collect(force: bool);
}

/// See `dusk_wasm.h`.
#[no_mangle]
pub extern "C" fn dusk_wasm_give_back_memory() {
    // SAFETY: every thread may call it at any time.
    let collect = || unsafe { mi_collect(true) };
    let _ = std::panic::catch_unwind(|| {
        if STARTED.get() == Some(&true) {
            rayon::broadcast(|_| collect());
        }
        collect();
    });
}

/// The engine, and how many threads compile.
pub struct WasmEngine {
    pub(super) engine: Engine,
    threads: usize,
}

impl WasmEngine {
    pub(super) fn new(threads: usize) -> Result<Self> {
        Ok(Self { engine: Engine::new(&config()?)?, threads })
    }

    /// `None`: the threads that compile do not start, or there is no memory for the code.
    pub(super) fn compile(&self, bytes: &[u8]) -> Option<Result<Module>> {
        let compiled = start_compilers(self.threads).then(|| Module::from_binary(&self.engine, bytes))?;
        // The engine has one error for modules that are not valid and for a system that refuses memory.
        if compiled.is_err() && self.precompile(bytes)?.is_ok() {
            return None;
        }
        Some(compiled)
    }

    /// The same without putting the code where it can run: an error is always about the module.
    pub(super) fn precompile(&self, bytes: &[u8]) -> Option<Result<Vec<u8>>> {
        start_compilers(self.threads).then(|| self.engine.precompile_module(bytes))
    }
}

/// Collects what is hashed, instead of a hash whose function may change with the compiler.
struct Collector(Vec<u8>);

impl std::hash::Hasher for Collector {
    fn finish(&self) -> u64 {
        0
    }
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }
}

/// # Safety
/// As the header says.
#[no_mangle]
pub unsafe extern "C" fn dusk_wasm_engine_new(threads: u32, out: *mut *mut WasmEngine) -> i32 {
    guard(|| match WasmEngine::new(threads as usize) {
        // SAFETY: `out` is writable.
        Ok(engine) => unsafe { give(out, engine) },
        Err(_) => OTHER,
    })
}

/// # Safety
/// As the header says.
#[no_mangle]
pub unsafe extern "C" fn dusk_wasm_engine_free(engine: *mut WasmEngine) {
    // SAFETY: the pointer is one of `dusk_wasm_engine_new`, or null.
    unsafe { take_back(engine) };
}

/// # Safety
/// As the header says.
#[no_mangle]
pub unsafe extern "C" fn dusk_wasm_engine_fingerprint(engine: *const WasmEngine, to: *mut c_void, sink: Sink) -> i32 {
    guard(|| {
        let mut all = Collector(b"dusk-wasmtime 21.0.0-alpha, cranelift 0.107.2\0".to_vec());
        // SAFETY: the engine is alive.
        std::hash::Hash::hash(&unsafe { &*engine }.engine.precompile_compatibility_hash(), &mut all);
        sink(to, all.0.as_ptr(), all.0.len());
        OK
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const EMPTY: &[u8] = b"\0asm\x01\0\0\0";
    // A shared memory of one page, which belongs to threads.
    const SHARED: &[u8] = b"\0asm\x01\0\0\0\x05\x04\x01\x03\x01\x01";

    extern "C" fn keep(to: *mut c_void, at: *const u8, size: usize) {
        // SAFETY: the test hands in a vector.
        unsafe { (*to.cast::<Vec<u8>>()).extend_from_slice(std::slice::from_raw_parts(at, size)) };
    }

    fn fingerprint(engine: &WasmEngine) -> Vec<u8> {
        let mut all = Vec::<u8>::new();
        // SAFETY: both are alive.
        assert_eq!(unsafe { dusk_wasm_engine_fingerprint(engine, std::ptr::addr_of_mut!(all).cast(), keep) }, OK);
        all
    }

    #[test]
    fn compiles_what_contracts_may_use() {
        let engine = WasmEngine::new(1).unwrap();
        assert!(engine.compile(EMPTY).unwrap().is_ok());
        assert!(engine.compile(SHARED).unwrap().is_err());
        assert!(engine.compile(&EMPTY[1..]).unwrap().is_err());
    }

    #[test]
    fn engines_of_one_machine_have_one_fingerprint() {
        let (one, two) = (WasmEngine::new(1).unwrap(), WasmEngine::new(2).unwrap());
        assert_eq!(fingerprint(&one), fingerprint(&two));
        let code = one.compile(EMPTY).unwrap().unwrap().serialize().unwrap();
        // SAFETY: the bytes were serialised above.
        assert!(unsafe { Module::deserialize(&two.engine, code) }.is_ok());
    }

    #[test]
    #[ignore = "for profile.sh"]
    fn compiles_the_modules_of_a_profile() {
        let engine = WasmEngine::new(0).unwrap();
        for file in std::env::var("DUSK_PROFILE_MODULES").unwrap().lines() {
            let module = std::fs::read(file).unwrap();
            assert!((0..3).all(|_| engine.compile(&module).unwrap().is_ok()), "{file}");
        }
    }
}
