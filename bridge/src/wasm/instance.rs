//! Instances: one contract in one root call.
//!
//! # How a store is reached
//!
//! An instance owns its store. C++ holds a raw pointer to the instance, and while an import runs it may come back with
//! that pointer: to read or set the fuel, or to call a function of the same instance again. At that moment frames
//! below still hold the store mutably: the call that is running, and the engine's trampoline of the import. So the
//! store must not be borrowed anew from the instance. What may be borrowed is the `Caller` that the engine handed to
//! the import, which is derived from those borrows. `innermost` holds it for as long as the import runs, and
//! `with_store` goes through it when there is one. A nested call that reaches an import in turn puts its own `Caller`
//! in place and the old one back, so the chain of borrows is a stack, as Rust asks for. The rest of the instance is
//! never borrowed mutably: cells hold what changes.
//!
//! # How long a store lives
//!
//! Making a store costs several times what making an instance in it does. So a `WasmInstance` can be made anew in the
//! store of its former self, as long as `can_renew` says so: the engine keeps the former instances until the store is
//! dropped, and that is bounded. Nothing of a former instance can be reached from a later one: a module imports
//! functions of ours only, so no global, table or memory of the engine is shared, and fuel and counters begin as in a
//! new store.
//!
//! Nothing here is locked or borrowed across an access to the memory that can fault, other than the store itself, whose
//! pages no fault handler touches.

use std::cell::{Cell, UnsafeCell};
use std::ffi::c_void;
use std::fmt::{Display, Formatter};

use dusk_wasmtime::{AsContextMut, Caller, Error, Instance, InstancePre, ResourceLimiter, Store, StoreContextMut, Trap, TypedFunc};

use super::imports::Imports;
use super::memory::{Provided, WasmMemory};
use super::module::WasmModule;
use super::{take_back, view, IMPORT, LINK, NO_FUNCTION, OK, OTHER, TRAP};
use crate::guard;

pub struct WasmInstance {
    store: UnsafeCell<Store<Host>>,
    instance: Cell<Option<Instance>>, // none while it is being made
    made: Cell<u32>,                  // instances that the store holds
    elements: Cell<u64>,              // of tables of the former ones
    image_bytes: usize,               // of the module
    innermost: Cell<*mut c_void>, // a `Caller<'_, Host>` while an import runs, else null
    imports: *const Imports,
    context: *mut c_void,
    argument_buffer: Cell<Option<u64>>,
}

/// Elements that the tables of an instance may have in all, 8 bytes each. Growing a table costs one gas whatever its
/// length, and the engine ends the process when there is no memory for it.
const MOST_TABLE_ELEMENTS: u64 = 1 << 22;

/// What one store may hold. An instance takes some bytes for each global, export, import and function in a table, all
/// of which take a fraction of that, and more, in the image of the compiled module.
const MOST_INSTANCES: u32 = 64;
const MOST_KEPT_BYTES: usize = 1 << 20; // of images, once for each instance
const MOST_KEPT_ELEMENTS: u64 = 1 << 16;

/// What a store knows: the instance it belongs to, null until there is one, and how large its tables are.
pub struct Host(*const WasmInstance, u64);

impl ResourceLimiter for Host {
    fn memory_growing(&mut self, _: usize, _: usize, _: Option<usize>) -> dusk_wasmtime::Result<bool> {
        Ok(true)
    }
    fn table_growing(&mut self, current: u32, desired: u32, maximum: Option<u32>) -> dusk_wasmtime::Result<bool> {
        if maximum.is_some_and(|most| desired > most) {
            return Ok(true); // the engine refuses it by itself
        }
        self.1 += u64::from(desired.saturating_sub(current));
        if self.1 > MOST_TABLE_ELEMENTS {
            return Err(Error::msg("tables of more elements than a contract may have"));
        }
        Ok(true)
    }
}

// SAFETY: an instance is used by one thread at a time, and its store with it.
unsafe impl Send for Host {}
unsafe impl Sync for Host {}

/// An import ended the call; the other side knows why.
#[derive(Debug)]
pub(super) struct Ended;

impl Display for Ended {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.write_str("an import ended the call")
    }
}

impl std::error::Error for Ended {}

/// Puts the previous `Caller` back in place, also when a panic passes.
struct Restore<'a>(&'a Cell<*mut c_void>, *mut c_void);

impl Drop for Restore<'_> {
    fn drop(&mut self) {
        self.0.set(self.1);
    }
}

impl Host {
    /// Runs an import. `None`: an import as start function, called before there is an instance.
    pub(super) fn while_running<R>(
        caller: &mut Caller<'_, Host>,
        run: impl FnOnce(&Imports, *mut c_void) -> R,
    ) -> Option<R> {
        let pointer = caller.data().0;
        // SAFETY: the instance lives as long as its store, which is running.
        let instance = unsafe { &*pointer };
        instance.instance.get()?;
        let previous = instance.innermost.replace((caller as *mut Caller<'_, Host>).cast());
        let _restore = Restore(&instance.innermost, previous);
        // SAFETY: the table outlives the instance.
        Some(run(unsafe { &*instance.imports }, instance.context))
    }
}

impl WasmInstance {
    fn with_store<R>(&self, run: impl FnOnce(StoreContextMut<'_, Host>) -> R) -> R {
        let innermost = self.innermost.get();
        if innermost.is_null() {
            // SAFETY: no call of this instance runs, so nothing else borrows the store; `run` does not reach this
            // function but through an import, and then `innermost` is set.
            run(unsafe { &mut *self.store.get() }.as_context_mut())
        } else {
            // SAFETY: the import that runs now keeps its `Caller` alive and does not touch it itself.
            run(unsafe { &mut *innermost.cast::<Caller<'_, Host>>() }.as_context_mut())
        }
    }

    /// Gives an instance that `dusk_wasm_instance_free` ends.
    ///
    /// # Safety
    /// The memory and the imports outlive it.
    unsafe fn make(
        module: &WasmModule,
        memory: *mut WasmMemory,
        imports: *const Imports,
        context: *mut c_void,
    ) -> Result<*mut Self, Failure> {
        let linked = module.linked.as_ref().map_err(|refusal| Failure { code: refusal.code, trap: 0 })?;
        // SAFETY: the memory is alive.
        if module.needs_more_than(unsafe { (*memory).maximum }) {
            return Err(Failure { code: LINK, trap: 0 });
        }
        let mut store = Store::new(module.module.engine(), Host(std::ptr::null(), 0));
        store.limiter(|host| host);
        // A raw pointer from the start: the store keeps one too, and the address must not move.
        let pointer = Box::into_raw(Box::new(Self {
            store: UnsafeCell::new(store),
            instance: Cell::new(None),
            made: Cell::new(0),
            elements: Cell::new(0),
            image_bytes: module.image_bytes(),
            innermost: Cell::new(std::ptr::null_mut()),
            imports,
            context,
            argument_buffer: Cell::new(None),
        }));
        // SAFETY: `Box` made the pointer, and only we have it.
        let started = unsafe { &*pointer }.start(module, linked, memory);
        if let Err(error) = started {
            // SAFETY: as above; nothing else refers to it.
            drop(unsafe { Box::from_raw(pointer) });
            return Err(error.into());
        }
        Ok(pointer)
    }

    /// Whether the store may hold one instance more.
    fn can_renew(&self) -> bool {
        let made = self.made.get() + 1;
        let elements = self.elements.get() + self.with_store(|store| store.data().1);
        made <= MOST_INSTANCES
            && self.image_bytes.saturating_mul(made as usize) <= MOST_KEPT_BYTES
            && elements <= MOST_KEPT_ELEMENTS
    }

    /// Makes it as new: what `make` gives for the same module.
    ///
    /// # Safety
    /// No call of it runs, and nothing failed in it but calls that ended by a trap or an import. The memory outlives it.
    unsafe fn renew(&self, module: &WasmModule, memory: *mut WasmMemory) -> Result<(), Failure> {
        let linked = module.linked.as_ref().map_err(|refusal| Failure { code: refusal.code, trap: 0 })?;
        self.instance.set(None);
        self.argument_buffer.set(None);
        self.with_store(|mut store| {
            let elements = std::mem::take(&mut store.data_mut().1);
            self.elements.set(self.elements.get() + elements);
            store.set_fuel(0)
        })?;
        Ok(self.start(module, linked, memory)?)
    }

    /// Makes the engine's instance. The address of `self` does not change from now on.
    fn start(&self, module: &WasmModule, linked: &InstancePre<Host>, memory: *mut WasmMemory) -> Result<(), Error> {
        self.with_store(|mut store| {
            store.data_mut().0 = self;
            self.made.set(self.made.get() + 1);
            let provided = Provided::new(memory);
            let instance = linked.instantiate(&mut store)?;
            drop(provided);
            let name = module.argument_buffer;
            // By name: a handle of the export does not work with modules that have no code.
            if let Some(global) = name.and_then(|name| instance.get_global(&mut store, name)) {
                let value = global.get(&mut store);
                self.argument_buffer.set(value.i32().map(i64::from).or(value.i64()).map(|value| value as u64));
            }
            self.instance.set(Some(instance));
            Ok(())
        })
    }

    fn call(&self, name: &[u8], argument: u32, fuel: u64) -> Result<i32, Failure> {
        const NONE: Failure = Failure { code: NO_FUNCTION, trap: 0 };
        let name = std::str::from_utf8(name).map_err(|_| NONE)?;
        let instance = self.instance.get().ok_or(NONE)?;
        self.with_store(|mut store| {
            let function: TypedFunc<u32, i32> = instance.get_typed_func(&mut store, name).map_err(|_| NONE)?;
            store.set_fuel(fuel)?;
            Ok(function.call(&mut store, argument)?)
        })
    }
}

/// Why there is no instance or no result.
struct Failure {
    code: i32,
    trap: i32,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        if let Some(trap) = error.downcast_ref::<Trap>() {
            return Self { code: TRAP, trap: number(*trap) };
        }
        Self { code: if error.is::<Ended>() { IMPORT } else { OTHER }, trap: 0 }
    }
}

/// `enum dusk_wasm_trap`.
fn number(trap: Trap) -> i32 {
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

/// # Safety
/// As the header says.
#[no_mangle]
pub unsafe extern "C" fn dusk_wasm_instance_new(
    module: *const WasmModule,
    memory: *mut WasmMemory,
    imports: *const Imports,
    context: *mut c_void,
    out: *mut *mut WasmInstance,
    trap: *mut i32,
) -> i32 {
    // SAFETY: the module is alive, `out` and `trap` are writable.
    guard(|| match unsafe { WasmInstance::make(&*module, memory, imports, context) } {
        Ok(instance) => {
            unsafe { *out = instance };
            OK
        }
        Err(failure) => {
            unsafe { *trap = failure.trap };
            failure.code
        }
    })
}

/// # Safety
/// As the header says.
#[no_mangle]
pub unsafe extern "C" fn dusk_wasm_instance_can_renew(instance: *const WasmInstance) -> bool {
    // SAFETY: the instance is alive.
    unsafe { &*instance }.can_renew()
}

/// # Safety
/// As the header says.
#[no_mangle]
pub unsafe extern "C" fn dusk_wasm_instance_renew(
    instance: *mut WasmInstance,
    module: *const WasmModule,
    memory: *mut WasmMemory,
    trap: *mut i32,
) -> i32 {
    // SAFETY: the instance and the module are alive, no call of the instance runs, and `trap` is writable.
    guard(|| match unsafe { (*instance).renew(&*module, memory) } {
        Ok(()) => OK,
        Err(failure) => {
            unsafe { *trap = failure.trap };
            failure.code
        }
    })
}

/// # Safety
/// As the header says.
#[no_mangle]
pub unsafe extern "C" fn dusk_wasm_instance_free(instance: *mut WasmInstance) {
    // SAFETY: the pointer is one of `dusk_wasm_instance_new`, or null, and no call of it runs.
    unsafe { take_back(instance) };
}

/// # Safety
/// As the header says.
#[no_mangle]
pub unsafe extern "C" fn dusk_wasm_instance_argument_buffer(instance: *mut WasmInstance, out: *mut u64) -> bool {
    // SAFETY: the instance is alive and `out` writable.
    match unsafe { &*instance }.argument_buffer.get() {
        Some(address) => {
            unsafe { *out = address };
            true
        }
        None => false,
    }
}

/// # Safety
/// As the header says.
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
    // SAFETY: the instance and the name are alive, `result` and `trap` are writable.
    guard(|| match unsafe { &*instance }.call(unsafe { view(at, size) }, argument, fuel) {
        Ok(value) => {
            unsafe { *result = value };
            OK
        }
        Err(failure) => {
            unsafe { *trap = failure.trap };
            failure.code
        }
    })
}

/// # Safety
/// As the header says.
#[no_mangle]
pub unsafe extern "C" fn dusk_wasm_instance_fuel(instance: *mut WasmInstance) -> u64 {
    // SAFETY: the instance is alive. Reading fails only without metering, which is part of the settings.
    unsafe { &*instance }.with_store(|store| store.get_fuel().unwrap_or(0))
}

/// # Safety
/// As the header says.
#[no_mangle]
pub unsafe extern "C" fn dusk_wasm_instance_set_fuel(instance: *mut WasmInstance, fuel: u64) {
    // SAFETY: as for reading.
    unsafe { &*instance }.with_store(|mut store| {
        let _ = store.set_fuel(fuel);
    });
}
