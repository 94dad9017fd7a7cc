"""A client of WebSockets (RFC 6455), as much as the tests need: text and binary messages, pings, closes."""
import base64
import os
import socket
import struct


class WebSocket:
    def __init__(self, address, path, timeout=30):
        host, port = address.rsplit(":", 1)
        self.socket = socket.create_connection((host, int(port)), timeout=timeout)
        self.rest = b""
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall((f"GET {path} HTTP/1.1\r\nHost: {address}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                             f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n").encode())
        while b"\r\n\r\n" not in self.rest:
            self.rest += self.more()
        head, self.rest = self.rest.split(b"\r\n\r\n", 1)
        lines = head.decode("latin-1").split("\r\n")
        self.status = int(lines[0].split()[1])
        self.headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines[1:])}

    def more(self):
        data = self.socket.recv(65536)
        if not data:
            raise EOFError("the server closed the connection")
        return data

    def take(self, count):
        while len(self.rest) < count:
            self.rest += self.more()
        out, self.rest = self.rest[:count], self.rest[count:]
        return out

    def send(self, opcode, data):
        mask = os.urandom(4)
        masked = bytes(byte ^ mask[i % 4] for i, byte in enumerate(data))
        if len(data) < 126:
            length = bytes([0x80 | len(data)])
        else:
            length = bytes([0xfe]) + struct.pack(">H", len(data)) if len(data) < 65536 else bytes([0xff]) + struct.pack(">Q", len(data))
        self.socket.sendall(bytes([0x80 | opcode]) + length + mask + masked)

    def receive(self):
        """(opcode, data) of the next message; pings are answered."""
        while True:
            first, length = self.take(2)
            if length == 126:
                length = struct.unpack(">H", self.take(2))[0]
            elif length == 127:
                length = struct.unpack(">Q", self.take(8))[0]
            data = self.take(length)
            if first & 0xf == 9:
                self.send(10, data)
            else:
                return first & 0xf, data
