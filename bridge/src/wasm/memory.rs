//! Linear memories that C++ owns. Instances borrow them.

use std::cell::Cell;
use std::ops::Range;

use dusk_wasmtime::{LinearMemory, MemoryCreator, MemoryType, Result};

/// `struct dusk_wasm_memory`.
#[repr(C)]
pub struct WasmMemory {
    pub(super) base: *mut u8,
    pub(super) length: u64,
    pub(super) maximum: u64,
    pub(super) needs_data: bool,
}

thread_local! {
    static NEXT: Cell<*mut WasmMemory> = const { Cell::new(std::ptr::null_mut()) };
}

/// Names the memory of the instances that this thread makes while the value lives.
pub(super) struct Provided(*mut WasmMemory);

impl Provided {
    pub(super) fn new(memory: *mut WasmMemory) -> Self {
        Self(NEXT.replace(memory))
    }
}

impl Drop for Provided {
    fn drop(&mut self) {
        NEXT.set(self.0);
    }
}

/// A memory of an instance. Several of one instance share what is behind the pointer.
///
/// Every method reads or writes fields through the raw pointer and keeps no reference: C++ changes them too, while an
/// import runs.
struct Borrowed(*mut WasmMemory);

// SAFETY: an instance is used by one thread at a time, and the memory outlives it.
unsafe impl Send for Borrowed {}
unsafe impl Sync for Borrowed {}

// SAFETY: `base` does not move, and the caller has reserved `maximum` bytes from it: loads and stores of static
// memories end at 4 GiB, but bulk operators and memories that begin with more go up to the length.
unsafe impl LinearMemory for Borrowed {
    fn byte_size(&self) -> usize {
        unsafe { (*self.0).length as usize }
    }
    fn maximum_byte_size(&self) -> Option<usize> {
        Some(unsafe { (*self.0).maximum } as usize)
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

/// Hands out the memory named by `Provided`.
pub(super) struct Memories;

// SAFETY: see `Borrowed`. Memories are zero where nothing was written: that is the caller's part.
unsafe impl MemoryCreator for Memories {
    fn new_memory(
        &self,
        _type: MemoryType,
        minimum: usize,
        _maximum: Option<usize>,
        _reserved: Option<usize>,
        _guard: usize,
    ) -> std::result::Result<Box<dyn LinearMemory>, String> {
        let memory = NEXT.get();
        if memory.is_null() {
            return Err("no memory was provided".into());
        }
        // SAFETY: whoever made `Provided` vouches for the pointer for as long as that value lives.
        unsafe {
            if (*memory).needs_data {
                (*memory).length = minimum as u64;
            }
        }
        Ok(Box::new(Borrowed(memory)))
    }
}
