#!/usr/bin/env python3
"""What one client may ask: each call of a batch counts, and behind a proxy that the node trusts each client counts for itself.
And what a node answers to a transaction before it has joined its network.

    limits_test.py PROGRAM VECTORS
"""
import gzip
import http.client
import json
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

from checks import check
from running_devnet import Devnet

HTTP = "127.0.0.1:38990"
BURST = 6


class Node:
    """One node, as its operator starts it, with a configuration of his."""

    def __init__(self, program, folder, more):
        config = folder / "node.toml"
        lines = (folder / "net/node-0/node.toml").read_text().splitlines(keepends=True)
        text = "".join(line for line in lines if not line.startswith("consensus_keys_path"))
        text = text.replace("[http]\n", "[http]\ntrusted_proxies = [\"127.0.0.1\"]\n")
        at = text.index("bootstrapping_nodes")
        config.write_text(text[:at] + "bootstrapping_nodes = [\"127.0.0.1:9\"]" + text[text.index("\n", at):] + more)
        self.log = open(folder / "node.log", "a+")
        self.process = subprocess.Popen([program, "node", "--config", str(config)], stdin=subprocess.DEVNULL,
                                        stdout=self.log, stderr=self.log)

    def ask(self, method, path, body=b"", headers=None):
        connection = http.client.HTTPConnection(HTTP, timeout=10)
        connection.request(method, path, body, headers or {})
        response = connection.getresponse()
        return response.status, response.read(), {key.lower(): value for key, value in response.getheaders()}

    def wait(self, ready, seconds=30):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                if ready():
                    return True
            except OSError:
                pass
            time.sleep(0.02)
        self.log.seek(0)
        print(self.log.read()[-2000:])
        return False

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return None


def call(method, params=None):
    return {"jsonrpc": "2.0", "id": 1, "method": method, "params": params or {}}


def test_joining(node, transaction):
    check("it serves before it has joined", node.wait(lambda: node.ask("GET", "/health", headers={"X-Forwarded-For": "192.0.2.100"})[0]))
    status, body, headers = node.ask("POST", "/on/transactions/propagate", transaction,
                                     {"Content-Type": "application/octet-stream", "X-Forwarded-For": "192.0.2.101"})
    check("a transaction is refused for now", status == 503 and headers["retry-after"] == "1", (status, body))
    check("with the true reason", b"has not joined its network yet" in body and b"try again later" in body, body)
    body = json.dumps(call("transactions.send", {"transaction": transaction.hex()}))
    error = json.loads(node.ask("POST", "/rpc", body, {"X-Forwarded-For": "192.0.2.102"})[1])["error"]
    check("over JSON-RPC as well", error["code"] == -32003 and "has not joined its network yet" in error["message"] and
          error["data"]["retry_after_ms"] > 0, error)

    clients = (f"198.51.100.{number}" for number in range(256))

    def is_looked_at():
        time.sleep(0.2)
        headers = {"Content-Type": "application/octet-stream", "X-Forwarded-For": next(clients)}
        return node.ask("POST", "/on/transactions/propagate", transaction, headers)[0] in (202, 400)
    check("soon it is looked at", node.wait(is_looked_at))


def test_limits(node):
    def statuses(clients):
        """What these are answered, up to the first that is refused."""
        out = []
        for client in clients:
            out.append(node.ask("GET", "/status", headers={"X-Forwarded-For": client} if client else {})[0])
            if out[-1] == 429:
                break
        return out

    many = statuses(["192.0.2.1"] * 100)
    check("a client has a limit", many[:BURST] == [200] * BURST and many[-1] == 429, many)
    check("another has its own", statuses(["192.0.2.2"] * BURST) == [200] * BURST)
    check("many have theirs", 429 not in statuses(f"203.0.113.{number}" for number in range(60)))
    check("whatever a client writes before it", 429 in statuses(f"203.0.113.{number}, 192.0.2.2" for number in range(60)))
    check("without the header it is the connection's", 429 in statuses([None] * 100))
    check("what is no address is so, too", 429 in statuses(f"unknown{number}" for number in range(60)))

    batch = json.dumps([call("node.info")] * (BURST + 3))
    status, body, _ = node.ask("POST", "/rpc", batch, {"X-Forwarded-For": "192.0.2.3"})
    answers = json.loads(body)
    codes = [one.get("error", {}).get("code") for one in answers]
    check("each call of a batch counts", status == 200 and codes[:BURST] == [None] * BURST and codes[-1] == -32003, codes)
    error = answers[-1]["error"]
    check("it is told when to come again", "by this client" in error["message"] and error["data"]["retry_after_ms"] >= 1000, error)
    check("and for what comes next", len(statuses(["192.0.2.3"] * 100)) <= BURST)
    one = json.dumps(call("node.info"))
    alone = [json.loads(node.ask("POST", "/rpc", one, {"X-Forwarded-For": "192.0.2.4"})[1]) for _ in range(BURST)]
    check("one by one they count once", all("result" in answer for answer in alone), alone)


def main():
    program, vectors = sys.argv[1], pathlib.Path(sys.argv[2])
    cases = json.loads(gzip.open(vectors / "encodings.json.gz").read())["decode"]
    transaction = bytes.fromhex(next(case["bytes"] for case in cases if case["any"].get("ok")))
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        devnet = Devnet(program, folder / "net", "--nodes", "1", "--keep", "--port-base", "39990", "--http-port-base", "38990")
        try:
            devnet.wait("the node answers", lambda: any(devnet.statuses()), 60)
            check("the devnet stops", devnet.stop() == 0)
        finally:
            devnet.kill()
        node = Node(program, folder, f"""
[http.policy.client_limits]
loopback = true
rps = 1
burst = {BURST}
""")
        try:
            test_joining(node, transaction)
            test_limits(node)
        finally:
            check("it stops", node.stop() == 0)
    check.end("limits")


if __name__ == "__main__":
    main()
