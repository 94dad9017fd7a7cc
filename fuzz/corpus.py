#!/usr/bin/env python3
"""Writes seeds for the fuzz targets, taken from the reference results: corpus.py OUT_DIR makes OUT_DIR/NAME/*.

A target without a rule of its own in RULES gets the byte strings of the vector files that share a word with its name,
or of all of them. The names of the seed files are the hashes of their contents, so a second run changes nothing.
"""
import base64
import fnmatch
import gzip
import hashlib
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
VECTORS = ROOT / "tests" / "vectors"
MAX_SEEDS = 500
MAX_SIZE = 8192


def leaves(value, path):
    """All texts below a JSON value as (path, text)."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, f"{path}.{key}")
    elif isinstance(value, list):
        for item in value:
            yield from leaves(item, path)
    elif isinstance(value, str):
        yield path, value


def joined(value, path):
    """All objects below a JSON value as (path, fields), every field the join of its texts."""
    if isinstance(value, dict):
        yield path, {key: "".join(text for _, text in leaves(item, "")) for key, item in value.items()}
        for key, item in value.items():
            yield from joined(item, f"{path}.{key}")
    elif isinstance(value, list):
        for item in value:
            yield from joined(item, path)


def from_hex(text):
    try:
        return bytes.fromhex(text)
    except ValueError:
        return None


def as_text(text):
    return text.encode()


def as_base64(text):
    data = from_hex(text)
    return None if data is None else base64.b64encode(data)


def tagged_text(tag):
    """A text behind one byte that picks how it is used."""
    return lambda text: bytes([tag]) + text.encode()


def tagged(tag):
    """The bytes behind one byte that picks a type: the form of the archive target."""
    def convert(text):
        data = from_hex(text)
        return None if data is None else bytes([tag]) + data
    return convert


def stored(tag, before=0, behind=0, transaction=False):
    """A value of the node's database behind its tag: the bytes, or a transaction as the ledger has it, between zeros."""
    def convert(text):
        data = from_hex(text)
        if data is None:
            return None
        if transaction:
            data = b"".join(number.to_bytes(4, "little") for number in (1, 1, len(data))) + data
        return bytes([tag]) + bytes(before) + data + bytes(behind)
    return convert


DUSK_KEY = ("85906b7d01ea393501938441f43a18e97618b73eb30438a6fcf685f9f7f4ca6b061f229844abbbbb998f9c739d3c36861539e2ed1929"
            "4d16c56b1c66491b4f1aecff85b6f39b293145b0f6f4e031b2eccb14e4c1e3618a3e36d8a12ffb2415de")


def line_of_block(text):
    """A line of a file of blocks, of a block as it is sent."""
    return json.dumps({"block": text, "voters": [[DUSK_KEY, 128]]}).encode() if from_hex(text) else None


def line_of_transaction(text):
    """The same, of a transaction that is to be executed."""
    if not from_hex(text):
        return None
    return json.dumps({"height": 1, "generator": DUSK_KEY, "slashes": [DUSK_KEY], "voters": [[DUSK_KEY, "1"]],
                       "transactions": [text], "state_root": text[:64]}).encode()


def counted(*before, skip=0, behind=b""):
    """The bytes of a datagram, without those before `skip`, behind their number: a step of the Kadcast targets."""
    def convert(text):
        data = from_hex(text)
        if data is None:
            return None
        data = data[skip:]
        return bytes(before) + len(data).to_bytes(2, "little") + data + behind
    return convert


HOST_QUERIES = ["hash", "keccak256", "sha256", "poseidon_hash", "verify_plonk", "verify_groth16_bn254",
                "verify_schnorr", "verify_bls", "verify_bls_multisig", "verify_kzg_proof", "secp256k1_recover"]


def host_query(text):
    """An argument of the contract `host`, name length, name and archive, as the form of the host_query target."""
    data = from_hex(text)
    if not data or len(data) < 1 + data[0]:
        return None
    name = data[1:1 + data[0]].decode("ascii", "replace")
    return bytes([HOST_QUERIES.index(name), 4]) + data[1 + data[0]:] if name in HOST_QUERIES else None


# target -> (pattern of "area/file.section.field", conversion of the text to a fuzz input)
RULES = {
    "hex": [("crypto/*", as_text)],
    "base58": [("crypto/base58.*", as_text), ("*_base58", as_text)],
    "base64": [("crypto/consensus_keys.*", as_base64)],
    "reader": [("vm/rkyv.samples.bytes", from_hex), ("crypto/phoenix.*", from_hex)],
    "consensus_keys": [("crypto/consensus_keys.*file_ascii", tagged_text(0)),
                       ("crypto/consensus_keys.*.old_file", tagged(0)),
                       ("crypto/consensus_keys.*.plaintext_ascii", tagged_text(1))],
    "eip2333_path": [("crypto/key_derivation.*.path", as_text)],
    "field": [("crypto/*scalar*", from_hex), ("crypto/hashes.*", from_hex), ("crypto/g1.*.compressed", from_hex)],
    "g1_decode": [("crypto/g1.*", from_hex), ("crypto/bls.*.sig*", from_hex)],
    "g2_decode": [("crypto/g2.*", from_hex), ("crypto/bls.*.pk", from_hex)],
    "raw_point": [("crypto/raw_inputs.bls.sig_archive", tagged(0)), ("crypto/raw_inputs.bls.pk_archive", tagged(1)),
                  ("crypto/g1.*.raw", tagged(0)), ("crypto/g2.*.raw", tagged(1))],
    "plonk_proof": [("plonk*/*.proof", from_hex)],
    "verifier_data": [("plonk*/*.verifier_data", from_hex)],
    "public_parameters": [("plonk*/crs.*checked_2p5", tagged(0)), ("plonk*/crs.*rejected*", tagged(0)),
                          ("plonk/crs.*raw_2p5", tagged(1))],
    "bls": [("crypto/bls.*", from_hex), ("crypto/base58.addresses.text", as_text),
            ("crypto/raw_inputs.bls.*_archive", from_hex)],
    "cipher": [("crypto/phoenix.aes.*", tagged(0)), ("crypto/consensus_keys.*.old_file", tagged(0))],
    "jubjub": [("crypto/jubjub.*", from_hex)],
    "log": [("crypto/base58.*.text", as_text)],
    "phoenix_keys": [("crypto/phoenix.*", from_hex), ("crypto/phoenix.keys.pk_base58", as_text)],
    "schnorr": [("crypto/schnorr.*.sig", tagged(0)), ("crypto/schnorr.single.rkyv_sig", tagged(1)),
                ("crypto/schnorr.double.sig", tagged(2)), ("crypto/schnorr.double.rkyv_sig", tagged(3)),
                ("crypto/schnorr.*.pk", tagged(4)), ("crypto/schnorr.single.rkyv_pk", tagged(5)),
                ("crypto/schnorr.double*.pk", tagged(6)), ("crypto/schnorr.double.rkyv_pk", tagged(7)),
                ("crypto/schnorr.variable_generator.pk", tagged(8)), ("crypto/schnorr.single.sk", tagged(9)),
                ("crypto/schnorr.single.rkyv_sk", tagged(10)), ("crypto/schnorr.variable_generator.sk", tagged(11))],
    "ceremony": [("plonk/crs.*checked_2p5", tagged(1)), ("plonk/crs.*raw_2p5", tagged(1))],  # and fuzz/seeds
    "kadcast_packet": [("network/kadcast.packets.hex", from_hex), ("network/captured-datagrams.hex", from_hex)],
    "kadcast_chunk": [("network/fec.sets.chunks*", counted(1, skip=31, behind=b"\1")),
                      ("network/fec.hostile.*", counted(1, skip=31, behind=b"\1"))],
    "kadcast_overlay": [("network/kadcast.packets.hex", counted(2)), ("network/captured-datagrams.hex", counted(2)),
                        ("network/fec.hostile.*", counted(2))],
    "signing_journal": [],
    "stored_values": [("consensus/encoding.encoding.hex", stored(10)), ("consensus/*.header_hex", stored(1, 0, 8)),
                      ("transactions/*.wire*", stored(8, 8, 0, True)), ("transactions/*.wire*", stored(9, 0, 20, True))],
    "keystore": [],  # fuzz/seeds has all
    "stored_key": [],  # fuzz/seeds has all
    "wallet_dat": [],
    "contract_interface": [],
    "trace_context": [],
    "call_recording": [],
    "mnemonic": [],
    "block_header": [("consensus/*.header_hex", from_hex), ("consensus/headers.*header", from_hex)],
    "block": [("consensus/encoding.encoding.hex", from_hex)],
    "fault": [("consensus/faults.*.hex", from_hex), ("consensus/encoding.encoding.faults.hex", from_hex)],
    "message": [("consensus/encoding.encoding.hex", from_hex), ("consensus/invalid.*.hex", from_hex)],
    "chain_file": [("consensus/encoding.encoding.hex", line_of_block), ("transactions/*.wire*", line_of_transaction)],
    "notes_file": [],  # fuzz/seeds has all
    "genesis_file": [("transactions/*.genesis_toml", as_text)],
    "transfer_request": [("plonk-sound/*.request", from_hex)],
    "transaction": [("transactions/*.wire*", from_hex), ("transactions/encodings.decode.bytes", from_hex)],
    "ledger_archive": [("transactions/*.spend_and_execute_arg", tagged(0))]
                      + [("transactions/encodings.encodings.types.rkyv", tagged(tag)) for tag in range(1, 12)],
    "host_query": [("vm/host_queries.steps.arg", host_query)],
    "archive": [("vm/rkyv.*.bytes", tagged(tag)) for tag in range(16)],
}

# target -> (pattern of "area/file.section", fields whose texts make one input, conversion)
JOINED = {
    "schnorr": [("crypto/schnorr.verify", ("pk", "sig", "msg"), tagged(12)),
                ("crypto/schnorr.single", ("pk", "sig", "msg"), tagged(12)),
                ("crypto/raw_inputs.schnorr", ("pk_archive", "sig_archive", "msg_limbs"), tagged(13)),
                ("crypto/schnorr.multisig", ("sks", "msg"), tagged(14))],
}


def rule_of(name, files):
    if name in RULES:
        return RULES[name]
    words = [word for word in name.split("_") if len(word) > 1]
    near = [file for file in files if any(word in file for word in words)]
    return [(f"{file}.*", from_hex) for file in near] or [("*", from_hex)]


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: corpus.py OUT_DIR")
    out = pathlib.Path(sys.argv[1])
    files = {f"{path.parent.name}/{path.name.removesuffix('.json.gz')}": path for path in VECTORS.glob("*/*.json.gz")}
    if not files:
        sys.exit(f"no vector files in {VECTORS}")
    cases = [(file, json.loads(gzip.open(path).read())) for file, path in sorted(files.items())]
    texts = [leaf for file, value in cases for leaf in leaves(value, file)]
    objects = [item for file, value in cases for item in joined(value, file)]
    for source in sorted((ROOT / "fuzz").glob("*_fuzz.cpp")):
        name = source.name.removesuffix("_fuzz.cpp")
        folder = out / name
        folder.mkdir(parents=True, exist_ok=True)
        seeds = set()
        for pattern, convert in rule_of(name, files):
            seeds |= {convert(text) for path, text in texts if fnmatch.fnmatch(path, pattern)}
        for pattern, fields, convert in JOINED.get(name, []):
            seeds |= {convert("".join(found[field] for field in fields)) for path, found in objects
                      if fnmatch.fnmatch(path, pattern) and found.keys() >= set(fields)}
        # What no vector file holds lies in fuzz/seeds/NAME.
        seeds |= {path.read_bytes() for path in (ROOT / "fuzz" / "seeds" / name).glob("*")}
        seeds = sorted(seed for seed in seeds if seed is not None and len(seed) <= MAX_SIZE)
        # Evenly spread, so that every section is represented among many similar values.
        for seed in seeds[:: len(seeds) // MAX_SEEDS + 1]:
            (folder / hashlib.sha256(seed).hexdigest()[:20]).write_bytes(seed)


main()
