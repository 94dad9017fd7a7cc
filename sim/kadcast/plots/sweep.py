#!/usr/bin/env python3
"""Runs dusk-sim-kadcast over everything that docs/network-simulation.md shows, one result on a line.

    sweep.py PROGRAM RESULTS [WORDS]    runs whose line is in RESULTS already are left out, and with WORDS all whose
                                        command does not have them

A line also says what the run took: seconds of the processor, and the most memory.
"""
import json
import os
import pathlib
import subprocess
import sys

LOSSES = [0, 1, 5, 10, 20, 30]
CHURNS = [2, 5, 10, 20, 30, 60]
WHOLE = ["--nodes", 300, "--bytes", "300,20000"]
COUNTED = ["--way", "kadcast", "--counted"]
WAYS = [COUNTED, ["--way", "gossip", "--reliable"], ["--way", "flood", "--reliable"]]


def runs():
    # Counted: loss, the order of sending, large objects.
    for way in [*WAYS, ["--way", "gossip"], [*COUNTED, "--far-first"]]:
        for loss in LOSSES:
            yield [*way, "--nodes", 10000, "--bytes", "300,100000", "--broadcasts", 4, "--loss", loss]
    for way in [*WAYS, [*COUNTED, "--far-first"]]:
        yield [*way, "--nodes", 10000, "--bytes", "1000000", "--broadcasts", 1]
    # How it grows with the number of nodes.
    for nodes in (100000, 1000, 100):
        yield [*COUNTED, "--nodes", nodes, "--bytes", "300", "--broadcasts", 2]
    yield [*COUNTED, "--nodes", 100000, "--bytes", "100000", "--broadcasts", 1]
    # Whole nodes: loss, nodes that went away unnoticed, nodes that come and go.
    for loss in LOSSES:
        yield ["--nodes", 100, "--bytes", "300,20000,100000", "--broadcasts", 3, "--loss", loss, "--settling", 60]
    for loss in LOSSES:
        yield [*WHOLE, "--broadcasts", 4, "--loss", loss]
    for silent in LOSSES[2:]:
        for after in (1, 60):
            yield [*WHOLE, "--broadcasts", 4, "--silent", silent, "--after", after]
        for way in WAYS:
            yield [*way, "--nodes", 10000, "--bytes", "300,100000", "--broadcasts", 4, "--silent", silent]
    for churn in CHURNS:
        yield [*WHOLE, "--broadcasts", 10, "--churn", churn, "--after", 180]
    yield ["--nodes", 10000, "--bytes", "300", "--broadcasts", 3, "--settling", 60]


def measured(command):
    """What the run prints, and what it took."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    printed = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)}: status {status}")
    return json.loads(printed) | {"cpu_seconds": round(usage.ru_utime + usage.ru_stime, 1),
                                  "peak_mb": round(usage.ru_maxrss / 1000)}


def main():
    program, results, wanted = sys.argv[1], pathlib.Path(sys.argv[2]), " ".join(sys.argv[3:])
    done = set()
    if results.exists():
        done = {json.loads(line)["command"] for line in results.read_text().splitlines()}
    for words in runs():
        words = [str(word) for word in words]
        command = " ".join(words)
        if command in done or wanted not in command:
            continue
        print(command, flush=True)
        out = measured([program, *words, "--json"])
        with results.open("a") as file:
            file.write(json.dumps({"command": command, **out}) + "\n")


main()
