"""Nodes without a stake beside provisioners of the other kind: from genesis, and late."""
import time

from .agreement import heights, wait_for_height
from .network import Network
from .running import START, agree, finish, result_of, wait_for_start
from .transactions import Account, Stream


def follow(settings, name, makers, follower, options):
    network = Network(settings, name, provisioners=4)
    try:
        nodes = [*(network.add(makers, index) for index in range(4)), network.add(follower, 4)]
        identities = network.identities
        stream = Stream([(nodes[0], Account(network, identities[6]).of_every_kind(identities[7], 10)),
                         (nodes[4], Account(network, identities[7]).of_every_kind(identities[6], 10))], 1)
        network.start()
        wait_for_start(network, nodes)
        wait_for_height(network, nodes, options.follow_blocks, options.follow_blocks * 10 + START, stream.step)
        finish(network, stream, nodes)
        counts = stream.compare(nodes)
        return result_of(network, nodes, agree(network, nodes), transactions=counts)
    finally:
        network.stop()


def ours_follows(settings, options):
    """our node follows a Rust network from genesis"""
    return follow(settings, "a", "rust", "ours", options)


def rust_follows(settings, options):
    """a Rust node follows our network from genesis"""
    return follow(settings, "b", "ours", "rust", options)


def join_late(settings, makers, joiner, options):
    network = Network(settings, f"e-{joiner}", provisioners=4)
    try:
        nodes = [network.add(makers, index) for index in range(4)]
        network.start()
        wait_for_start(network, nodes)
        wait_for_height(network, nodes, options.late_blocks, options.late_blocks * 10 + START)
        late = network.add(joiner, 4)
        late.start()
        started, target = time.monotonic(), max(heights(nodes).values())
        wait_for_height(network, [late], target, 180)
        seconds = round(time.monotonic() - started, 1)
        nodes.append(late)
        wait_for_height(network, nodes, target + 5, 180)
        return result_of(network, nodes, agree(network, nodes, target + 4), joined_at=target, synced_s=seconds)
    finally:
        network.stop()


def late_joiners(settings, options):
    """a late joiner of each kind syncs from a network of the other"""
    ours = join_late(settings, "rust", "ours", options)
    rust = join_late(settings, "ours", "rust", options)
    return {**rust, "ours_joined": ours, "rust_joined": rust}
