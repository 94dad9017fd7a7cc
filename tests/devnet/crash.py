#!/usr/bin/env python3
"""Kills nodes of a devnet at random moments while transfers run: nothing that was final is lost, no fork, no repair.

    crash.py PROGRAM [--kills N] [--nodes N] [--block-time S] [--seed S] [--rate TPS] [--folder DIR]

One node at a time gets SIGKILL; the devnet starts it again. Now and then most of them are killed at once. Everything
that a node ever called final is written down and compared with what all nodes say at the end. The last line is
`crash: N passed, N failed`.
"""
import argparse
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time

from running_devnet import Devnet


class Witness(threading.Thread):
    """Asks all nodes again and again which blocks are final, and finds contradictions."""

    def __init__(self, devnet):
        super().__init__(daemon=True)
        self.devnet, self.final, self.problems, self.stopped = devnet, {}, [], False

    def look(self):
        for node in self.devnet.running():
            status = self.devnet.ask(node, "/status")
            if not status:
                continue
            top = status["final_height"]
            for height in range(max(1, top - 3), top + 1):
                block = self.devnet.ask(node, f"/blocks/{height}")
                if block and block["label"] == "final":
                    self.note(height, block, node)

    def note(self, height, block, node):
        known = self.final.setdefault(height, (block["hash"], block["state_root"]))
        if known != (block["hash"], block["state_root"]):
            self.problems.append(f"height {height}: {known} was final, {node['folder']} has {block['hash']}")

    def run(self):
        while not self.stopped:
            self.look()
            time.sleep(0.3)

    def compare_all(self):
        """Every height that anybody called final, in every node."""
        for node in self.devnet.running():
            for height in sorted(self.final):
                block = self.devnet.ask(node, f"/blocks/{height}")
                if not block:
                    self.problems.append(f"height {height} was final, and {node['folder']} has no block there")
                else:
                    self.note(height, block, node)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--nodes", type=int, default=4)
    parser.add_argument("--block-time", type=int, default=1)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--rate", type=float, default=5)
    parser.add_argument("--folder", default=None)
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else random.randrange(2**32)
    draw = random.Random(seed)
    print(f"seed {seed}", flush=True)
    temporary = None if options.folder else tempfile.TemporaryDirectory()
    folder = pathlib.Path(options.folder or temporary.name) / "net"
    folder.parent.mkdir(parents=True, exist_ok=True)
    devnet = Devnet(os.path.abspath(options.program), folder, "--keep", "--nodes", str(options.nodes), "--block-time",
                    str(options.block_time), "--port-base", "29100", "--http-port-base", "28080")
    problems, loads, kills = [], [], 0
    try:
        devnet.wait("first final blocks", lambda: devnet.all_final(2), 90)
        witness = Witness(devnet)
        witness.start()
        stop_load = threading.Event()

        def transfers():
            while not stop_load.is_set():
                count = str(int(options.rate * 20))
                loads.append(devnet.load("--count", count, "--rate", str(options.rate), "--patience", "600"))

        load = threading.Thread(target=transfers, daemon=True)
        load.start()
        start = time.monotonic()
        while kills < options.kills:
            # At any moment of a round; every third time after a new final block, so that the chain moves.
            if draw.random() < 0.33:
                height = max(witness.final)
                devnet.wait("blocks between the kills", lambda: devnet.some_final(height + 1), 180)
            time.sleep(draw.uniform(0.0, 4.0))
            nodes = devnet.running()
            victims = draw.sample(nodes, draw.choice([1, 1, 1, 1, 1, 1, 1, 2, len(nodes) - 1, len(nodes)]))
            for node in victims:
                try:
                    os.kill(node["pid"], signal.SIGKILL)
                    kills += 1
                except OSError:
                    pass
            # All of them are up again before the next blow; how long they were is drawn.
            pids = {node["pid"] for node in victims}
            devnet.wait("killed nodes are started again",
                        lambda: not pids & {n["pid"] for n in devnet.running()}, 60)
            if kills % 10 < len(victims):
                top = max([s["final_height"] for s in devnet.statuses() if s] or [0])
                print(f"{kills} kills, final height {top}, {time.monotonic() - start:.0f} s", flush=True)
        stop_load.set()
        height = max(witness.final)
        devnet.wait("blocks after the last kill", lambda: devnet.all_final(height + 2), 300)
        load.join(900)
        witness.stopped = True
        witness.join()
        witness.look()
        witness.compare_all()
        problems += witness.problems
        for status, report in loads:
            if status != 0:
                problems.append(f"transfers: {report}")
        sent, final = sum(r.get("sent", 0) for _, r in loads), sum(r.get("final", 0) for _, r in loads)
        refused = sum(r.get("refused", 0) for _, r in loads)
        print(f"{kills} kills, {len(witness.final)} final heights watched, highest {max(witness.final)}; "
              f"{sent} transfers, {final} final, {refused} refused, {time.monotonic() - start:.0f} s")
    except (RuntimeError, ValueError, OSError, subprocess.TimeoutExpired) as error:
        problems.append(str(error))
    finally:
        try:
            status = devnet.stop()
            if status != 0:
                problems.append(f"the devnet ended with status {status}: {devnet.output()[-2000:]}")
        except subprocess.TimeoutExpired:
            problems.append("the devnet does not stop when asked to")
        devnet.kill()
    for problem in problems:
        print(f"FAILED {problem}")
    print(f"crash: {kills if not problems else 0} passed, {len(problems)} failed")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
