#!/usr/bin/env python3
"""What clients of the released node rely on, on a devnet: the event stream, GraphQL, the routes below /on/, and what holds
for all requests.

    clients_test.py PROGRAM
"""
import gzip
import http.client
import json
import pathlib
import socket
import struct
import sys
import tempfile

from checks import check
from running_devnet import Devnet
from web_socket import WebSocket

TRANSFER = "01" + "00" * 31
STAKE = "02" + "00" * 31
PLONK = pathlib.Path(__file__).resolve().parent.parent / "vectors" / "plonk"  # of the released circuits
NOBODY = "ee" * 32
JSON = {"Content-Type": "application/json"}


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
    for path in ("/on/blocks/accepted", "/on/blocks/statechange", "/on/transactions/included",
                 "/on/transactions/executed", "/on/transactions/Removed", f"/on/contracts:{TRANSFER}/moonlight"):
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


def test_answers_follow_the_chain(devnet, client, executed):
    """Answers are remembered, but not beyond a block."""
    questions = {"GraphQL": ("/graphql", json.dumps({"query": "{ lastBlockPair { json } }"})),
                 "older GraphQL": ("/on/graphql/query", "{ block(height: -1) { header { hash } } }"),
                 "account": (f"/on/account:{executed['inner']['sender']}/status", "")}
    ask = {name: lambda path=path, body=body: client.request("POST", path, body)[:2] for name, (path, body) in questions.items()}
    before = {name: one() for name, one in ask.items()}
    check("the same until something happens", {name: one() for name, one in ask.items()} == before, before)
    status, report = devnet.load("--count", "1", "--in-turn")
    check("one more transfer", status == 0 and report.get("final") == 1, report)
    for name, one in ask.items():
        after = one()
        check(f"another answer after it: {name}", after[0] == 200 and after != before[name], (before[name], after))


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
    check("another method", status == 405 and headers["allow"] == "GET,HEAD", headers)
    status, body, headers = client.request("PUT", "/on/node/info")
    check("a method of no route", (status, body, headers["allow"]) == (405, b"", "POST"), headers)
    status, _, headers = client.request("OPTIONS", "/on/node/info", headers={"Origin": "https://a.example"})
    check("no page of another origin", status == 405 and "access-control-allow-origin" not in headers, headers)
    check("slashes at the end", info({})[:2] == client.request("POST", "/on/node/info//")[:2])
    for path in ("/on/NODE/info", "/on/node/../node/info", "/on/./node/info", "/on//node/info", "/on/node%2Finfo",
                 "/%6Fn/node/info", "/on/nope/x", f"/on/contract_owner:{TRANSFER}/", "/../etc/passwd"):
        check("no such path", client.request("POST", path)[:2] == (404, b'{"error":"Path not found"}'), path)
    for path in ("/on/node/nope", "/on/transactions/nope", "/on/blocks/nope", "/on/network/nope", "/on/stats/tx_count",
                 "/on/prover/prove", "/on/account:x/nope", f"/on/contract:{TRANSFER}/nope"):
        check("no such topic", client.request("POST", path)[:2] == (501, b'{"error":"Unsupported operation"}'), path)
    check("a body that is no text", client.request("POST", "/on/node/info", b"\xff")[:2] ==
          (422, b'{"error":"Invalid payload: Invalid utf8"}'))
    check("bytes need not be text", client.request("POST", "/on/node/info", b"\xff",
                                                   {"Content-Type": "application/octet-stream"})[0] == 200)
    status, body, _ = info({"X-Name": "\xe9"})
    check("a header that is no text", (status, body) ==
          (422, b'{"error":"Invalid payload: Invalid header encoding for x-name"}'), body)


def raw(address, request, wait=3):
    """The bytes that come back, until the connection ends or nothing comes for a while."""
    host, port = address.split(":")
    with socket.create_connection((host, int(port)), timeout=wait) as connection:
        out = b""
        try:
            connection.sendall(request)
            while part := connection.recv(65536):
                out += part
        except (TimeoutError, ConnectionResetError, BrokenPipeError):
            pass
        return out


def test_transport(client):
    """Requests that two servers could read in two ways get no answer but a refusal, and nothing of them is a second
    request."""
    hidden = b"GET /status HTTP/1.1\r\nHost: a\r\n\r\n"
    for what, head in {
        "a length and chunks": b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "chunks and a length": b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        "two lengths": b"Content-Length: 0\r\nContent-Length: 40\r\n\r\n",
        "a length below zero": b"Content-Length: -1\r\n\r\n",
        "a length with a sign": b"Content-Length: +0\r\n\r\n",
        "a space before the colon": b"Content-Length : 40\r\n\r\n",
        "a bad chunk": b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    }.items():
        answer = raw(client.address, b"POST /on/node/info HTTP/1.1\r\nHost: a\r\n" + head + hidden)
        check(f"refused: {what}", answer.startswith(b"HTTP/1.1 400") and answer.count(b"HTTP/1.1") == 1, answer[:200])
    size = 3 * 1024 * 1024
    status, body, headers = client.request("POST", "/on/node/info", b"0" * size)
    check("3 MiB are read", status == 200, body)
    announced = raw(client.address, b"POST /on/node/info HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % (size + 1))
    check("more is refused before it comes", announced.startswith(b"HTTP/1.1 413") and
          announced.endswith(b"\r\n\r\nlength limit exceeded"), announced)
    chunk = b"100000\r\n" + b"0" * 0x100000 + b"\r\n"
    chunked = raw(client.address, b"POST /on/node/info HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + 4 * chunk)
    check("and in chunks", chunked == b"" or (chunked.startswith(b"HTTP/1.1 413") and
          chunked.endswith(b"Failed to buffer the request body: length limit exceeded")), chunked[:300])
    long = raw(client.address, b"GET / HTTP/1.1\r\nX: " + b"a" * 20000 + b"\r\n\r\n")
    check("headers have an end", long.startswith(b"HTTP/1.1 431") or long.startswith(b"HTTP/1.1 400"), long[:100])


def test_routes(client, executed):
    def post(path, body=b"", headers=None):
        status, answer, got = client.request("POST", path, body, headers)
        return status, answer, got

    def answer(path, body=b"", headers=None):
        status, text, _ = post(path, body, headers)
        check(path, status == 200, (status, text))
        return json.loads(text)

    info = answer("/on/node/info")
    check("what the node says of itself", list(info) == ["bootstrapping_nodes", "chain_id", "kadcast_address", "version",
                                                         "version_build", "vm_config"], info)
    check("features", info["vm_config"]["features"]["PLONK_V2"] == 1 and info["vm_config"]["gas_per_blob"] == 1000000)
    provisioners = answer("/on/node/provisioners")
    check("provisioners", provisioners and list(provisioners[0]) == [
        "amount", "eligibility", "faults", "hard_faults", "key", "locked_amt", "owner", "reward"], provisioners[:1])
    check("no public parameters", post("/on/node/crs")[:2] == (500, b'{"error":"Internal server error"}'))
    check("peers", answer("/on/network/peers", b" 5\n") == [] and answer("/on/network/peers_location") == [])
    for count in (b"", b"-1", b"a", b"99999999999999999999999"):
        check("no number of peers", post("/on/network/peers", count)[:2] ==
              (400, b'{"error":"Invalid input: invalid amount"}'), count)
    check("gas price", post("/on/blocks/gas-price", b"10")[1] == b'{"average":1,"max":1,"median":1,"min":1}')

    sender = executed["inner"]["sender"]
    status, text, headers = post(f"/on/account:{sender}/status")
    account = json.loads(text)
    check("an account", status == 200 and account["nonce"] >= 1 and account["next_nonce"] == account["nonce"] + 1 and
          headers["deprecation"] == "true", (text, headers))
    check("no account", post("/on/account:x/status")[:2] == (400, b'{"error":"Invalid input: Invalid bls account"}'))
    check("no base58", post("/on/account:0OIl/status")[:2] == (400, b'{"error":"Invalid input: Invalid bs58 account"}'))
    check("balance of a contract", answer(f"/on/contract:{STAKE}/status")["balance"] >= 0 and
          answer(f"/on/contract:{NOBODY}/status") == {"balance": 0})
    check("of no contract", post(f"/on/contract:{NOBODY}/metadata")[1] ==
          b'{"contract_owner":"","created_at":null,"driver_available":false,"driver_signature":null,"owner":""}')
    metadata = answer(f"/on/contract:{TRANSFER}/metadata")
    status, owner, headers = post(f"/on/contract_owner:{TRANSFER}/owner")
    check("the owner", status == 200 and owner.decode() == metadata["contract_owner"] and len(owner) == 192 and
          headers["link"] == f'</on/contract:{TRANSFER}/metadata>; rel="successor-version"', (owner, headers))
    check("no owner", post(f"/on/contract_owner:{NOBODY}/owner")[0] == 404)
    check("no blob", post(f"/on/blobs:{NOBODY}/hash")[:2] ==
          (404, b'{"error":"Not found: Blob with versioned hash %s not found"}' % NOBODY.encode()))
    check("no hash", post("/on/blobs:zz/hash")[0] == 400 and post("/on/blobs:00/commitment")[0] == 400)
    for topic, text in {"propagate": b"Data: ", "preverify": b"Data: ", "simulate": b"Invalid transaction: "}.items():
        status, body, _ = post(f"/on/transactions/{topic}", b"\x00\x01\x02", {"Content-Type": "application/octet-stream"})
        check(f"{topic}: no transaction", status == 400 and b"Invalid input: " + text in body, body)


def test_document(client):
    """Every route has words in the document, and every path of the document is there."""
    status, body, headers = client.request("GET", "/api-docs/openapi.json")
    check("the document", status == 200 and headers["content-type"] == "application/json", (status, headers))
    paths = json.loads(body)["paths"]
    names = []
    for path, methods in paths.items():
        for method, operation in methods.items():
            check(f"{method} {path} is explained", operation.get("summary") and operation["responses"], operation)
            names.append(operation.get("operationId"))
        asked = path.replace("{", "").replace("}", "")
        status, _, headers = client.request("PATCH", asked)
        check(f"{path} is there, with these methods", status == 405 and
              set(headers["allow"].split(",")) - {"HEAD"} == {method.upper() for method in methods}, (status, headers.get("allow")))
    check("names are unique", len(set(names)) == len(names) > 40, names)
    for path, kind in {"/swagger-ui/": "text/html", "/swagger-ui/page.js": "text/javascript", "/swagger-ui/page.css": "text/css"}.items():
        status, body, headers = client.request("GET", path)
        check(f"{path} of the page", status == 200 and body and headers["content-type"].startswith(kind) and
              headers["content-security-policy"].startswith("default-src 'none'"), headers)
    check("and no other", client.request("GET", "/swagger-ui/x.js")[0] == 404)


def test_files(client):
    """The modules of wallets; the network decides which."""
    names = ["wallet-core.wasm", *(f"wallet-core-{version}.wasm" for version in ("1.0.1", "1.3.0", "1.6.0", "1.6.1"))]
    bodies = []
    for name in names:
        status, body, headers = client.request("GET", f"/static/drivers/{name}")
        check(f"{name}: a module", status == 200 and body[:4] == b"\0asm", (status, body[:8]))
        check(f"{name}: headers", headers["content-type"] == "application/wasm" and
              headers["cache-control"] == ("public, no-cache" if "1.6" in name else "public, max-age=31536000, immutable"), headers)
        again = client.request("GET", f"/static/drivers/{name}", headers={"If-None-Match": headers["etag"]})
        check(f"{name}: not sent twice", again[:2] == (304, b"") and again[2]["etag"] == headers["etag"], again)
        other = client.request("GET", f"/static/drivers/{name}", headers={"If-None-Match": '"other"'})
        check(f"{name}: sent where it is another", other[:2] == (200, body), other[0])
        bodies.append(body)
    check("the name without a version is the oldest", bodies[0] == bodies[1])
    status, body, headers = client.request("HEAD", f"/static/drivers/{names[0]}")
    check("its size alone", (status, body, int(headers["content-length"])) == (200, b"", len(bodies[0])), headers)
    for path in ("nope.wasm", "wallet-core-1.6.1.wasm/x", "..%2f..%2fetc%2fpasswd", "%2e%2e/wallet-core.wasm", "wallet-core.wasm%00"):
        check("no other file", client.request("GET", f"/static/drivers/{path}")[:2] == (404, b'{"error":"Path not found"}'), path)


def test_old_transaction(client, identifier):
    """One that is in a block already is refused, and would fail."""
    spent = client.graphql('{ tx(hash: "%s") { raw } }' % identifier)["tx"]
    raw_transaction = b"0x" + spent["raw"].encode()
    status, body, _ = client.request("POST", "/on/transactions/preverify", raw_transaction)
    check("preverify", status == 400 and f"Tx {identifier} not accepted: ".encode() in body, body)
    status, body, _ = client.request("POST", "/on/transactions/simulate", raw_transaction)
    check("simulate", status == 200 and json.loads(body)["error"].startswith("Unspendable(Panic(") and
          json.loads(body)["gas-spent"] == 0, body)


def test_contracts(client):
    def post(path, body=b"", headers=None):
        return client.request("POST", path, body, headers)

    chain_id = f"/on/contracts:{TRANSFER}/chain_id"
    check("an answer in hexadecimal", post(chain_id)[:2] == (200, b"64"))
    for headers in ({"Content-Type": "application/octet-stream"}, {"Accept": "APPLICATION/octet-stream"}):
        check("an answer in bytes", post(chain_id, headers=headers)[:2] == (200, b"d"), headers)
    status, body, headers = post(chain_id, b"null", JSON)
    check("an answer in JSON", (status, body, headers["content-type"]) == (200, b"100", "application/json"), body)
    status, body, _ = post(chain_id, b"", JSON)
    check("no JSON", status == 400 and b'Invalid input: Invalid JSON: Json(' in body, body)
    status, body, _ = post(chain_id, b"[" * 100000, JSON)
    check("JSON without a bottom", status == 400 and b"Invalid JSON" in body, body)
    check("JSON with more in its type", post(chain_id, b"null", {"Content-Type": "application/json; charset=utf-8"})[1] == b"64")
    check("no such function", post(f"/on/contracts:{TRANSFER}/nope")[:2] == (500, b'{"error":"Internal server error"}'))
    check("no such contract", post(f"/on/contracts:{NOBODY}/x")[0] == 500)
    check("no driver", post(f"/on/contracts:{NOBODY}/x", b"null", JSON)[:2] ==
          (404, b'{"error":"Not found: Unsupported contract %s"}' % NOBODY.encode()))
    check("no contract id", post("/on/contracts:zz/x")[:2] == (400, b'{"error":"Invalid input: Invalid contract bytes"}'))
    check("it feeds", post(f"/on/contracts:{STAKE}/stakes")[:2] ==
          (400, b'{"error":"Invalid input: rusk-feeder header is missing"}'))
    feeder = {"Rusk-Feeder": "1"}
    status, body, headers = post(f"/on/contracts:{STAKE}/stakes", headers=feeder)
    check("what it feeds", status == 200 and headers["transfer-encoding"] == "chunked" and len(body) % 912 == 0 and body, headers)
    status, body, headers = post(f"/on/contracts:{STAKE}/stakes", b"null", {**feeder, **JSON})
    stakes = json.loads(body)
    check("in JSON", headers["content-type"] == "application/json" and stakes[0][0]["account"], body[:200])
    status, body, headers = post(f"/on/contracts:{TRANSFER}/leaves_from_height", b"0x" + b"00" * 8, feeder)
    check("notes", status == 200 and len(body) % 1472 == 0, len(body))
    check("nothing fed", post(f"/on/contracts:{TRANSFER}/chain_id", headers=feeder)[1] in (b"", b"64"))
    check("what fails before it feeds", post(f"/on/contracts:{TRANSFER}/nope", headers=feeder)[0] == 500)
    check("on the same connection", post(chain_id)[0] == 200)


def test_drivers(client):
    def ask(method, body=b"", contract=TRANSFER, headers=None):
        status, answer, _ = client.request("POST", f"/on/driver:{contract}/{method}", body, headers)
        return status, answer

    status, schema = ask("get_schema")
    check("a schema", status == 200 and json.loads(schema)["name"] == "TransferContract", schema[:100])
    check("a version", ask("get_version") == (200, b"0.1.0"))
    check("an argument", ask("encode_input_fn:sync", b'["1",2]') == (200, b"01000000000000000200000000000000"))
    check("and back", ask("decode_input_fn:sync", b"0x01000000000000000200000000000000") == (200, b'["1","2"]'))
    check("a result", ask("decode_output_fn:num_notes", b"0x0200000000000000") == (200, b'"2"'))
    check("no result", ask("decode_output_fn:num_notes", b"0x02") == (500, b'{"error":"Internal server error"}'))
    check("no such method", ask("nope:x")[0] == 404 and ask("get_schema:x")[0] == 404)
    check("no driver", ask("get_schema", contract=NOBODY) ==
          (404, b'{"error":"Not found: No data driver for contract id %s found."}' % NOBODY.encode()))
    check("none to fetch", client.request("POST", f"/on/contract:{TRANSFER}/download_driver")[:2] ==
          (404, b'{"error":"Not found: Driver not registered"}'))

    def upload(contract, headers, body=b"\0asm\1\0\0\0"):
        status, answer, _ = client.request("POST", f"/on/contract:{contract}/upload_driver", body,
                                           {"Content-Type": "application/octet-stream", **headers})
        return status, answer

    check("without a signature", upload(TRANSFER, {}) == (400, b'{"error":"Invalid input: Signature missing"}'))
    check("for nobody", upload(NOBODY, {"sign": "00"})[0] == 404)
    check("no signature", upload(TRANSFER, {"sign": "00"}) == (400, b'{"error":"Invalid input: Invalid signature"}'))


def test_old_wallet(client):
    """A wallet that signs for the released circuits asks for a proof."""
    case = json.loads(gzip.decompress((PLONK / "phoenix-1.json.gz").read_bytes()))["phoenix"][0]["proofs"][0]
    status, body, _ = client.request("POST", "/on/prover/prove", bytes.fromhex(case["request"]),
                                     {"Content-Type": "application/octet-stream"})
    check("is told that its signatures are of another format", status == 400 and
          json.loads(body)["error"].startswith("Invalid input: signature format"), (status, body))
    check("another request finds no prover", client.request("POST", "/on/prover/prove", b"0x00")[0] == 501)


def test_big_driver(client):
    status, body, _ = client.request("POST", f"/on/contract:{TRANSFER}/upload_driver", b"0" * (2 * 1024 * 1024 + 1))
    check("too large a driver", (status, body) in ((413, b"length limit exceeded"), (429, b'{"error":"too_many_requests"}')), body)


def test_limits(client):
    """Calls that feed are let through six in two seconds."""
    answers = [client.request("POST", f"/on/contracts:{STAKE}/stakes", headers={"Rusk-Feeder": "1"}) for _ in range(9)]
    refused = [a for a in answers if a[0] == 429]
    check("too many calls that feed", refused and refused[0][1] == b'{"error":"too_many_requests"}' and
          refused[0][2]["retry-after"] == "1", [a[0] for a in answers])


def main(program):
    with tempfile.TemporaryDirectory() as folder:
        devnet = Devnet(program, folder + "/devnet", "--instant", "--port-base", "39300", "--http-port-base", "38380")
        try:
            devnet.wait("the node answers", lambda: any(s and s["idle"] for s in devnet.statuses()), 60)
            client = Client(devnet.running()[0]["http"])
            header, identifier, executed = test_events(devnet, client)
            test_graphql(client, header, identifier, executed)
            test_answers_follow_the_chain(devnet, client, executed)
            test_rules(client)
            test_transport(client)
            test_routes(client, executed)
            test_document(client)
            test_files(client)
            test_old_transaction(client, identifier)
            test_contracts(client)
            test_drivers(client)
            test_old_wallet(client)
            test_big_driver(client)
            test_limits(client)
            silent = Client(client.address)
            devnet.stop()
            opcode, reason = silent.socket.receive()
            check("the end is said", opcode == 8 and reason[:2] == struct.pack(">H", 1001), (opcode, reason))
        finally:
            devnet.kill()
    check.end("clients")


if __name__ == "__main__":
    main(sys.argv[1])
