#!/usr/bin/env python3
"""Throws datagrams at nodes of this machine, as fast as one process sends, each from an address of 127.0.0.0/8.

    attacks.py KIND --to PORTS [--seconds S] [--rate N] [--sources N] [--round R] [--previous HASH]

An address of its own is what makes a node to Kadcast: identifier and proof of work go with it (spec/network.md 1).
"""
import argparse
import gzip
import hashlib
import itertools
import json
import os
import pathlib
import random
import re
import socket
import struct
import time

SYMBOL = 1296
KEYS = pathlib.Path(__file__).resolve().parent.parent / "vectors" / "crypto" / "bls.json.gz"
NO_ATTESTATION = b"\x00\x03" + bytes(112)


class Source:
    """Somebody who does not exist, with the least work that nodes take."""

    def __init__(self, draws, network):
        self.ip = bytes([127, draws.randrange(1, 128), draws.randrange(256), draws.randrange(1, 255)])
        port = struct.pack("<H", draws.randrange(1024, 65536))
        number = hashlib.blake2s(port + self.ip).digest()[:16]
        for nonce in itertools.count():
            work = struct.pack("<I", nonce)
            if hashlib.blake2s(number + work).digest()[31] == 0:
                break
        self.header = number + work + port + bytes([network]) + bytes(2)

    def packet(self, kind, body):
        return bytes([kind]) + self.header + body

    def chunk(self, ray_id, length, sub_blocks, symbol_id, symbol):
        """A symbol of an object for a large part of the network."""
        info = length.to_bytes(5, "big") + b"\0" + struct.pack(">HBHB", SYMBOL, 1, sub_blocks, 8)
        frame = ray_id + info + b"\0" + symbol_id.to_bytes(3, "big") + symbol
        return self.packet(10, b"\x78" + struct.pack("<I", len(frame)) + frame)

    def object(self, content):
        """An object of one symbol."""
        ray_id = hashlib.blake2s(struct.pack("<I", len(content)) + content).digest()
        return self.chunk(ray_id, len(content), 1, 0, content.ljust(SYMBOL, b"\0"))


class Keys:
    """Points that are keys and signatures, of nobody who has a stake and of nothing that was asked."""

    def __init__(self):
        text = gzip.open(KEYS, "rt").read()
        self.keys = [bytes.fromhex(key) for key in sorted(set(re.findall(r'"pk": ?"([0-9a-f]{192})"', text)))]
        self.signatures = [bytes.fromhex(s) for s in sorted(set(re.findall(r'"sig(?:nature)?": ?"([0-9a-f]{96})"', text)))]


def random_datagrams(draws, _options):
    while True:
        first = bytes([draws.choice([0, 1, 2, 3, 10])]) if draws.random() < 0.5 else b""
        yield first + os.urandom(draws.randrange(1400))


def pings(_draws, _options, source):
    return source.packet(0, struct.pack("<BHH", 1, 0, 0))


def questions(_draws, _options, source):
    return source.packet(2, struct.pack("<BHH", 1, 0, 0) + os.urandom(16))


def unfinished(draws, _options, source):
    """Half of them begin an object of 10 MB, half go on with one."""
    ray_id = os.urandom(32) if draws.random() < 0.5 else source.header[:16] * 2
    return source.chunk(ray_id, 10_485_759, 2, draws.randrange(65536), os.urandom(SYMBOL))


def noise(draws, _options, source):
    return source.object(os.urandom(draws.randrange(1, SYMBOL)))


def votes(draws, options, source):
    header = options.previous + struct.pack("<QB", options.round, 0)
    vote = b"\x01" + os.urandom(32)
    info = draws.choice(options.keys.keys) + draws.choice(options.keys.signatures)
    if draws.random() < 0.5:
        return source.object(b"\x01\0\0\0\0\x11" + header + vote + info)
    result = bytes(56) + b"\x03\xff"
    return source.object(b"\x01\0\0\0\0\x12" + header + vote + struct.pack("<Q", int(time.time())) + result + info)


def candidates(draws, options, source):
    content = struct.pack("<BQQ", 1, options.round, int(time.time())) + options.previous + os.urandom(48 + 32)
    content += bytes(256) + draws.choice(options.keys.keys) + bytes(64) + struct.pack("<QB", 3_000_000_000, 0)
    content += NO_ATTESTATION + b"\0"
    block = content + NO_ATTESTATION + hashlib.sha3_256(content).digest() + draws.choice(options.keys.signatures)
    return source.object(b"\x01\0\0\0\0\x10" + block + bytes(8))


KINDS = {"random": random_datagrams, "pings": pings, "questions": questions, "unfinished": unfinished, "noise": noise,
         "votes": votes, "candidates": candidates}


def datagrams(options, draws, sources):
    """Pairs of an address that it comes from and a datagram."""
    make = KINDS[options.kind]
    if make is random_datagrams:
        for datagram in make(draws, options):
            yield draws.choice(sources).ip, datagram
    for source in itertools.cycle(sources):
        yield source.ip, make(draws, options, source)


def shoot(options):
    draws = random.Random(options.seed)
    sources = [Source(draws, options.network) for _ in range(options.sources)]
    targets = itertools.cycle([("127.0.0.1", int(port)) for port in options.to.split(",")])
    sent = size = 0
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
        begin = now = time.monotonic()
        for ip, datagram in datagrams(options, draws, sources):
            said = struct.pack("i4s4s", 0, ip, bytes(4))  # IP_PKTINFO: where it comes from
            out.sendmsg([datagram], [(socket.IPPROTO_IP, 8, said)], 0, next(targets))
            sent, size = sent + 1, size + len(datagram)
            if sent % 32:
                continue
            now = time.monotonic()
            if options.rate and sent > options.rate * (now - begin):
                time.sleep(sent / options.rate - (now - begin))
            if now - begin >= options.seconds:
                break
    return {"kind": options.kind, "datagrams": sent, "bytes": size, "seconds": now - begin}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("--to", required=True, help="ports on 127.0.0.1, separated by commas")
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--rate", type=float, default=0, help="datagrams a second; 0: as fast as it goes")
    parser.add_argument("--sources", type=int, default=3000)
    parser.add_argument("--network", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--round", type=int, default=1)
    parser.add_argument("--previous", type=bytes.fromhex, default=bytes(32))
    options = parser.parse_args()
    options.keys = Keys()
    print(json.dumps(shoot(options)))


main()
