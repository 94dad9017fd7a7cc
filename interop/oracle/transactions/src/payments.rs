//! What wallets pay with their notes: some of it wrong on purpose.
use crate::accounts::{bytes, Made, MUCH_GAS};
use crate::chain::{archive, Chain};
use crate::notes::{pay, Inputs, Payment, Purses};
use crate::permits::permit;
use crate::prover::Prover;
use crate::world::{World, CHAIN_ID, DUSK};
use dusk_bytes::Serializable;
use dusk_core::abi::ContractId;
use dusk_core::stake::{Stake, Withdraw as StakeWithdraw, STAKE_CONTRACT};
use dusk_core::transfer::data::{gen_contract_id, ContractCall, ContractDeploy, TransactionData};
use dusk_core::transfer::withdraw::WithdrawReplayToken;
use dusk_core::transfer::{Transaction, TransactionFormat, TRANSFER_CONTRACT};
use dusk_core::BlsScalar;
use rand::Rng;

const DEPLOY_PRICE: u64 = 2_000;

fn count_of_inputs(world: &mut World) -> usize {
    [1, 1, 1, 1, 1, 1, 2, 2, 3, 4][world.random.gen_range(0..10)]
}

/// The nullifiers of the inputs; now and then with one more, or with another.
fn token(world: &mut World, who: usize, inputs: &Inputs) -> WithdrawReplayToken {
    let mut listed: Vec<BlsScalar> =
        inputs.notes.iter().map(|(note, _)| note.gen_nullifier(&world.wallets[who])).collect();
    match world.random.gen_range(0..8) {
        0 => listed.push(listed[0] + listed[0]),
        1 => listed[0] += BlsScalar::one(),
        _ => {}
    }
    WithdrawReplayToken::Phoenix(listed)
}

fn call(contract: ContractId, name: &str, argument: Vec<u8>) -> Option<TransactionData> {
    Some(ContractCall::new(contract, name).with_raw_args(argument).into())
}

fn deploy(world: &mut World) -> (TransactionData, ContractId) {
    let owner = world.key(0).to_bytes().to_vec();
    let nonce = world.random.gen_range(40..60);
    let id = gen_contract_id(&world.probe, nonce, &owner);
    let init = archive(&world.random.gen::<u64>());
    (ContractDeploy::new(world.probe.clone(), owner, Some(init), nonce).into(), id)
}

/// Fills in what the notes are spent on; what it is, and what it deploys.
fn purpose(world: &mut World, who: usize, inputs: &Inputs, payment: &mut Payment) -> (&'static str, Option<ContractId>) {
    let someone = world.someone();
    let with_call = |payment: &mut Payment, data| {
        payment.value = 0;
        payment.gas_limit = MUCH_GAS;
        payment.data = data;
    };
    match world.random.gen_range(0..12) {
        0 => payment.data = Some(bytes(world, 512).into()),
        1 | 2 => {
            let value = inputs.worth / 4;
            let token = token(world, who, inputs);
            let permit = permit(world, someone, TRANSFER_CONTRACT, value, token);
            payment.deposit = value;
            with_call(payment, call(TRANSFER_CONTRACT, "convert", archive(&permit)));
            return ("note: conversion", None);
        }
        3 if inputs.worth > 1_500 * DUSK => {
            let value = 1_000 * DUSK;
            let key = &world.accounts[someone];
            let stake = Stake::new(key, key, value, CHAIN_ID);
            payment.deposit = value;
            with_call(payment, call(STAKE_CONTRACT, "stake", archive(&stake)));
            return ("note: stake", None);
        }
        4 if !world.stakes.is_empty() => {
            let stake = &world.stakes[world.random.gen_range(0..world.stakes.len())];
            let (account, owner, reward) = (stake.account, stake.owner.unwrap_or(0), stake.reward);
            let token = token(world, who, inputs);
            let permit = permit(world, someone, STAKE_CONTRACT, reward / 2, token);
            let argument = StakeWithdraw::new(&world.accounts[account], &world.accounts[owner], permit);
            with_call(payment, call(STAKE_CONTRACT, "withdraw", archive(&argument)));
            return ("note: reward withdrawal", None);
        }
        5 if !world.stakes.is_empty() => {
            let stake = &world.stakes[world.random.gen_range(0..world.stakes.len())];
            let (account, owner, value) = (stake.account, stake.owner.unwrap_or(0), stake.value);
            let token = token(world, who, inputs);
            let permit = permit(world, someone, STAKE_CONTRACT, value, token);
            let argument = StakeWithdraw::new(&world.accounts[account], &world.accounts[owner], permit);
            with_call(payment, call(STAKE_CONTRACT, "unstake", archive(&argument)));
            return ("note: unstake", None);
        }
        6 => {
            let probe = world.probes.first().copied().unwrap_or(ContractId::from_bytes([9; 32]));
            let name = if world.rarely(2) { "boom" } else { "ping" };
            payment.data = call(probe, name, archive(&3u64));
            return ("note: call", None);
        }
        7 if inputs.worth > 400 * DUSK => {
            let (data, id) = deploy(world);
            payment.gas_price = DEPLOY_PRICE;
            payment.gas_limit = 5_000_000 + 100 * world.probe.len() as u64 + 60_000_000;
            payment.value = 0;
            payment.data = Some(data);
            return ("note: deployment", Some(id));
        }
        8 => payment.gas_limit = world.random.gen_range(1_000_000..25_000_000),
        _ => {}
    }
    ("note: transfer", None)
}

/// With one bit changed, wherever it still decodes.
fn changed(world: &mut World, transaction: &Transaction) -> Transaction {
    let wire = transaction.encode_for_format(TransactionFormat::Boreas);
    let first = if world.rarely(2) { wire.len() - 1008 } else { 10 };
    loop {
        let mut other = wire.clone();
        other[world.random.gen_range(first..wire.len())] ^= 1 << world.random.gen_range(0..8);
        if let Ok(decoded) = Transaction::from_slice(&other) {
            return decoded;
        }
    }
}

/// Nothing, when the wallet has no note that is worth it. Else a transaction, and perhaps a changed one before it and
/// the same again after it.
pub fn of_note(world: &mut World, purses: &mut Purses, chain: &Chain, prover: &Prover) -> Vec<Made> {
    purses.refresh(chain, world);
    let who = world.random.gen_range(0..world.wallets.len());
    let count = count_of_inputs(world);
    let Some(inputs) = purses.take(chain, world, who, count, 2 * MUCH_GAS) else { return vec![] };
    let mut payment = Payment {
        to: world.random.gen_range(0..world.wallets.len()),
        value: world.random.gen_range(0..inputs.worth / 2),
        hidden: world.random.gen(),
        deposit: 0,
        gas_limit: 60_000_000,
        gas_price: 1,
        data: None,
    };
    let (kind, deploys) = purpose(world, who, &inputs, &mut payment);
    let transaction = pay(world, prover, who, inputs, payment);
    let mut out = vec![];
    if world.rarely(3) {
        out.push(Made::new("note: changed", changed(world, &transaction)));
    }
    let again = world.rarely(3).then(|| Made::new("note: again", transaction.clone()));
    out.push(Made { kind, transaction, deploys });
    out.extend(again);
    out
}
