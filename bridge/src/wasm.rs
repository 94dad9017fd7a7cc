//! The WASM engine behind `include/dusk_wasm.h`: dusk-wasmtime, whose gas is the reference's operator by operator
//! (spec/vm.md §1, §10).
//!
//! There is one engine; the reference makes one for each of its sessions. Memories come from the caller, through a
//! thread-local that is set while an instance is made. Imports are linked once per module.
//!
//! Stores are reached through raw pointers. An import runs while its instance is being called, and the caller may then
//! ask for the fuel of that instance or call it again, as the reference does and as the C interface of wasmtime allows:
//! the engine itself keeps no borrow of the store's data across a call, and every borrow made here ends before the next
//! call into C or compiled code begins.

use std::cell::Cell;
use std::ffi::c_void;
use std::ops::Range;
use std::sync::Arc;

use dusk_wasmtime::{
    Caller, Config, Engine, Extern, ExternType, Instance, InstancePre, LinearMemory, Linker, MemoryCreator, MemoryType,
    Module, ModuleVersionStrategy, Mutability, OperatorCost, OptLevel, Result, Store, Strategy, Trap, TypedFunc,
    ValType, WasmBacktraceDetails,
};

use crate::guard;

const OK: i32 = 0;
const INVALID_MODULE: i32 = 1;
const INVALID_FUNCTION: i32 = 2;
const LINK: i32 = 3;
const TRAP: i32 = 4;
const IMPORT: i32 = 5;
const NO_FUNCTION: i32 = 6;
const OTHER: i32 = 7;

#[repr(C)]
pub struct Memory {
    base: *mut u8,
    length: u64,
    maximum: u64,
    needs_data: bool,
}

/// A table of C functions; see the header for what they do.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Imports {
    caller: extern "C" fn(*mut c_void, *mut i32) -> i32,
    callstack: extern "C" fn(*mut c_void, *mut i32) -> i32,
    c: extern "C" fn(*mut c_void, u64, u64, u32, u32, u64, *mut i32) -> i32,
    hq: extern "C" fn(*mut c_void, u64, u32, u32, *mut i32) -> i32,
    hd: extern "C" fn(*mut c_void, u64, u32, *mut i32) -> i32,
    emit: extern "C" fn(*mut c_void, u64, u32, u32) -> i32,
    feed: extern "C" fn(*mut c_void, u32) -> i32,
    limit: extern "C" fn(*mut c_void, *mut i64) -> i32,
    spent: extern "C" fn(*mut c_void, *mut i64) -> i32,
    panic: extern "C" fn(*mut c_void, u32) -> i32,
    owner: extern "C" fn(*mut c_void, u64, *mut i32) -> i32,
    self_id: extern "C" fn(*mut c_void) -> i32,
}

type Sink = extern "C" fn(*mut c_void, *const u8, usize);

/// What an instance's imports know.
struct Host {
    context: *mut c_void,
    running: bool, // false while the instance is being made: a start function must not reach the host
}
// SAFETY: an instance is used by one thread at a time; the pointer is only handed back to its owner.
unsafe impl Send for Host {}

/// An import ended the call; the other side knows why.
#[derive(Debug)]
struct Ended;
impl std::fmt::Display for Ended {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an import ended the call")
    }
}
impl std::error::Error for Ended {}

thread_local! {
    static MEMORY: Cell<*mut Memory> = const { Cell::new(std::ptr::null_mut()) };
}

/// The memory of the instance that is being made. Copies share it.
struct HostMemory(*mut Memory);
// SAFETY: the memory belongs to one instance, which is used by one thread at a time, and outlives it.
unsafe impl Send for HostMemory {}
unsafe impl Sync for HostMemory {}

unsafe impl LinearMemory for HostMemory {
    fn byte_size(&self) -> usize {
        unsafe { (*self.0).length as usize }
    }
    fn maximum_byte_size(&self) -> Option<usize> {
        unsafe { Some((*self.0).maximum as usize) }
    }
    fn grow_to(&mut self, new_size: usize) -> Result<()> {
        unsafe { (*self.0).length = new_size as u64 };
        Ok(())
    }
    fn needs_init(&self) -> bool {
        unsafe { (*self.0).needs_data }
    }
    fn as_ptr(&self) -> *mut u8 {
        unsafe { (*self.0).base }
    }
    fn wasm_accessible(&self) -> Range<usize> {
        let begin = self.as_ptr() as usize;
        begin..begin + self.byte_size()
    }
}

struct Memories;
unsafe impl MemoryCreator for Memories {
    fn new_memory(
        &self,
        _type: MemoryType,
        minimum: usize,
        _maximum: Option<usize>,
        _reserved: Option<usize>,
        _guard: usize,
    ) -> std::result::Result<Box<dyn LinearMemory>, String> {
        let memory = MEMORY.get();
        if memory.is_null() {
            return Err("no memory was provided".into());
        }
        // SAFETY: set by `dusk_wasm_instantiate` for as long as it runs.
        unsafe {
            if (*memory).needs_data {
                (*memory).length = minimum as u64;
            }
        }
        Ok(Box::new(HostMemory(memory)))
    }
}

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

pub struct WasmEngine {
    engine: Engine,
    imports: Imports,
}

pub struct WasmModule {
    module: Module,
    linked: std::result::Result<InstancePre<Host>, i32>,
}

pub struct WasmInstance {
    store: Store<Host>,
    instance: Instance,
    is_64: bool,
}

/// Runs an import: refused before the instance is made, ended when the other side says so.
fn host<R: Default>(caller: Caller<'_, Host>, run: impl FnOnce(*mut c_void, &mut R) -> i32) -> Result<R> {
    let (context, running) = (caller.data().context, caller.data().running);
    drop(caller);
    let mut result = R::default();
    if !running || run(context, &mut result) != 0 {
        return Err(Ended.into());
    }
    Ok(result)
}

/// Defines the import of one field. Addresses are i32 or i64 with the width of the module's memory. False: no import
/// has this name.
fn define(linker: &mut Linker<Host>, imports: Imports, is_64: bool, module: &str, name: &str) -> Result<bool> {
    type C<'a> = Caller<'a, Host>;
    let f = imports;
    match (name, is_64) {
        ("caller", _) => linker.func_wrap(module, name, move |h: C| host(h, |x, r: &mut i32| (f.caller)(x, r)))?,
        ("callstack", _) => linker.func_wrap(module, name, move |h: C| host(h, |x, r: &mut i32| (f.callstack)(x, r)))?,
        ("c", false) => linker.func_wrap(module, name, move |h: C, id: u32, at: u32, n: u32, a: u32, gas: u64| {
            host(h, |x, r: &mut i32| (f.c)(x, id.into(), at.into(), n, a, gas, r))
        })?,
        ("c", true) => linker.func_wrap(module, name, move |h: C, id: u64, at: u64, n: u32, a: u32, gas: u64| {
            host(h, |x, r: &mut i32| (f.c)(x, id, at, n, a, gas, r))
        })?,
        ("hq", false) => linker.func_wrap(module, name, move |h: C, at: u32, n: u32, a: u32| {
            host(h, |x, r: &mut i32| (f.hq)(x, at.into(), n, a, r))
        })?,
        ("hq", true) => linker.func_wrap(module, name, move |h: C, at: u64, n: u32, a: u32| {
            host(h, |x, r: &mut i32| (f.hq)(x, at, n, a, r))
        })?,
        ("hd", false) => linker.func_wrap(module, name, move |h: C, at: u32, n: u32| {
            host(h, |x, r: &mut i32| (f.hd)(x, at.into(), n, r))
        })?,
        ("hd", true) => linker
            .func_wrap(module, name, move |h: C, at: u64, n: u32| host(h, |x, r: &mut i32| (f.hd)(x, at, n, r)))?,
        ("emit", false) => linker.func_wrap(module, name, move |h: C, at: u32, n: u32, a: u32| {
            host(h, |x, _: &mut ()| (f.emit)(x, at.into(), n, a))
        })?,
        ("emit", true) => linker.func_wrap(module, name, move |h: C, at: u64, n: u32, a: u32| {
            host(h, |x, _: &mut ()| (f.emit)(x, at, n, a))
        })?,
        ("feed", _) => linker.func_wrap(module, name, move |h: C, a: u32| host(h, |x, _: &mut ()| (f.feed)(x, a)))?,
        ("limit", _) => linker.func_wrap(module, name, move |h: C| host(h, |x, r: &mut i64| (f.limit)(x, r)))?,
        ("spent", _) => linker.func_wrap(module, name, move |h: C| host(h, |x, r: &mut i64| (f.spent)(x, r)))?,
        ("panic", _) => linker.func_wrap(module, name, move |h: C, a: u32| host(h, |x, _: &mut ()| (f.panic)(x, a)))?,
        ("owner", false) => linker
            .func_wrap(module, name, move |h: C, at: u32| host(h, |x, r: &mut i32| (f.owner)(x, at.into(), r)))?,
        ("owner", true) => {
            linker.func_wrap(module, name, move |h: C, at: u64| host(h, |x, r: &mut i32| (f.owner)(x, at, r)))?
        }
        ("self_id", _) => linker.func_wrap(module, name, move |h: C| host(h, |x, _: &mut ()| (f.self_id)(x)))?,
        _ => return Ok(false),
    };
    Ok(true)
}

fn is_64(module: &Module) -> bool {
    module.exports().find_map(|e| e.ty().memory().map(|m| m.is_64())).unwrap_or(false)
}

/// Checks exports and imports in the reference's order (spec/vm.md §2.5) and links what is to be linked.
fn link(engine: &WasmEngine, module: &Module) -> std::result::Result<InstancePre<Host>, i32> {
    for export in module.exports() {
        if let ExternType::Func(function) = export.ty() {
            let is_i32 = |mut types: Box<dyn Iterator<Item = ValType> + '_>| {
                matches!(types.next(), Some(ValType::I32)) && types.next().is_none()
            };
            if !is_i32(Box::new(function.params())) || !is_i32(Box::new(function.results())) {
                return Err(INVALID_FUNCTION);
            }
        }
    }
    let mut linker = Linker::new(&engine.engine);
    linker.allow_shadowing(true);
    for import in module.imports() {
        match define(&mut linker, engine.imports, is_64(module), import.module(), import.name()) {
            Ok(true) => {}
            Ok(false) => return Err(INVALID_FUNCTION),
            Err(_) => return Err(OTHER),
        }
    }
    linker.instantiate_pre(module).map_err(|_| LINK)
}

fn trap_number(trap: Trap) -> i32 {
    match trap {
        Trap::StackOverflow => 1,
        Trap::MemoryOutOfBounds => 2,
        Trap::HeapMisaligned => 3,
        Trap::TableOutOfBounds => 4,
        Trap::IndirectCallToNull => 5,
        Trap::BadSignature => 6,
        Trap::IntegerOverflow => 7,
        Trap::IntegerDivisionByZero => 8,
        Trap::BadConversionToInteger => 9,
        Trap::UnreachableCodeReached => 10,
        Trap::OutOfFuel => 11,
        _ => 12,
    }
}

/// The code of a failed call and, for a trap, which one.
unsafe fn explain(error: dusk_wasmtime::Error, trap: *mut i32) -> i32 {
    if let Some(found) = error.downcast_ref::<Trap>() {
        *trap = trap_number(*found);
        return TRAP;
    }
    if error.is::<Ended>() {
        return IMPORT;
    }
    OTHER
}

unsafe fn bytes<'a>(at: *const u8, size: usize) -> &'a [u8] {
    if size == 0 {
        &[]
    } else {
        std::slice::from_raw_parts(at, size)
    }
}

unsafe fn give<T>(out: *mut *mut T, value: T) -> i32 {
    *out = Box::into_raw(Box::new(value));
    OK
}

unsafe fn free<T>(pointer: *mut T) {
    if !pointer.is_null() {
        guard(|| {
            drop(Box::from_raw(pointer));
            OK
        });
    }
}

/// # Safety
/// As in the header: pointers are valid for what they are said to be.
#[no_mangle]
pub unsafe extern "C" fn dusk_wasm_engine_new(imports: *const Imports, out: *mut *mut WasmEngine) -> i32 {
    guard(|| match config().and_then(|config| Engine::new(&config)) {
        Ok(engine) => give(out, WasmEngine { engine, imports: *imports }),
        Err(_) => OTHER,
    })
}

/// # Safety
/// See the header.
#[no_mangle]
pub unsafe extern "C" fn dusk_wasm_engine_free(engine: *mut WasmEngine) {
    free(engine);
}

/// # Safety
/// See the header.
#[no_mangle]
pub unsafe extern "C" fn dusk_wasm_engine_fingerprint(engine: *const WasmEngine, to: *mut c_void, sink: Sink) -> i32 {
    /// Collects what is hashed, instead of a hash that may differ between compilers.
    struct Collect(Vec<u8>);
    impl std::hash::Hasher for Collect {
        fn finish(&self) -> u64 {
            0
        }
        fn write(&mut self, bytes: &[u8]) {
            self.0.extend_from_slice(bytes);
        }
    }
    guard(|| {
        let mut all = Collect(b"dusk-wasmtime 21.0.0-alpha".to_vec());
        std::hash::Hash::hash(&(*engine).engine.precompile_compatibility_hash(), &mut all);
        sink(to, all.0.as_ptr(), all.0.len());
        OK
    })
}

/// # Safety
/// See the header.
#[no_mangle]
pub unsafe extern "C" fn dusk_wasm_module_compile(
    engine: *const WasmEngine,
    at: *const u8,
    size: usize,
    out: *mut *mut WasmModule,
    to: *mut c_void,
    sink: Sink,
) -> i32 {
    guard(|| {
        let engine = &*engine;
        match Module::from_binary(&engine.engine, bytes(at, size)) {
            Ok(module) => {
                let linked = link(engine, &module);
                give(out, WasmModule { module, linked })
            }
            Err(error) => {
                let text = format!("{error:#}");
                sink(to, text.as_ptr(), text.len());
                INVALID_MODULE
            }
        }
    })
}

/// # Safety
/// See the header.
#[no_mangle]
pub unsafe extern "C" fn dusk_wasm_module_serialize(module: *const WasmModule, to: *mut c_void, sink: Sink) -> i32 {
    guard(|| match (*module).module.serialize() {
        Ok(bytes) => {
            sink(to, bytes.as_ptr(), bytes.len());
            OK
        }
        Err(_) => OTHER,
    })
}

/// # Safety
/// See the header.
#[no_mangle]
pub unsafe extern "C" fn dusk_wasm_module_deserialize(
    engine: *const WasmEngine,
    at: *const u8,
    size: usize,
    out: *mut *mut WasmModule,
) -> i32 {
    guard(|| {
        let engine = &*engine;
        match Module::deserialize(&engine.engine, bytes(at, size)) {
            Ok(module) => {
                let linked = link(engine, &module);
                give(out, WasmModule { module, linked })
            }
            Err(_) => INVALID_MODULE,
        }
    })
}

/// # Safety
/// See the header.
#[no_mangle]
pub unsafe extern "C" fn dusk_wasm_module_free(module: *mut WasmModule) {
    free(module);
}

/// # Safety
/// See the header.
#[no_mangle]
pub unsafe extern "C" fn dusk_wasm_module_exported_memories(module: *const WasmModule) -> usize {
    (*module).module.exports().filter(|e| e.ty().memory().is_some()).count()
}

/// # Safety
/// See the header.
#[no_mangle]
pub unsafe extern "C" fn dusk_wasm_module_is_64(module: *const WasmModule) -> bool {
    is_64(&(*module).module)
}

/// # Safety
/// See the header.
#[no_mangle]
pub unsafe extern "C" fn dusk_wasm_module_exports_function(module: *const WasmModule, at: *const u8, size: usize) -> bool {
    let Ok(name) = std::str::from_utf8(bytes(at, size)) else { return false };
    matches!((*module).module.get_export(name), Some(ExternType::Func(_)))
}

/// # Safety
/// See the header.
#[no_mangle]
pub unsafe extern "C" fn dusk_wasm_instantiate(
    engine: *const WasmEngine,
    module: *const WasmModule,
    memory: *mut Memory,
    context: *mut c_void,
    out: *mut *mut WasmInstance,
    trap: *mut i32,
) -> i32 {
    guard(|| {
        let linked = match &(*module).linked {
            Ok(linked) => linked,
            Err(code) => return *code,
        };
        let mut store = Store::new(&(*engine).engine, Host { context, running: false });
        let outer = MEMORY.replace(memory);
        let instance = linked.instantiate(&mut store);
        MEMORY.set(outer);
        match instance {
            Ok(instance) => {
                store.data_mut().running = true;
                give(out, WasmInstance { store, instance, is_64: is_64(&(*module).module) })
            }
            Err(error) => explain(error, trap),
        }
    })
}

/// # Safety
/// See the header.
#[no_mangle]
pub unsafe extern "C" fn dusk_wasm_instance_free(instance: *mut WasmInstance) {
    free(instance);
}

/// # Safety
/// See the header.
#[no_mangle]
pub unsafe extern "C" fn dusk_wasm_instance_argument_buffer(instance: *mut WasmInstance, out: *mut u64) -> bool {
    let mut found = false;
    guard(|| {
        let WasmInstance { store, instance, is_64 } = &mut *instance;
        let Some(Extern::Global(global)) = instance.get_export(&mut *store, "A") else { return OK };
        if global.ty(&*store).mutability() != Mutability::Const {
            return OK;
        }
        let value = global.get(&mut *store);
        let address = if *is_64 { value.i64() } else { value.i32().map(i64::from) };
        if let Some(address) = address {
            *out = address as u64;
            found = true;
        }
        OK
    });
    found
}

/// # Safety
/// See the header.
#[no_mangle]
pub unsafe extern "C" fn dusk_wasm_instance_call(
    instance: *mut WasmInstance,
    at: *const u8,
    size: usize,
    argument: u32,
    fuel: u64,
    result: *mut i32,
    trap: *mut i32,
) -> i32 {
    guard(|| {
        let Ok(name) = std::str::from_utf8(bytes(at, size)) else { return NO_FUNCTION };
        let store = &mut *std::ptr::addr_of_mut!((*instance).store);
        let function: TypedFunc<u32, i32> = match (*instance).instance.get_typed_func(&mut *store, name) {
            Ok(function) => function,
            Err(_) => return NO_FUNCTION,
        };
        if store.set_fuel(fuel).is_err() {
            return OTHER;
        }
        match function.call(store, argument) {
            Ok(value) => {
                *result = value;
                OK
            }
            Err(error) => explain(error, trap),
        }
    })
}

/// # Safety
/// See the header.
#[no_mangle]
pub unsafe extern "C" fn dusk_wasm_instance_fuel(instance: *mut WasmInstance) -> u64 {
    (*instance).store.get_fuel().unwrap_or(0)
}

/// # Safety
/// See the header.
#[no_mangle]
pub unsafe extern "C" fn dusk_wasm_instance_set_fuel(instance: *mut WasmInstance, fuel: u64) {
    let _ = (*instance).store.set_fuel(fuel);
}
