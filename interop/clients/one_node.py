"""A network of one node of ours that makes blocks, with an archive, for clients to talk to."""
import http.client
import json
import pathlib
import shutil
import signal
import socket
import subprocess
import time

PASSWORD = "password"


def free_port(kind):
    with socket.socket(socket.AF_INET, kind) as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def is_free(port):
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind(("127.0.0.1", port))
            return True
        except OSError:
            return False


class OneNode:
    """`keys`: of the provisioner, whose account the first state gives a stake: its recovery phrase, or the path of its
    consensus keys under PASSWORD. `block_time`: seconds from block to block; 0: a block at once for each transaction and
    none otherwise."""

    def __init__(self, program, folder, network, genesis_file, keys, block_time, http_port=None):
        self.program, self.folder = pathlib.Path(program).resolve(), pathlib.Path(folder)
        self.folder.mkdir(parents=True)
        self.network, self.genesis_file, self.block_time = network, pathlib.Path(genesis_file).resolve(), block_time
        self.http = f"127.0.0.1:{http_port or free_port(socket.SOCK_STREAM)}"
        self.password_file = self.folder / "password"
        self.password_file.write_text(PASSWORD + "\n")
        self.log = self.folder / "log"
        self._make_keys(keys)
        self._write_config()
        self.process = None

    def dusk(self, *words, stdin=None):
        """What a command of ours reports."""
        done = subprocess.run([self.program, *map(str, words), "--json"], input=stdin, stdout=subprocess.PIPE, text=True,
                              check=False)
        if done.returncode != 0:
            raise RuntimeError(f"dusk {' '.join(map(str, words))}: status {done.returncode}: {done.stdout}")
        return json.loads(done.stdout)

    def make_wallet(self, file, phrase):
        """A wallet file; its first profile."""
        return self.dusk("keys", "import", "phrase", file, "--kdf-memory", 8, "--kdf-passes", 1, "--password-file",
                         self.password_file, stdin=phrase + "\n")["profiles"][0]

    def _make_keys(self, keys):
        if isinstance(keys, pathlib.Path):
            shutil.copyfile(keys, self.folder / "consensus.keys")
            (self.folder / "consensus.keys").chmod(0o600)
            return
        wallet = self.folder / "provisioner.wallet"
        self.make_wallet(wallet, keys)
        self.dusk("keys", "export", "consensus", wallet, self.folder / "consensus", "--password-file", self.password_file)

    def _write_config(self):
        (self.folder / "node.toml").write_text(f"""network = "{self.network}"
log_type = "plain"
[chain]
db_path = {json.dumps(str(self.folder / "data"))}
consensus_keys_path = {json.dumps(str(self.folder / "consensus.keys"))}
genesis_file = {json.dumps(str(self.genesis_file))}
genesis_timestamp = {int(time.time())}
minimum_block_time = {self.block_time}
[devnet]
instant = {"false" if self.block_time else "true"}
[kadcast]
public_address = "127.0.0.1:{free_port(socket.SOCK_DGRAM)}"
[http]
listen_address = "{self.http}"
[archive]
enabled = true
""")

    def start(self):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen([self.program, "node", "--config", self.folder / "node.toml"],
                                            stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
                                            env={"DUSK_CONSENSUS_KEYS_PASS": PASSWORD})

    def ask(self, method, path, body=b"", headers=None):
        """Status and body."""
        connection = http.client.HTTPConnection(self.http, timeout=60)
        connection.request(method, path, body, headers or {})
        response = connection.getresponse()
        return response.status, response.read()

    def status(self):
        try:
            return json.loads(self.ask("GET", "/status")[1])
        except (OSError, ValueError, http.client.HTTPException):
            return None

    def wait_height(self, height, seconds=120):
        """Until it answers and has this block."""
        end = time.monotonic() + seconds
        while True:
            status = self.status()
            if status and status["height"] >= height:
                return
            if self.process.poll() is not None:
                raise RuntimeError(f"the node ended with status {self.process.returncode}; its log: {self.log}")
            if time.monotonic() > end:
                raise RuntimeError(f"no block {height} within {seconds} s: {status}; its log: {self.log}")
            time.sleep(0.1)

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(40)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def devnet(program, folder, phrase, block_time=0):
    """One with the sound circuits, chain id 100 and the test wallets, the first of which stakes (docs/genesis.md)."""
    folder = pathlib.Path(folder)
    genesis = folder.parent / (folder.name + ".toml")
    subprocess.run([program, "genesis", "new", genesis, "--provisioners", "1"], stdout=subprocess.DEVNULL, check=True)
    return OneNode(program, folder, "devnet", genesis, phrase, block_time)
