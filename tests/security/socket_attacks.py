"""Frames that no client sends: the session ends, and the others get their events."""
import os
import struct

import raw
from checks import check
from web_socket import WebSocket

MIB = 1 << 20


def frame(first, data, masked=True, length=None):
    """One with this first byte; `length` may lie."""
    size = len(data) if length is None else length
    mask = os.urandom(4) if masked else b""
    bit = 0x80 if masked else 0
    if size < 126:
        head = bytes([first, bit | size])
    elif size < 65536:
        head = bytes([first, bit | 126]) + struct.pack(">H", size)
    else:
        head = bytes([first, bit | 127]) + struct.pack(">Q", size)
    body = bytes(byte ^ mask[i % 4] for i, byte in enumerate(data)) if masked else data
    return head + mask + body


def malformed():
    yield "without a mask", frame(0x81, b"a", masked=False)
    for opcode in (3, 4, 5, 6, 7, 11, 12, 13, 14, 15):
        yield f"of the kind {opcode}", frame(0x80 | opcode, b"a")
    for bit in (0x40, 0x20, 0x10):
        yield f"with the bit {bit:x}", frame(0x81 | bit, b"a")
    yield "that goes on where nothing began", frame(0x80, b"a")
    yield "that begins anew in the middle", frame(0x01, b"a") + frame(0x81, b"b")
    yield "a ping in parts", frame(0x09, b"a")
    yield "a ping of 126 bytes", frame(0x89, b"a" * 126)
    yield "a close of one byte", frame(0x88, b"a")
    for code in (0, 999, 1004, 1005, 1006, 1015, 2999, 65535):
        yield f"a close with {code}", frame(0x88, struct.pack(">H", code))
    yield "a close that is no text", frame(0x88, struct.pack(">H", 1000) + b"\xff\xfe")
    yield "a text that is none", frame(0x81, b"\xff\xfe\xfd")
    yield "a text that is cut", frame(0x81, b"\xf0\x9f\x98")
    yield "a length above 63 bits", bytes([0x82, 0xff]) + b"\xff" * 8 + b"mask"
    yield "a length with a long form", bytes([0x82, 0xfe]) + struct.pack(">H", 5) + b"mask" + b"abcde"
    yield "an immense length", frame(0x82, b"", length=1 << 40)
    yield "one byte more than a message may have", frame(0x82, bytes(256 * 1024 + 1))
    yield "a message in too many parts", frame(0x02, bytes(60_000)) + frame(0x00, bytes(60_000)) * 5
    yield "no frame at all", b"GET /status HTTP/1.1\r\n\r\n" * 20


def frames(target):
    for what, data in malformed():
        socket = WebSocket(target.address, "/on")
        socket.receive()
        try:
            socket.socket.sendall(data)
        except OSError:
            pass
        ended = False
        socket.socket.settimeout(5)
        try:
            while not ended:
                opcode, _ = socket.receive()
                ended = opcode == 8
        except EOFError:
            ended = True
        except (ConnectionError, struct.error):
            ended = True
        except TimeoutError:
            pass
        check(f"a frame {what}: the session ends", ended)
        socket.socket.close()


def upgrades(target):
    def ask(*headers, method="GET", path="/on", body=b""):
        return raw.exchange(target.address, raw.request(method, path, headers, body), wait=0.3)

    key, version, both = "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==", "Sec-WebSocket-Version: 13", ("Upgrade: websocket", "Connection: Upgrade")
    check("a good one", raw.status(ask(*both, key, version)) == 101)
    for what, headers in {
        "without a key": (*both, version), "with a short key": (*both, version, "Sec-WebSocket-Key: AAAA"),
        "with a key that is none": (*both, version, "Sec-WebSocket-Key: " + "!" * 24), "with a long key": (*both, version, "Sec-WebSocket-Key: " + "A" * 8000),
        "without a version": (*both, key), "of another version": (*both, key, "Sec-WebSocket-Version: 12"),
        "to something else": ("Upgrade: h2c", "Connection: Upgrade", key, version),
        "without the word": ("Upgrade: websocket", key, version),
    }.items():
        answer = ask(*headers)
        check(f"an upgrade {what}", raw.status(answer) in (101, 400, 426) and (raw.status(answer) != 101 or "key" in what), answer[:200])
    check("on another path", raw.status(ask(*both, key, version, path="/status")) in (200, 400, 404))
    check("as another method", raw.status(ask(*both, key, version, method="POST")) in (400, 405, 426))


def flood(target):
    """Who sends pings and reads nothing, subscribes without an end, or opens sessions without an end."""
    deaf = WebSocket(target.address, "/on")
    deaf.receive()
    deaf.socket.settimeout(2)
    pings = frame(0x89, b"a" * 125) * 1000
    try:
        for _ in range(200):
            deaf.socket.sendall(pings)
    except (TimeoutError, ConnectionError):
        pass
    target.check_memory("pings that are not read", 300 * MIB)
    target.check_well("pings")
    session = WebSocket(target.address, "/on")
    name = session.receive()[1].decode()
    told = set()
    for i in range(1100):
        status, _, _ = target.ask("GET", f"/on/blocks:{i:064x}/accepted", headers={"Rusk-Session-Id": name})
        told.add(status)
        if status == 429:
            break
    check("subscriptions have an end", told <= {200, 429}, told)
    for name in ("", "0" * 32, "a" * 10_000, "../" * 100, "\x01"):
        try:
            def ask():
                return target.ask("GET", "/on/blocks/accepted", headers={"Rusk-Session-Id": name})[0]
            raw.until(lambda: ask() != 429, 5)  # the flood above took what all may ask for a while
            status = ask()
        except ValueError:
            continue  # our own client refuses to send it
        check("no session", status in (400, 424), (name[:10], status))


def listeners(target):
    """More than may listen are told to try again later; when they go, others may come."""
    sockets, told = [], []
    for _ in range(1100):
        try:
            one = WebSocket(target.address, "/on")
            opcode, data = one.receive()
        except (OSError, EOFError):
            break
        sockets.append(one)
        if opcode == 8:
            told.append(struct.unpack(">H", data[:2])[0])
            break
    check("listeners have an end", told == [1013] and len(sockets) > 900, (len(sockets), told))
    for one in sockets:
        one.socket.close()

    def again():
        try:
            return WebSocket(target.address, "/on").receive()[0] == 1
        except (OSError, EOFError):
            return False
    check("others may come then", raw.until(again, 10))
    target.check_memory("a thousand listeners", 500 * MIB)


def attack(target):
    for one in (frames, upgrades, flood, listeners):
        one(target)
        target.check_well(one.__name__)
