"""Nodes of devnet, each in a namespace: provisioners whose keys are those of the test wallets, and others that follow."""
import json
import os
import pathlib
import subprocess
import time

from namespaces import Namespace
from rusk import answers
from rusk.processes import Failure, Process, wait_until

PASSWORD = "devnet"
TOGETHER = 15   # seconds from the start of the nodes to the first round
START = 120     # seconds within which there are first blocks
PORT, HTTP_PORT = 9000, 8080


def run(program, *words):
    done = subprocess.run([str(program), *map(str, words), "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          check=False)
    if done.returncode:
        raise Failure(f"dusk {' '.join(map(str, words))}: {done.stdout.decode()}{done.stderr.decode()}")
    return json.loads(done.stdout)


class LiveNode:
    def __init__(self, network, index):
        self.network, self.index, self.name = network, index, f"node {index}"
        self.folder = network.folder / f"node-{index}"
        self.folder.mkdir()
        self.namespace = Namespace(index, self.folder / "namespace.log")
        self.address = f"{self.namespace.address}:{PORT}"
        self.http = f"{self.namespace.address}:{HTTP_PORT}"
        self.log = self.folder / "log"
        self.process = None

    def start(self, bootstrap, first_round):
        keys = self.network.keys[self.index] if self.index < len(self.network.keys) else None
        others = ", ".join(json.dumps(one) for one in bootstrap if one != self.address)
        config = self.folder / "node.toml"
        config.write_text(f"""network = "devnet"
log_level = "info"
log_type = "json"
[chain]
db_path = {json.dumps(str(self.folder / "data"))}
genesis_file = {json.dumps(str(self.network.genesis))}
genesis_timestamp = {self.network.genesis_time}
minimum_block_time = {self.network.block_time}
first_step_time = 7
{f"consensus_keys_path = {json.dumps(str(keys))}" if keys else ""}
[kadcast]
public_address = "{self.address}"
bootstrapping_nodes = [{others}]
[http]
listen_address = "{self.http}"
""")
        command = self.namespace.command([str(self.network.program), "node", "--config", str(config)])
        env = {"DUSK_CONSENSUS_KEYS_PASS": PASSWORD, "RUSK_CONSENSUS_SPIN_TIME": str(first_round)}
        self.process = Process(self.name, command, self.log, env)

    def ask(self, path):
        return answers.json_of(self.http, "GET", path)

    def height(self):
        status = self.ask("/status")
        return -1 if status is None else status["height"]

    def memory_mb(self):
        """Resident, and its part of it where pages are shared with others (PSS)."""
        out = {}
        for line in pathlib.Path(f"/proc/{self.process.pid}/smaps_rollup").read_text().splitlines()[1:]:
            name, value = line.split()[:2]
            if name in ("Rss:", "Pss:"):
                out[name[:3].lower() + "_mb"] = round(int(value) * 1024 / 1e6, 1)
        return out


class LiveNetwork:
    def __init__(self, program, folder, count, provisioners, block_time):
        self.program, self.folder, self.block_time = program, folder, block_time
        folder.mkdir(parents=True)
        self.genesis, self.genesis_time = folder / "genesis.toml", int(time.time())
        wallets = run(program, "genesis", "new", self.genesis, "--network", "devnet", "--provisioners",
                      provisioners)["test_wallets"]
        self.keys = [self._keys(i, wallet["phrase"]) for i, wallet in enumerate(wallets) if wallet["provisioner"]]
        self.nodes = [LiveNode(self, i) for i in range(count)]
        (folder / "running.json").write_text(json.dumps({"nodes": [{"http": node.http} for node in self.makers()]}))

    def _keys(self, index, phrase):
        secrets = {"phrase": phrase, "password": PASSWORD}
        for name, secret in secrets.items():
            with open(os.open(self.folder / name, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as file:
                file.write(secret + "\n")
        wallet, password = self.folder / f"wallet-{index}", ["--password-file", self.folder / "password"]
        run(self.program, "keys", "import", "phrase", wallet, "--phrase-file", self.folder / "phrase", *password,
            "--kdf-memory", 8, "--kdf-passes", 1)
        run(self.program, "keys", "export", "consensus", wallet, self.folder / f"keys-{index}", *password)
        return self.folder / f"keys-{index}.keys"

    def makers(self):
        return self.nodes[:len(self.keys)]

    def processes(self):
        return [node.process for node in self.nodes]

    def start(self):
        first_round = int(time.time()) + TOGETHER
        for node in self.nodes:
            node.start([one.address for one in self.makers()], first_round)
        wait_until("answers of all nodes", lambda: min(n.height() for n in self.nodes) >= 0, 60, self.processes())
        self.wait_for_height(3, START)

    def wait_for_height(self, height, seconds, meanwhile=lambda: None):
        def there():
            meanwhile()
            return min(node.height() for node in self.nodes) >= height
        wait_until(f"height {height}", there, seconds, self.processes(), 1)

    def stop(self):
        for node in self.nodes:
            if node.process:
                node.process.kill()
            node.namespace.end()
