#!/usr/bin/env python3
"""Networks of real nodes on this machine, each node in a network namespace of its own (docs/benchmarks.md).

    spread   how long blocks take to all of 16 nodes, without transactions and with many
    costs    processor and memory of a node in a network without transactions
    pacing   at which rates large messages arrive complete; over 127.0.0.1, no namespaces

Tables are printed as Markdown; `--result FILE` has everything that was measured, as JSON.
"""
import argparse
import datetime
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "interop"), str(ROOT / "tests/attack")]

import namespaces  # noqa: E402
from costs import costs  # noqa: E402
from loading import load_of  # noqa: E402
from nodes import LiveNetwork  # noqa: E402
from rusk import processes  # noqa: E402
from spreading import spread  # noqa: E402

PARTS = ("spread", "costs", "pacing")
BIN = ROOT / "build/release/bin"


def options_of_command_line():
    parser = argparse.ArgumentParser(prog="./dev bench live", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", nargs="*", default=[], help="which of them (all)")
    parser.add_argument("--nodes", type=int, default=16, help="of spread (16)")
    parser.add_argument("--provisioners", type=int, default=4, help="of them, at most 10 (4)")
    parser.add_argument("--blocks", type=int, default=100, help="of each round (100)")
    parser.add_argument("--rounds", type=int, default=2, help="of spread, each with a new network (2)")
    parser.add_argument("--block-time", type=int, default=2, help="seconds, without transactions (2)")
    parser.add_argument("--loads", default="none,calls-100,calls-400",
                        help="what fills the blocks of spread: none, calls-N (kilobytes in a block), transfers-N (a second)")
    parser.add_argument("--loaded-block-time", type=int, default=3, help="seconds, with transactions (3)")
    parser.add_argument("--burners", default="0,2", help="threads that take the processor during pacing (0,2)")
    parser.add_argument("--pacing", default="", help="options for bench-pacing, in one word")
    parser.add_argument("--folder", type=pathlib.Path, help="for the nodes' folders, which then stay")
    parser.add_argument("--result", type=pathlib.Path, help="file to write")
    parser.add_argument("--program", type=pathlib.Path, default=BIN / "dusk", help=argparse.SUPPRESS)
    parser.add_argument("--pacing-program", type=pathlib.Path, default=BIN / "bench-pacing", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if unknown := set(options.part) - set(PARTS):
        parser.error(f"no part {', '.join(sorted(unknown))}: {', '.join(PARTS)}")
    return options


def load_average():
    return pathlib.Path("/proc/loadavg").read_text().split()[0]


def spread_round(options, folder, words):
    """A new network, and what became of its blocks."""
    block_time = options.block_time if words == "none" else options.loaded_block_time
    network = LiveNetwork(options.program, folder, options.nodes, options.provisioners, block_time)
    load = None
    try:
        load = load_of(words, network, options.blocks)
        network.start()
        network.wait_for_height(max(node.height() for node in network.nodes) + 3, 120, load.step)
        patience, before = options.blocks * (block_time + 10), load_average()
        return {"load": load.name, "block_time_s": block_time, "load_average_before": before,
                **spread(network, options.blocks, patience, load.step), "load_average_after": load_average()}
    finally:
        if load:
            load.stop()
        network.stop()


def spread_all(options, folder):
    namespaces.make_bridge()
    out = []
    print(f"\n{options.nodes} nodes, {options.provisioners} of them provisioners\n\n"
          "| load | candidate | how many | never arrived | arrival p50 | p99 | most | acceptance p50 | p99 | most "
          "| behind p50 | p99 | most | datagrams to a node, of a block | bytes | dropped by the kernel | load average |\n"
          + "| --- " * 17 + "|", flush=True)
    for words in options.loads.split(","):
        for number in range(options.rounds):
            one = spread_round(options, folder / f"spread-{words}-{number}", words)
            out.append(one)
            times = [one[what] for what in ("arrival_ms", "acceptance_ms", "behind_ms")]
            taken = one["of_a_node_per_block"]
            print(f"| {one['load']} | {one['bytes_of_candidate']['p50'] / 1000:.1f} kB | {one['candidates']} "
                  f"| {one['not_arrived']} | {' | '.join(f'{one:.3g} ms' for some in times for one in some.values())} "
                  f"| {taken['received']:.0f} | {taken['received_bytes'] / 1e6:.2f} MB | {one['kernel_drops']} "
                  f"| {one['load_average_before']} to {one['load_average_after']} |", flush=True)
    return out


def costs_all(options, folder):
    if "spread" not in options.part:
        namespaces.make_bridge()
    before = load_average()
    one = costs(options.program, folder / "costs", options.blocks, options.block_time)
    print(f"\n{one['blocks']} blocks, {one['seconds_per_block']} s from block to block, load {before} to "
          f"{load_average()}\n\n| | processor, of a block | resident | PSS |\n| --- | --- | --- | --- |")
    for name in ("provisioner", "follower"):
        print(f"| {name} | {one[name]['cpu_ms_per_block']} ms | {one[name]['rss_mb']} MB | {one[name]['pss_mb']} MB |")
    return one


def pacing_all(options):
    out = []
    print("\n| way | processor | buffer | to a node | message | arrived | median | most | dropped by the kernel "
          "| of datagrams |\n" + "| --- " * 10 + "|", flush=True)
    for burners in options.burners.split(","):
        command = [str(options.pacing_program), "--burners", burners, *options.pacing.split()]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as run:
            for line in run.stdout:
                one = json.loads(line)
                out.append(one)
                print(f"| {one['way']} | {'busy' if one['burners'] else 'free'} | {one['buffer']} "
                      f"| {one['of_node'] / 1e6:g} MB/s | {one['bytes'] / 1000:g} kB | {one['arrived']} of {one['sent']} "
                      f"| {one['median_ms']:.0f} ms | {one['most_ms']:.0f} ms | {one['kernel_drops']} "
                      f"| {one['datagrams']} |", flush=True)
        if run.returncode:
            raise processes.Failure(f"bench-pacing ended with status {run.returncode}")
    return out


def measure(options, folder):
    out = {"date": datetime.datetime.now(datetime.UTC).isoformat(), "cores": os.cpu_count()}
    if "spread" in options.part:
        out["spread"] = spread_all(options, folder)
    if "costs" in options.part:
        out["costs"] = costs_all(options, folder)
    if "pacing" in options.part:
        out["pacing"] = pacing_all(options)
    return out


def main():
    options = options_of_command_line()
    options.part = options.part or list(PARTS)
    processes.end_on_signals()
    folder = None
    try:
        if set(options.part) - {"pacing"}:
            namespaces.enter()
        folder = options.folder or pathlib.Path(tempfile.mkdtemp(prefix="bench-live-"))
        out = measure(options, folder.resolve())
    except processes.Failure as failure:
        print(f"bench live: {failure}" + (f"\nlogs: {folder}" if folder else ""), file=sys.stderr)
        return 1
    finally:
        processes.kill_all()
    if options.result:
        options.result.write_text(json.dumps(out, indent=1) + "\n")
    if not options.folder:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
