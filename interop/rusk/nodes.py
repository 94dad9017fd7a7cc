"""A node of each kind behind the same questions: started, killed, and asked for its chain."""
import json
import pathlib
import shutil

from . import answers, blocks
from .committees import Provisioner
from .processes import Failure, Process

PASSWORD = "password"
MOST_BLOCKS = 100  # of one question


def environment(settings):
    return {"DUSK_CONSENSUS_KEYS_PASS": PASSWORD, "RUSK_MINIMUM_BLOCK_TIME": str(settings.block_time)}


class Node:
    """`public`: the port that others send to; `listen`: where it takes datagrams, another one behind a relay."""
    kind = ""

    def __init__(self, network, index, key_file):
        self.network, self.index = network, index
        self.key_file = pathlib.Path(key_file)
        self.name = f"{self.kind} {index}"
        self.folder = network.folder / f"{self.kind}-{index}"
        self.public, self.listen = network.ports_of(index)
        self.http = f"127.0.0.1:{network.settings.http_port + index}"
        self.process = None

    def start(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        command, env = self._command()
        self.process = Process(self.name, command, self.folder / "log", {**environment(self.network.settings), **env})

    def stop(self):
        if self.process:
            self.process.stop()

    def kill(self):
        self.process.kill()

    def is_running(self):
        return self.process is not None and self.process.is_running()

    def tip(self):
        """Height and hash of the last block; None while it does not answer."""
        raise NotImplementedError

    def final_height(self):
        raise NotImplementedError

    def height(self):
        tip = self.tip()
        return -1 if tip is None else tip[0]

    def blocks(self, first, last):
        """Those from `first` to `last`, which the node must have."""
        raise NotImplementedError

    def transaction(self, name):
        """Height, gas spent and whether it failed, once it is in a block."""
        raise NotImplementedError

    def usage(self):
        return self.process.usage()


class RustNode(Node):
    kind = "rust"

    def _command(self):
        settings = self.network.settings
        state, profile = self.folder / "state", self.folder / "profile"
        if not state.exists():
            shutil.copytree(self.network.rust_state(), state)
        profile.mkdir(exist_ok=True)
        config = self.folder / "node.toml"
        config.write_text(self._config())
        command = [settings.rusk, "--config", config, "--log-type", "json", "--log-level", settings.log_level,
                   "--kadcast-public-address", f"127.0.0.1:{self.public}",
                   "--kadcast-listen-address", f"127.0.0.1:{self.listen}",
                   "--http-listen-addr", self.http, "--db-path", self.folder / "db",
                   "--consensus-keys-path", self.key_file]
        for address in self.network.bootstrap(self):
            command += ["--kadcast-bootstrap", address]
        return command, {"RUSK_PROFILE_PATH": str(profile), "RUSK_STATE_PATH": str(state)}

    def _config(self):
        """Localnet rules: no network id and no [vm] features (spec/network.md §11)."""
        return f"""[http]
listen = true
[http.policy]
enabled = false
[chain]
min_gas_limit = 150000
genesis_timestamp = '{self.network.genesis_time_text()}'
[vm]
generation_timeout = '3s'
[databroker]
max_inv_entries = 100
max_ongoing_requests = 1000
delay_on_resp_msg = 10
[mempool]
max_queue_size = 5000
max_mempool_txn_count = 10000
idle_interval = '1h'
mempool_expiry = '3days'
mempool_download_redundancy = 5
[kadcast]
public_address = '127.0.0.1:{self.public}'
bootstrapping_nodes = []
auto_propagate = false
channel_size = 1000
recursive_discovery = true
[kadcast.bucket]
node_ttl = '30s'
node_evict_after = '5s'
bucket_ttl = '1h'
min_peers = 3
[kadcast.network]
udp_recv_buffer_size = 5000000
udp_send_retry_interval = '5ms'
udp_send_retry_count = 3
blocklist_refresh_interval = '10s'
[kadcast.fec.encoder]
min_repair_packets_per_block = 5
mtu = 1300
fec_redundancy = 0.15
[kadcast.fec.decoder]
cache_ttl = '1m'
cache_prune_every = '5m'
"""

    def _pair(self, which):
        answer = answers.graphql(self.http, "query { lastBlockPair { json } }")
        return None if answer is None else tuple(answer["lastBlockPair"]["json"][which])

    def tip(self):
        return self._pair("last_block")

    def final_height(self):
        pair = self._pair("last_finalized_block")
        return -1 if pair is None else pair[0]

    def entries(self, first, last):
        """All that is told of these blocks: (block, seed, votes for the block below)."""
        found = []
        for start in range(first, last + 1, MOST_BLOCKS):
            end = min(start + MOST_BLOCKS - 1, last)
            answer = answers.graphql(self.http,
                                     f"query {{ blocks(range: [{start}, {end}]) {blocks.ALL_OF_BLOCK} }}")
            if answer is None:
                raise Failure(f"{self.name} does not answer what its blocks {start} to {end} are")
            found += [blocks.of_rust(entry) for entry in answer["blocks"]]
        found.sort(key=lambda entry: entry[0].height)
        if [entry[0].height for entry in found] != list(range(first, last + 1)):
            raise Failure(f"{self.name} does not have all blocks from {first} to {last}")
        return found

    def blocks(self, first, last):
        return [entry[0] for entry in self.entries(first, last)]

    def provisioners(self):
        """Those of the tip; None while it does not answer."""
        answer = answers.json_of(self.http, "POST", "/on/node/provisioners", "")
        if answer is None:
            return None
        return frozenset(Provisioner(blocks.from_base58(entry["key"], 96).hex(), entry["amount"], entry["eligibility"])
                         for entry in answer if entry["amount"])

    def transaction(self, name):
        answer = answers.graphql(self.http, f'query {{ tx(hash: "{name}") {{ blockHeight gasSpent err }} }}')
        if answer is None or answer["tx"] is None:
            return None
        spent = answer["tx"]
        return spent["blockHeight"], spent["gasSpent"], spent["err"] is not None


class OurNode(Node):
    kind = "ours"

    def _command(self):
        settings = self.network.settings
        config = self.folder / "node.toml"
        bootstrap = ", ".join(json.dumps(address) for address in self.network.bootstrap(self))
        config.write_text(f"""network = "rusk"
log_type = "json"
log_level = "{settings.log_level}"
[chain]
db_path = {json.dumps(str(self.folder / "data"))}
consensus_keys_path = {json.dumps(str(self.key_file))}
genesis_file = {json.dumps(str(self.network.genesis_file))}
genesis_timestamp = {self.network.genesis_time}
[kadcast]
public_address = "127.0.0.1:{self.public}"
listen_address = "127.0.0.1:{self.listen}"
bootstrapping_nodes = [{bootstrap}]
[http]
listen_address = "{self.http}"
""")
        # A Rust node is deaf for ten seconds after its start, and would miss our first candidate.
        spin_time = str(self.network.first_round)
        return [settings.program, "node", "--config", config], {"RUSK_CONSENSUS_SPIN_TIME": spin_time}

    def status(self):
        return answers.json_of(self.http, "GET", "/status")

    def tip(self):
        status = self.status()
        return None if status is None else (status["height"], status["hash"])

    def final_height(self):
        status = self.status()
        return -1 if status is None else status["final_height"]

    def blocks(self, first, last):
        found = []
        for height in range(first, last + 1):
            answer = answers.json_of(self.http, "GET", f"/blocks/{height}")
            if answer is None:
                raise Failure(f"{self.name} does not answer what its block {height} is")
            found.append(blocks.of_ours(answer))
        return found

    def transaction(self, name):
        answer = answers.json_of(self.http, "GET", f"/transactions/{name}")
        if answer is None or "height" not in answer:
            return None
        return answer["height"], answer["gas_spent"], answer["error"] is not None
