//! Permits to pay something out of a contract.
use crate::world::World;
use dusk_core::abi::ContractId;
use dusk_core::transfer::withdraw::{Withdraw, WithdrawReceiver, WithdrawReplayToken};
use dusk_core::JubJubScalar;
use ff::Field;

/// Pays an account, or a note of one of the wallets.
pub fn permit(world: &mut World, who: usize, from: ContractId, value: u64, token: WithdrawReplayToken) -> Withdraw {
    if !world.rarely(3) {
        let key = world.accounts[who].clone();
        let receiver = WithdrawReceiver::Moonlight(world.key(who));
        return Withdraw::new(&mut world.random, &key, from, value, receiver, token);
    }
    let wallet = who % world.wallets.len();
    let blinder = JubJubScalar::random(&mut world.random);
    let address = world.wallet(wallet).gen_stealth_address(&blinder);
    let secret = world.wallets[wallet].gen_note_sk(&address);
    Withdraw::new(&mut world.random, &secret, from, value, WithdrawReceiver::Phoenix(address), token)
}
