#!/usr/bin/env python3
"""Random blocks of devnet executed by the official VM and contracts, and by ours: the same state roots and blooms.

The oracle (interop/oracle/transactions, built here by Cargo) makes a genesis file and blocks from a seed: transfers,
deployments, calls, stakes and what undoes them, conversions, and broken ones. Some are paid by notes: the official code
builds them, our prover proves them (interop/tx), and the official verifier takes the proofs, with devnet's verifier data
in the transfer contract. `dusk chain exec` executes the same blocks and compares root and bloom after each.

What was made of a seed is kept in the cache folder; --fresh makes it anew. Proofs are kept under what they prove, so
that nothing is proven twice, and never thrown away.
The last line is `interop tx: N blocks, M transactions (K paid by notes, P proofs); passed`; status 1 when a block
differs.
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
import time

import official

ROOT = pathlib.Path(__file__).resolve().parent.parent
CACHE = pathlib.Path(os.environ.get("DUSK_CACHE", pathlib.Path.home() / ".cache/dusk")) / "interop-tx"
START = time.monotonic()


def say(text):
    print(f"[{time.monotonic() - START:6.0f} s] {text}", flush=True)


def run(*command):
    """The standard output of a program that must succeed."""
    return subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, check=True).stdout


def write_inputs(prover, folder):
    """The contract that the recorded scripts use, and those that devnet starts with."""
    with gzip.open(ROOT / "tests/vectors/transactions/moonlight.json.gz") as file:
        (folder / "probe.wasm").write_bytes(bytes.fromhex(json.load(file)["moonlight"]["probe_wasm"]))
    run(prover, "contracts", "--out", folder)
    return [folder / name for name in ("probe.wasm", "transfer_contract.wasm", "stake_contract.wasm")]


def hash_of(paths):
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def record(options):
    """The folder with what the official code made of the seed."""
    made = CACHE / "inputs"
    made.mkdir(parents=True, exist_ok=True)
    inputs = write_inputs(options.prover, made)
    origin = hash_of([*sorted((official.SOURCE / "src").glob("*.rs")), official.SOURCE / "Cargo.lock", official.SOURCE / "Cargo.toml", *inputs])
    folder = CACHE / f"{origin}-{options.seed}-{options.transactions}-{options.notes}"
    if options.fresh:
        shutil.rmtree(folder, ignore_errors=True)
    if (folder / "summary.json").exists():
        say(f"the official blocks are there: {folder}")
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    say("building the official program")
    oracle = official.build()
    say("the official code makes blocks")
    summary = run(oracle, "--seed", options.seed, "--transactions", options.transactions, "--proofs", options.notes,
                  "--contracts", made, "--probe", made / "probe.wasm", "--prover", options.prover, "--proof-folder",
                  CACHE / "proofs", "--out", folder)
    (folder / "summary.json").write_bytes(summary)
    return folder


def count(blocks):
    counts = {"spent": 0, "failed": 0, "discarded": 0}
    for block in blocks:
        for transaction in block["transactions"]:
            kind = "discarded" if "discarded" in transaction else "failed" if "error" in transaction else "spent"
            counts[kind] += 1
    return counts


def main():
    parser = argparse.ArgumentParser(prog="./dev interop tx", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().getrandbits(32), help="repeats a run")
    parser.add_argument("--transactions", type=int, default=10_000, help="how many (10000)")
    parser.add_argument("--notes", type=int, default=120, help="how many of them have proofs (120)")
    parser.add_argument("--fresh", action="store_true", help="make the blocks anew")
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build/release/bin/dusk", help=argparse.SUPPRESS)
    parser.add_argument("--prover", type=pathlib.Path, default=ROOT / "build/release/bin/interop-tx",
                        help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.prover = options.prover.resolve()
    say(f"seed {options.seed}")
    folder = record(options)
    summary = json.loads((folder / "summary.json").read_text())
    for kind, outcomes in summary["kinds"].items():
        print(f"  {kind:30} {outcomes['spent']:5} spent {outcomes['failed']:5} failed {outcomes['discarded']:5} discarded")
    say("we execute them")
    command = [options.program, "chain", "exec", "--network", "devnet", "--genesis", folder / "genesis.toml",
               "--blocks", folder / "blocks.jsonl", "--json"]
    ours = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, check=False)
    result = json.loads(ours.stdout)
    blocks = result.get("blocks", [])
    counts = count(blocks)
    same = ours.returncode == 0 and len(blocks) == summary["blocks"] and all(
        counts[kind] == summary[kind] for kind in counts)
    if "error" in result:
        say(f"FAILED {result['error']['message']}; the blocks are in {folder}")
    elif not same:
        say(f"FAILED ours: {len(blocks)} blocks, {counts}; the blocks are in {folder}")
    say("done")
    by_notes = sum(summary["paid_by_notes"].values())
    print(f"interop tx: {len(blocks)} blocks, {sum(counts.values())} transactions ({by_notes} paid by notes, "
          f"{summary['proofs']} proofs); {'passed' if same else 'failed'}")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
