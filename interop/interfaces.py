#!/usr/bin/env python3
"""What the released node answered, asked of ours (`./dev interop http`).

    interfaces.py --program PROGRAM [--fuzz]

A node of the network `rusk` with the first state of that node is asked every request that was recorded
(interop/interfaces/live_samples.json.gz): status, headers and body must be the same. Then every route of the released node's own
OpenAPI document is asked, with and without what it needs: the status must be one that the document names. With --fuzz schemathesis
makes further requests of that document, good and bad.
"""
import argparse
import gzip
import http.client
import json
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests" / "devnet"))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "interfaces"))
import fuzz  # noqa: E402
from checks import check  # noqa: E402
from web_socket import WebSocket  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent / "interfaces"
TRANSPORT = {"content-length", "date", "server", "connection", "transfer-encoding"}
MORE = {"static": {"etag"}, "static0": {"etag"}}  # headers that ours have besides
NUMBERS = {"big_2M1": 2 * 1024 * 1024 + 1, "big_ok": 2 * 1024 * 1024, "gql_big": 256 * 1024 + 1}  # bytes of bodies

# Where we differ, and how it is compared then; docs/deviations.md says why. "shape": the same keys and types.
# "error": status and headers, and that the error has a text. "here": what we answer.
KNOWN = {
    "node_info": "shape", "node_info_v1": "shape", "rc_strict": "shape", "v16strict": "shape",  # address, build, chain id
    "propagate_garbage": "error", "simulate_garbage": "error", "preverify_garbage": "error",    # words of the decoder
    "propagate_wrong_chain": "error", "preverify_wrong_chain": "error",                         # which of two reasons
    "gql_post_bad": "shape",                                                                    # words of the parser
    "gql_legacy_empty": "text",                                                                 # the order of the schema
    "on_not_upgrade": "same",
    "big_2M1": ("here", 500, '{"error":"Internal server error"}'),                              # up to 3 MiB are taken
    "root": ("here", 302, ""),                                                                  # to the web page
    "gql_post": "shape", "gql_legacy": "shape",                                                 # time of the first block
}


def load(name):
    return json.loads(gzip.decompress((HERE / f"{name}.json.gz").read_bytes()))


def free_port(kind):
    with socket.socket(socket.AF_INET, kind) as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Node:
    """Ours, without keys: what is handed in stays in its mempool."""

    def __init__(self, program, folder, has_archive=False):
        self.address = f"127.0.0.1:{free_port(socket.SOCK_STREAM)}"
        config = folder / "node.toml"
        config.write_text(f"""network = "rusk"
log_level = "warn"
[chain]
db_path = {json.dumps(str(folder / "data"))}
genesis_file = {json.dumps(str(HERE / "genesis.toml"))}
genesis_timestamp = 0
[kadcast]
public_address = "127.0.0.1:{free_port(socket.SOCK_DGRAM)}"
[http]
listen_address = "{self.address}"
enable_docs = true
[http.policy.global_limits]
enabled = false
[archive]
enabled = {json.dumps(has_archive)}
""")
        self.process = subprocess.Popen([program, "node", "--config", config, "--log-type", "plain"])

    def wait(self):
        end = time.monotonic() + 120
        while True:
            try:
                return self.ask("GET", "/status")
            except OSError:
                if self.process.poll() is not None or time.monotonic() > end:
                    raise
                time.sleep(0.2)

    def ask(self, method, path, headers=None, body=b""):
        connection = http.client.HTTPConnection(self.address, timeout=60)
        connection.request(method, path, body, headers or {})
        response = connection.getresponse()
        return response.status, {k.lower(): v for k, v in response.getheaders()}, response.read()

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        self.process.wait(60)


def shape(value):
    if isinstance(value, dict):
        return {key: shape(one) for key, one in value.items()}
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    return "number or null" if value is None or isinstance(value, (int, float)) else type(value).__name__


def body_of(sample):
    name, body = sample["name"], sample["request"]["body"]
    if name in NUMBERS:
        return b"0" * NUMBERS[name]
    if body is None:
        return b""
    return bytes.fromhex(body[4:]) if body.startswith("hex:") else body.encode()


def is_same(got, expected):
    """Of long answers the record has the beginning."""
    return (got.hex() if expected.startswith("hex:") else got.decode()).startswith(expected.removeprefix("hex:"))


def compare(sample, status, headers, body):
    name, rule = sample["name"], KNOWN.get(sample["name"], "same")
    if isinstance(rule, tuple):
        check(name, (status, body.decode()) == rule[1:], (status, body[:200]))
        return
    check(f"{name}: status", status == sample["status"], (status, sample["status"], body[:200]))
    ours = {k: v for k, v in headers.items() if k not in TRANSPORT | MORE.get(name, set())}
    theirs = {k: v for k, v in sample["headers"].items() if k not in TRANSPORT}
    check(f"{name}: headers", ours == theirs, (ours, theirs))
    chunked = "transfer-encoding" in sample["headers"]
    check(f"{name}: in chunks", chunked == ("transfer-encoding" in headers), headers)
    if rule == "same":
        check(f"{name}: body", is_same(body, sample["body"]) and len(body) == sample["body_len"],
              (body[:300], sample["body"][:300]))
    elif rule == "shape":
        is_whole = len(sample["body"]) == sample["body_len"]
        check(f"{name}: shape", not is_whole or shape(json.loads(body)) == shape(json.loads(sample["body"])), body[:300])
    elif rule == "error":
        check(f"{name}: error", list(json.loads(body)) == ["error"] and
              json.loads(body)["error"].startswith("Invalid input: "), body)
    else:
        check(f"{name}: a text", len(body) > 0)


def replay(node, samples):
    client = WebSocket(node.address, "/on")
    session = client.receive()[1].decode()
    for sample in samples:
        request = sample.get("request")
        if request is None:
            continue
        headers = dict(request["headers"])
        if sample["name"].startswith(("sub", "unsub")) and "Rusk-Session-Id" in headers and \
                sample["name"] != "subscribe_bad_session":
            headers["Rusk-Session-Id"] = session
        compare(sample, *node.ask(request["method"], request["path"], headers, body_of(sample)))


def replay_transactions(node, flow):
    """Up to where a block is needed."""
    for sample in flow:
        if sample["name"] == "mempool":
            break
        request = sample.get("request")
        if request is None or sample["name"] == "sub":
            continue
        compare(sample, *node.ask(request["method"], request["path"], request["headers"], body_of(sample)))


def every_route(node, document):
    """What the document says of statuses, with nothing, with something, and for a client of another version."""
    values = {"entity": "01" + "00" * 31, "topic": "nope", "file": "x.wasm"}
    for pattern, methods in document["paths"].items():
        path = re.sub(r"{(\w+)}", lambda name: values[name[1]], pattern)
        for method, operation in methods.items():
            known = {int(code) for code in operation["responses"]} | {200, 202}
            is_rues = pattern.startswith("/on/")
            for what, headers, body in (("nothing", {}, b""), ("bytes", {"Content-Type": "application/octet-stream"}, b"\x00"),
                                        ("JSON", {"Content-Type": "application/json"}, b"null"),
                                        ("no text", {}, b"\xff")):
                got, answer, text = node.ask(method.upper(), path, headers, body if method == "post" else b"")
                check(f"{method} {pattern} with {what}", got in known | ({404} if is_rues else set()), (got, known, text[:200]))
                check(f"{method} {pattern}: version", answer["rusk-version"] == "1.7.0", answer)
                if got >= 400 and answer.get("content-type") == "application/json" and pattern != "/graphql":
                    check(f"{method} {pattern}: error", list(json.loads(text)) == ["error"], text)
            if is_rues:
                got, _, text = node.ask(method.upper(), path, {"Rusk-Version": "2"})
                check(f"{method} {pattern}: another version", got == 400 and b"Mismatched rusk version" in text, (got, text))
        others = {"PUT", "PATCH", "GET", "DELETE", "POST"} - {method.upper() for method in methods}
        for method in sorted(others):
            got, answer, _ = node.ask(method, path)
            check(f"{method} {pattern}", got == 405 and set(answer["allow"].split(",")) >=
                  {known.upper() for known in methods}, (got, answer))


def fuzz_all(node, folder, options):
    """The node must outlive it, and answer as before."""
    document = folder / "openapi.json"
    document.write_bytes(gzip.decompress((HERE / "openapi.json.gz").read_bytes()))
    before = node.ask("POST", "/on/node/info")[2]
    how = (folder, options.examples, options.seed)
    check("every answer follows the rules", fuzz.routes(node.address, document, *how))
    check("every answer to GraphQL", fuzz.graphql(node.address, *how))
    check("the node is the same after it", node.process.poll() is None and node.ask("POST", "/on/node/info")[2] == before)
    resident = int(pathlib.Path(f"/proc/{node.process.pid}/statm").read_text().split()[1]) * 4096
    check("and has not grown beyond 1 GiB", resident < 2 ** 30, resident)


def compare_documents(node, theirs):
    """Our document says all that theirs says: paths, operations, parameters, types of bodies, statuses."""
    status, headers, text = node.ask("GET", "/api-docs/openapi.json")
    check("the document", status == 200 and headers["content-type"] == "application/json", (status, headers))
    ours = json.loads(text)
    check("its version", ours["openapi"] == "3.1.0" and ours["info"]["version"] == theirs["info"]["version"], ours["info"])

    def parameters(operation):
        return {(one["name"], one["in"], one["required"]) for one in operation.get("parameters", [])}

    def types(body):
        return set(body.get("content", {}))

    for path, methods in theirs["paths"].items():
        for method, operation in methods.items():
            own = ours["paths"].get(path, {}).get(method)
            where = f"{method} {path}"
            check(f"{where} is described", own is not None)
            if own is None:
                continue
            check(f"{where}: name and tag", (own["operationId"], own["tags"]) == (operation["operationId"], operation["tags"]), own)
            check(f"{where}: parameters", parameters(own) >= parameters(operation), parameters(operation) - parameters(own))
            check(f"{where}: body", types(own.get("requestBody", {})) >= types(operation.get("requestBody", {})), own)
            for code, response in operation["responses"].items():
                check(f"{where}: {code}", code in own["responses"] and types(own["responses"][code]) >= types(response),
                      (own["responses"].get(code), response))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--fuzz", action="store_true", help="ask what the OpenAPI document allows, and what it does not")
    parser.add_argument("--examples", type=int, default=100, help="requests of each kind for each route (100)")
    parser.add_argument("--seed", type=int, default=1, help="of the requests (1)")
    options = parser.parse_args()
    samples = load("live_samples")
    with tempfile.TemporaryDirectory() as folder:
        node = Node(options.program, pathlib.Path(folder))
        try:
            node.wait()
            replay(node, samples["requests"])
            every_route(node, load("openapi"))
            compare_documents(node, load("openapi"))
            replay_transactions(node, samples["transaction_flow"])
        finally:
            node.stop()
    if options.fuzz:
        with tempfile.TemporaryDirectory() as folder:
            node = Node(options.program, pathlib.Path(folder), has_archive=True)
            try:
                node.wait()
                fuzz_all(node, pathlib.Path(folder), options)
            finally:
                node.stop()
    check.end("interfaces")


if __name__ == "__main__":
    main()
