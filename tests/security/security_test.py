#!/usr/bin/env python3
"""A node whose clients are hostile: whatever they send, it answers with an error or hangs up, goes on to serve others, and its
memory stays within bounds.

    security_test.py PROGRAM
"""
import pathlib
import resource
import sys
import tempfile
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "devnet"))
import graphql_attacks  # noqa: E402
import http_attacks  # noqa: E402
import raw  # noqa: E402
import socket_attacks  # noqa: E402
from checks import check  # noqa: E402
from running_devnet import Devnet  # noqa: E402
from target import Target  # noqa: E402
from web_socket import WebSocket  # noqa: E402


def listen(socket, events):
    """Answers pings, as clients do."""
    try:
        while True:
            events.append(socket.receive())
    except (OSError, EOFError):
        pass


def main(program):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(8192, hard), hard))
    with tempfile.TemporaryDirectory() as folder:
        devnet = Devnet(program, folder + "/devnet", "--instant", "--port-base", "39500", "--http-port-base", "38580")
        try:
            devnet.wait("the node answers", lambda: any(s and s["idle"] for s in devnet.statuses()), 60)
            node = devnet.running()[0]
            target = Target(node["http"], node["pid"])
            honest = WebSocket(target.address, "/on", timeout=600)
            session = honest.receive()[1].decode()
            status = target.ask("GET", "/on/blocks/accepted", headers={"Rusk-Session-Id": session})[0]
            check("an honest client listens", status == 200)
            events = []
            threading.Thread(target=listen, args=(honest, events), daemon=True).start()
            for attacks in (http_attacks, graphql_attacks, socket_attacks):
                attacks.attack(target)
            check("it is the same process", devnet.running()[0]["pid"] == node["pid"])
            status, report = devnet.load("--count", "1", "--in-turn")
            check("transfers are final", status == 0 and report.get("final") == 1, report)
            check("the honest client gets its events", raw.until(lambda: events, 10))
            check("and nothing else", all(opcode == 2 for opcode, _ in events), events)
            check("files are given back", raw.until(lambda: target.open_files() < target.files + 30, 20), target.open_files())
            target.check_memory("at the end", 700 << 20)
            log = (devnet.folder / "node-0" / "log").read_text(errors="replace")
            check("the log has not grown without an end", len(log) < 5_000_000, len(log))
            check("it stops when asked to", devnet.stop() == 0)
        finally:
            devnet.kill()
    check.end("security")


if __name__ == "__main__":
    main(sys.argv[1])
