//! Keys from signatures on secp256k1.
use rand::{rngs::StdRng, Rng, RngCore};
use secp256k1::{
    ecdsa::{RecoverableSignature, RecoveryId},
    Message, Secp256k1, SecretKey,
};
use serde_json::{json, Value};

// Big-endian: the order of the group and the modulus of the field.
const ORDER: &str = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
const FIELD: &str = "fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f";

fn recover(digest: [u8; 32], signature: &[u8; 65]) -> Option<[u8; 65]> {
    let id = match signature[64] {
        v @ (0 | 1) => i32::from(v),
        v @ (27 | 28) => i32::from(v) - 27,
        _ => return None,
    };
    let id = RecoveryId::try_from(id).ok()?;
    let parsed = RecoverableSignature::from_compact(&signature[..64], id).ok()?;
    let key = Secp256k1::new().recover_ecdsa(Message::from_digest(digest), &parsed).ok()?;
    Some(key.serialize_uncompressed())
}

fn number(text: &str, plus: i8) -> [u8; 32] {
    let mut out: [u8; 32] = hex::decode(text).expect("hex").try_into().expect("32 bytes");
    out[31] = out[31].wrapping_add_signed(plus);
    out
}

fn negated(s: &[u8]) -> [u8; 32] {
    let (order, mut out, mut borrow) = (number(ORDER, 0), [0; 32], 0);
    for i in (0..32).rev() {
        let difference = i32::from(order[i]) - i32::from(s[i]) - borrow;
        out[i] = difference.rem_euclid(256) as u8;
        borrow = i32::from(difference < 0);
    }
    out
}

pub fn cases(rng: &mut StdRng) -> Value {
    let mut out = vec![];
    let mut add = |note: &str, digest: [u8; 32], signature: &[u8; 65]| {
        out.push(json!({"note": note, "digest": hex::encode(digest), "signature": hex::encode(signature),
            "key": recover(digest, signature).map(hex::encode)}));
    };
    let mut digest = [0; 32];
    rng.fill_bytes(&mut digest);
    for i in 0..6 {
        let key = loop {
            let mut bytes = [0; 32];
            rng.fill_bytes(&mut bytes);
            if let Ok(key) = SecretKey::from_byte_array(bytes) {
                break key;
            }
        };
        if i > 2 {
            digest = [[0; 32], [0xff; 32], number(ORDER, 0)][i - 3];
        }
        let signed = Secp256k1::new().sign_ecdsa_recoverable(Message::from_digest(digest), &key);
        let (id, compact) = signed.serialize_compact();
        let mut signature = [0; 65];
        signature[..64].copy_from_slice(&compact);
        for v in [0, 1, 2, 3, 26, 27, 28, 29, 255] {
            signature[64] = v;
            add(&format!("signature {i}, v {v}"), digest, &signature);
        }
        signature[32..64].copy_from_slice(&negated(&compact[32..]));
        for v in [0, 1] {
            signature[64] = v;
            add(&format!("signature {i} (v {}), upper s, v {v}", i32::from(id)), digest, &signature);
        }
    }
    for edge in [[0; 32], number(ORDER, 0), number(ORDER, -1), number(ORDER, 1), number(FIELD, -1), [0xff; 32]] {
        for at in [0, 32] {
            for v in [0, 1] {
                let mut signature = [0; 65];
                rng.fill_bytes(&mut signature[..64]);
                signature[at..at + 32].copy_from_slice(&edge);
                signature[64] = v;
                add(if at == 0 { "edge of r" } else { "edge of s" }, digest, &signature);
            }
        }
    }
    for _ in 0..30 {
        let mut signature = [0; 65];
        rng.fill_bytes(&mut signature[..64]);
        rng.fill_bytes(&mut digest);
        signature[64] = rng.gen_range(0..2);
        add("random", digest, &signature);
    }
    // r = x of the generator, s and digest chosen so that the sum is the point at infinity: z = s k for k = 1.
    let generator = hex::decode("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798").expect("hex");
    let mut signature = [0; 65];
    signature[..32].copy_from_slice(&generator);
    signature[63] = 5;
    let mut five = [0; 32];
    five[31] = 5;
    for v in [0, 1] {
        signature[64] = v;
        add("key would be the point at infinity, or not", five, &signature);
    }
    Value::from(out)
}
