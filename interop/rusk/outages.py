"""Nodes are killed, and catch up after a restart."""
import time

from .agreement import heights, wait_for_height
from .mixed import two_and_two
from .running import agree, result_of, wait_for_start

OUTAGE = 15     # seconds that a side is gone for
RECOVERY = 300  # seconds within which a network goes on after half of it was gone


def follower_outage(network, kind):
    """A node without a stake is killed while the others go on."""
    follower = next(node for node in network.of_kind(kind) if node not in network.makers())
    others = [node for node in network.nodes if node is not follower]
    before = follower.height()
    follower.kill()
    wait_for_height(network, others, before + 15, 300)
    follower.start()
    started, target = time.monotonic(), max(heights(others).values())
    wait_for_height(network, [follower], target, 120)
    return {"killed": [follower.name], "at": before, "missed": target - before,
            "caught_up_s": round(time.monotonic() - started, 1)}


def side_outage(network, kind):
    """Both provisioners of a kind are killed at once: nobody has a quorum. After the restart the network goes on."""
    killed = [node for node in network.makers() if node.kind == kind]
    others = [node for node in network.nodes if node not in killed]
    before = max(heights(network.nodes).values())
    for node in killed:
        node.kill()
    time.sleep(OUTAGE)
    during = max(heights(others).values())
    started = time.monotonic()
    for node in killed:
        node.start()
    wait_for_height(network, network.nodes, during + 10, RECOVERY)
    return {"killed": [node.name for node in killed], "at": before, "height_while_gone": during,
            "ten_blocks_after_s": round(time.monotonic() - started, 1)}


def restarts(settings, options):
    """one side is killed and restarted, and catches up: ours, then the Rust one"""
    del options
    network = two_and_two(settings, "d")
    network.add("rust", 4)
    network.add("ours", 5)
    try:
        network.start()
        wait_for_start(network, network.nodes, 5)
        outages = [outage(network, kind) for kind in ("ours", "rust") for outage in (follower_outage, side_outage)]
        return result_of(network, network.nodes, agree(network, network.nodes), outages=outages)
    finally:
        network.stop()
