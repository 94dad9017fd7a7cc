//! RaptorQ behind `include/dusk_raptorq.h`.

use std::sync::{Arc, Mutex, PoisonError};

use raptorq::{
    extended_source_block_symbols, EncodingPacket, ObjectTransmissionInformation, PayloadId, SourceBlockDecoder,
    SourceBlockEncoder, SourceBlockEncodingPlan,
};

use crate::{guard, slice, slice_mut};

const OK: i32 = 0;
const NOT_SOLVABLE: i32 = 1;
const INVALID: i32 = 2;

const MOST_SYMBOLS: u32 = 56403;
const MOST_LENGTH: u64 = (1 << 40) - 1;
const LEAST_PACKET: u16 = 64;
const ID_END: u32 = 1 << 24;

/// How a block of so many symbols is encoded: the greatest part of the work for a small object, and the same for every
/// block that is filled up to the same number.
type Plan = Arc<SourceBlockEncodingPlan>;

/// Those that were used last, the latest at the end.
struct Plans {
    plans: Vec<(u32, Plan)>,
    symbols: u32,
}

/// Symbols of all remembered plans together: a few hundred bytes of memory for each.
const REMEMBERED_SYMBOLS: u32 = 65_536;

static PLANS: Mutex<Plans> = Mutex::new(Plans { plans: Vec::new(), symbols: 0 });

impl Plans {
    fn take(&mut self, symbols: u32) -> Option<Plan> {
        let place = self.plans.iter().position(|(number, _)| *number == symbols)?;
        let found = self.plans.remove(place);
        let plan = found.1.clone();
        self.plans.push(found);
        Some(plan)
    }

    fn put(&mut self, symbols: u32, plan: Plan) {
        if self.plans.iter().any(|(number, _)| *number == symbols) {
            return;
        }
        self.plans.push((symbols, plan));
        self.symbols += symbols;
        while self.symbols > REMEMBERED_SYMBOLS && self.plans.len() > 1 {
            self.symbols -= self.plans.remove(0).0;
        }
    }
}

fn plan_of(symbols: u32) -> Plan {
    let remembered = || PLANS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(plan) = remembered().take(symbols) {
        return plan;
    }
    let plan = Arc::new(SourceBlockEncodingPlan::generate(symbols as u16));
    remembered().put(symbols, plan.clone());
    plan
}

/// Of one block whose symbols are not split: the caller does that.
fn block_info(symbol_size: u16) -> ObjectTransmissionInformation {
    ObjectTransmissionInformation::new(0, symbol_size, 0, 1, 1)
}

fn repair(block: &[u8], symbols: u32, symbol_size: u16, ids: &[u32], repair: &mut [u8]) -> i32 {
    if ids.iter().any(|id| !(symbols..ID_END).contains(id)) {
        return INVALID;
    }
    // A block that is filled up with zeros has the same repair symbols, further up, and needs no plan of its own.
    let extended = extended_source_block_symbols(symbols);
    let fits = ids.iter().all(|id| id - symbols + extended < ID_END);
    let extended = if fits { extended } else { symbols };
    let size = usize::from(symbol_size);
    let mut filled = Vec::new();
    let block = if extended == symbols {
        block
    } else {
        filled.reserve_exact(extended as usize * size);
        filled.extend_from_slice(block);
        filled.resize(extended as usize * size, 0);
        &filled
    };
    let encoder = SourceBlockEncoder::with_encoding_plan(0, &block_info(symbol_size), block, &plan_of(extended));
    let mut done = 0;
    while done < ids.len() {
        let run = run_length(&ids[done..]);
        let packets = encoder.repair_packets(ids[done] - symbols, run as u32);
        for (packet, to) in packets.iter().zip(repair[done * size..].chunks_exact_mut(size)) {
            to.copy_from_slice(packet.data());
        }
        done += run;
    }
    OK
}

/// How many of the first identifiers follow each other.
fn run_length(ids: &[u32]) -> usize {
    1 + ids.windows(2).take_while(|pair| pair[0] + 1 == pair[1]).count()
}

fn solve(received: &[u8], ids: &[u32], symbols: u32, symbol_size: u16, block: &mut [u8]) -> i32 {
    if ids.iter().any(|id| *id >= ID_END) {
        return INVALID;
    }
    let length = u64::from(symbols) * u64::from(symbol_size);
    let packets = ids
        .iter()
        .zip(received.chunks_exact(usize::from(symbol_size)))
        .map(|(id, symbol)| EncodingPacket::new(PayloadId::new(0, *id), symbol.to_vec()));
    match SourceBlockDecoder::new(0, &block_info(symbol_size), length).decode(packets) {
        Some(solved) => {
            block.copy_from_slice(&solved);
            OK
        }
        None => NOT_SOLVABLE,
    }
}

/// Whether a block of such symbols can be.
fn is_block(symbols: u32, symbol_size: u16) -> bool {
    (1..=MOST_SYMBOLS).contains(&symbols) && symbol_size > 0
}

/// See `dusk_raptorq.h`.
///
/// # Safety
/// `info` is valid for 12 bytes.
#[no_mangle]
pub unsafe extern "C" fn dusk_raptorq_info(length: u64, packet_size: u16, info: *mut u8) -> i32 {
    guard(|| {
        if !(1..=MOST_LENGTH).contains(&length) || packet_size < LEAST_PACKET {
            return INVALID;
        }
        let bytes = ObjectTransmissionInformation::with_defaults(length, packet_size).serialize();
        // SAFETY: the caller vouches for as many bytes.
        unsafe { slice_mut(info, bytes.len()) }.copy_from_slice(&bytes);
        OK
    })
}

/// See `dusk_raptorq.h`.
///
/// # Safety
/// `block` is valid for `symbols` symbols, `ids` for `count` numbers, `out` for `count` symbols.
#[no_mangle]
pub unsafe extern "C" fn dusk_raptorq_repair(
    block: *const u8,
    symbols: u32,
    symbol_size: u16,
    ids: *const u32,
    count: usize,
    out: *mut u8,
) -> i32 {
    guard(|| {
        if !is_block(symbols, symbol_size) {
            return INVALID;
        }
        let size = usize::from(symbol_size);
        // SAFETY: the caller vouches for the three.
        let (block, ids, out) =
            unsafe { (slice(block, symbols as usize * size), slice(ids, count), slice_mut(out, count * size)) };
        repair(block, symbols, symbol_size, ids, out)
    })
}

/// See `dusk_raptorq.h`.
///
/// # Safety
/// `received` is valid for `count` symbols, `ids` for `count` numbers, `out` for `symbols` symbols.
#[no_mangle]
pub unsafe extern "C" fn dusk_raptorq_solve(
    received: *const u8,
    ids: *const u32,
    count: usize,
    symbols: u32,
    symbol_size: u16,
    out: *mut u8,
) -> i32 {
    guard(|| {
        if !is_block(symbols, symbol_size) {
            return INVALID;
        }
        let size = usize::from(symbol_size);
        // SAFETY: the caller vouches for the three.
        let (received, ids, out) =
            unsafe { (slice(received, count * size), slice(ids, count), slice_mut(out, symbols as usize * size)) };
        solve(received, ids, symbols, symbol_size, out)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use raptorq::{Decoder, Encoder};

    fn object(length: usize) -> Vec<u8> {
        (0..length as u64).map(|at| (at.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as u8).collect()
    }

    fn padded(object: &[u8], symbol_size: usize) -> (Vec<u8>, u32) {
        let symbols = object.len().div_ceil(symbol_size);
        let mut block = object.to_vec();
        block.resize(symbols * symbol_size, 0);
        (block, symbols as u32)
    }

    fn call_repair(block: &[u8], symbols: u32, size: u16, ids: &[u32]) -> Result<Vec<u8>, i32> {
        let mut out = vec![0; ids.len() * usize::from(size)];
        match unsafe {
            dusk_raptorq_repair(block.as_ptr(), symbols, size, ids.as_ptr(), ids.len(), out.as_mut_ptr())
        } {
            OK => Ok(out),
            code => Err(code),
        }
    }

    #[test]
    fn symbols_are_those_of_the_encoder() {
        for length in [1, 64, 65, 640, 999, 20_000, 70_001] {
            let object = object(length);
            let encoder = Encoder::with_defaults(&object, 64);
            let (block, symbols) = padded(&object, 64);
            let packets = encoder.get_encoded_packets(9);
            let ids: Vec<u32> = (symbols..symbols + 9).collect();
            let repair = call_repair(&block, symbols, 64, &ids).unwrap();
            let expected: Vec<u8> = packets[symbols as usize..].iter().flat_map(|packet| packet.data().to_vec()).collect();
            assert_eq!(repair, expected);
            // In any order and choice.
            let chosen = [symbols + 7, symbols + 2, symbols + 3];
            let repair = call_repair(&block, symbols, 64, &chosen).unwrap();
            let expected: Vec<u8> =
                chosen.iter().flat_map(|id| packets[*id as usize].data().to_vec()).collect();
            assert_eq!(repair, expected);
        }
    }

    #[test]
    fn a_block_comes_out_of_enough_symbols() {
        let object = object(5000);
        let (block, symbols) = padded(&object, 64);
        let repair_ids: Vec<u32> = (symbols..symbols + 40).collect();
        let repair = call_repair(&block, symbols, 64, &repair_ids).unwrap();
        let mut ids: Vec<u32> = (0..symbols).filter(|id| id % 3 != 0).collect();
        let mut received: Vec<u8> =
            ids.iter().flat_map(|id| block[*id as usize * 64..(*id as usize + 1) * 64].to_vec()).collect();
        let mut out = vec![0; block.len()];
        let mut solve = |received: &[u8], ids: &[u32]| unsafe {
            dusk_raptorq_solve(received.as_ptr(), ids.as_ptr(), ids.len(), symbols, 64, out.as_mut_ptr())
        };
        assert_eq!(solve(&received, &ids), NOT_SOLVABLE);
        ids.extend_from_slice(&repair_ids);
        received.extend_from_slice(&repair);
        assert_eq!(solve(&received, &ids), OK);
        assert_eq!(out, block);
    }

    #[test]
    fn the_information_is_that_of_the_encoder() {
        let mut info = [0u8; 12];
        for (length, packet) in [(1, 1300), (10_406_880, 1300), (10_406_881, 1300), (1_000_000, 8192), (5, 64)] {
            assert_eq!(unsafe { dusk_raptorq_info(length, packet, info.as_mut_ptr()) }, OK);
            assert_eq!(info, ObjectTransmissionInformation::with_defaults(length, packet).serialize());
        }
        // The same decoder takes it.
        Decoder::new(ObjectTransmissionInformation::deserialize(&info));
        assert_eq!(unsafe { dusk_raptorq_info(0, 1300, info.as_mut_ptr()) }, INVALID);
        assert_eq!(unsafe { dusk_raptorq_info(1 << 40, 1300, info.as_mut_ptr()) }, INVALID);
        assert_eq!(unsafe { dusk_raptorq_info(1, 63, info.as_mut_ptr()) }, INVALID);
    }

    #[test]
    fn numbers_out_of_range_are_refused() {
        let block = [0u8; 64];
        assert_eq!(call_repair(&block, 1, 64, &[0]), Err(INVALID));
        assert_eq!(call_repair(&block, 1, 64, &[1 << 24]), Err(INVALID));
        assert_eq!(call_repair(&block, 0, 64, &[1]), Err(INVALID));
        assert_eq!(call_repair(&block, 64, 0, &[64]), Err(INVALID));
        assert_eq!(call_repair(&[], MOST_SYMBOLS + 1, 64, &[]), Err(INVALID));
        assert_eq!(call_repair(&block, 1, 64, &[(1 << 24) - 1]).unwrap().len(), 64);
        let ids = [1 << 24];
        let mut out = [0u8; 64];
        assert_eq!(
            unsafe { dusk_raptorq_solve(block.as_ptr(), ids.as_ptr(), 1, 1, 64, out.as_mut_ptr()) },
            INVALID
        );
    }

    #[test]
    fn plans_that_were_used_last_stay() {
        let mut plans = Plans { plans: Vec::new(), symbols: 0 };
        let plan = Arc::new(SourceBlockEncodingPlan::generate(10));
        for symbols in [30_000, 20_000, 10_000] {
            plans.put(symbols, plan.clone());
            plans.put(symbols, plan.clone());
        }
        assert!(plans.take(30_000).is_some());
        plans.put(15_000, plan.clone());
        assert!(plans.take(20_000).is_none());
        assert!(plans.take(10_000).is_some() && plans.take(30_000).is_some() && plans.take(15_000).is_some());
        assert_eq!(plans.symbols, 55_000);
    }
}
