//! The Rust side of `dusk`: well-kept libraries that exist only in Rust or are built by Cargo, behind the C
//! headers in `include/`. Nothing of the protocol is decided here.
//!
//! Rules of the boundary: plain C types only; the caller owns every buffer; no panic leaves a function (`guard`).

// blst is C and assembly: linking the crate is what exports its functions, declared in `blst.h`.
use blst as _;

mod graphql;
mod groth16;
mod raptorq;
mod wasm;

use std::panic::{catch_unwind, AssertUnwindSafe};

// Of the Rust side only: nothing that it allocates is freed in C++, nor the other way round.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What a bridge function answers when its body panicked.
pub const DUSK_BRIDGE_PANIC: i32 = -1;

/// Runs the body of an exported function; a panic becomes `DUSK_BRIDGE_PANIC`.
fn guard(body: impl FnOnce() -> i32) -> i32 {
    catch_unwind(AssertUnwindSafe(body)).unwrap_or(DUSK_BRIDGE_PANIC)
}

/// What a pointer of C and the number beside it stand for; the pointer means nothing where that is zero.
///
/// # Safety
/// `data` is valid for `count` values, which do not change for `'a`, or `count` is zero.
unsafe fn slice<'a, T>(data: *const T, count: usize) -> &'a [T] {
    if count == 0 {
        return &[];
    }
    // SAFETY: the caller vouches for it.
    unsafe { std::slice::from_raw_parts(data, count) }
}

/// As `slice`, to write.
///
/// # Safety
/// `data` is valid for `count` values, which nothing else touches for `'a`, or `count` is zero.
unsafe fn slice_mut<'a, T>(data: *mut T, count: usize) -> &'a mut [T] {
    if count == 0 {
        return &mut [];
    }
    // SAFETY: the caller vouches for it.
    unsafe { std::slice::from_raw_parts_mut(data, count) }
}

/// Writes the version of this library as a NUL-terminated string of at most `capacity` bytes.
/// Answers 0, or 1 when `capacity` is too small (nothing is written then).
///
/// # Safety
/// `out` is valid for `capacity` bytes.
#[no_mangle]
pub unsafe extern "C" fn dusk_bridge_version(out: *mut u8, capacity: usize) -> i32 {
    guard(|| {
        let version = concat!(env!("CARGO_PKG_VERSION"), "\0").as_bytes();
        if capacity < version.len() {
            return 1;
        }
        // SAFETY: the caller vouches for `capacity` bytes, and the text is not longer.
        unsafe { std::ptr::copy_nonoverlapping(version.as_ptr(), out, version.len()) };
        0
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_code() {
        assert_eq!(guard(|| panic!("on purpose")), DUSK_BRIDGE_PANIC);
        assert_eq!(guard(|| 7), 7);
    }

    #[test]
    fn version_needs_room() {
        let mut buffer = [0u8; 16];
        assert_eq!(unsafe { dusk_bridge_version(buffer.as_mut_ptr(), 3) }, 1);
        assert_eq!(buffer, [0u8; 16]);
        assert_eq!(unsafe { dusk_bridge_version(buffer.as_mut_ptr(), buffer.len()) }, 0);
        assert!(buffer.starts_with(env!("CARGO_PKG_VERSION").as_bytes()));
    }
}
