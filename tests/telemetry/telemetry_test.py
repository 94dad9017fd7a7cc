#!/usr/bin/env python3
"""Spans for OpenTelemetry: a devnet whose programs were built for them sends what they do to a collector, which is here.

    telemetry_test.py PROGRAM_WITH_SPANS [PROGRAM_WITHOUT]
"""
import http.client
import http.server
import json
import os
import pathlib
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "devnet"))
from checks import check  # noqa: E402
from running_devnet import Devnet  # noqa: E402

TRACE, PARENT = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"


class Collector:
    """Takes spans as a real one does: POST /v1/traces, OTLP in JSON. `refuses` makes it answer 503."""

    def __init__(self):
        self.spans, self.others, self.refuses = [], [], False
        collector = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                collector.take(self.path, self.headers["Content-Type"], body)
                self.send_response(503 if collector.refuses else 200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"

    def take(self, path, content_type, body):
        if path != "/v1/traces" or content_type != "application/json":
            self.others.append((path, content_type))
        if self.refuses:
            return
        for resource in json.loads(body)["resourceSpans"]:
            attributes = {one["key"]: one["value"] for one in resource["resource"]["attributes"]}
            service = attributes["service.name"]["stringValue"]
            for scope in resource["scopeSpans"]:
                self.spans += [{**span, "service": service} for span in scope["spans"]]

    def find(self, name, **fields):
        return [span for span in list(self.spans)
                if span["name"] == name and all(span.get(key) == value for key, value in fields.items())]


def attributes(span):
    return {one["key"]: one["value"].get("stringValue", one["value"].get("intValue")) for one in span["attributes"]}


def soon(ready, seconds=20):
    end = time.monotonic() + seconds
    while not ready() and time.monotonic() < end:
        time.sleep(0.05)
    return ready()


def ask(address, method, path, headers, body=None):
    connection = http.client.HTTPConnection(address, timeout=20)
    connection.request(method, path, body, headers)
    response = connection.getresponse()
    response.read()
    return response.status


def traceparent(sampled=True):
    return {"traceparent": f"00-{TRACE}-{PARENT}-0{int(sampled)}"}


def test_requests(collector, address):
    ask(address, "GET", "/supply", traceparent(sampled=False))
    ask(address, "GET", "/blocks/0?x=secret", traceparent())
    ask(address, "GET", "/no/such/path", {})
    ask(address, "GET", "/fees", {"traceparent": "00-junk"})
    known = {"traceId": TRACE, "parentSpanId": PARENT, "service": "dusk-node"}
    check("a request is a span of the caller's trace", soon(lambda: collector.find("GET /blocks/{}", **known)), collector.spans[-5:])
    span = (collector.find("GET /blocks/{}", **known) or [{"attributes": []}])[0]
    check("it says what it was", attributes(span) == {
        "http.request.method": "GET", "url.path": "/blocks/0", "http.route": "/blocks/{}",
        "http.response.status_code": "200"} and span.get("kind") == 2, span)
    begin, end = int(span.get("startTimeUnixNano", 0)), int(span.get("endTimeUnixNano", 0))
    check("it says when", 0 <= end - begin < 20e9 and abs(time.time() - end / 1e9) < 60, (begin, end))
    check("a path that is none has no name of its own",
          soon(lambda: any(attributes(one).get("url.path") == "/no/such/path" for one in collector.find("GET"))))
    fees = collector.find("GET /fees") if soon(lambda: collector.find("GET /fees")) else []
    check("a header that is none begins a trace", fees and fees[0]["traceId"] != TRACE and "parentSpanId" not in fees[0], fees)
    check("who asks for no spans gets none", not collector.find("GET /supply"))


def test_blocks(collector, devnet):
    status, report = devnet.load("--count", "2", "--in-turn")
    check("transfers are final", status == 0 and report.get("final") == 2, report)
    check("blocks are accepted in spans",
          soon(lambda: {attributes(one)["dusk.block.height"] for one in collector.find("block.accept")} >= {"1", "3"}))
    for name in ("candidate.build", "block.accept"):
        some = collector.find(name)
        check(f"{name}: the trace is the block's",
              some and all(attributes(one)["dusk.block.hash"].startswith(one["traceId"]) for one in some), some[:1])


def test_prover(collector, address):
    """The trace goes through the node to the prover."""
    headers = {"Content-Type": "application/octet-stream", **traceparent()}
    check("a request for a proof that is none is refused",
          soon(lambda: ask(address, "POST", "/on/prover/prove", headers, b"none") == 400, 60))  # once the prover is there
    check("the prover says so in a span", soon(lambda: collector.find("proof", traceId=TRACE)), collector.spans[-5:])
    chain = [(collector.find("proof", traceId=TRACE) or [{}])[0]]

    def parent():
        return next((span for span in list(collector.spans) if span["spanId"] == chain[-1].get("parentSpanId")), None)
    while chain[-1].get("parentSpanId") != PARENT and soon(parent):
        chain.append(parent())
    check("proof, prover, node, caller",
          [(one.get("service"), one.get("name")) for one in chain] == [("dusk-prover", "proof"), ("dusk-prover", "POST /on/prover/prove"),
                                                               ("dusk-node", "POST /on/prover/{}")]
          and chain[-1].get("parentSpanId") == PARENT, chain)
    check("and that it failed", chain[0].get("status") == {"code": 2}, chain[0])


def test_outage(collector, devnet, address):
    """The node goes on without the collector."""
    collector.refuses = True
    ask(address, "GET", "/status", {})
    log = devnet.folder / "node-0" / "log"
    check("the log says that spans are lost", soon(lambda: "takes no spans" in log.read_text()), log.read_text()[-2000:])
    status, report = devnet.load("--count", "1", "--in-turn")
    check("transfers are final without it", status == 0 and report.get("final") == 1, report)
    collector.refuses = False
    before = len(collector.spans)
    check("spans come again", soon(lambda: ask(address, "GET", "/status", {}) and len(collector.spans) > before, 40))


def main():
    program = os.path.abspath(sys.argv[1])
    for other in sys.argv[2:]:
        check("a program without spans has nothing of them", b"OTEL_EXPORTER" not in pathlib.Path(other).read_bytes())
    collector = Collector()
    os.environ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.address
    with tempfile.TemporaryDirectory() as folder:
        devnet = Devnet(program, folder + "/net", "--instant", "--keep", "--prover", "--port-base", "39760", "--http-port-base", "38860")
        try:
            devnet.wait("the node answers", lambda: any(s and s["idle"] for s in devnet.statuses()), 60)
            address = devnet.running()[0]["http"]
            test_requests(collector, address)
            test_blocks(collector, devnet)
            test_prover(collector, address)
            test_outage(collector, devnet, address)
            check("nothing but spans was sent", not collector.others, collector.others[:3])
            check("it stops when asked to", devnet.stop() == 0)
        except (RuntimeError, OSError, ValueError, TypeError, KeyError) as error:
            check("the devnet works", False, repr(error))
        finally:
            devnet.kill()
    check.end("telemetry")


if __name__ == "__main__":
    main()
