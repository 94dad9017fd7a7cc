#!/usr/bin/env python3
"""What clients of the released node rely on, on a devnet: the event stream, GraphQL, and the version that they ask for.

    clients_test.py PROGRAM
"""
import http.client
import json
import struct
import sys
import tempfile

from checks import check
from running_devnet import Devnet
from web_socket import WebSocket


class Client:
    """A session with its events."""

    def __init__(self, address):
        self.address = address
        self.socket = WebSocket(address, "/on")
        opcode, session = self.socket.receive()
        self.session = session.decode()
        check("the session comes first, as text", opcode == 1 and len(self.session) == 32, (opcode, session))
        check("the upgrade says the version", self.socket.headers.get("rusk-version") == "1.7.0", self.socket.headers)

    def request(self, method, path, body=b"", headers=None):
        connection = http.client.HTTPConnection(self.address, timeout=30)
        connection.request(method, path, body, headers or {})
        response = connection.getresponse()
        return response.status, response.read(), {k.lower(): v for k, v in response.getheaders()}

    def subscribe(self, path, method="GET", session=None):
        return self.request(method, path, headers={"Rusk-Session-Id": session or self.session})[0]

    def event(self):
        """(location, origin, payload) of the next event."""
        opcode, frame = self.socket.receive()
        assert opcode == 2, (opcode, frame)
        size = struct.unpack("<I", frame[:4])[0]
        headers = json.loads(frame[4:4 + size])
        return headers["Content-Location"], headers.get("Rusk-Origin"), frame[4 + size:]

    def graphql(self, query):
        status, body, _ = self.request("POST", "/graphql", json.dumps({"query": query}),
                                       {"Content-Type": "application/json"})
        answer = json.loads(body)
        check("GraphQL answers", status == 200 and "errors" not in answer, answer)
        return answer["data"]


def test_events(devnet, client):
    transfer = "01" + "00" * 31
    for path in ("/on/blocks/accepted", "/on/blocks/statechange", "/on/transactions/included",
                 "/on/transactions/executed", "/on/transactions/Removed", f"/on/contracts:{transfer}/moonlight"):
        check("a subscription", client.subscribe(path) == 200, path)
    check("another session", client.subscribe("/on/blocks/accepted", session="00") == 424)
    check("what is not subscribed", client.subscribe("/on/blocks/reverted", "DELETE") == 404)
    status, report = devnet.load("--count", "1", "--in-turn")
    check("a transfer is final", status == 0 and report.get("final") == 1, report)
    events = []
    while not any(location.endswith("/statechange") and json.loads(payload)["state"] == "finalized"
                  for location, _, payload in events):
        events.append(client.event())
    kinds = [location.split("/")[-1] for location, _, _ in events]
    check("events of a transfer, in order", [k for k in kinds if k != "statechange"][:5] ==
          ["included", "removed", "moonlight", "executed", "accepted"] or
          [k for k in kinds if k != "statechange"][:5] == ["included", "moonlight", "executed", "accepted", "removed"],
          kinds)
    by_kind = {location.split("/")[-1]: (location, origin, payload) for location, origin, payload in reversed(events)}
    location, _, payload = by_kind["executed"]
    executed = json.loads(payload)
    identifier = location.split(":")[1].split("/")[0]
    check("a transfer that worked", executed["err"] is None and executed["inner"]["type"] == "moonlight", executed)
    check("the event of the contract names the transfer", by_kind["moonlight"][1] == identifier, by_kind["moonlight"])
    accepted = json.loads(by_kind["accepted"][2])
    check("the block has the transfer", accepted["transactions"] == [identifier], accepted["transactions"])
    check("keys are in order", list(accepted["header"]) == sorted(accepted["header"]))
    return accepted["header"], identifier, executed


def test_graphql(client, header, identifier, executed):
    block = client.graphql('{ block(hash: "%s") { header { height hash json } status reward fees gasSpent '
                           'transactions { id err gasSpent tx { txType json gasPrice } } } }' % header["hash"])["block"]
    check("the block of the event", block["header"]["height"] == header["height"] and
          json.loads(block["header"]["json"]) == header, block)
    spent = block["transactions"][0]
    check("its transfer", spent["id"] == identifier and spent["gasSpent"] == executed["gas_spent"] and
          json.loads(spent["tx"]["json"]) == executed["inner"], spent)
    check("its sums", block["gasSpent"] == spent["gasSpent"] and
          block["fees"] == spent["gasSpent"] * spent["tx"]["gasPrice"], block)
    pair = client.graphql("{ lastBlockPair { json } }")["lastBlockPair"]["json"]
    check("where the chain is", pair["last_block"][0] >= pair["last_finalized_block"][0] > 0, pair)
    status, body, _ = client.request("POST", "/on/graphql/query", b"query { block(height: -1) { header { height } } }")
    check("the older form", status == 200 and json.loads(body)["block"]["header"]["height"] == pair["last_block"][0], body)
    types = client.graphql("{ __schema { queryType { name } types { name kind fields { name args { name } type { name "
                           "kind ofType { name kind ofType { name kind ofType { name } } } } } } } }")["__schema"]
    check("the schema says what it is", {"Block", "Query", "Transaction"} <= {t["name"] for t in types["types"]}, types)


def test_rules(client):
    def info(headers):
        return client.request("POST", "/on/node/info", headers=headers)

    status, _, headers = info({"Rusk-Version": "1.0.0-rc.0", "X-Id": "7"})
    check("a version that fits", status == 200 and headers["rusk-version"] == "1.7.0" and headers["x-id"] == "7", headers)
    status, body, headers = info({"Rusk-Version": "2.0.0"})
    check("one that does not", status == 400 and b"Mismatched rusk version: requested ^2.0.0" in body, body)
    check("errors say the version too", headers.get("rusk-version") == "1.7.0", headers)
    status, body, headers = client.request("GET", "/nowhere")
    check("no such path", (status, body) == (404, b'{"error":"Path not found"}') and "rusk-version" in headers)
    check("no upgrade", client.request("GET", "/on")[:2] == (400, b"Connection header did not include 'upgrade'"))
    status, _, headers = client.request("POST", "/on")
    check("another method", status == 405 and headers["allow"] == "GET", headers)


def main(program):
    with tempfile.TemporaryDirectory() as folder:
        devnet = Devnet(program, folder + "/devnet", "--instant", "--port-base", "39300", "--http-port-base", "38380")
        try:
            devnet.wait("the node answers", lambda: any(s and s["idle"] for s in devnet.statuses()), 60)
            client = Client(devnet.running()[0]["http"])
            test_graphql(client, *test_events(devnet, client))
            test_rules(client)
            silent = Client(client.address)
            devnet.stop()
            opcode, reason = silent.socket.receive()
            check("the end is said", opcode == 8 and reason[:2] == struct.pack(">H", 1001), (opcode, reason))
        finally:
            devnet.kill()
    check.end("clients")


if __name__ == "__main__":
    main(sys.argv[1])
