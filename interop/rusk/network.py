"""A network of nodes of both kinds on this machine: keys, the first state, ports, and the nodes."""
import dataclasses
import datetime
import json
import pathlib
import subprocess
import time

from .nodes import OurNode, RustNode
from .processes import Failure, Process

STAKE = 1_000_000_000_000  # lux: the least that counts
BALANCE = 1_000_000_000_000_000
IDENTITIES = 12   # keys that are made for each network
FIRST_ROUND = 20  # seconds from the start of a network to the first round of our nodes


@dataclasses.dataclass(frozen=True)
class Settings:
    program: pathlib.Path   # ours
    rusk: pathlib.Path      # the Rust node
    oracle: pathlib.Path    # makes keys and transfers with the official crates
    relay: pathlib.Path     # interop-relay
    contracts: pathlib.Path  # folder of *.wasm
    folder: pathlib.Path
    udp_port: int
    http_port: int
    block_time: int  # seconds
    seed: int
    log_level: str


@dataclasses.dataclass(frozen=True)
class Identity:
    index: int
    address: str  # base58
    key: str      # hexadecimal
    key_file: pathlib.Path


class Network:
    """`provisioners`: how many of the keys, from the first on, have a stake. `relay`: (loss, delay in ms), or none."""

    def __init__(self, settings, name, provisioners, relay=None):
        self.settings = settings
        self.folder = settings.folder / name
        self.folder.mkdir(parents=True)
        self.relay, self._relay_process = relay, None
        self.nodes = []
        self.genesis_time = self.first_round = int(time.time())
        made = self._run([settings.oracle, "keys", IDENTITIES, self.folder / "keys", "--seed", settings.seed])
        identities = json.loads(made)
        self.identities = [Identity(i, one["address"], one["public_key"], self.folder / "keys" / f"node_{i}.keys")
                           for i, one in enumerate(identities["nodes"])]
        for one in self.identities:
            one.key_file.chmod(0o600)
        self.password_file = self.folder / "password"
        self.password_file.write_text("password\n")
        self.provisioners = self.identities[:provisioners]
        self.genesis_file = self.folder / "genesis.toml"
        self.genesis_file.write_text(self._genesis(identities["phoenix_address"]))
        self._rust_state = None

    @staticmethod
    def _run(command, env=None):
        done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env,
                              check=False)
        if done.returncode != 0:
            raise Failure(f"{command[0]} ended with status {done.returncode}: {done.stderr.decode()[-2000:]}")
        return done.stdout

    def _genesis(self, phoenix_address):
        text = f"[[phoenix_balance]]\naddress = '{phoenix_address}'\nseed = 0xdead_beef\n" \
               "notes = [1_000_000_000_000, 2_000_000_000_000, 500_000_000_000, 3_000_000_000]\n\n"
        for one in self.provisioners:
            text += f"[[stake]]\naddress = '{one.address}'\namount = {STAKE}\n\n"
        for one in self.identities:
            text += f"[[moonlight_account]]\naddress = '{one.address}'\nbalance = {BALANCE}\n\n"
        return text

    def genesis_time_text(self):
        return datetime.datetime.fromtimestamp(self.genesis_time, datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def rust_state(self):
        """The first state in the store of the Rust node, made once."""
        if self._rust_state is None:
            folder = self.folder / "rust-genesis"
            (folder / "profile").mkdir(parents=True)
            env = {"RUSK_PROFILE_PATH": str(folder / "profile"), "RUSK_STATE_PATH": str(folder / "state"), "PATH": ""}
            self._run([self.settings.rusk, "recovery", "state", "--init", self.genesis_file], env)
            self._rust_state = folder / "state"
        return self._rust_state

    def ports_of(self, index):
        public = self.settings.udp_port + index
        return public, public + 100 if self.relay else public

    def bootstrap(self, node):
        """The addresses of all others that were added before the start."""
        return [f"127.0.0.1:{other.public}" for other in self.nodes if other is not node]

    def add(self, kind, index):
        """A node with the keys of that number, not started."""
        node = {"rust": RustNode, "ours": OurNode}[kind](self, index, self.identities[index].key_file)
        self.nodes.append(node)
        return node

    def start_relay(self):
        """In front of every node added up to now."""
        loss, delay = self.relay
        pairs = [f"{node.public}:{node.listen}" for node in self.nodes]
        self._relay_process = Process("the relay", [self.settings.relay, "--loss", loss, "--delay-ms", delay, "--seed",
                                                    self.settings.seed, *pairs], self.folder / "relay.log")

    def relay_counts(self):
        """What the relay did, after it was stopped."""
        self._relay_process.stop()
        return json.loads(self._relay_process.log.read_text().splitlines()[-1])

    def start(self):
        """All nodes added up to now."""
        if self.of_kind("rust"):
            self.rust_state()
        if self.relay:
            self.start_relay()
        self.first_round = int(time.time()) + FIRST_ROUND
        for node in self.nodes:
            node.start()

    def running(self):
        return [node for node in self.nodes if node.is_running()]

    def processes(self):
        return [node.process for node in self.running()]

    def makers(self):
        """Nodes with a stake."""
        return [node for node in self.nodes if node.index < len(self.provisioners)]

    def of_kind(self, kind):
        return [node for node in self.nodes if node.kind == kind]

    def stop(self):
        for node in self.running():
            node.process.kill()
        if self._relay_process:
            self._relay_process.kill()
