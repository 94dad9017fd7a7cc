#!/usr/bin/env python3
"""JSON-RPC of a node: every method once, what is refused, batches, events over a WebSocket and their repetition after a
drop, the consensus as it happens; and that docs/api.md is what the node says of itself.

    jsonrpc_test.py PROGRAM
"""
import http.client
import json
import pathlib
import socket
import struct
import sys
import tempfile

from checks import check, run
from running_devnet import Devnet
from web_socket import WebSocket

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "contrib" / "reference"))
import api  # noqa: E402

TRANSFER = "01" + "00" * 31
STAKE = "02" + "00" * 31
NOBODY = "ee" * 32
CHEAP = ("--kdf-memory", "8", "--kdf-passes", "1")
DUSK = 10**9


class Client:
    """Asks over HTTP."""

    def __init__(self, address):
        self.address = address
        self.asked = set()

    def post(self, body):
        connection = http.client.HTTPConnection(self.address, timeout=30)
        connection.request("POST", "/rpc", body if isinstance(body, bytes) else json.dumps(body))
        response = connection.getresponse()
        return response.status, response.read()

    def announce(self, size):
        """The status of a body that is announced and not sent: a server that refuses it need not read it, and one that
        closes while it is sent leaves the client with a broken pipe instead of the answer."""
        connection = http.client.HTTPConnection(self.address, timeout=30)
        connection.putrequest("POST", "/rpc")
        connection.putheader("Content-Length", str(size))
        connection.endheaders()
        return connection.getresponse().status

    def call(self, method, params=None):
        self.asked.add(method)
        request = {"jsonrpc": "2.0", "id": 1, "method": method}
        if params is not None:
            request["params"] = params
        status, body = self.post(request)
        check(f"{method} is answered", status == 200, (status, body[:300]))
        return json.loads(body)

    def result(self, method, params=None):
        answer = self.call(method, params)
        check(f"{method} {params or ''} works", "result" in answer, answer)
        return answer.get("result")

    def error(self, code, method, params=None):
        answer = self.call(method, params)
        check(f"{method} {params or ''} fails with {code}", answer.get("error", {}).get("code") == code, answer)
        return answer.get("error", {})


class Events:
    """A WebSocket: answers and notifications."""

    def __init__(self, address):
        self.socket = WebSocket(address, "/rpc")
        check("the upgrade", self.socket.status == 101, self.socket.status)
        self.number = 0
        self.waiting = []

    def receive(self):
        opcode, data = self.socket.receive()
        if opcode == 8:
            raise EOFError(f"closed with {struct.unpack('>H', data[:2])[0]}: {data[2:]}")
        return json.loads(data)

    def ask(self, method, params=None):
        self.number += 1
        request = {"jsonrpc": "2.0", "id": self.number, "method": method, "params": params or {}}
        self.socket.send(1, json.dumps(request).encode())
        while True:
            message = self.receive()
            if message.get("id") == self.number:
                return message
            self.waiting.append(message)

    def subscribe(self, channel, **more):
        answer = self.ask("subscribe", {"channel": channel, **more})
        check(f"subscribed to {channel} {more}", "result" in answer, answer)
        return answer.get("result", {})

    def event(self):
        message = self.waiting.pop(0) if self.waiting else self.receive()
        assert message["method"] == "subscription", message
        return message["params"]

    def until(self, fits):
        """Events up to the first that fits."""
        out = [self.event()]
        while not fits(out[-1]):
            out.append(self.event())
        return out

    def drop(self):
        """Without a word."""
        self.socket.socket.close()


def test_events(devnet, address):
    """What a transfer brings about, over three channels; dropped in the middle, and resumed without a gap."""
    events = Events(address)
    subscribed = [events.subscribe(channel) for channel in ("transactions", "contracts", "blocks", "consensus")]
    first = subscribed[0]["next"]
    status, report = devnet.load("--count", "1", "--in-turn")
    check("a transfer is final", status == 0 and report.get("final") == 1, report)
    seen = events.until(lambda one: one["channel"] == "blocks" and one["event"]["state"] == "final")
    numbers = [one["sequence"] for one in seen]
    check("numbers ascend", numbers == sorted(set(numbers)) and numbers[0] >= first, numbers)
    states = [one["event"]["state"] for one in seen if one["channel"] in ("transactions", "blocks")]
    check("the transfer and its block", states.index("included") < states.index("executed") < states.index("accepted"), states)
    executed = next(one["event"] for one in seen if one["event"].get("state") == "executed")
    check("it worked", executed["error"] is None and int(executed["gas_spent"]) > 0 and
          executed["transaction"]["type"] == "moonlight" and isinstance(executed["transaction"]["value"], str), executed)
    moved = [one["event"] for one in seen if one["channel"] == "contracts" and one["event"]["origin"] == executed["id"]]
    check("what the contract reported", moved and moved[0]["topic"] == "moonlight" and moved[0]["decoded"], moved)

    # Consensus: this node alone is the committee.
    rounds = [one["event"] for one in seen if one["channel"] == "consensus"]
    kinds = [one["event"] for one in rounds]
    for kind in ("round_started", "iteration_started", "step_started", "candidate_seen", "vote", "quorum",
                 "iteration_ended", "round_ended"):
        check(f"consensus tells {kind}", kind in kinds, kinds)
    height = executed["height"]
    of_round = [one for one in rounds if one["round"] == height]
    quorums = [(one["step"], one["vote"]) for one in of_round if one["event"] == "quorum"]
    check("both steps have a quorum", {("validation", "valid"), ("ratification", "valid")} <= set(quorums), quorums)
    votes = [one for one in of_round if one["event"] == "vote"]
    check("votes add up", votes and all(one["total"] >= one["credits"] and one["needed"] in (33, 43) for one in votes), votes)
    ended = [one for one in of_round if one["event"] == "iteration_ended"]
    check("the iteration agreed on the block", ended and ended[-1]["outcome"] == "agreed" and
          ended[-1]["hash"] == executed["block_hash"], ended)

    # A drop: whatever happens meanwhile comes when the client is back.
    events.drop()
    status, _ = devnet.load("--count", "1", "--in-turn")
    check("another transfer", status == 0)
    back = Events(address)
    back.subscribe("transactions", **{"from": numbers[-1] + 1}, filter={"states": ["executed"]})
    missed = back.event()
    check("what was missed comes", missed["event"]["state"] == "executed" and missed["sequence"] > numbers[-1], missed)
    again = Events(address)
    channels = ("transactions", "contracts", "blocks", "consensus")
    again.socket.send(1, json.dumps([{"jsonrpc": "2.0", "id": name, "method": "subscribe", "params": {"channel": name, "from": first}}
                                     for name in channels]).encode())
    answers = again.receive()
    check("subscriptions in a batch", [one["id"] for one in answers if "result" in one] == list(channels), answers)
    repeated = [again.event() for _ in range(len(seen))]

    def texts(all_of_them):
        return [(one["sequence"], one["channel"], one["event"]) for one in all_of_them]

    check("all of it comes again, the same", texts(repeated) == texts(seen))
    gone = again.ask("subscribe", {"channel": "blocks", "from": 1})
    check("what is not kept is said to be gone", gone.get("error", {}).get("code") == -32006 and
          gone["error"]["data"]["oldest"] <= gone["error"]["data"]["next"], gone)
    check("so is the future", again.ask("subscribe", {"channel": "blocks", "from": 2**52})["error"]["code"] == -32006)
    name = back.subscribe("blocks")["subscription"]
    check("a subscription ends", back.ask("unsubscribe", {"subscription": name}).get("result") is True)
    check("once", back.ask("unsubscribe", {"subscription": name})["error"]["code"] == -32001)
    bad = back.ask("subscribe", {"channel": "blocks", "filter": {"states": ["accepted", "lost"]}})
    check("a filter of another channel", bad["error"]["data"]["parameter"] == "filter.states[1]", bad)
    return executed


def test_filters(devnet, address, executed):
    """Only what was asked for comes."""
    events = Events(address)
    sender = executed["transaction"]["sender"]
    events.subscribe("transactions", filter={"account": sender, "states": ["executed"]})
    events.subscribe("contracts", filter={"contract": TRANSFER, "topic": "moonlight"})
    events.subscribe("blocks", filter={"states": ["final"]})
    devnet.load("--count", "2", "--in-turn")
    seen = events.until(lambda one: one["channel"] == "blocks")
    for one in seen:
        event = one["event"]
        ok = {"transactions": lambda: event["state"] == "executed" and
              sender in (event["transaction"]["sender"], event["transaction"]["receiver"]),
              "contracts": lambda: (event["contract"], event["topic"]) == (TRANSFER, "moonlight"),
              "blocks": lambda: event["state"] == "final"}[one["channel"]]()
        check("it fits its filter", ok, one)


def test_socket(address):
    """Requests over a WebSocket, and how it ends."""
    events = Events(address)
    check("a method", events.ask("node.info")["result"]["chain_id"] == 100)
    events.socket.send(1, b"[1]")
    check("no request", events.receive()[0]["error"]["code"] == -32600)
    events.socket.send(1, b" " * (300 * 1024))
    try:
        events.receive()
        closed = ""
    except EOFError as error:
        closed = str(error)
    check("too long a message", "1009" in closed or "closed the connection" in closed, closed)
    host, port = address.split(":")
    head = (f"GET /rpc HTTP/1.1\r\nHost: {address}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\nOrigin: ")
    for origin, status in ((f"http://{address}", b"101"), ("https://evil.example", b"403")):
        with socket.create_connection((host, int(port)), timeout=10) as connection:
            connection.sendall((head + origin + "\r\n\r\n").encode())
            answer = connection.recv(4096)
        check(f"a page of {origin}", answer.startswith(b"HTTP/1.1 " + status), answer[:100])


def test_requests(client):
    """Batches, notifications and what is wrong with requests."""
    one = {"jsonrpc": "2.0", "id": 1, "method": "node.info"}
    status, body = client.post([dict(one, id=i) for i in range(50)])
    check("a batch of 50", status == 200 and [a["id"] for a in json.loads(body)] == list(range(50)), body[:200])
    status, body = client.post([one] * 51)
    answer = json.loads(body)
    check("but not of 51", answer["error"]["code"] == -32600 and answer["error"]["data"]["limit"] == 50, answer)
    status, body = client.post({"jsonrpc": "2.0", "method": "node.info"})
    check("a notification has no answer", (status, body) == (204, b""), (status, body))
    status, body = client.post([one, {"jsonrpc": "2.0", "method": "node.info"}, {"a": 1}])
    check("nor in a batch", [("result" in a, a["id"]) for a in json.loads(body)] == [(True, 1), (False, None)], body)
    for text, code in ((b"{", -32700), (b"[]", -32600), (b"[" * 100_000, -32700), (b"\xff", -32700),
                       (b"[" + b"1," * 30_000 + b"1]", -32600)):
        status, body = client.post(text)
        check("no request", status == 200 and json.loads(body)["error"]["code"] == code, (text[:20], body[:200]))
    status = client.announce(3 * 1024 * 1024 + 1)
    check("too long a body", status == 413, status)
    check("no such method", client.error(-32601, "nope")["message"].startswith("there is no method nope"))
    for method, params, place in (("blocks.get", {}, "block"), ("blocks.get", {"block": "here"}, "block"),
                                  ("blocks.list", {"count": 101}, "count"), ("blocks.list", {"coun": 1}, "coun"),
                                  ("accounts.get", {"account": "111"}, "account"),
                                  ("transactions.get", ["12"], "id"), ("contracts.call", {"contract": STAKE}, "function"),
                                  ("transactions.send", {"transaction": "000102"}, "transaction"),
                                  ("contracts.query", [TRANSFER, "sync", "x"], "argument")):
        error = client.error(-32602, method, params)
        check(f"{method} says what is wrong", error.get("data", {}).get("parameter") == place and
              place in error["message"], error)
    connection = http.client.HTTPConnection(client.address, timeout=30)
    connection.request("GET", "/rpc")
    check("GET says how to ask", connection.getresponse().status == 426)


def signed_transfer(program, parent, devnet):
    """A transfer that was not sent, in hexadecimal, its sender and its receiver."""
    password = parent / "password"
    password.write_text("secret\n")
    options = ("--wallet", parent / "wallet", "--password-file", password)
    status, made = run(program, "wallet", "create", "--profiles", "2", "--default-node", devnet.running()[0]["http"],
                       *options, *CHEAP)
    check("a wallet is made", status == 0, made)
    sender, receiver = (profile["account"] for profile in made["profiles"])
    status, paid = run(program, "devnet", "faucet", "--folder", devnet.folder, sender, "--amount", "10")
    check("the faucet pays", status == 0, paid)
    out = parent / "a.tx"
    status, made = run(program, "wallet", "send", receiver, "1", "--yes", "--out", out, *options)
    check("a transfer is signed", status == 0, made)
    content = out.read_bytes()
    try:
        return bytes.fromhex(content.decode()).hex(), sender, receiver
    except ValueError:
        return content.hex(), sender, receiver


def test_methods(client, devnet, program, parent, executed):
    """Each method once, and what it says fits the others."""
    capabilities = client.result("node.capabilities")
    check("what the node can", capabilities["archive"] and not capabilities["prover"] and capabilities["votes"] and
          capabilities["limits"]["batch"] == 50, capabilities)
    interface = client.result("rpc.discover")
    names = [one["name"] for one in interface["methods"]]
    check("the document has every method", sorted(names) == sorted(capabilities["methods"]), names)
    check("every route is described", not api.undescribed(client.address), api.undescribed(client.address))
    client.result("node.routes")
    info, status = client.result("node.info"), client.result("node.status")
    check("the node", info["network"] == status["network"] and status["final_height"] <= status["height"], (info, status))
    check("its network", client.result("network.info")["address"] == info["address"] and
          client.result("network.peers")["peers"] == [])
    check("no prover", client.result("prover.info") == {"available": False, "path": None})

    height, block_hash, transaction = executed["height"], executed["block_hash"], executed["id"]
    block = client.result("blocks.get", {"block": height})
    check("a block by height and hash", block == client.result("blocks.get", [block_hash]) and
          block["header"]["hash"] == block_hash and block["transactions"] == [transaction], block)
    full = client.result("blocks.get", [height, "full"])["transactions"][0]
    check("with its transactions", full == client.result("transactions.get", [transaction]) and
          full["block"] == {"height": height, "hash": block_hash} and full["gas_spent"] == executed["gas_spent"] and
          full["transaction"] == executed["transaction"], full)
    latest, final = client.result("blocks.get", ["latest"]), client.result("blocks.get", ["final"])
    check("the last ones", latest["header"]["height"] >= final["header"]["height"] and final["state"] == "final")
    listed = client.result("blocks.list", {"from": height, "count": 3})
    check("a list", [one["header"]["height"] for one in listed["blocks"]] == [height - i for i in range(3)][:height + 1] and
          listed["blocks"][0] == block, listed)
    check("down to the first", client.result("blocks.list", [1, 5])["next"] is None)
    client.error(-32001, "blocks.get", [10**9])
    client.error(-32001, "transactions.get", [NOBODY])

    account = client.result("accounts.get", [executed["transaction"]["sender"]])
    check("an account", int(account["nonce"]) >= int(executed["transaction"]["nonce"]) and int(account["balance"]) > 0, account)
    stakes = client.result("stakes.list")
    staked = [one for one in stakes if one["is_eligible"]]
    check("stakes", len(staked) == 1 and int(staked[0]["amount"]) >= 1000 * DUSK and
          client.result("stakes.get", [staked[0]["account"]]) == staked[0], stakes)
    client.error(-32001, "stakes.get", [executed["transaction"]["sender"]])
    contract = client.result("contracts.info", [STAKE])
    check("a contract", contract["driver"] == "built-in" and int(contract["balance"]) > 0, contract)
    client.error(-32001, "contracts.info", [NOBODY])
    check("a call", client.result("contracts.call", [TRANSFER, "chain_id"])["data"] == "64")
    check("a question", client.result("contracts.query", [TRANSFER, "chain_id"])["value"] == 100)
    check("a function that is not", "reason" in client.error(-32007, "contracts.call", [TRANSFER, "nope"])["data"])
    check("a schema", client.result("contracts.schema", [TRANSFER])["name"] == "TransferContract")
    encoded = client.result("contracts.encode", [TRANSFER, "sync", ["1", 2]])["data"]
    check("to bytes and back", encoded == "01000000000000000200000000000000" and
          client.result("contracts.decode", [TRANSFER, "input", "sync", encoded])["value"] == ["1", "2"], encoded)
    fees = client.result("fees.estimate", {"blocks": 2})
    check("fees", fees["price"] == "1" and fees["mempool"]["transactions"] == 0, fees)
    round_now = client.result("consensus.round")
    check("the round", round_now is None or round_now["committees"]["validation"]["credits"] == 64, round_now)

    raw, sender, receiver = signed_transfer(program, parent, devnet)
    decoded = client.result("transactions.decode", [raw])
    check("what it says", decoded["transaction"]["sender"] == sender and decoded["transaction"]["value"] == str(DUSK), decoded)
    simulated = client.result("transactions.simulate", [raw])
    check("what it comes to", simulated["id"] == decoded["id"] and simulated["outcome"] == "success" and
          simulated["events"][0]["topic"] == "moonlight", simulated)
    check("it would be taken", client.result("transactions.preverify", [raw])["id"] == decoded["id"])
    sent = client.result("transactions.send", [raw])
    check("it is taken", sent == {"id": decoded["id"], "known": False}, sent)
    pooled = client.result("transactions.mempool", {"full": True})
    check("the mempool", pooled["size"] >= len(pooled["transactions"]), pooled)
    devnet.wait("it is in a block", lambda: client.call("transactions.get", [sent["id"]]).get("result", {}).get("block"), 30)
    simulated_gas = client.result("transactions.get", [sent["id"]])["gas_spent"]
    check("for the gas that was told", simulated_gas == str(simulated["gas"]["spent"]), simulated_gas)
    refused = client.error(-32002, "transactions.send", [raw])
    check("not twice", refused["data"]["reason"] and refused["data"]["id"] == sent["id"], refused)
    check("the receiver has it", client.result("accounts.get", [receiver])["balance"] == str(DUSK))

    devnet.wait("the archive has it", lambda: (client.call("archive.info").get("result") or {}).get("last_final", -1) >= height, 30)
    check("the archive", client.result("archive.info")["events"] > 0)
    events = client.result("blocks.events", [height])
    check("events of the block", any(one["origin"] == transaction and one["topic"] == "moonlight" and one["decoded"]
                                     for one in events), events)
    sat = client.result("blocks.committees", [height])
    only = next(stake["account"] for stake in client.result("stakes.list") if stake["is_eligible"])
    check("who voted on it", sat["height"] == height and sat["iterations"][-1]["outcome"] == "valid" and
          [(m["account"], m["voted"]) for m in sat["iterations"][-1]["validation"]["members"]] == [(only, True)], sat)
    client.error(-32001, "blocks.committees", [0])
    page = client.result("contracts.events", {"contract": TRANSFER, "topic": "moonlight", "limit": 1})
    rest = client.result("contracts.events", {"contract": TRANSFER, "topic": "moonlight", "cursor": page["cursor"]})
    check("pages of events", len(page["events"]) == 1 and page["events"][0] not in rest["events"] and
          transaction in [one["origin"] for one in page["events"] + rest["events"]], (page, rest))
    history = client.result("accounts.history", {"account": executed["transaction"]["sender"], "order": "oldest"})
    check("a history", transaction in [one["origin"] for one in history["transactions"]], history)
    for method in ("subscribe", "unsubscribe"):
        client.error(-32004, method, ["blocks"] if method == "subscribe" else ["s1"])
    check("no method was left out", client.asked >= set(names), set(names) - client.asked)


def main(program):
    with tempfile.TemporaryDirectory() as folder:
        devnet = Devnet(program, folder + "/devnet", "--instant", "--archive", "--port-base", "39600",
                        "--http-port-base", "38680")
        try:
            devnet.wait("the node answers", lambda: any(s and s["idle"] for s in devnet.statuses()), 60)
            address = devnet.running()[0]["http"]
            client = Client(address)
            executed = test_events(devnet, address)
            test_filters(devnet, address, executed)
            test_socket(address)
            test_requests(client)
            test_methods(client, devnet, program, pathlib.Path(folder), executed)
            check("docs/api.md is what the node says: else run ./dev reference",
                  api.DOCUMENT.exists() and api.DOCUMENT.read_text() == api.document(address))
            check("the devnet stops", devnet.stop() == 0)
        finally:
            devnet.kill()
    check.end("devnet_jsonrpc")


if __name__ == "__main__":
    main(sys.argv[1])
