#!/usr/bin/env python3
"""Our nodes and released Rust nodes on one network, over UDP on 127.0.0.1 (docs/interop.md).

Builds the Rust node once, outside the checkout (RUSK names one that is there; DUSK_ORACLE the runner of the oracles),
and plays scenarios, each on a network of its own that begins with its first block. Heights, hashes, states and voters
are read over HTTP from nodes of both kinds. What fails says why, and leaves the logs of its nodes.

The last line is `interop rusk: N scenarios passed, M failed`; status 1 when one fails. `--result FILE` has everything
that was measured, as JSON.
"""
import argparse
import datetime
import json
import os
import pathlib
import shutil
import sys
import tempfile
import time
import traceback

from rusk import complaints, following, idle, mixed, official_node, outages, processes, sync_race
from rusk.network import Settings

ROOT = pathlib.Path(__file__).resolve().parent.parent
CACHE = pathlib.Path(os.environ.get("DUSK_CACHE", pathlib.Path.home() / ".cache/dusk"))
SCENARIOS = {"a": following.ours_follows, "b": following.rust_follows, "c": mixed.produce, "d": outages.restarts,
             "e": following.late_joiners, "f": mixed.produce_on_a_poor_network, "g": sync_race.race,
             "h": idle.costs}


def options_of_command_line():
    scenarios = "scenarios:\n" + "\n".join(f"  {name}  {scenario.__doc__}" for name, scenario in SCENARIOS.items())
    parser = argparse.ArgumentParser(prog="./dev interop rusk", description=__doc__, epilog=scenarios,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="".join(SCENARIOS), help="which scenarios, e.g. c or acf (all)")
    parser.add_argument("--blocks", type=int, default=200, help="that c finalises (200)")
    parser.add_argument("--transfers", type=int, default=40, help="of each maker on each side in c (40)")
    parser.add_argument("--follow-blocks", type=int, default=30, help="of a and b (30)")
    parser.add_argument("--late-blocks", type=int, default=30, help="before somebody joins in e (30)")
    parser.add_argument("--lossy-blocks", type=int, default=60, help="of f (60)")
    parser.add_argument("--loss", type=float, default=0.05, help="share of the datagrams that f loses (0.05)")
    parser.add_argument("--delay-ms", type=int, default=100, help="of the datagrams in f (100)")
    parser.add_argument("--sync-blocks", type=int, default=1000, help="of g (1000)")
    parser.add_argument("--idle-blocks", type=int, default=40, help="of each kind in h (40)")
    parser.add_argument("--block-time", type=int, default=2, help="seconds from block to block (2)")
    parser.add_argument("--udp-port", type=int, default=19000,
                        help="of the first node; 200 from there on are used (19000)")
    parser.add_argument("--http-port", type=int, default=18180, help="of the first node (18180)")
    parser.add_argument("--seed", type=int, default=1, help="of keys and losses (1)")
    parser.add_argument("--log-level", default="info", help="of the nodes (info)")
    parser.add_argument("--folder", type=pathlib.Path, help="for the nodes' folders, which then stay")
    parser.add_argument("--result", type=pathlib.Path, help="file to write")
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build/release/bin/dusk", help=argparse.SUPPRESS)
    parser.add_argument("--relay", type=pathlib.Path, default=ROOT / "build/release/bin/interop-relay",
                        help=argparse.SUPPRESS)
    parser.add_argument("--contracts", type=pathlib.Path, default=ROOT / "build/release/contracts",
                        help=argparse.SUPPRESS)
    options = parser.parse_args()
    unknown = set(options.only) - set(SCENARIOS) - {","}
    if unknown:
        parser.error(f"no scenario {''.join(sorted(unknown))}")
    return options


def settings_of(options, folder):
    return Settings(program=options.program.resolve(), rusk=official_node.rust_node(ROOT, CACHE),
                    oracle=official_node.network_oracle(ROOT), relay=options.relay.resolve(),
                    contracts=options.contracts.resolve(), folder=folder, udp_port=options.udp_port,
                    http_port=options.http_port, block_time=options.block_time, seed=options.seed,
                    log_level=options.log_level)


def play(name, settings, options):
    """The result of a scenario, or why it failed."""
    print(f"== {name}: {SCENARIOS[name].__doc__}", flush=True)
    started = time.monotonic()
    result = {"scenario": name, "what": SCENARIOS[name].__doc__, "passed": False}
    try:
        result |= SCENARIOS[name](settings, options) | {"passed": True}
    except processes.Failure as failure:
        result["failure"] = str(failure)
    except (ValueError, KeyError, TypeError, OSError):  # an answer that is not what it should be
        result["failure"] = traceback.format_exc()
    result["seconds"] = round(time.monotonic() - started, 1)
    result["complaints"] = {str(log.relative_to(settings.folder)): complaints.of_log(log)
                            for log in sorted(settings.folder.glob(f"{name}*/*/log"))}
    if result["passed"]:
        hidden = ("scenario", "what", "passed", "nodes", "complaints")
        details = {key: value for key, value in result.items() if key not in hidden}
        print(f"   {json.dumps(details)}", flush=True)
    else:
        print(f"FAILED {name}: {result['failure']}\n   logs: {settings.folder}", flush=True)
    return result


def print_table(results):
    print(f"\n{'':2} {'':6} {'height':>6}  {'hash':16}  {'state root':16}  {'took':>7}")
    for one in results:
        verdict = "passed" if one["passed"] else "FAILED"
        where = f"{one['height']:6}  {one['hash'][:16]}  {one['state_root'][:16]}" if one["passed"] else " " * 42
        print(f"{one['scenario']:2} {verdict} {where}  {one['seconds']:5.0f} s  {one['what']}")


def main():
    options = options_of_command_line()
    processes.end_on_signals()
    folder = options.folder or pathlib.Path(tempfile.mkdtemp(prefix="interop-rusk-"))
    if options.folder:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    settings = settings_of(options, folder.resolve())
    try:
        results = [play(name, settings, options) for name in SCENARIOS if name in options.only]
    finally:
        processes.kill_all()
    if options.result:
        options.result.write_text(json.dumps({"date": datetime.datetime.now(datetime.UTC).isoformat(),
                                              "rust_node": official_node.VERSION, "seed": options.seed,
                                              "scenarios": results}, indent=1) + "\n")
    print_table(results)
    failed = sum(not one["passed"] for one in results)
    if not failed and not options.folder:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"interop rusk: {len(results) - failed} scenarios passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
