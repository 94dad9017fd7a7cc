"""What a node takes of processor and memory in a network without transactions: four provisioners, and one node that
follows. The same of the Rust node: `./dev interop rusk --only h`."""
import time

from nodes import LiveNetwork

PROVISIONERS = 4


def costs(program, folder, blocks, block_time):
    network = LiveNetwork(program, folder, PROVISIONERS + 1, PROVISIONERS, block_time)
    try:
        network.start()
        first, begun = network.nodes[-1].height(), time.monotonic()
        before = {node.name: node.process.usage()["cpu_s"] for node in network.nodes}
        network.wait_for_height(first + blocks, blocks * (block_time + 10))
        made = network.nodes[-1].height() - first
        cpu = {node.name: 1000 * (node.process.usage()["cpu_s"] - before[node.name]) / made for node in network.nodes}
        taken = {node.name: {"cpu_ms_per_block": round(cpu[node.name], 1), **node.memory_mb()}
                 for node in network.nodes}
        makers = [taken[node.name] for node in network.makers()]
        mean = {what: round(sum(one[what] for one in makers) / len(makers), 1) for what in makers[0]}
        return {"blocks": made, "seconds_per_block": round((time.monotonic() - begun) / made, 2), "provisioner": mean,
                "follower": taken[network.nodes[-1].name], "nodes": taken}
    finally:
        network.stop()
