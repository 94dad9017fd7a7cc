//! The WASM engine behind `include/dusk_wasm.h`: dusk-wasmtime, whose gas is the reference's operator by operator
//! (spec/vm.md §1, §10).
//!
//! There is one engine for the process; the reference makes one for each of its sessions. Memories are C++'s
//! (`memory`), checks and linking happen once per module (`module`, `imports`), and every contract of a root call has
//! its own instance and store (`instance`, which explains how a store is reached while an import runs).

mod engine;
mod imports;
mod instance;
mod memory;
mod module;
mod precompile;

use std::ffi::c_void;

use crate::guard;

// `enum dusk_wasm_code`.
const OK: i32 = 0;
const INVALID_MODULE: i32 = 1;
const MEMORIES: i32 = 2;
const INVALID_FUNCTION: i32 = 3;
const LINK: i32 = 4;
const TRAP: i32 = 5;
const IMPORT: i32 = 6;
const NO_FUNCTION: i32 = 7;
const INCOMPATIBLE: i32 = 8;
const OTHER: i32 = 9;

/// `dusk_wasm_sink`.
type Sink = extern "C" fn(*mut c_void, *const u8, usize);

/// The bytes of a C++ view, whose address means nothing when it is empty.
///
/// # Safety
/// `size` bytes at `at` are readable and do not change for `'a`.
unsafe fn view<'a>(at: *const u8, size: usize) -> &'a [u8] {
    if size == 0 {
        return &[];
    }
    // SAFETY: the caller's promise.
    unsafe { std::slice::from_raw_parts(at, size) }
}

/// Gives an object to C++.
///
/// # Safety
/// `out` is writable.
unsafe fn give<T>(out: *mut *mut T, value: T) -> i32 {
    // SAFETY: the caller's promise.
    unsafe { *out = Box::into_raw(Box::new(value)) };
    OK
}

/// Ends an object that C++ gives back.
///
/// # Safety
/// The pointer is null, or `give` made it and nothing uses it any more.
unsafe fn take_back<T>(pointer: *mut T) {
    if pointer.is_null() {
        return;
    }
    guard(|| {
        // SAFETY: the caller's promise.
        drop(unsafe { Box::from_raw(pointer) });
        OK
    });
}
