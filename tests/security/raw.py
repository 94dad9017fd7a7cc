"""Bytes to a server, whatever they are, and what comes back."""
import socket
import time


def connect(address, timeout=5):
    host, port = address.rsplit(":", 1)
    return socket.create_connection((host, int(port)), timeout=timeout)


def read_all(connection, wait):
    """What comes until the connection ends, or nothing comes for so long."""
    out = b""
    connection.settimeout(wait)
    try:
        while part := connection.recv(1 << 20):
            out += part
    except (TimeoutError, ConnectionError):
        pass
    return out


def exchange(address, request, wait=1.0):
    """What the server answers to these bytes; the connection is ours to close."""
    with connect(address) as connection:
        try:
            connection.sendall(request)
        except (ConnectionError, TimeoutError):
            pass  # it does not want to hear more; what it said comes all the same
        return read_all(connection, wait)


def request(method, path, headers=(), body=b"", last=True):
    """`last`: no other follows, and the server ends the connection."""
    lines = [f"{method} {path} HTTP/1.1", "Host: node", *headers]
    if last and not any(header.startswith("Connection") for header in headers):
        lines.append("Connection: close")
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def status(answer):
    """Of the first answer; 0: there is none."""
    return int(answer[9:12]) if answer.startswith(b"HTTP/1.1 ") else 0


def answers(data):
    return data.count(b"HTTP/1.1 ")


def until(ready, seconds):
    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True
