#!/usr/bin/env python3
"""Many clients that listen to events while a devnet makes blocks: each that reads gets every event, once and in order, and the
same as all others; those that hardly read cost the node a bounded amount of memory.

    listeners.py PROGRAM [--minutes M] [--subscribers N] [--nodes N] [--block-time S] [--rate TPS] [--short]

One in ten is slow: it takes a few bytes a second. The last line is `listeners: N passed, N failed`. --short is the test: a
few hundred, some seconds, blocks as transactions come.
"""
import argparse
import asyncio
import hashlib
import http.client
import json
import os
import pathlib
import resource
import socket
import struct
import tempfile
import time

from checks import check
from running_devnet import Devnet

SLOW_BYTES = 64  # a second
TOPICS = ("/on/blocks/accepted", "/on/transactions/executed")
MIB = 1 << 20


class Listener:
    """A WebSocket whose frames are read as they come, or slowly."""

    def __init__(self, is_slow):
        self.is_slow = is_slow
        self.session = None
        self.blocks = []        # heights, in order
        self.executed = 0       # since the first block that counts
        self.digest = hashlib.sha256()
        self.first = None       # from this height on events count
        self.times = {}         # height: when its event was here
        self.closed = None      # how it ended, before it was to
        self.pongs = 0

    async def connect(self, address):
        host, port = address.rsplit(":", 1)
        connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        connection.setblocking(False)
        if self.is_slow:
            # Before it connects: where the window shrinks later, this side's kernel drops what was sent into the larger one,
            # and that of the node ends the connection after two minutes of repeating it.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        await asyncio.get_running_loop().sock_connect(connection, (host, int(port)))
        self.reader, self.writer = await asyncio.open_connection(sock=connection, limit=4096 if self.is_slow else 1 << 20)
        self.writer.write((f"GET /on HTTP/1.1\r\nHost: {address}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                           "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n").encode())
        head = await self.reader.readuntil(b"\r\n\r\n")
        if b" 101 " not in head.split(b"\r\n")[0]:
            raise ConnectionError(head[:200])
        _, session = await self.frame()
        self.session = session.decode()

    async def frame(self):
        first, length = await self.reader.readexactly(2)
        if length == 126:
            length = struct.unpack(">H", await self.reader.readexactly(2))[0]
        elif length == 127:
            length = struct.unpack(">Q", await self.reader.readexactly(8))[0]
        return first & 0xf, await self.reader.readexactly(length)

    async def listen(self):
        try:
            while self.is_slow:  # and says that it is there
                if not await self.reader.read(SLOW_BYTES):
                    self.closed = "the node hung up"
                    return
                self.writer.write(b"\x8a\x80\0\0\0\0")
                await asyncio.sleep(1)
            while True:
                opcode, data = await self.frame()
                if opcode == 9:
                    self.writer.write(bytes([0x8a, 0x80 | len(data)]) + b"\0\0\0\0" + data)
                    self.pongs += 1
                elif opcode == 8:
                    self.closed = f"close {data[:2].hex()}"
                    return
                else:
                    self.take(data)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            self.closed = repr(error)

    def take(self, data):
        size = struct.unpack("<I", data[:4])[0]
        location = json.loads(data[4:4 + size])["Content-Location"]
        if location.endswith("/accepted"):
            height = json.loads(data[4 + size:])["header"]["height"]
            if self.first is None or height < self.first:
                return
            self.times[height] = time.monotonic()
            self.blocks.append(height)
        elif not self.blocks:
            return  # of a block that does not count
        else:
            self.executed += 1
        self.digest.update(data)


class Node:
    def __init__(self, description):
        self.address, self.pid = description["http"], description["pid"]

    def resident(self):
        pages = int(pathlib.Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")


async def subscribe(address, listeners):
    """All topics for all of them, below the limits of the node: one after the other on one connection."""
    host, port = address.rsplit(":", 1)
    reader, writer = await asyncio.open_connection(host, int(port))
    refused = 0
    for listener in listeners:
        for topic in TOPICS:
            writer.write(f"GET {topic} HTTP/1.1\r\nHost: {address}\r\nRusk-Session-Id: {listener.session}\r\n\r\n".encode())
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(next((line[16:] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length: ")), b"0"))
            await reader.readexactly(length)
            refused += b" 200 " not in head.split(b"\r\n")[0]
            await asyncio.sleep(0.0025)
    writer.close()
    return refused


async def in_thread(function, *arguments):
    return await asyncio.get_running_loop().run_in_executor(None, function, *arguments)


def share(values, part):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * part))] if values else 0.0


class Run:
    def __init__(self, devnet, options):
        self.devnet, self.options = devnet, options
        self.node = Node(devnet.running()[0])
        count = options.subscribers
        self.listeners = [Listener(is_slow=i % 10 == 9) for i in range(count)]
        self.good = [one for one in self.listeners if not one.is_slow]
        self.slow = [one for one in self.listeners if one.is_slow]

    def height(self):
        status = self.devnet.ask({"http": self.node.address}, "/status")
        return status["height"] if status else 0

    async def go(self):
        for begin in range(0, len(self.listeners), 50):
            await asyncio.gather(*(one.connect(self.node.address) for one in self.listeners[begin:begin + 50]))
        check("all are subscribed", await subscribe(self.node.address, self.listeners) == 0)
        tasks = [asyncio.create_task(one.listen()) for one in self.listeners]
        first = await in_thread(self.height) + 2
        for one in self.good:
            one.first = first
        before = self.node.resident()
        load = asyncio.create_task(in_thread(self.load))
        most = await self.watch(before, load)
        report = await load
        last = await self.settle(first)
        for task in tasks:
            task.cancel()
        self.judge(first, last, report, before, most)

    def load(self):
        options = self.options
        if options.short:
            return self.devnet.load("--count", str(options.transfers), "--in-turn")
        count = int(options.minutes * 60 * options.rate)
        return self.devnet.load("--count", str(count), "--rate", str(options.rate), "--patience", "300")

    async def watch(self, before, load):
        """The most memory that the node took, looked at while there is load."""
        most, begin, said = before, time.monotonic(), 0
        while not load.done():
            await asyncio.sleep(0.5)
            most = max(most, self.node.resident())
            minute = int((time.monotonic() - begin) / 60)
            if minute > said:
                said = minute
                print(f"minute {minute}: {len(self.good[0].blocks)} blocks, {self.good[0].executed} transactions, memory "
                      f"{self.node.resident() >> 20} MiB, {sum(one.closed is not None for one in self.slow)} slow ones let go",
                      flush=True)
        return most

    async def settle(self, first):
        """The last block that all have; waits until they do."""
        last = await in_thread(self.height) - 1
        end = time.monotonic() + 30
        while time.monotonic() < end and any(not one.blocks or one.blocks[-1] < last for one in self.good):
            await asyncio.sleep(0.1)
        await asyncio.sleep(0.5)  # what is behind the last block, of all
        return last

    def judge(self, first, last, report, before, most):
        status, load = report
        check("transfers are final", status == 0 and load.get("final", 0) > 0, load)
        check("nobody who reads was let go", not any(one.closed for one in self.good),
              [one.closed for one in self.good if one.closed][:3])
        wrong = [one.blocks[:20] for one in self.good if one.blocks[:last - first + 1] != list(range(first, last + 1))]
        check("every block once, in order", not wrong, (len(wrong), first, last, wrong[:2]))
        shortest = min(len(one.blocks) for one in self.good)
        same = {one.digest.hexdigest() for one in self.good if len(one.blocks) == len(self.good[0].blocks)}
        check("all got the same bytes", len(same) == 1 and shortest >= last - first + 1, (len(same), shortest))
        executed = self.good[0].executed
        in_blocks = sum(len(self.devnet.ask({"http": self.node.address}, f"/blocks/{height}")["transactions"])
                        for height in range(first + 1, last + 1))
        check("every transaction of these blocks", executed >= in_blocks > 0, (executed, in_blocks))
        grown = most - before
        check("memory has a bound", grown < self.options.memory * MIB, f"{grown >> 20} MiB")
        begun = {height: min(one.times[height] for one in self.good if height in one.times) for height in self.good[0].times}
        lags = [at - begun[height] for one in self.good for height, at in one.times.items() if height in begun]
        metrics = self.metrics()
        gone = [one.closed for one in self.slow if one.closed]
        check("who reads slowly is let go by the node only", len(gone) <= int(metrics), (metrics, gone[:3]))
        print(f"listeners: {len(self.good)} that read, {len(self.slow)} slow; {last - first + 1} blocks, {executed} transactions, "
              f"{sum(len(one.blocks) + one.executed for one in self.good)} events read; behind the first reader p50 "
              f"{share(lags, .5) * 1000:.1f} ms, p99 {share(lags, .99) * 1000:.1f} ms, most {max(lags, default=0) * 1000:.0f} ms; memory "
              f"{before >> 20} MiB before, {most >> 20} MiB at most; let go {metrics}", flush=True)

    def metrics(self):
        connection = http.client.HTTPConnection(self.node.address, timeout=10)
        connection.request("GET", "/metrics")
        text = connection.getresponse().read().decode()
        return next((line.split()[1] for line in text.splitlines() if line.startswith("dusk_http_listeners_cut_off_total")), "0")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--subscribers", type=int, default=1000)
    parser.add_argument("--nodes", type=int, default=4)
    parser.add_argument("--block-time", type=int, default=1)
    parser.add_argument("--rate", type=float, default=3, help="transfers a second")
    parser.add_argument("--memory", type=int, default=256, help="MiB that the node may take more")
    parser.add_argument("--short", action="store_true")
    options = parser.parse_args()
    if options.short:
        options.subscribers, options.transfers = min(options.subscribers, 200), 20
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(8192, hard), hard))
    kind = ["--instant"] if options.short else ["--nodes", str(options.nodes), "--block-time", str(options.block_time)]
    with tempfile.TemporaryDirectory() as folder:
        devnet = Devnet(os.path.abspath(options.program), folder + "/net", *kind, "--port-base", "39700", "--http-port-base", "38780")
        try:
            if options.short:
                devnet.wait("the node answers", lambda: any(s and s["idle"] for s in devnet.statuses()), 60)
            else:
                devnet.wait("first final blocks", lambda: devnet.all_final(2), 120)
            asyncio.run(Run(devnet, options).go())
            check("it stops when asked to", devnet.stop() == 0)
        except (RuntimeError, OSError, ValueError, TypeError) as error:
            check("the devnet works", False, repr(error))
        finally:
            devnet.kill()
    check.end("listeners")


if __name__ == "__main__":
    main()
