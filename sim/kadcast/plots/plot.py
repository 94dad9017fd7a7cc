#!/usr/bin/env python3
"""Draws the charts of docs/network-simulation.md from what sweep.py measured, and prints its tables.

    plot.py RESULTS FOLDER
"""
import json
import pathlib
import sys

import chart

NAMES = {"kadcast": "Kadcast, whole nodes", "kadcast-counted": "Kadcast", "kadcast-counted-far": "Kadcast, far first",
         "gossip": "gossip over UDP", "gossip-reliable": "gossip, reliable", "flood-reliable": "flooding, reliable"}
WAYS = ["kadcast-counted", "kadcast-counted-far", "gossip-reliable", "flood-reliable"]
SIZES = {300: "vote, 300 B", 100_000: "block, 100 kB", 1_000_000: "block, 1 MB"}
WHOLE_SIZES = {300: "vote, 300 B", 20_000: "block, 20 kB"}


def read(path):
    """A dictionary for each broadcast size of each run."""
    out = []
    for line in path.read_text().splitlines():
        run = json.loads(line)
        way = run["way"] + ("-reliable" if run.get("reliable") else "") + ("-far" if run.get("far_first") else "")
        words = run["command"].split()
        redundancy = float(words[words.index("--redundancy") + 1]) if "--redundancy" in words else 0.15
        for size in run["runs"]:
            out.append({"churn": 0, **run, **size, "way": way, "redundancy": redundancy})
    return out


def pick(runs, **wanted):
    wanted = {"silent": 0, "churn": 0, "redundancy": 0.15, **wanted}
    return [r for r in runs if all(r[k] == v for k, v in wanted.items())]


def series_of(runs, ways, x, y, **wanted):
    out = []
    for way in ways:
        points = sorted((x(r), y(r)) for r in pick(runs, way=way, **wanted))
        if points:
            out.append((NAMES[way], points))
    return out


def percent(key):
    return lambda run: 100 * run[key]


def curve(runs, x, y):
    """Points of these runs, one for each x."""
    return sorted({x(r): y(r) for r in runs}.items())


def reached_by(save, name, title, x_label, series, **limits):
    """A chart of those series that have something to draw."""
    series = [(name, points) for name, points in series if len(points) > 1]
    if series:
        save(name, chart.lines(title, x_label, "nodes reached, %", series, y_high=100, **limits))


def draw_whole_nodes(runs, save):
    reached = percent("coverage")
    whole = [r for r in runs if r["way"] == "kadcast" and r["nodes"] == 300 and r["redundancy"] == 0.15]
    sizes = [(name, [r for r in whole if r["bytes"] == size]) for size, name in WHOLE_SIZES.items()]
    reached_by(save, "whole-loss", "300 whole nodes: who has it, by loss", "datagrams lost, %",
               [(name, curve([r for r in some if r["churn"] == r["silent"] == 0], percent("loss"), reached))
                for name, some in sizes], y_low=0)
    reached_by(save, "churn", "300 whole nodes that come and go: who has it of those that stay",
               "nodes that go away in a minute, %",
               [(name, curve([r for r in some if r["loss"] == r["silent"] == 0], percent("churn"), reached))
                for name, some in sizes])


def draw_gone(runs, save):
    still = [r for r in runs if r["nodes"] == 10_000 and r["loss"] == r["churn"] == 0 and r["redundancy"] == 0.15]
    series = []
    for way, short in (("kadcast-counted", "Kadcast"), ("gossip-reliable", "gossip"), ("flood-reliable", "flooding")):
        for size, name in ((300, "vote"), (100_000, "100 kB")):
            some = [r for r in still if r["way"] == way and r["bytes"] == size]
            series.append((f"{short}, {name}", curve(some, percent("silent"), percent("coverage"))))
    reached_by(save, "gone", "10 000 nodes, some of which went away unnoticed: who has it of the others",
               "nodes that went away, %", series)


def draw_growth(runs, save):
    grown = [r for r in runs if r["way"] == "kadcast-counted" and r["bytes"] == 300 and r["loss"] == r["silent"] == 0]
    number = lambda r: r["nodes"]  # noqa: E731
    save("growth", chart.lines(
        "A vote by the number of nodes, no loss", "nodes", "milliseconds",
        [("p50", curve(grown, number, lambda r: r["latency_ms"]["0.5"])),
         ("p99", curve(grown, number, lambda r: r["latency_ms"]["0.99"])),
         ("last", curve(grown, number, lambda r: r["latency_ms"]["1"]))], x_log=True, y_low=0))


def draw(runs, folder):
    def save(name, svg):
        (folder / f"{name}.svg").write_text(svg)

    save("coverage-loss", chart.lines(
        "10 000 nodes: who has a block of 100 kB, by loss", "datagrams lost, %", "nodes reached, %",
        series_of(runs, [*WAYS, "gossip"], percent("loss"), percent("coverage"), nodes=10_000, bytes=100_000),
        y_low=0, y_high=100))
    for size, name in SIZES.items():
        latencies = []
        for way in WAYS:
            for run in pick(runs, way=way, nodes=10_000, bytes=size, loss=0):
                points = sorted((ms, 100 * float(part)) for part, ms in run["latency_ms"].items())
                latencies.append((NAMES[way], points))
        save(f"latency-{size}", chart.lines(f"10 000 nodes, no loss: {name}", "milliseconds", "nodes that have it, %",
                                            latencies, x_log=True, y_low=0, y_high=100))
    save("bytes", chart.bars(
        "10 000 nodes, no loss: bytes that a node receives for one object", "", "bytes", list(SIZES.values()),
        [(NAMES[way], [pick(runs, way=way, nodes=10_000, bytes=size, loss=0)[0]["received_bytes"] for size in SIZES])
         for way in WAYS]))
    draw_whole_nodes(runs, save)
    draw_gone(runs, save)
    draw_growth(runs, save)


def tables(runs):
    print("| way | nodes | object | loss | reached | hops | p50 ms | p99 ms | received | of no use | most sent |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for r in sorted(pick(runs), key=lambda r: (r["bytes"], r["nodes"], r["way"], r["loss"])):
        latency = r["latency_ms"]
        print(f"| {NAMES[r['way']]} | {r['nodes']} | {r['bytes']} | {100 * r['loss']:g} % | {100 * r['coverage']:.3f} % "
              f"| {r['mean_hops']:.1f} | {latency.get('0.5', 0):.0f} | {latency.get('0.99', 0):.0f} "
              f"| {r['received_bytes'] / 1000:.1f} kB | {r['superfluous_bytes'] / 1000:.1f} kB "
              f"| {r['most_sent_bytes'] / 1e6:.2f} MB |")


def main():
    runs = read(pathlib.Path(sys.argv[1]))
    folder = pathlib.Path(sys.argv[2])
    folder.mkdir(exist_ok=True)
    draw(runs, folder)
    tables(runs)


main()
