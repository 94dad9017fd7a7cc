#!/usr/bin/env python3
"""Random blocks executed by the official VM and contracts, and by ours: the same state roots and blooms.

The oracle (interop/oracle/transactions, built here by Cargo) makes a genesis file and blocks from a seed: transfers,
deployments, calls, stakes and what undoes them, conversions, and broken ones; some are paid by notes, with real proofs.
`dusk chain exec` executes the same blocks and compares root and bloom after each.

What the oracle made of a seed is kept in the cache folder, proofs and all; --fresh makes it anew.
The last line is `interop tx: N blocks, M transactions (K paid by notes); passed`; status 1 when a block differs.
"""
import argparse
import gzip
import hashlib
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
CACHE = pathlib.Path(os.environ.get("DUSK_CACHE", pathlib.Path.home() / ".cache/dusk"))
ORACLE = ROOT / "interop/oracle/transactions"


def build_oracle():
    target = CACHE / "cargo/tx-interop-oracle"
    subprocess.run(["cargo", "build", "--release", "--locked", "--quiet", "--manifest-path", ORACLE / "Cargo.toml"],
                   env={**os.environ, "CARGO_TARGET_DIR": str(target)}, check=True)
    return target / "release/transactions-interop-oracle"


def program_hash():
    """Of what decides what the oracle makes of a seed."""
    digest = hashlib.sha256()
    for path in sorted([*(ORACLE / "src").glob("*.rs"), ORACLE / "Cargo.lock", ORACLE / "Cargo.toml"]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def write_probe(path):
    """The contract that the recorded scripts use."""
    with gzip.open(ROOT / "tests/vectors/transactions/moonlight.json.gz") as file:
        path.write_bytes(bytes.fromhex(json.load(file)["moonlight"]["probe_wasm"]))


def record(options):
    """The folder with what the official code made of the seed."""
    name = f"{program_hash()}-{options.seed}-{options.transactions}-{options.notes}"
    folder = CACHE / "interop-tx" / name
    if options.fresh:
        shutil.rmtree(folder, ignore_errors=True)
    if not (folder / "summary.json").exists():
        folder.mkdir(parents=True, exist_ok=True)
        write_probe(folder / "probe.wasm")
        command = [build_oracle(), "--seed", options.seed, "--transactions", options.transactions, "--notes",
                   options.notes, "--contracts", options.contracts, "--probe", folder / "probe.wasm", "--out", folder]
        summary = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, check=True).stdout
        (folder / "summary.json").write_bytes(summary)
    return folder


def main():
    parser = argparse.ArgumentParser(prog="./dev interop tx", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().getrandbits(32), help="repeats a run")
    parser.add_argument("--transactions", type=int, default=10_000, help="how many (10000)")
    parser.add_argument("--notes", type=int, default=120, help="how many are paid by notes (120)")
    parser.add_argument("--fresh", action="store_true", help="make the blocks anew")
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build/release/bin/dusk", help=argparse.SUPPRESS)
    parser.add_argument("--contracts", type=pathlib.Path, default=ROOT / "build/release/contracts/official",
                        help=argparse.SUPPRESS)
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    folder = record(options)
    summary = json.loads((folder / "summary.json").read_text())
    print(f"official: {summary}", flush=True)
    command = [options.program, "chain", "exec", "--genesis", folder / "genesis.toml", "--blocks",
               folder / "blocks.jsonl", "--network", "rusk", "--chain-id", "250", "--transfer-contract",
               folder / "transfer.wasm", "--json"]
    ours = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, check=False)
    result = json.loads(ours.stdout)
    blocks = result.get("blocks", [])
    executed = [transaction for block in blocks for transaction in block["transactions"]]
    counts = {"spent": 0, "failed": 0, "discarded": 0}
    for transaction in executed:
        kind = "discarded" if "discarded" in transaction else "failed" if "error" in transaction else "spent"
        counts[kind] += 1
    same = ours.returncode == 0 and len(blocks) == summary["blocks"] and all(
        counts[kind] == summary[kind] for kind in counts)
    if "error" in result:
        print(f"FAILED {result['error']['message']}; the blocks are in {folder}")
    elif not same:
        print(f"FAILED ours: {len(blocks)} blocks, {counts}; the blocks are in {folder}")
    print(f"interop tx: {len(blocks)} blocks, {len(executed)} transactions ({summary['paid_by_notes']} paid by notes); "
          f"{'passed' if same else 'failed'}")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
