#!/usr/bin/env python3
"""Runs `dusk prover` as its users do: cold, with requests good and bad, stopped, with a damaged cache, started again.

    prover_test.py PROGRAM VECTORS
"""
import gzip
import http.client
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time

passed = failed = 0


def check(what, ok):
    global passed, failed
    if ok:
        passed += 1
    else:
        failed += 1
        print(f"FAILED {what}")


class Prover:
    """One run of the program, on a free port."""

    def __init__(self, program, cache, *options):
        self.log = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen([program, "prover", "--listen", "127.0.0.1:0", "--cache", cache,
                                         *options],
                                        stdin=subprocess.DEVNULL, stderr=self.log)
        self.port = None
        self.wait(lambda: re.search(r"address=127\.0\.0\.1:(\d+)", self.text()), 300)
        self.port = int(re.search(r"address=127\.0\.0\.1:(\d+)", self.text())[1])

    def text(self):
        self.log.seek(0)
        return self.log.read()

    def wait(self, ready, seconds):
        end = time.monotonic() + seconds
        while not ready():
            if time.monotonic() > end or self.process.poll() is not None:
                sys.exit(f"the prover does not get there:\n{self.text()}")
            time.sleep(0.05)

    def ask(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
        connection.request(method, path, body, headers or {})
        response = connection.getresponse()
        return response.status, response.read()

    def prove(self, body):
        return self.ask("POST", "/on/prover/prove", body, {"Content-Type": "application/octet-stream"})

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


def request_of(vectors):
    """The first request for a proof with one note."""
    case = json.loads(gzip.open(vectors / "phoenix-1.json.gz").read())["phoenix"][0]["proofs"][0]
    return bytes.fromhex(case["request"])


def main():
    program, vectors = sys.argv[1], pathlib.Path(sys.argv[2])
    request = request_of(vectors)
    with tempfile.TemporaryDirectory() as cache:
        prover = Prover(program, cache)
        check("bytes that are no request: 400", prover.prove(request[:100])[0] == 400)
        status, answer = prover.prove(request_of(vectors.parent / "plonk"))
        check("a wallet for the released circuits is told why", status == 400 and b"signature format" in answer)
        prover.wait(lambda: b'"transfer-1":"ready' in prover.ask("GET", "/status")[1], 300)
        status, proof = prover.prove(request)
        check("a proof", status == 200 and len(proof) == 1008)
        check("another proof of the same", prover.prove(request)[1] != proof)
        false = bytearray(request)
        false[8 + 2778] ^= 1  # the value of the first output
        status, answer = prover.prove(bytes(false))
        check("what is false, and where", status == 500 and b"transfer/output 0/" in answer)
        prover.wait(lambda: prover.ask("GET", "/health")[0] == 200, 600)
        check("metrics", b'outcome="proved"} 2' in prover.ask("GET", "/metrics")[1])
        check("stopped in order", prover.stop() == 0)

        stored = sorted(pathlib.Path(cache, "prover").glob("*.key"))
        check("four keys kept", len(stored) == 4)
        content = bytearray(stored[0].read_bytes())
        content[len(content) // 2] ^= 1
        stored[0].write_bytes(content)
        crs = pathlib.Path(cache, "crs", "development.raw")
        crs.write_bytes(crs.read_bytes()[:-1])
        again = Prover(program, cache)
        again.wait(lambda: again.ask("GET", "/health")[0] == 200, 600)
        check("the damaged key is made again, the others are read",
              "digest does not match" in again.text() and again.text().count("from_cache=true") == 3)
        check("the truncated parameters are made again", "development.raw" in again.text())
        check("a proof with the key made again", len(again.prove(request)[1]) == 1008)
        check("stopped in order again", again.stop() == 0)

        # For parameters of one's own no verifier data are known: what a key is of has to stand in its file.
        one, two = (next(pathlib.Path(cache, "prover").glob(f"transfer-{inputs}-*.key")) for inputs in (1, 2))
        one.write_bytes(two.read_bytes())
        own_crs = str(pathlib.Path(cache, "own.crs"))
        subprocess.run([program, "crs", "devnet", own_crs], env={**os.environ, "DUSK_CACHE": cache}, check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        own = Prover(program, cache, "--crs", own_crs)
        own.wait(lambda: b'"transfer-1":"ready' in own.ask("GET", "/status")[1], 300)
        check("a key of another circuit under the name is made again",
              "made for another circuit" in own.text() and b'"transfer-1":"ready: made' in own.ask("GET", "/status")[1])
        check("a proof with the right key", len(own.prove(request)[1]) == 1008)
        check("stopped in order with own parameters", own.stop() == 0)
    print(f"prover: {passed} passed, {failed} failed")
    return 1 if failed else 0


sys.exit(main())
