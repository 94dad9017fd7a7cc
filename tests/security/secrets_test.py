#!/usr/bin/env python3
"""Secrets stay where they belong: a node with the keys of a provisioner and a wallet with a recovery phrase leave nothing of
them in logs, outputs, files that are not theirs, or core files; and the password is not in the node's memory any more.

    secrets_test.py PROGRAM VECTORS

The secrets are those of a reference wallet, so that every form of them is known. Whether core files can be made here is
tried with another program first.
"""
import base64
import gzip
import http.client
import json
import os
import pathlib
import re
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "devnet"))
from checks import check, run  # noqa: E402

PASSWORD = "correct horse battery staple 4711"
CHEAP = ("--kdf-memory", "8", "--kdf-passes", "1")  # guessing it is not what is tested here


def forms(name, data):
    """As bytes, in hexadecimal of either case and either direction, and in base64."""
    for what, one in (("", data), (", reversed", data[::-1])):
        yield f"{name}{what}", one
        yield f"{name}{what}, in hexadecimal", one.hex().encode()
        yield f"{name}{what}, in HEXADECIMAL", one.hex().upper().encode()
        yield f"{name}{what}, in base64", base64.b64encode(one)[:40]


def secrets_of(wallet):
    words = wallet["mnemonic"].split()
    yield "the phrase", wallet["mnemonic"].encode()
    yield "half of the phrase", " ".join(words[:len(words) // 2]).encode()
    yield "the password", PASSWORD.encode()
    profile = wallet["profiles"][0]
    for name, text in (("the seed", wallet["seed"][:64]), ("the entropy", wallet["entropy"]), ("the account's key", profile["bls_sk"]),
                       ("the first key of notes", profile["phoenix_sk"][:64]), ("the second key of notes", profile["phoenix_sk"][64:])):
        yield from forms(name, bytes.fromhex(text))


def found_in(data, secrets):
    return [name for name, secret in secrets if secret in data]


def without_cores():
    resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def cores(folder):
    return [path for path in folder.rglob("*") if path.is_file() and re.fullmatch(r"core(\.\d+)?", path.name)]


def cores_can_be_made(folder):
    """A program that says nothing of core files leaves one when it is aborted."""
    folder.mkdir()
    try:
        child = subprocess.Popen(["sleep", "60"], cwd=folder, preexec_fn=without_cores)
    except subprocess.SubprocessError:
        return False  # the limit of this machine cannot be lifted
    time.sleep(0.2)
    child.send_signal(signal.SIGABRT)
    child.wait()
    return bool(cores(folder))


def memory_of(pid):
    """What a process has written in memory, part by part."""
    with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", 0) as memory:
        for line in maps:
            span, rights = line.split()[:2]
            begin, end = (int(part, 16) for part in span.split("-"))
            if not rights.startswith("rw") or end - begin > 1 << 30:
                continue
            try:
                memory.seek(begin)
                yield memory.read(end - begin)
            except (OSError, ValueError, OverflowError):
                pass


def free_port(kind):
    with socket.socket(socket.AF_INET, kind) as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Place:
    def __init__(self, program, folder, wallet):
        self.program, self.folder, self.wallet = program, folder, wallet
        self.secrets = list(secrets_of(wallet))
        (folder / "password").write_text(PASSWORD + "\n")
        (folder / "phrase").write_text(wallet["mnemonic"] + "\n")
        self.with_password = ("--password-file", str(folder / "password"))
        self.outputs = b""

    def dusk(self, *words, good=True):
        """Its output is kept, to be searched."""
        done = subprocess.run([self.program, *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              cwd=self.folder, check=False, timeout=120)
        self.outputs += done.stdout
        check(f"dusk {words[0]} {words[1]}", (done.returncode == 0) == good, done.stdout[-300:])

    def files(self, but=()):
        """Everything below that is not one of the files where secrets belong."""
        return [path for path in self.folder.rglob("*") if path.is_file() and path.name not in {"password", "phrase", *but}]

    def search(self, what, data):
        found = found_in(data, self.secrets)
        check(f"no secret in {what}", not found, found)

    def search_files(self, but=()):
        for path in self.files(but):
            self.search(path.relative_to(self.folder), path.read_bytes())


def test_search(place):
    """The search finds what is there."""
    profile = place.wallet["profiles"][0]
    for text in (place.wallet["mnemonic"], PASSWORD, profile["bls_sk"], profile["bls_sk"].upper()):
        check("a secret is found", found_in(b"before " + text.encode() + b" behind", place.secrets))
    check("as bytes too", found_in(bytes.fromhex(profile["bls_sk"]), place.secrets))
    status, shown = run(place.program, "keys", "export", "profile", place.folder / "my.wallet", *place.with_password)
    check("the keys are those of the reference", status == 0 and profile["bls_sk"] in json.dumps(shown).lower())


def make_keys(place):
    place.dusk("keys", "import", "phrase", "my.wallet", "--phrase-file", "phrase", *CHEAP, *place.with_password)
    place.dusk("keys", "export", "consensus", "my.wallet", "provisioner", *place.with_password)
    place.dusk("keys", "show", "my.wallet", "--json", *place.with_password)
    place.dusk("keys", "show", "provisioner.keys", *place.with_password)
    wrong = place.folder / "wrong"
    wrong.write_text(PASSWORD[:-1] + "\n")
    place.dusk("keys", "show", "my.wallet", "--password-file", wrong, good=False)
    wrong.unlink()


def start_node(place):
    """One that votes, and writes all that there is to write."""
    account = place.wallet["profiles"][0]["account"]
    status, made = run(place.program, "genesis", "new", place.folder / "genesis.toml", "--stake", f"{account}=1000000",
                       "--account", f"{account}=1000000")
    check("a first state", status == 0, made)
    address = f"127.0.0.1:{free_port(socket.SOCK_STREAM)}"
    (place.folder / "node.toml").write_text(f"""network = "devnet"
log_level = "trace"
log_type = "plain"
[chain]
db_path = "data"
consensus_keys_path = "provisioner.keys"
genesis_file = "genesis.toml"
genesis_timestamp = {int(time.time())}
minimum_block_time = 0
[devnet]
instant = true
[kadcast]
public_address = "127.0.0.1:{free_port(socket.SOCK_DGRAM)}"
[http]
listen_address = "{address}"
""")
    node = subprocess.Popen([place.program, "node", "--config", "node.toml"], cwd=place.folder, preexec_fn=without_cores,
                            stdout=subprocess.DEVNULL, stderr=open(place.folder / "node.log", "wb"),
                            env={**os.environ, "DUSK_CONSENSUS_KEYS_PASS": PASSWORD})
    return node, address


def ask(address, method, path, body=b"", headers=None):
    connection = http.client.HTTPConnection(address, timeout=20)
    connection.request(method, path, body, headers or {})
    response = connection.getresponse()
    return response.status, response.read()


def wait_for_node(node, address, log):
    end = time.monotonic() + 60
    while time.monotonic() < end and node.poll() is None:
        try:
            if ask(address, "GET", "/status")[0] == 200:
                return True
        except OSError:
            time.sleep(0.1)
    print(log.read_text(errors="replace")[-3000:])
    return False


def test_node(place):
    node, address = start_node(place)
    try:
        if not wait_for_node(node, address, place.folder / "node.log"):
            check("the node runs", False)
            return
        # A transfer makes it vote, and what clients hand over goes through its log.
        wallet = place.folder / "wallet"
        place.dusk("wallet", "restore", "--wallet", wallet, "--default-node", address, "--phrase-file", "phrase", *CHEAP,
                   *place.with_password)
        account = place.wallet["profiles"][1]["account"]
        place.dusk("wallet", "send", account, "1", "--yes", "--wallet", wallet, *place.with_password)
        place.dusk("wallet", "balance", "--wallet", wallet, *place.with_password)
        place.dusk("wallet", "history", "--wallet", wallet, "--json", *place.with_password)
        for method, path in (("GET", "/status"), ("GET", "/metrics"), ("POST", "/on/node/info"), ("GET", "/network"), ("GET", "/nope")):
            place.outputs += ask(address, method, path)[1]
        check("it voted", json.loads(ask(address, "GET", "/status")[1])["height"] > 0)
        try:
            parts = list(memory_of(node.pid))
        except PermissionError:
            parts = []
            print("secrets: the memory of the node cannot be read here")
        if parts:
            check("the node's memory was read", sum(map(len, parts)) > 10 << 20)
            held = [name for name, secret in (("the password", PASSWORD.encode()), ("the phrase", place.wallet["mnemonic"].encode()))
                    if any(secret in part for part in parts)]
            check("neither password nor phrase is in its memory", not held, held)
        check("nor in what others see of it", PASSWORD.encode() not in pathlib.Path(f"/proc/{node.pid}/environ").read_bytes())
        limit = re.search(r"Max core file size\s+(\S+)", pathlib.Path(f"/proc/{node.pid}/limits").read_text())[1]
        check("it may leave no core file", limit == "0", limit)
        node.send_signal(signal.SIGABRT)
        node.wait(20)
        check("it was aborted", node.returncode == -signal.SIGABRT, node.returncode)
        check("and left none", not cores(place.folder), cores(place.folder))
    finally:
        if node.poll() is None:
            node.kill()
            node.wait()


def test_wallet_core(place):
    """A wallet that is aborted while it works leaves no core file."""
    reading, writing = os.pipe()
    child = subprocess.Popen([place.program, "wallet", "view-key", "--wallet", place.folder / "wallet", "--password-fd", str(reading)],
                             cwd=place.folder, pass_fds=[reading], preexec_fn=without_cores, stdout=subprocess.PIPE,
                             stderr=subprocess.STDOUT)
    os.close(reading)
    os.write(writing, PASSWORD[:10].encode())  # it has a part, and waits for the rest
    time.sleep(0.5)
    check("the wallet waits", child.poll() is None)
    child.send_signal(signal.SIGABRT)
    place.outputs += child.communicate()[0]
    os.close(writing)
    check("it left no core file", not cores(place.folder), cores(place.folder))


def main(program, vectors):
    wallet = json.loads(gzip.decompress((pathlib.Path(vectors) / "keys.json.gz").read_bytes()))["keys"][0]
    with tempfile.TemporaryDirectory() as parent:
        has_cores = cores_can_be_made(pathlib.Path(parent) / "control")
        print(f"secrets: core files {'can' if has_cores else 'cannot'} be made here")
        folder = pathlib.Path(parent) / "place"
        folder.mkdir()
        place = Place(os.path.abspath(program), folder, wallet)
        make_keys(place)
        test_search(place)
        test_node(place)
        test_wallet_core(place)
        place.search("all outputs", place.outputs)
        place.search_files()
    check.end("secrets")


if __name__ == "__main__":
    main(*sys.argv[1:3])
