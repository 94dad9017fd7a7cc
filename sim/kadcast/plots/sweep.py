#!/usr/bin/env python3
"""Runs dusk-sim-kadcast over everything that docs/network-simulation.md shows, one result on a line.

    sweep.py PROGRAM RESULTS      runs whose line is in RESULTS already are left out
"""
import json
import pathlib
import subprocess
import sys

LOSSES = [0, 1, 5, 10, 20, 30]
COUNTED = ["--way", "kadcast", "--counted"]
WAYS = [COUNTED, ["--way", "gossip", "--reliable"], ["--way", "flood", "--reliable"]]


def runs():
    # Counted: loss, the order of sending, large objects.
    for way in [*WAYS, ["--way", "gossip"], [*COUNTED, "--far-first"]]:
        for loss in LOSSES:
            yield [*way, "--nodes", 10000, "--bytes", "300,100000", "--broadcasts", 4, "--loss", loss]
    for way in [*WAYS, [*COUNTED, "--far-first"]]:
        yield [*way, "--nodes", 10000, "--bytes", "1000000", "--broadcasts", 1]
    for loss in LOSSES:
        yield ["--nodes", 100, "--bytes", "300,20000,100000", "--broadcasts", 3, "--loss", loss, "--settling", 60]


def main():
    program, results = sys.argv[1], pathlib.Path(sys.argv[2])
    done = set()
    if results.exists():
        done = {json.loads(line)["command"] for line in results.read_text().splitlines()}
    for words in runs():
        words = [str(word) for word in words]
        command = " ".join(words)
        if command in done:
            continue
        print(command, flush=True)
        out = subprocess.run([program, *words, "--json"], stdout=subprocess.PIPE, check=True).stdout
        with results.open("a") as file:
            file.write(json.dumps({"command": command, **json.loads(out)}) + "\n")


main()
