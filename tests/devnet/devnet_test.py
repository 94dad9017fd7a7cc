#!/usr/bin/env python3
"""Four nodes from nothing: final blocks within a minute, transfers that become final, a clean stop, a second start.

    devnet_test.py PROGRAM
"""
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

from checks import check, run
from network_checks import check_network
from running_devnet import Devnet, alive


def stopped_node(program, folder):
    """The chain of a node that is not running: looked at, executed anew, and as a snapshot for another node."""
    data, blocks, snapshot = folder / "node-0" / "data", folder / "blocks.jsonl", folder / "state.snap"
    status, info = run(program, "db", "chain", "info", data)
    check("what is stored is told", status == 0 and info["tip_has_state"] and info["first_block"] == 1, info)
    status, report = run(program, "db", "chain", "check", data, "--full")
    check("the chain is sound", status == 0 and report["sound"] and report["blocks"] == info["blocks"], report)
    status, report = run(program, "db", "chain", "export", data, blocks)
    check("blocks are exported", status == 0 and report["blocks"] == info["blocks"], report)
    status, report = run(program, "chain", "exec", "--genesis", folder / "genesis.toml", "--blocks", blocks)
    check("executed anew they have the same states",
          status == 0 and report["blocks"][-1]["state_root"] == info["tip"]["state_root"], str(report)[-500:])

    toml = folder / "node-0" / "node.toml"
    status, report = run(program, "node", "snapshot", "export", snapshot, "--config", toml)
    final = info["final"]
    check("a snapshot is of the last final block", status == 0 and report["hash"] == final["hash"], report)
    other = folder / "node-3"
    kept = other / "kept"
    (other / "data").rename(kept)
    into = ["node", "snapshot", "import", snapshot, "--config", other / "node.toml"]
    status, report = run(program, *into, "--trusted-block", info["tip"]["hash"])
    check("a snapshot of another block than the trusted one is refused",
          status == 4 and report["error"]["code"] == "not_trusted", report)
    damaged = folder / "damaged.snap"
    content = bytearray(snapshot.read_bytes())
    content[-40] ^= 1
    damaged.write_bytes(content)
    status, report = run(program, "node", "snapshot", "import", damaged, "--config", other / "node.toml")
    check("a damaged snapshot is refused", status == 4, report)
    check("and leaves nothing", sorted(p.name for p in other.iterdir() if "data" in p.name) == [])
    status, report = run(program, *into, "--trusted-block", final["hash"])
    check("a snapshot becomes a node's folder", status == 0 and report["height"] == final["height"], report)
    status, report = run(program, *into)
    check("a folder that is in use is not touched", status == 5 and report["error"]["code"] == "file_exists", report)
    status, report = run(program, "db", "chain", "check", other / "data", "--full")
    check("what was imported is sound", status == 0 and report["headers_only"] == final["height"], report)
    (other / "data" / "journal").write_bytes((kept / "journal").read_bytes())
    return info["tip"]["height"]


def test(program, folder):
    options = ["--block-time", "1", "--keep", "--port-base", "19100", "--http-port-base", "18080"]
    devnet = Devnet(program, folder, *options)
    try:
        devnet.wait("final blocks", lambda: devnet.all_final(2), 60)
        check("final blocks within 60 s of the command", time.monotonic() - devnet.started < 60)
        nodes = devnet.running()
        check("four nodes", len(nodes) == 4)

        second = subprocess.run([program, "devnet", "--folder", str(folder), "--keep"], stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, check=False)
        check("a second start on the folder is refused", second.returncode == 5 and b"another process" in second.stderr,
              second.stderr)
        doctor = subprocess.run([program, "node", "doctor", "--config", str(folder / "node-0" / "node.toml")],
                                env={**os.environ, "DUSK_CONSENSUS_KEYS_PASS": "devnet"}, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, check=False)
        check("the doctor finds a running node healthy", doctor.returncode == 0, doctor.stdout)

        status, report = devnet.load("--count", "40", "--rate", "20")
        check("transfers become final and balances add up",
              status == 0 and report.get("final") == 40 and report.get("refused") == 0, report)

        check_network(program, folder, nodes)

        os.kill(nodes[1]["pid"], signal.SIGHUP)
        os.kill(nodes[2]["pid"], signal.SIGKILL)
        devnet.wait("a node that was killed is started again",
                    lambda: devnet.running()[2]["pid"] != nodes[2]["pid"] and devnet.all_final(1), 30)
        height = max(s["height"] for s in devnet.statuses() if s)
        devnet.wait("blocks after that", lambda: devnet.all_final(height + 1), 60)
        check("SIGHUP leaves a node running", alive(nodes[1]["pid"]))
        hashes = {str(devnet.ask(node, "/blocks/2")) for node in devnet.running()}
        check("all nodes have the same block", len(hashes) == 1, hashes)
        pids = [node["pid"] for node in devnet.running()]
        check("it stops when asked to", devnet.stop() == 0, devnet.output()[-500:])
        check("no node is left", not any(alive(pid) for pid in pids))
        height = max(height + 1, stopped_node(program, folder))

        devnet = Devnet(program, folder, *options)
        devnet.wait("it goes on where it was, one node from a snapshot", lambda: devnet.all_final(height + 2), 60)
        pids = [node["pid"] for node in devnet.running()]
        devnet.kill()
        end = time.monotonic() + 20
        while any(alive(pid) for pid in pids) and time.monotonic() < end:
            time.sleep(0.1)
        check("nodes end with their parent", not any(alive(pid) for pid in pids))
    except (RuntimeError, OSError, subprocess.TimeoutExpired) as error:
        check("the devnet works", False, error)
    finally:
        devnet.kill()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as parent:
        test(os.path.abspath(sys.argv[1]), pathlib.Path(parent) / "net")
    check.end("devnet")
