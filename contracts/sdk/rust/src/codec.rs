//! Values in and out of the argument buffer.
use rkyv::ser::Serializer;
use rkyv::ser::serializers::{AllocScratch, BufferSerializer, CompositeSerializer};
use rkyv::validation::validators::DefaultValidator;
use rkyv::{Archive, Deserialize, Infallible, Serialize};

use crate::host;

pub type Writer = CompositeSerializer<BufferSerializer<&'static mut [u8]>, AllocScratch, Infallible>;

/// A type whose archives can be written, checked and read.
pub trait Value: Archive<Archived: Checked<Self>> + Serialize<Writer> + Sized {}
impl<T: Archive<Archived: Checked<T>> + Serialize<Writer>> Value for T {}

/// An archived form that can be checked and turned back into `T`.
pub trait Checked<T>: Deserialize<T, Infallible> + for<'a> bytecheck::CheckBytes<DefaultValidator<'a>> {}
impl<T, A: Deserialize<T, Infallible> + for<'a> bytecheck::CheckBytes<DefaultValidator<'a>>> Checked<T> for A {}

/// Writes the archive of a value into the buffer: its length.
pub fn write<T: Value>(value: &T) -> u32 {
    let mut writer = Writer::new(BufferSerializer::new(host::bytes_mut()), AllocScratch::new(), Infallible);
    if writer.serialize_value(value).is_err() {
        panic!("the value is too large for the argument buffer");
    }
    writer.pos() as u32
}

/// The value of the archive of `size` bytes in the buffer; nothing when they are no such archive.
pub fn read<T: Value>(size: u32) -> Option<T> {
    let archived = rkyv::check_archived_root::<T>(host::bytes(size as usize)).ok()?;
    archived.deserialize(&mut Infallible).ok()
}

/// Runs a function of the contract on the argument in the buffer: the length of its answer.
pub fn enter<A: Value, R: Value>(size: u32, function: impl FnOnce(A) -> R) -> u32 {
    match read(size) {
        Some(argument) => write(&function(argument)),
        None => panic!("the argument is not an archive of the parameters"),
    }
}
