"""A released Rust node that makes blocks alone, for wallets to talk to: the network `rusk` with the wallets of docs/genesis.md."""
import pathlib
import subprocess
import time
import types

from rusk import network, nodes, official_node

from . import one_node


class OneRustNode(network.Network):
    """`keys`: of the provisioner, as `dusk keys export consensus` writes them; `genesis_file`: of the first state."""

    def __init__(self, root, cache, folder, genesis_file, keys, block_time):  # pylint: disable=super-init-not-called
        self.folder, self.genesis_file = pathlib.Path(folder), pathlib.Path(genesis_file)
        self.folder.mkdir(parents=True)
        self.settings = types.SimpleNamespace(rusk=official_node.rust_node(root, cache), block_time=block_time, log_level="info",
                                              http_port=one_node.free_port(one_node.socket.SOCK_STREAM),
                                              udp_port=one_node.free_port(one_node.socket.SOCK_DGRAM))
        self.relay, self._relay_process, self._rust_state = None, None, None
        self.genesis_time = int(time.time())
        self.node = nodes.RustNode(self, 0, keys)
        self.nodes = [self.node]
        self.http = self.node.http

    def start(self):
        self.node.start()
