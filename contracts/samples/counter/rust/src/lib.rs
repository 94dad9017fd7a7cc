//! A number that everybody may raise.
#![no_std]
use dusk_contract::prelude::*;

pub struct Counter {
    value: u64,
}

impl Counter {
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        Self { value: 0 }
    }
    pub fn init(&mut self, start: u64) {
        self.value = start;
    }
    pub fn read(&self) -> u64 {
        self.value
    }
    pub fn increment(&mut self) -> u64 {
        self.add(1)
    }
    pub fn add(&mut self, amount: u64) -> u64 {
        self.value = self.value.checked_add(amount).expect("overflow");
        emit("counted", &self.value);
        self.value
    }
}

dusk_contract::contract!(Counter { fn init(start: u64); fn read(); fn increment(); fn add(amount: u64) } events { "counted": u64 });

#[cfg(dusk_test)]
mod tests;
