//! A panic ends the call: everything it changed is undone and the caller gets the text.
use core::fmt::{self, Write};

use crate::host;

/// Writes to the argument buffer; a caller takes at most 65532 bytes.
struct Text(usize);

impl Write for Text {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = self.0 + text.len();
        if end > host::BUFFER - 4 {
            return Err(fmt::Error);
        }
        host::bytes_mut()[self.0..end].copy_from_slice(text.as_bytes());
        self.0 = end;
        Ok(())
    }
}

#[panic_handler]
fn panicked(info: &core::panic::PanicInfo) -> ! {
    let mut text = Text(0);
    let _ = write!(text, "{}", info.message());
    // SAFETY: the host ends the call here.
    unsafe { host::panic(text.0 as u32) };
    core::arch::wasm32::unreachable()
}
