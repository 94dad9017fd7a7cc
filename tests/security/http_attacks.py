"""Requests that no client sends: each is answered with an error or the end of the connection, and the node goes on."""
import time

import raw
from checks import check

HIDDEN = b"GET /status HTTP/1.1\r\nHost: hidden\r\n\r\n"
MIB = 1 << 20


def smuggle(target):
    """What two servers could read in two ways: at most one answer, and none to the request that is hidden in it."""
    start = b"POST /on/node/info HTTP/1.1\r\nHost: a\r\n"
    chunked = b"Transfer-Encoding: chunked\r\n"
    for what, head in {
        "an unknown coding": b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "another coding before the chunks": b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "chunks twice": b"Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
        "chunks and something": b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "a coding over two lines": b"Transfer-Encoding:\r\n chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        "a length with letters": b"Content-Length: 0x5\r\n\r\n",
        "a length that overflows": b"Content-Length: 18446744073709551616\r\n\r\n",
        "lengths in a list": b"Content-Length: 0, 40\r\n\r\n",
        "a line that ends early": b"X: a\nContent-Length: 40\r\n\r\n",
        "a zero in a header": b"X: a\0b\r\nContent-Length: 40\r\n\r\n",
        "a carriage return in a header": b"X: a\rContent-Length: 40\r\n\r\n",
        "a header without a name": b": a\r\n\r\n",
        "a header without a colon": b"nothing\r\n\r\n",
        "a chunk that is too long for a number": chunked + b"\r\n10000000000000000\r\n",
        "a chunk below zero": chunked + b"\r\n-1\r\n",
        "a chunk with another end": chunked + b"\r\n1\r\naXX0\r\n\r\n",
    }.items():
        data = raw.exchange(target.address, start + head + HIDDEN, wait=0.3)
        told = raw.status(data)
        # Where it is read as one whole request the hidden one is a request of its own, and both are answered in order:
        # that is no ambiguity only if the first was good.
        check(f"smuggled: {what}", told in (0, 400, 413, 431, 501) and raw.answers(data) <= 1, data[:300])


def pipeline(target):
    """Requests one behind the other on one connection are answered in turn."""
    data = raw.exchange(target.address, raw.request("GET", "/blocks/x", last=False) * 3 + raw.request("GET", "/status"), wait=1)
    check("four answers to four requests", raw.answers(data) == 4 and data.count(b"400 Bad Request") == 3, data[:300])


def lines(target):
    for what, data in {
        "nothing": b"\r\n\r\n",
        "HTTP/0.9": b"GET /status\r\n\r\n",
        "another version": b"GET /status HTTP/3.0\r\n\r\n",
        "HTTP/2 with prior knowledge": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "TLS": bytes.fromhex("1603010200010001fc0303") + bytes(500),
        "no HTTP": b"\x00\xff" * 2000,
        "a method without an end": b"A" * 100_000,
        "a path without an end": b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n\r\n",
        "a header without an end": b"GET / HTTP/1.1\r\nX: " + b"a" * 100_000,
        "a name without an end": b"GET / HTTP/1.1\r\n" + b"a" * 100_000,
        "ten thousand headers": b"GET / HTTP/1.1\r\n" + b"".join(b"X-%d: a\r\n" % i for i in range(10_000)) + b"\r\n",
    }.items():
        answer = raw.exchange(target.address, data, wait=0.3)
        check(f"no request: {what}", raw.status(answer) in (0, 400, 431) and raw.answers(answer) <= 1, answer[:200])
    for method in ("TRACE", "CONNECT", "PATCH", "get", "X" * 200):
        answer = raw.exchange(target.address, raw.request(method, "/status"), wait=0.3)
        check(f"method {method[:8]}", raw.status(answer) in (400, 405), answer[:200])
    same = raw.request("GET", "/status", ["X-Many: " + "a" * 90] * 100)
    check("many headers within the limit", raw.status(raw.exchange(target.address, same, 0.5)) == 200)


def paths(target):
    for path in ("/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc%2fpasswd", "/static/drivers/../../etc/passwd",
                 "/static/drivers/..%5c..%5cetc", "/on/node%00/info", "/on/%c0%ae%c0%ae/info", "/on/node/info%", "/on/node/%zz",
                 "/" + "a/" * 5000, "/" * 8000 + "on", "/on/contracts:" + "%41" * 3000 + "/x", "/on/" + "%25" * 3000,
                 "http://other/status", "//status", "/status\\", "/on/contracts:../x", "/%s%n%d", "/on/contracts:{}/{}"):
        answer = raw.exchange(target.address, raw.request("GET", path), wait=0.5)
        check(f"path {path[:40]}", raw.status(answer) in (400, 404, 405, 424, 431) and b"root:" not in answer, answer[:200])
    answer = raw.exchange(target.address, raw.request("GET", "/on?" + "a=b&" * 3000), wait=0.5)
    check("a long query", raw.status(answer) in (400, 431), answer[:200])


def slow(target):
    """Clients that say a word now and then hold few places for a short while, and others are answered meanwhile."""
    held = [raw.connect(target.address) for _ in range(150)]
    for i, connection in enumerate(held):
        connection.sendall((b"GET /status HTTP/1.1\r\n", b"POST /on/node/info HTTP/1.1\r\nContent-Length: 3145728\r\n\r\n0",
                            b"G", b"")[i % 4])
    target.check_well("clients that are slow")
    more = []
    for _ in range(200):
        try:
            more.append(raw.connect(target.address))
        except OSError:
            break
    # Nobody asks anything: whoever is told something was refused.
    refused = raw.until(lambda: any(raw.status(raw.read_all(one, 0.05)) == 503 for one in more[-20:]), 20)
    check("those beyond the limit are told so", refused, len(more))
    for connection in [*held, *more]:
        connection.close()
    check("their places are free at once", raw.until(lambda: quick_status(target) == 200, 10))


def quick_status(target):
    try:
        return target.ask("GET", "/status", timeout=5)[0]
    except OSError:
        return 0


def huge(target):
    """Bodies of all sizes, at once, that come whole, in part, or are only announced."""
    size = 3 * MIB
    head = raw.request("POST", "/on/node/info", [f"Content-Length: {size}"])
    held = []
    for _ in range(100):
        connection = raw.connect(target.address)
        connection.sendall(head)
        try:
            connection.settimeout(3)
            connection.sendall(b"0" * (size - 1))
        except (TimeoutError, ConnectionError):
            pass
        held.append(connection)
    target.check_memory("a hundred bodies that are not complete", 700 * MIB)
    target.check_well("large bodies")
    for connection in held:
        connection.close()
    announced = raw.exchange(target.address, raw.request("POST", "/on/node/info", [f"Content-Length: {1 << 60}"]), 1)
    check("an immense body is refused before it comes", raw.status(announced) == 413, announced[:200])
    expected = raw.exchange(target.address, raw.request("POST", "/on/node/info", [f"Content-Length: {size * 2}", "Expect: 100-continue"]), 1)
    check("also where the client asks first", b"413" in expected[:60] or b"417" in expected[:60], expected[:200])
    extensions = b"POST /on/node/info HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1;" + b"a" * MIB + b"\r\n"
    check("extensions of chunks have an end", raw.status(raw.exchange(target.address, extensions, 0.5)) in (0, 400, 413, 431))
    trailers = b"POST /on/node/info HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + b"X: a\r\n" * 200_000
    check("and headers behind them", raw.status(raw.exchange(target.address, trailers, 0.5)) in (0, 400, 413, 431))
    dust = b"POST /on/node/info HTTP/1.1\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1\r\na\r\n" * 50_000 + b"0\r\n\r\n"
    check("many small chunks are a body", raw.status(raw.exchange(target.address, dust, 20)) == 200)


def deaf(target):
    """Who asks for much and reads nothing is given a bounded part of it."""
    held = []
    request = raw.request("GET", "/static/drivers/wallet-core-1.6.1.wasm", last=False)
    for _ in range(60):
        connection = raw.connect(target.address)
        connection.settimeout(1)
        try:
            connection.sendall(request * 100)
        except (TimeoutError, ConnectionError):
            pass
        held.append(connection)
    time.sleep(1)
    target.check_memory("clients that do not read", 400 * MIB)
    target.check_well("clients that do not read")
    for connection in held:
        connection.close()


def drivers(target):
    """What may be uploaded is looked at only when its owner signed it."""
    contract = "01" + "00" * 31
    types = {"Content-Type": "application/octet-stream"}
    bombs = {"nothing": b"", "no module": b"\0" * 1000, "a module": b"\0asm\1\0\0\0", "a long section": b"\0asm\1\0\0\0\1\xff\xff\xff\xff\x0f",
             "a section without an end": b"\0asm\1\0\0\0" + b"\x80" * 100_000, "much": b"\0asm\1\0\0\0" + bytes(2 * MIB - 8)}
    for what, module in bombs.items():
        for sign in ({}, {"sign": "00" * 48}, {"sign": "zz"}, {"sign": "c0" + "00" * 47}, {"sign": "ff" * 5000}):
            status, body, _ = target.ask("POST", f"/on/contract:{contract}/upload_driver", module, {**types, **sign})
            check(f"a driver that is {what}", status in (400, 429, 500) and b"error" in body, (status, body[:100]))


def attack(target):
    for one in (smuggle, pipeline, lines, paths, slow, huge, deaf, drivers):
        one(target)
        target.check_well(one.__name__)
