//! The types of a contract's functions and events as text, for tools that show and read arguments (docs/formats/
//! contract-interface.md). No part of a contract: `dusk contract build` compiles the source once more with the cfg
//! `dusk_test`, runs the export `dusk_describe`, and puts its text into the module as a custom section.
use alloc::collections::BTreeSet;
use alloc::format;
pub use alloc::string::String;
use alloc::string::ToString;
use alloc::vec::Vec;
use core::marker::PhantomData;
use core::mem::offset_of;

use rkyv::Archive;

use crate::types::*;
use crate::{ContractError, host};

/// The lines so far, and the types that have theirs.
#[derive(Default)]
pub struct Description {
    lines: String,
    defined: BTreeSet<String>,
}

impl Description {
    /// Whether this type's line is still to be written.
    pub fn begins(&mut self, name: &str) -> bool {
        self.defined.insert(name.to_string())
    }
    pub fn line(&mut self, line: &str) {
        self.lines.push_str(line);
        self.lines.push('\n');
    }
    /// Into the argument buffer: how many bytes.
    pub fn finish(self) -> u32 {
        let bytes = self.lines.as_bytes();
        host::bytes_mut()[..bytes.len()].copy_from_slice(bytes);
        bytes.len() as u32
    }
}

/// A type that has a name in descriptions. `archived!` implements it for structs.
pub trait Describe {
    /// The name; the lines of the types in it are written first.
    fn describe(to: &mut Description) -> String;
}

macro_rules! named {
    ($($type:ty = $name:literal),*) => {
        $(impl Describe for $type {
            fn describe(_: &mut Description) -> String {
                $name.into()
            }
        })*
    };
}
named!(
    () = "()", bool = "bool", u8 = "u8", u16 = "u16", u32 = "u32", u64 = "u64", u128 = "u128", i8 = "i8", i16 = "i16",
    i32 = "i32", i64 = "i64", i128 = "i128", String = "string", ContractId = "id", PublicKey = "key", Account = "account",
    ContractError = "error", Signature = "opaque<104,8>", MultisigSignature = "opaque<104,8>", BlsScalar = "opaque<32,8>",
    SchnorrPublicKey = "opaque<160,8>", SchnorrSignature = "opaque<192,8>"
);

impl<T: Describe> Describe for Vec<T> {
    fn describe(to: &mut Description) -> String {
        format!("[{}]", T::describe(to))
    }
}
impl<T: Describe, const N: usize> Describe for [T; N] {
    fn describe(to: &mut Description) -> String {
        format!("[{};{N}]", T::describe(to))
    }
}
impl<T: Describe> Describe for Option<T> {
    fn describe(to: &mut Description) -> String {
        format!("option<{}>", T::describe(to))
    }
}
impl<T: Describe, E: Describe> Describe for Result<T, E> {
    fn describe(to: &mut Description) -> String {
        format!("result<{},{}>", T::describe(to), E::describe(to))
    }
}

macro_rules! tuple {
    ($($type:ident $index:tt),+) => {
        impl<$($type: Describe + Archive),+> Describe for ($($type,)+) {
            fn describe(to: &mut Description) -> String {
                let elements = [$(format!("{}@{}", $type::describe(to), offset_of!(<Self as Archive>::Archived, $index))),+];
                format!(
                    "({};{},{})",
                    elements.join(","),
                    size_of::<<Self as Archive>::Archived>(),
                    align_of::<<Self as Archive>::Archived>()
                )
            }
        }
    };
}
tuple!(A 0);
tuple!(A 0, B 1);
tuple!(A 0, B 1, C 2);
tuple!(A 0, B 1, C 2, D 3);
tuple!(A 0, B 1, C 2, D 3, E 4);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5, G 6);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);

/// A type at hand by inference. `(&probe).text(to)` is its name, "?" where it has none.
pub struct Probe<T>(PhantomData<T>);
impl<T> Probe<T> {
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        Self(PhantomData)
    }
}
/// Of what a method answers.
pub fn result_of<S, A, R>(_: impl FnOnce(&mut S, A) -> R) -> Probe<R> {
    Probe::new()
}
pub trait Named {
    fn text(&self, to: &mut Description) -> String;
}
impl<T: Describe> Named for Probe<T> {
    fn text(&self, to: &mut Description) -> String {
        T::describe(to)
    }
}
pub trait Unnamed {
    fn text(&self, to: &mut Description) -> String;
}
impl<T> Unnamed for &Probe<T> {
    fn text(&self, _: &mut Description) -> String {
        "?".into()
    }
}

/// A struct that archives: `archived! { pub struct Moved { pub from: Account, pub amount: u64 } }` adds the derives, and
/// its name and fields to the description of the contract.
#[macro_export]
macro_rules! archived {
    ($($(#[$about:meta])* $access:vis struct $name:ident {
        $($(#[$field_about:meta])* $field_access:vis $field:ident: $type:ty),+ $(,)?
    })+) => {
        $(
            $(#[$about])*
            #[derive($crate::rkyv::Archive, $crate::rkyv::Serialize, $crate::rkyv::Deserialize)]
            #[archive_attr(derive($crate::bytecheck::CheckBytes))]
            $access struct $name {
                $($(#[$field_about])* $field_access $field: $type),+
            }
            impl $crate::describe::Describe for $name {
                fn describe(to: &mut $crate::describe::Description) -> $crate::describe::String {
                    use $crate::describe::{Named as _, Unnamed as _};
                    type Archived = <$name as $crate::rkyv::Archive>::Archived;
                    if to.begins(stringify!($name)) {
                        let mut line = $crate::describe::struct_line::<Archived>(stringify!($name));
                        $(
                            let name = (&$crate::describe::Probe::<$type>::new()).text(to);
                            let at = ::core::mem::offset_of!(Archived, $field);
                            $crate::describe::add_field(&mut line, stringify!($field), &name, at);
                        )+
                        to.line(&line);
                    }
                    stringify!($name).into()
                }
            }
        )+
    };
}
pub fn struct_line<T>(name: &str) -> String {
    format!("struct {name} {} {}", size_of::<T>(), align_of::<T>())
}
pub fn add_field(line: &mut String, field: &str, name: &str, at: usize) {
    line.push_str(&format!(" {field}:{name}@{at}"));
}
pub fn add_function(to: &mut Description, function: &str, argument: &str, result: &str) {
    to.line(&format!("fn {function} {argument} {result}"));
}
pub fn add_event(to: &mut Description, topic: &str, data: &str) {
    to.line(&format!("event {topic} {data}"));
}
