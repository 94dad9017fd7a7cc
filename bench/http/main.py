#!/usr/bin/env python3
"""How many questions a node answers over HTTP while it makes blocks, and how long the slow ones take (docs/benchmarks.md).

wrk asks over many connections, on a core of its own; the node has another one. One node, the only provisioner of its network,
makes a block every second. Its limits are off. Each question is asked in two ways: the same again and again, and so that no
answer can be remembered. Where a Rust node was built before (./dev interop rusk), it is asked the same.
"""
import argparse
import dataclasses
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "interop"))
CACHE = pathlib.Path(os.environ.get("DUSK_CACHE", pathlib.Path.home() / ".cache/dusk"))
PASSWORD = "password"
TRANSFER = "01" + "00" * 31


@dataclasses.dataclass(frozen=True)
class Question:
    name: str
    method: str
    path: str
    body: str = ""
    type: str = ""
    is_new: bool = False  # no answer can be remembered: each has another query, which means nothing

    def script(self):
        """For wrk, in Lua."""
        header = f'wrk.headers["Content-Type"] = {json.dumps(self.type)}\n' if self.type else ""
        another = f"""local asked = 0
request = function()
    asked = asked + 1
    return wrk.format(nil, {json.dumps(self.path + "?n=")} .. asked)
end
""" if self.is_new else ""
        return f"wrk.method = {json.dumps(self.method)}\nwrk.body = {json.dumps(self.body)}\n{header}{another}"


def questions(account):
    fields = "height hash prevBlockHash timestamp generatorBlsPubkey gasLimit"
    query = json.dumps({"query": f"{{ block(height: -1) {{ header {{ {fields} }} fees gasSpent transactions {{ id }} }} }}"})
    same = [Question("last block", "POST", "/graphql", query, "application/json"),
            Question("account", "POST", f"/on/account:{account}/status"),
            Question("contract", "POST", f"/on/contracts:{TRANSFER}/num_notes", "", "application/octet-stream")]
    return same + [dataclasses.replace(one, name=f"{one.name}, never asked before", is_new=True) for one in same]


def free_port(kind):
    with socket.socket(socket.AF_INET, kind) as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class OurNode:
    kind = "ours"

    def __init__(self, program, folder, connections):
        self.program, self.folder = program, folder
        self.http = f"127.0.0.1:{free_port(socket.SOCK_STREAM)}"
        (folder / "password").write_text(PASSWORD + "\n")
        self.run("keys", "create", "consensus", folder / "provisioner", "--password-file", folder / "password")
        shown = json.loads(self.run("keys", "show", folder / "provisioner.keys", "--password-file", folder / "password", "--json"))
        self.account = shown["public_key"]
        self.run("genesis", "new", folder / "genesis.toml", "--stake", f"{self.account}=1000000", "--account", f"{self.account}=1000000")
        (folder / "node.toml").write_text(f"""network = "devnet"
log_level = "warn"
[chain]
db_path = {json.dumps(str(folder / "data"))}
consensus_keys_path = {json.dumps(str(folder / "provisioner.keys"))}
genesis_file = {json.dumps(str(folder / "genesis.toml"))}
genesis_timestamp = {int(time.time())}
minimum_block_time = 1
first_step_time = 1
[kadcast]
public_address = "127.0.0.1:{free_port(socket.SOCK_DGRAM)}"
[http]
listen_address = "{self.http}"
connections = {connections + 64}
[http.policy]
enabled = false
""")

    def run(self, *words):
        return subprocess.run([self.program, *map(str, words)], stdout=subprocess.PIPE, check=True).stdout

    def start(self):
        self.process = subprocess.Popen([self.program, "node", "--config", self.folder / "node.toml"],
                                        env={**os.environ, "DUSK_CONSENSUS_KEYS_PASS": PASSWORD})
        self.pid = self.process.pid

    def height(self):
        return json.loads(ask(self.http, "GET", "/status"))["height"]

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        self.process.wait(60)


class RustNode:
    """The only one of a network with the keys and the first state of ours."""
    kind = "Rust"

    def __init__(self, ours, folder):
        from clients.one_rust_node import OneRustNode
        self.network = OneRustNode(ROOT, CACHE, folder, ours.folder / "genesis.toml", ours.folder / "provisioner.keys", 1)
        self.node = self.network.node
        self.network.settings.log_level = "warn"  # as ours
        self.http, self.account = self.node.http, ours.account

    @staticmethod
    def is_there():
        return "RUSK" in os.environ or (CACHE / "rusk/1.7.0/rusk").exists()

    def start(self):
        self.network.start()
        self.pid = self.node.process.pid

    def height(self):
        return self.node.height()

    def stop(self):
        self.network.stop()


def ask(address, method, path, body=None, headers=None):
    connection = http.client.HTTPConnection(address, timeout=30)
    connection.request(method, path, body, headers or {})
    response = connection.getresponse()
    text = response.read()
    if response.status != 200:
        raise RuntimeError(f"{path}: {response.status} {text[:200]}")
    return text


def wait_for_blocks(node, count, seconds=120):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if node.height() >= count:
                return
        except (OSError, RuntimeError):
            pass
        time.sleep(0.2)
    sys.exit(f"bench: the node ({node.kind}) makes no blocks")


def cpu_seconds(pid):
    """Processor time of a process so far: what an answer costs, however busy the machine is."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def seconds_of(text):
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s|m)", text).groups()
    return float(number) * {"us": 1e-6, "ms": 1e-3, "s": 1, "m": 60}[unit]


def measure(node, question, options, folder):
    script = folder / "question.lua"
    script.write_text(question.script())
    before, used, begin = node.height(), cpu_seconds(node.pid), time.monotonic()
    command = ["taskset", "-c", str(options.client_core), "wrk", "-t1", f"-c{options.connections}", f"-d{options.seconds}s", "--latency",
               "--timeout", "10s", "-s", str(script), f"http://{node.http}{question.path}"]
    text = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    took, used = time.monotonic() - begin, cpu_seconds(node.pid) - used
    answers = int(re.search(r"(\d+) requests in", text)[1])
    latency = {int(share): seconds_of(value) for share, value in re.findall(r"^\s+(50|90|99)%\s+(\S+)\s*$", text, re.M)}
    if set(latency) != {50, 90, 99}:
        sys.exit(f"bench: wrk says something else:\n{text}")
    wrong = sum(int(number) for number in re.findall(r"Non-2xx or 3xx responses: (\d+)", text))
    errors = re.search(r"Socket errors: (.*)", text)
    return {"node": node.kind, "question": question.name, "per_second": float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]),
            "cpu_us": round(used / max(1, answers) * 1e6), "p50_ms": round(latency[50] * 1000, 2), "p99_ms": round(latency[99] * 1000, 2), "refused": wrong,
            "errors": errors[1] if errors else "", "blocks": node.height() - before, "seconds": round(took, 1)}


def measure_node(node, options, folder):
    node.start()
    try:
        wait_for_blocks(node, 3)
        subprocess.run(["taskset", "-a", "-c", "-p", str(options.server_core), str(node.pid)], stdout=subprocess.DEVNULL, check=True)
        for question in questions(node.account):
            headers = {"Content-Type": question.type} if question.type else {}
            ask(node.http, question.method, question.path, question.body, headers)  # it is answered at all
            yield measure(node, question, options, folder)
    finally:
        node.stop()


def main():
    parser = argparse.ArgumentParser(prog="./dev bench http", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--connections", type=int, default=256)
    parser.add_argument("--seconds", type=int, default=15, help="for each question")
    parser.add_argument("--server-core", type=int, default=0)
    parser.add_argument("--client-core", type=int, default=1)
    parser.add_argument("--result", type=pathlib.Path, help="file to write, JSON")
    parser.add_argument("--program", default=str(ROOT / "build/release/bin/dusk"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if shutil.which("wrk") is None:
        sys.exit("bench: wrk is missing: apt-get install wrk")
    if max(options.server_core, options.client_core) >= (os.cpu_count() or 1) or options.server_core == options.client_core:
        sys.exit("bench: node and client need a core each: --server-core, --client-core")
    before, rows = os.getloadavg()[0], []
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place)
        nodes = [OurNode(options.program, folder, options.connections)]
        if RustNode.is_there():
            nodes.append(RustNode(nodes[0], folder / "rust"))
        else:
            print("No Rust node was built here: ours alone is asked.\n")
        print("| Question | Node | Answers a second | Processor for each, µs | p50, ms | p99, ms | Refused | Blocks made |\n| --- | --- | --- | --- | --- | --- | --- | --- |")
        for node in nodes:
            for row in measure_node(node, options, folder):
                rows.append(row)
                print(f"| {row['question']} | {row['node']} | {row['per_second']:.0f} | {row['cpu_us']} | {row['p50_ms']} | {row['p99_ms']} | {row['refused']} "
                      f"{row['errors']} | {row['blocks']} in {row['seconds']} s |", flush=True)
    print(f"\n{options.connections} connections, {options.seconds} s each; load average before {before:.1f}, after {os.getloadavg()[0]:.1f}")
    if options.result:
        options.result.write_text(json.dumps(rows, indent=1) + "\n")


if __name__ == "__main__":
    main()
