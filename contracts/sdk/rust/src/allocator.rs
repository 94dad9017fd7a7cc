//! The heap of a contract: blocks of powers of two, from lists of freed ones, else from the end of linear memory. The
//! same as in the C++ SDK (memory.hpp).
use core::alloc::{GlobalAlloc, Layout};
use core::arch::wasm32::memory_grow;
use core::cell::UnsafeCell;
use core::ptr::null_mut;

unsafe extern "C" {
    static __heap_base: u8;
}

const PAGE: usize = 65536;
const SMALLEST: usize = 16;

struct Block {
    next: *mut Block,
}

struct State {
    next: usize,
    end: usize,
    free: [*mut Block; 32],
}

struct Heap(UnsafeCell<State>);

// SAFETY: a contract has one thread.
unsafe impl Sync for Heap {}

#[global_allocator]
static HEAP: Heap = Heap(UnsafeCell::new(State { next: 0, end: 0, free: [null_mut(); 32] }));

fn block_size(layout: &Layout) -> usize {
    layout.size().max(layout.align()).max(SMALLEST).next_power_of_two()
}

impl State {
    fn take(&mut self, block: usize, align: usize) -> *mut u8 {
        if self.end == 0 {
            self.next = (&raw const __heap_base as usize).next_multiple_of(SMALLEST);
            // Asked of the memory itself: what memory.size says may be too high after a call that failed (§5.5).
            self.end = memory_grow::<0>(0) * PAGE;
        }
        let start = self.next.next_multiple_of(align.max(SMALLEST));
        let Some(end) = start.checked_add(block) else { return null_mut() };
        if end > self.end {
            let before = memory_grow::<0>((end - self.end).div_ceil(PAGE));
            // The last page stays free: its end is no 32-bit address.
            if before == usize::MAX || end > 65535 * PAGE {
                return null_mut();
            }
            self.end = before * PAGE + (end - self.end).div_ceil(PAGE) * PAGE;
        }
        self.next = end;
        start as *mut u8
    }
}

// SAFETY: blocks do not overlap; one that is freed is in one list until it is given out again.
unsafe impl GlobalAlloc for Heap {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if layout.size() > 1 << 31 {
            return null_mut();
        }
        let block = block_size(&layout);
        unsafe {
            let state = &mut *self.0.get();
            let list = &mut state.free[block.trailing_zeros() as usize];
            let found = *list;
            // Blocks are aligned to 16; more is asked for by nobody, so such lists are not looked through.
            if !found.is_null() && (found as usize).is_multiple_of(layout.align()) {
                *list = (*found).next;
                return found.cast();
            }
            state.take(block, layout.align())
        }
    }
    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        unsafe {
            let list = &mut (*self.0.get()).free[block_size(&layout).trailing_zeros() as usize];
            let block: *mut Block = at.cast();
            (*block).next = *list;
            *list = block;
        }
    }
    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        unsafe {
            let larger = Layout::from_size_align_unchecked(size, layout.align());
            if block_size(&larger) == block_size(&layout) {
                return at;
            }
            let moved = self.alloc(larger);
            if !moved.is_null() {
                core::ptr::copy_nonoverlapping(at, moved, layout.size().min(size));
                self.dealloc(at, layout);
            }
            moved
        }
    }
}
