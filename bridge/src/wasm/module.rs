//! Modules: compiled code, what it exports, and its imports linked.

use std::ffi::c_void;

use dusk_wasmtime::{ExternType, FuncType, InstancePre, Linker, Module, Mutability, ValType};

use super::engine::WasmEngine;
use super::imports::define;
use super::instance::Host;
use super::{
    give, take_back, view, Sink, INCOMPATIBLE, INVALID_FUNCTION, INVALID_MODULE, LINK, MEMORIES, OK, OTHER,
};
use crate::guard;

/// Why no instance can be made of a module.
pub(super) struct Refusal {
    pub(super) code: i32,
    text: String,
}

pub struct WasmModule {
    pub(super) module: Module,
    pub(super) linked: Result<InstancePre<Host>, Refusal>,
    pub(super) argument_buffer: Option<&'static str>, // its export, when it is what §2.7 asks for
    most_pages: u64, // that a memory of it begins with
    image_bytes: usize,
}

impl WasmModule {
    fn new(module: Module) -> Self {
        let linked = link(&module);
        let argument_buffer = argument_buffer(&module);
        let most_pages = module.resources_required().max_initial_memory_size.unwrap_or(0);
        let image = module.image_range();
        let image_bytes = image.end as usize - image.start as usize;
        Self { module, linked, argument_buffer, most_pages, image_bytes }
    }

    /// The size of code and descriptions in memory.
    pub(super) fn image_bytes(&self) -> usize {
        self.image_bytes
    }

    /// Whether a memory begins with more than this many bytes.
    pub(super) fn needs_more_than(&self, bytes: u64) -> bool {
        self.most_pages > bytes / 65536
    }
}

/// The exported memories, in the order of the exports: whether each has 64-bit addresses.
fn memories(module: &Module) -> impl Iterator<Item = bool> + '_ {
    module.exports().filter_map(|export| export.ty().memory().map(|memory| memory.is_64()))
}

fn is_64(module: &Module) -> bool {
    memories(module).next().unwrap_or(false)
}

/// `(i32) -> i32`.
fn is_entry(function: &FuncType) -> bool {
    let one_i32 = |mut types: Box<dyn Iterator<Item = ValType> + '_>| {
        matches!(types.next(), Some(ValType::I32)) && types.next().is_none()
    };
    one_i32(Box::new(function.params())) && one_i32(Box::new(function.results()))
}

/// Checks exports and imports in the reference's order (spec/vm.md §2.4, §2.5) and links what is to be linked.
fn link(module: &Module) -> Result<InstancePre<Host>, Refusal> {
    let refuse = |code, text| Err(Refusal { code, text });
    let count = memories(module).count();
    if count != 1 {
        return refuse(MEMORIES, format!("the module exports {count} memories instead of one"));
    }
    for export in module.exports() {
        if export.ty().func().is_some_and(|function| !is_entry(function)) {
            return refuse(INVALID_FUNCTION, format!("the export {} is not (i32) -> i32", export.name()));
        }
    }
    let mut linker = Linker::new(module.engine());
    linker.allow_shadowing(true); // a field may be imported twice
    for import in module.imports() {
        match define(&mut linker, is_64(module), import.module(), import.name()) {
            Ok(true) => {}
            Ok(false) => return refuse(INVALID_FUNCTION, format!("there is no import named {}", import.name())),
            Err(error) => return refuse(OTHER, format!("{error:#}")),
        }
    }
    linker.instantiate_pre(module).or_else(|error| refuse(LINK, format!("{error:#}")))
}

fn argument_buffer(module: &Module) -> Option<&'static str> {
    const NAME: &str = "A";
    let Some(ExternType::Global(global)) = module.get_export(NAME) else { return None };
    let is_address = matches!((global.content(), is_64(module)), (ValType::I32, false) | (ValType::I64, true));
    (is_address && global.mutability() == Mutability::Const).then_some(NAME)
}

/// # Safety
/// As the header says.
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
        // SAFETY: the engine is alive, and the bytes stay as they are until we return.
        match unsafe { (*engine).compile(view(at, size)) } {
            // SAFETY: `out` is writable.
            Some(Ok(module)) => unsafe { give(out, WasmModule::new(module)) },
            Some(Err(error)) => {
                let text = format!("{error:#}");
                sink(to, text.as_ptr(), text.len());
                INVALID_MODULE
            }
            None => OTHER,
        }
    })
}

/// # Safety
/// As the header says.
#[no_mangle]
pub unsafe extern "C" fn dusk_wasm_module_serialize(module: *const WasmModule, to: *mut c_void, sink: Sink) -> i32 {
    // SAFETY: the module is alive.
    guard(|| match unsafe { &*module }.module.serialize() {
        Ok(bytes) => {
            sink(to, bytes.as_ptr(), bytes.len());
            OK
        }
        Err(_) => OTHER,
    })
}

/// # Safety
/// As the header says: the bytes are those of `dusk_wasm_module_serialize`.
#[no_mangle]
pub unsafe extern "C" fn dusk_wasm_module_deserialize(
    engine: *const WasmEngine,
    at: *const u8,
    size: usize,
    out: *mut *mut WasmModule,
) -> i32 {
    // SAFETY: the engine is alive; the caller vouches for the bytes.
    guard(|| match unsafe { Module::deserialize(&(*engine).engine, view(at, size)) } {
        // SAFETY: `out` is writable.
        Ok(module) => unsafe { give(out, WasmModule::new(module)) },
        Err(_) => INCOMPATIBLE,
    })
}

/// # Safety
/// As the header says.
#[no_mangle]
pub unsafe extern "C" fn dusk_wasm_module_free(module: *mut WasmModule) {
    // SAFETY: the pointer is one that compiling or deserialising gave, or null.
    unsafe { take_back(module) };
}

/// # Safety
/// As the header says.
#[no_mangle]
pub unsafe extern "C" fn dusk_wasm_module_check(module: *const WasmModule, to: *mut c_void, sink: Sink) -> i32 {
    // SAFETY: the module is alive.
    guard(|| match &unsafe { &*module }.linked {
        Ok(_) => OK,
        Err(Refusal { code, text }) => {
            sink(to, text.as_ptr(), text.len());
            *code
        }
    })
}

/// # Safety
/// As the header says.
#[no_mangle]
pub unsafe extern "C" fn dusk_wasm_module_exported_memories(module: *const WasmModule) -> usize {
    // SAFETY: the module is alive.
    memories(&unsafe { &*module }.module).count()
}

/// # Safety
/// As the header says.
#[no_mangle]
pub unsafe extern "C" fn dusk_wasm_module_is_64(module: *const WasmModule) -> bool {
    // SAFETY: the module is alive.
    is_64(&unsafe { &*module }.module)
}

/// # Safety
/// As the header says.
#[no_mangle]
pub unsafe extern "C" fn dusk_wasm_module_exports_function(
    module: *const WasmModule,
    at: *const u8,
    size: usize,
) -> bool {
    // SAFETY: the module and the name are alive.
    let (module, name) = unsafe { (&(*module).module, view(at, size)) };
    let Ok(name) = std::str::from_utf8(name) else { return false };
    matches!(module.get_export(name), Some(ExternType::Func(_)))
}
