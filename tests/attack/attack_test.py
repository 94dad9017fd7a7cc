#!/usr/bin/env python3
"""A devnet that is attacked over UDP: it goes on to make blocks final, and its nodes take no more than they may.

    attack_test.py PROGRAM [--long] [--only KIND]

Runs in a network namespace of its own where the kernel allows one, else on the loopback network of the machine. In both
cases the attacker sends from addresses of 127.0.0.0/8, each of which is another node to who is attacked. --long: half a
minute of each kind, as fast as a process sends.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "devnet"))
from checks import check  # noqa: E402
from namespace import enter_namespace  # noqa: E402
from running_devnet import Devnet  # noqa: E402
from usage import Usage  # noqa: E402

KINDS = ["random", "pings", "questions", "unfinished", "noise", "votes", "candidates"]
ATTACKER = [sys.executable, str(pathlib.Path(__file__).resolve().parent / "attacks.py")]
# What a node may take beside what it takes anyway: objects that are not complete (256 MiB), queues, tables.
MOST_MORE_MB = 400


def port(node):
    return node["address"].rsplit(":", 1)[1]


def shoot(devnet, kind, seconds, rate):
    """Until `seconds` are over, with the round of the moment; datagrams and bytes."""
    datagrams = sent = 0
    end = time.monotonic() + seconds
    slice_seconds = 2.0 if kind in ("votes", "candidates") else seconds
    while (left := end - time.monotonic()) > 0.5:
        status = next((s for s in devnet.statuses() if s), None)
        words = [*ATTACKER, kind, "--to", ",".join(port(n) for n in devnet.running()), "--rate", str(rate),
                 "--seconds", f"{min(left, slice_seconds):.2f}", "--sources", "500"]
        if status:
            words += ["--round", str(status["height"] + 1), "--previous", status["hash"]]
        done = json.loads(subprocess.run(words, stdout=subprocess.PIPE, check=True).stdout)
        datagrams, sent = datagrams + done["datagrams"], sent + done["bytes"]
    return datagrams, sent


def heights(devnet):
    return [s["final_height"] if s else 0 for s in devnet.statuses()]


def observe(devnet, seconds, act=None):
    """What happens in the meantime: blocks made final a second by the slowest node, and what the nodes take."""
    before, usage, begin = heights(devnet), Usage([n["pid"] for n in devnet.running()]), time.monotonic()
    shot = act() if act else time.sleep(seconds)
    took = time.monotonic() - begin
    taken = usage.end()
    made = min((b - a for a, b in zip(before, heights(devnet))), default=0)
    return {"pace": made / took, "seconds": took, "shot": shot, **taken}


def row(name, seen, reference):
    datagrams, sent = seen["shot"] or (0, 0)
    print(f"{name:<12} {datagrams / seen['seconds']:>10.0f} {sent / seen['seconds'] / 1e6:>8.1f} "
          f"{seen['pace']:>9.2f} {seen['cpu']:>10.2f} {reference['rss']:>8.0f} {seen['rss']:>8.0f}", flush=True)


def attack_all(options, devnet, seconds, rate):
    reference = observe(devnet, max(5, seconds / 2))
    print(f"{'attack':<12} {'datagrams/s':>10} {'MB/s':>8} {'blocks/s':>9} {'CPU, cores':>10} {'MB then':>8} {'MB now':>8}")
    row("none", reference, reference)
    for kind in [options.only] if options.only else KINDS:
        seen = observe(devnet, seconds, lambda k=kind: shoot(devnet, k, seconds, rate))
        row(kind, seen, reference)
        check(f"{kind}: datagrams were sent", seen["shot"][0] > 500, seen["shot"])
        check(f"{kind}: blocks become final at half the pace or more", seen["pace"] >= reference["pace"] / 2, seen)
        check(f"{kind}: memory is bounded", seen["rss"] < reference["rss"] + MOST_MORE_MB, seen)
        check(f"{kind}: every node runs", len(devnet.statuses()) == 4 and all(devnet.statuses()))
        if not options.long:
            continue
        final = max(heights(devnet))
        devnet.wait("after the attack", lambda f=final: devnet.all_final(f + 3), 30)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--only", choices=KINDS)
    options = parser.parse_args()
    print(enter_namespace())
    seconds, rate = (30, 0) if options.long else (4, 20_000)
    with tempfile.TemporaryDirectory() as folder:
        devnet = Devnet(options.program, pathlib.Path(folder) / "devnet", "--block-time", "1",
                        "--port-base", "19300", "--http-port-base", "18300")
        try:
            devnet.wait("the first final blocks", lambda: devnet.all_final(3), 60)
            attack_all(options, devnet, seconds, rate)
            final = max(heights(devnet))
            devnet.wait("after the attacks", lambda: devnet.all_final(final + 3), 60)
            check("and it stops as it should", devnet.stop() == 0)
        finally:
            devnet.kill()
    check.end("attack")


main()
