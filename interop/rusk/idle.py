"""What a node costs in a network without transactions: four nodes of one kind, then four of the other."""
import time

from .agreement import heights, wait_for_height
from .network import Network
from .running import START, agree, cpu_of, result_of, wait_for_start

TARGET = 0.5  # of what the Rust node takes


def four_of(settings, kind, blocks):
    network = Network(settings, f"h-{kind}", provisioners=4)
    try:
        nodes = [network.add(kind, index) for index in range(4)]
        network.start()
        wait_for_start(network, nodes, 5)
        first, started, before = min(heights(nodes).values()), time.monotonic(), {n.name: n.usage() for n in nodes}
        wait_for_height(network, nodes, first + blocks, blocks * 15 + START)
        seconds, used = time.monotonic() - started, cpu_of(nodes, before)
        grown = min(heights(nodes).values()) - first
        chain = agree(network, nodes)
        mean = {what: sum(one[what] for one in used.values()) / len(used) for what in ("cpu_share", "rss_mb")}
        return result_of(network, nodes, chain, grown_by=grown, seconds_per_block=round(seconds / grown, 2),
                         cpu_ms_per_block=round(mean["cpu_share"] * seconds / grown * 1000, 1),
                         rss_mb=round(mean["rss_mb"], 1), usage=used)
    finally:
        network.stop()


def costs(settings, options):
    """what a node of each kind takes of processor and memory, four of a kind, without transactions"""
    rust = four_of(settings, "rust", options.idle_blocks)
    ours = four_of(settings, "ours", options.idle_blocks)
    ratios = {what: round(ours[what] / rust[what], 2) for what in ("cpu_ms_per_block", "rss_mb")}
    missed = [what for what, ratio in ratios.items() if ratio > TARGET]
    return {**ours, "rust": rust, "ours": ours, "ours_by_rust": ratios, "targets_missed": missed}
