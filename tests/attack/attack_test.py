#!/usr/bin/env python3
"""A devnet that is attacked over UDP: it goes on to make blocks final, and its nodes take no more than they may.

    attack_test.py PROGRAM SENDER [--long] [--only KIND]

Runs in a network namespace of its own where the kernel allows one, else on the loopback network of the machine. In both
cases the attacker sends from addresses of 127.0.0.0/8, each of which is another node to who is attacked. --long: half a
minute of each kind, as fast as a process sends. Otherwise some seconds of each, at a rate that leaves the machine room
for the devnet; a machine that is busy with other things as well may still be slow, so that what is asked for then is that
blocks become final, not how fast.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import time
import tomllib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "devnet"))
from checks import check  # noqa: E402
from namespace import enter_namespace  # noqa: E402
from running_devnet import Devnet  # noqa: E402
from usage import Usage  # noqa: E402

# "forged": votes that name the keys of the devnet's provisioners, with signatures of something else. "peers": the same
# from nodes that answer when they are asked whether they are there, and so have come into the tables.
KINDS = ["random", "pings", "questions", "unfinished", "noise", "votes", "candidates", "forged", "peers"]
# Of these the messages belong to a round: the sender is told anew of it. Nobody has the keys that votes and candidates
# name: so they are dropped unread.
OF_A_ROUND = {"votes": ["validation", "ratification"], "candidates": ["candidate"], "forged": [], "peers": []}
FORGED = ("forged", "peers")
PEERS = 2  # few: those who are in a table and pass nothing on keep others from hearing of it in any case
ROUND_SECONDS = 2.0
# What a node may take beside what it takes anyway: objects that are not complete (256 MiB), queues, tables.
MOST_MORE_MB = 400
MOST_SECONDS_TO_RECOVER = 20


def port(node):
    return node["address"].rsplit(":", 1)[1]


def provisioners(devnet):
    genesis = tomllib.loads((devnet.folder / "genesis.toml").read_text())
    return [stake["address"] for stake in genesis["stake"]]


def shoot(devnet, sender, kind, seconds, rate):
    """Until `seconds` are over, with the round of the moment; datagrams, bytes and questions that were answered."""
    datagrams = sent = answers = 0
    end = time.monotonic() + seconds
    slice_seconds = ROUND_SECONDS if kind in OF_A_ROUND else seconds
    while (left := end - time.monotonic()) > 0.5:
        status = next((s for s in devnet.statuses() if s), None)
        # The same peers all the time.
        seed = 1 if kind == "peers" else time.monotonic_ns() % 2**32
        words = [sender, "votes" if kind in FORGED else kind, "--to", ",".join(port(n) for n in devnet.running()), "--rate", str(rate), "--seconds",
                 f"{min(left, slice_seconds):.2f}", "--seed", str(seed)]
        if kind in FORGED:
            words += ["--signers", ",".join(provisioners(devnet))]
        if kind == "peers":
            words += ["--answers", "--sources", str(PEERS)]
        if status:
            words += ["--round", str(status["height"] + 1), "--previous", status["hash"]]
        done = json.loads(subprocess.run(words, stdout=subprocess.PIPE, check=True).stdout)
        datagrams, sent, answers = datagrams + done["datagrams"], sent + done["bytes"], answers + done["answers"]
    return datagrams, sent, answers


def heights(devnet):
    """The height of the last final block of each node, once all say it."""
    while not all(statuses := devnet.statuses()):
        if devnet.process.poll() is not None:
            raise RuntimeError(f"the devnet ended\n{devnet.output()}")
    return [s["final_height"] for s in statuses]


def counters(devnet):
    """Of all nodes together: what did not get in, and by which way."""
    views = [devnet.ask(node, "/network") for node in devnet.running()]
    out = {name: sum(v["datagrams"][name] for v in views) for name in ("received", "kernel_drops", "limited")}
    out["of_nobody"] = {kind: [v["kinds"].get(kind, {}).get("of_nobody", 0) for v in views]
                        for kinds in OF_A_ROUND.values() for kind in kinds}
    return out


def observe(devnet, seconds, act=None):
    """What happens in the meantime: blocks made final a second by the slowest node, and what the nodes take."""
    before, counted = heights(devnet), counters(devnet)
    usage, begin = Usage([n["pid"] for n in devnet.running()]), time.monotonic()
    shot = act() if act else time.sleep(seconds)
    took = time.monotonic() - begin
    taken = usage.end()
    made = min(b - a for a, b in zip(before, heights(devnet)))
    after = counters(devnet)
    return {"made": made, "pace": made / took, "seconds": took, "shot": shot or (0, 0, 0), **taken,
            "of_nobody": {k: [b - a for a, b in zip(counted["of_nobody"][k], after["of_nobody"][k])] for k in after["of_nobody"]},
            **{name: after[name] - counted[name] for name in ("received", "kernel_drops", "limited")}}


def recover(devnet):
    """Seconds until every node has made two blocks more final than any had."""
    begin, final = time.monotonic(), max(heights(devnet))
    devnet.wait("after the attack", lambda: devnet.all_final(final + 2), MOST_SECONDS_TO_RECOVER)
    return time.monotonic() - begin


HEAD = (f"{'attack':<12} {'datagrams/s':>11} {'MB/s':>6} {'lost':>6} {'limited':>7} {'blocks/s':>8} {'2 more':>7} "
        f"{'CPU, cores':>10} {'MB then':>8} {'MB now':>7}")


def row(name, seen, reference, recovered):
    datagrams, sent, _ = seen["shot"]
    share = {k: 100 * seen[k] / max(datagrams, 1) if datagrams else 0 for k in ("kernel_drops", "limited")}
    print(f"{name:<12} {datagrams / seen['seconds']:>11.0f} {sent / seen['seconds'] / 1e6:>6.0f} "
          f"{share['kernel_drops']:>5.0f}% {share['limited']:>6.0f}% {seen['pace']:>8.2f} {recovered:>5.1f} s "
          f"{seen['cpu']:>10.2f} {reference['rss']:>8.0f} {seen['rss']:>7.0f}", flush=True)


def attack(options, devnet, kind, seconds, rate, reference):
    seen = observe(devnet, seconds, lambda: shoot(devnet, options.sender, kind, seconds, rate))
    recovered = recover(devnet)
    row(kind, seen, reference, recovered)
    check(f"{kind}: datagrams were sent", seen["shot"][0] > 500, seen)
    check(f"{kind}: blocks become final, or do so at once afterwards", seen["made"] > 0 or recovered < 5, seen)
    check(f"{kind}: memory is bounded", seen["rss"] < reference["rss"] + MOST_MORE_MB, seen)
    check(f"{kind}: every node runs", len(devnet.statuses()) == 4 and all(devnet.statuses()))
    if kind == "peers":
        check(f"{kind}: they are in the tables", seen["shot"][2] >= 2 * PEERS, seen)
    for message in OF_A_ROUND.get(kind, []):
        check(f"{kind}: every node drops them unread", min(seen["of_nobody"][message]) > 0, seen)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("sender")
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--only", choices=KINDS)
    options = parser.parse_args()
    print(enter_namespace())
    seconds, rate = (30, 0) if options.long else (2.5, 20_000)
    with tempfile.TemporaryDirectory() as folder:
        devnet = Devnet(options.program, pathlib.Path(folder) / "devnet", "--block-time", "1",
                        "--port-base", "19300", "--http-port-base", "18300")
        try:
            devnet.wait("the first final blocks", lambda: devnet.all_final(3), 60)
            reference = observe(devnet, max(3, seconds / 2))
            print(HEAD)
            row("none", reference, reference, recover(devnet))
            for kind in [options.only] if options.only else KINDS:
                attack(options, devnet, kind, seconds, rate, reference)
            check("and it stops as it should", devnet.stop() == 0)
        finally:
            devnet.kill()
    check.end("attack")


main()
