//! Contracts for the Dusk network: typed functions, archives, host calls, storage.
//!
//! ```ignore
//! #![no_std]
//! use dusk_contract::prelude::*;
//!
//! pub struct Counter { value: u64 }
//! impl Counter {
//!     pub const fn new() -> Self { Self { value: 0 } }
//!     pub fn increment(&mut self) -> u64 { self.value += 1; self.value }
//! }
//! dusk_contract::contract!(Counter { fn increment() });
//! ```
//!
//! The one value of the struct is the contract's state: linear memory outlives the call, and so do the collections of
//! `alloc` in it. Compiled natively the crate is for unit tests; `mock` stands in for the host.
#![no_std]

extern crate alloc;
#[cfg(not(target_arch = "wasm32"))]
extern crate std;

pub use bytecheck;
pub use rkyv;

#[cfg(target_arch = "wasm32")]
mod allocator;
mod codec;
#[doc(hidden)]
pub mod describe;
mod host;
#[cfg(not(target_arch = "wasm32"))]
pub mod mock;
#[cfg(target_arch = "wasm32")]
#[doc(hidden)]
pub mod panicking;
pub mod queries;
#[cfg(target_arch = "wasm32")]
pub mod test;
mod types;

mod call;
mod export;

pub use call::*;
pub use codec::{Value, enter};
pub use export::State;
pub use types::*;

/// What a contract needs by name.
pub mod prelude {
    pub use crate::{
        Account, ContractError, ContractId, PublicKey, block_height, call, caller, chain_id, emit, require, require_sender,
        self_id, sender,
    };
    pub use alloc::collections::BTreeMap;
    pub use alloc::format;
    pub use alloc::string::String;
    pub use alloc::vec::Vec;
    pub use bytecheck::CheckBytes;
    pub use rkyv::{Archive, Deserialize, Serialize};
}
