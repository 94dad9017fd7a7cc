//! A panic ends the call: everything it changed is undone and the caller gets the text.
use core::fmt::{self, Write};
use core::panic::PanicInfo;

use crate::host;

/// Writes to the argument buffer; a caller takes at most 65532 bytes.
pub struct Text(usize);

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

// Only tests set it: in contracts the compiler sees that there is nothing to call.
static mut PLACE: Option<fn(&PanicInfo, &mut Text)> = None;

/// From here on the texts of panics begin with where they happened.
pub fn show_places() {
    // SAFETY: one thread.
    unsafe { PLACE = Some(write_place) };
}
fn write_place(info: &PanicInfo, text: &mut Text) {
    if let Some(place) = info.location() {
        let _ = write!(text, "{}:{}: ", place.file(), place.line());
    }
}

#[panic_handler]
fn panicked(info: &PanicInfo) -> ! {
    let mut text = Text(0);
    // SAFETY: one thread.
    if let Some(write_place) = unsafe { PLACE } {
        write_place(info, &mut text);
    }
    let _ = write!(text, "{}", info.message());
    // SAFETY: the host ends the call here.
    unsafe { host::panic(text.0 as u32) };
    core::arch::wasm32::unreachable()
}
