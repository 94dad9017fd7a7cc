//! Compiling without running: code for another process.

use std::ffi::c_void;

use super::engine::WasmEngine;
use super::{view, Sink, INVALID_MODULE, OK, OTHER};
use crate::guard;

/// # Safety
/// As the header says.
#[no_mangle]
pub unsafe extern "C" fn dusk_wasm_module_precompile(
    engine: *const WasmEngine,
    at: *const u8,
    size: usize,
    to: *mut c_void,
    sink: Sink,
    text_to: *mut c_void,
    text_sink: Sink,
) -> i32 {
    guard(|| {
        // SAFETY: the engine is alive, and the bytes stay as they are until we return.
        match unsafe { (*engine).precompile(view(at, size)) } {
            Some(Ok(code)) => {
                sink(to, code.as_ptr(), code.len());
                OK
            }
            Some(Err(error)) => {
                let text = format!("{error:#}");
                text_sink(text_to, text.as_ptr(), text.len());
                INVALID_MODULE
            }
            None => OTHER,
        }
    })
}
