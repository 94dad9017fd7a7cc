"""How long each kind takes for the same blocks from nothing."""
import dataclasses
import time

from .agreement import same_chain, wait_for_height
from .network import Network
from .running import START, agree, result_of, wait_for_start
from .transactions import Account, Stream

BLOCK_TIME = 1  # seconds: making the chain is not what is measured


def timed_sync(network, kind, index, sources, height):
    """A new node: seconds until it has the block at `height`."""
    node = network.add(kind, index)
    try:
        node.start()
        started = time.monotonic()
        wait_for_height(network, [node], height, 1200)
        seconds, usage = time.monotonic() - started, node.usage()
        same_chain([sources[0], node], height)
        return {"kind": kind, "blocks": height, "seconds": round(seconds, 1), "cpu_s": round(usage["cpu_s"], 1),
                "rss_mb": round(usage["rss_bytes"] / 1e6, 1)}
    finally:
        node.stop()
        network.nodes.remove(node)


def race(settings, options):
    """both kinds sync the same 1000 blocks from nothing, one after the other, from a node of each kind"""
    network = Network(dataclasses.replace(settings, block_time=BLOCK_TIME), "g", provisioners=1)
    try:
        sources = [network.add("rust", 0), network.add("ours", 1)]
        payers = network.identities[6:8]
        stream = Stream([(source, Account(network, payer).of_every_kind(receiver, 60))
                         for source, payer, receiver in zip(sources, payers, reversed(payers))], 5)
        network.start()
        wait_for_start(network, sources)
        height = options.sync_blocks
        wait_for_height(network, sources, height, height * 5 + START, stream.step)
        syncs = [timed_sync(network, kind, index, sources, height)
                 for kind, index in (("ours", 2), ("rust", 3))]
        return result_of(network, sources, agree(network, sources, height), syncs=syncs)
    finally:
        network.stop()
