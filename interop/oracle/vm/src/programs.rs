//! Random programs for tests/contracts/script.wasm, an interpreter of small programs.
use rand::{Rng, rngs::StdRng};

const LONGEST: usize = 2000;

fn address(dice: &mut StdRng) -> u32 {
    0x20_0000 + dice.gen_range(0..24u32) * 0x1_0000 + *[0, 1, 4095, 4096, 65535].get(dice.gen_range(0..5)).unwrap()
}

fn step(dice: &mut StdRng, ids: &[[u8; 32]], depth: u32, calls: &mut u32, out: &mut Vec<u8>) {
    match dice.gen_range(0..24) {
        0..=3 => {
            out.push(1);
            out.extend(address(dice).to_le_bytes());
            out.push(if dice.gen_bool(0.3) { 0 } else { dice.r#gen() });
        }
        4..=8 => {
            out.push(2);
            out.extend(address(dice).to_le_bytes());
        }
        9 => out.extend([3, dice.gen_range(0..3)]),
        10..=14 if depth < 6 && *calls > 0 => {
            *calls -= 1;
            let inner = program(dice, ids, depth + 1, calls);
            if inner.len() > 900 {
                return;
            }
            let gas: u64 = [0, 0, 0, 1, 900, 3000, 20_000, 200_000][dice.gen_range(0..8)];
            out.push(4);
            out.extend(ids[dice.gen_range(0..ids.len())]);
            out.extend(gas.to_le_bytes());
            out.extend((inner.len() as u16).to_le_bytes());
            out.extend(inner);
        }
        15 => out.extend([5, b'a' + dice.gen_range(0..26), dice.gen_range(0..40)]),
        16 if dice.gen_bool(0.4) => out.extend([6, dice.gen_range(0..20)]),
        17 => {
            out.push(7);
            out.extend(dice.gen_range(0..300u32).to_le_bytes());
        }
        18 if dice.gen_bool(0.3) => out.push(8),
        19 if dice.gen_bool(0.2) && depth > 0 => out.extend([9, dice.gen_range(1..5)]),
        20 => out.push(dice.gen_range(10..16)),
        21 => out.extend([16, dice.gen_range(0..60)]),
        22 => {
            let name: &[u8] = [&b"f0"[..], b"f1", b"f2", b"run", b"init", b"nope", b"", b"\xff"][dice.gen_range(0..8)];
            out.push(17);
            out.extend(ids[dice.gen_range(0..ids.len())]);
            out.extend([0u64, 500, 50_000][dice.gen_range(0..3)].to_le_bytes());
            out.push(name.len() as u8);
            out.extend(name);
        }
        _ => out.push(12),
    }
}

pub fn program(dice: &mut StdRng, ids: &[[u8; 32]], depth: u32, calls: &mut u32) -> Vec<u8> {
    let mut out = vec![];
    for _ in 0..dice.gen_range(1..10) {
        let before = out.len();
        step(dice, ids, depth, calls, &mut out);
        if out.len() > LONGEST {
            out.truncate(before);
        }
    }
    out
}
