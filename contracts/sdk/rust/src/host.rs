//! The functions of the host (spec/vm.md §3), and the argument buffer that they share.

pub const BUFFER: usize = 65536;

#[repr(C, align(16))]
pub struct Buffer(pub [u8; BUFFER]);

#[cfg(target_arch = "wasm32")]
mod imports {
    use super::{BUFFER, Buffer};

    #[link(wasm_import_module = "env")]
    unsafe extern "C" {
        pub fn caller() -> i32;
        pub fn callstack() -> i32;
        pub fn c(id: *const u8, name: *const u8, name_size: u32, argument_size: u32, gas: u64) -> i32;
        pub fn hq(name: *const u8, name_size: u32, argument_size: u32) -> u32;
        pub fn hd(name: *const u8, name_size: u32) -> u32;
        pub fn emit(topic: *const u8, topic_size: u32, size: u32);
        pub fn feed(size: u32);
        pub fn limit() -> u64;
        pub fn spent() -> u64;
        pub fn panic(size: u32);
        pub fn owner(id: *const u8) -> i32;
        pub fn self_id();
    }

    // The VM finds the buffer by this name: `--export=A`.
    #[unsafe(no_mangle)]
    static mut A: Buffer = Buffer([0; BUFFER]);

    pub fn buffer() -> *mut u8 {
        (&raw mut A).cast()
    }
}

#[cfg(target_arch = "wasm32")]
pub use imports::*;
#[cfg(not(target_arch = "wasm32"))]
pub use crate::mock::imports::*;

/// The first `size` bytes of the buffer.
pub fn bytes(size: usize) -> &'static [u8] {
    assert!(size <= BUFFER, "out of the argument buffer");
    // SAFETY: one thread; nobody keeps the slice over a call of the host.
    unsafe { core::slice::from_raw_parts(buffer(), size) }
}

/// The whole buffer.
pub fn bytes_mut() -> &'static mut [u8] {
    // SAFETY: as above.
    unsafe { core::slice::from_raw_parts_mut(buffer(), BUFFER) }
}
