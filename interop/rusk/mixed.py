"""2 Rust and 2 of our provisioners with equal stakes: one chain."""
import time

from .agreement import heights, wait_for_final, wait_for_height
from .network import Network
from .participation import Participation, Provisioners
from .running import START, agree, cpu_of, finish, result_of, wait_for_start
from .transactions import Account, Stream


def two_and_two(settings, name, relay=None):
    """Keys 0 and 2 with Rust nodes, 1 and 3 with ours."""
    network = Network(settings, name, provisioners=4, relay=relay)
    for index in range(4):
        network.add("ours" if index % 2 else "rust", index)
    return network


def load_for(network, transfers):
    """Each side is given transactions that we made, and some that the official code made."""
    rust, ours = network.of_kind("rust")[0], network.of_kind("ours")[0]
    identities = network.identities
    return Stream([(rust, Account(network, identities[6]).of_every_kind(identities[7], transfers)),
                   (ours, Account(network, identities[7]).of_every_kind(identities[6], transfers)),
                   (rust, Account(network, identities[8]).official(identities[9], transfers)),
                   (ours, Account(network, identities[9]).official(identities[8], transfers))], 2)


def grow(network, height, transfers):
    """Starts the nodes and lets the chain grow to `height`; what was seen."""
    nodes, rust = network.nodes, network.of_kind("rust")[0]
    keys = {node.name: network.identities[node.index].key for node in nodes}
    sides = {kind: {keys[node.name] for node in network.of_kind(kind)} for kind in ("rust", "ours")}
    stream, provisioners = load_for(network, transfers), Provisioners(rust)

    def during():
        stream.step()
        provisioners.look()
    network.start()
    wait_for_start(network, nodes)
    first, started, usage = min(heights(nodes).values()), time.monotonic(), {n.name: n.usage() for n in nodes}
    wait_for_height(network, nodes, height + 1, (height + 1) * 20 + START, during)
    pace = round((time.monotonic() - started) / (height + 1 - first), 2)
    used = cpu_of(nodes, usage)
    wait_for_final(network, nodes, height, 180, during)
    finish(network, stream, nodes)
    counts = stream.compare(nodes)
    blocks = agree(network, nodes)
    provisioners.look()
    participation = Participation(sides)
    participation.read(rust.entries(0, rust.height()), provisioners)
    participation.check(keys)
    return result_of(network, nodes, blocks, transactions=counts, participation=participation.report(keys),
                     seconds_per_block=pace, usage=used)


def produce(settings, options):
    """2 Rust and 2 of our provisioners finalise at least 200 blocks, with transactions on both sides"""
    network = two_and_two(settings, "c")
    try:
        return grow(network, options.blocks, options.transfers)
    finally:
        network.stop()


def produce_on_a_poor_network(settings, options):
    """the same with 5 % of the datagrams lost and 100 ms of delay"""
    network = two_and_two(settings, "f", relay=(options.loss, options.delay_ms))
    try:
        result = grow(network, options.lossy_blocks, 10)
        return {**result, "relay": network.relay_counts()}
    finally:
        network.stop()
