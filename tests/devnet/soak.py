#!/usr/bin/env python3
"""A devnet under a steady load: so many blocks in a row with transactions, every transfer final or refused, balances that
add up, and the same final blocks in all nodes.

    soak.py PROGRAM [--blocks N] [--nodes N] [--block-time S] [--rate TPS] [--folder DIR]

The last line is `soak: N passed, N failed`.
"""
import argparse
import os
import pathlib
import subprocess
import sys
import tempfile
import time

from running_devnet import Devnet


def chain_of(devnet, node, top):
    """Final blocks of a node by height, and those that are missing or not final."""
    blocks, missing = {}, []
    for height in range(1, top + 1):
        block = devnet.ask(node, f"/blocks/{height}")
        if block and block["label"] == "final":
            blocks[height] = block
        else:
            missing.append(height)
    return blocks, missing


def longest_run(blocks):
    """First height and length of the longest run of blocks with transactions."""
    best = (0, 0)
    begin = None
    for height in sorted(blocks) + [None]:
        if height is not None and blocks[height]["transactions"]:
            begin = height if begin is None else begin
            if height - begin + 1 > best[1]:
                best = (begin, height - begin + 1)
        else:
            begin = None
    return best


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--blocks", type=int, default=1000)
    parser.add_argument("--nodes", type=int, default=4)
    parser.add_argument("--block-time", type=int, default=1)
    parser.add_argument("--rate", type=float, default=3)
    parser.add_argument("--folder", default=None)
    options = parser.parse_args()
    temporary = None if options.folder else tempfile.TemporaryDirectory()
    folder = pathlib.Path(options.folder or temporary.name) / "net"
    folder.parent.mkdir(parents=True, exist_ok=True)
    devnet = Devnet(os.path.abspath(options.program), folder, "--keep", "--nodes", str(options.nodes), "--block-time",
                    str(options.block_time), "--port-base", "49100", "--http-port-base", "48080")
    passed, problems = 0, []

    def check(what, ok, detail=""):
        nonlocal passed
        if ok:
            passed += 1
        else:
            problems.append(f"{what} {detail}")

    try:
        devnet.wait("first final blocks", lambda: devnet.all_final(2), 90)
        before = os.getloadavg()
        start = time.monotonic()
        # The count only ends a network that stands still now and then.
        count = int(options.blocks * options.block_time * options.rate * 10)
        status, report = devnet.load("--count", str(count), "--rate", str(options.rate), "--blocks",
                                     str(options.blocks), "--patience", "300")
        seconds = time.monotonic() - start
        print(f"load {report}; load average {before[0]:.1f} before, {os.getloadavg()[0]:.1f} after", flush=True)
        check("every transfer is final or refused, and balances add up", status == 0 and
              report.get("final", 0) + report.get("refused", 0) == report.get("sent"), report)
        check("blocks in a row have transactions", report.get("blocks_in_a_row", 0) >= options.blocks, report)
        top = min(s["final_height"] for s in devnet.statuses())
        chains = []
        for node in devnet.running():
            blocks, missing = chain_of(devnet, node, top)
            chains.append({height: (block["hash"], block["state_root"]) for height, block in blocks.items()})
            check("every height is there and final", not missing, (node["folder"], missing[:10]))
            first, length = longest_run(blocks)
            check("the longest run is as long", length >= options.blocks, (first, length))
        check("all nodes have the same blocks", all(chain == chains[0] for chain in chains[1:]))
        transactions = sum(len(block["transactions"]) for block in blocks.values())
        later = sum(block["iteration"] > 0 for block in blocks.values())
        print(f"{top} final blocks in {options.nodes} nodes, {length} in a row with transactions from {first} on, "
              f"{transactions} transactions, {later} blocks of a later iteration, {seconds:.0f} s")
        check("it stops when asked to", devnet.stop() == 0)
    except (RuntimeError, ValueError, TypeError, OSError, subprocess.TimeoutExpired) as error:
        problems.append(repr(error))
    finally:
        devnet.kill()
    for problem in problems:
        print(f"FAILED {problem}")
    print(f"soak: {passed} passed, {len(problems)} failed")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
