#!/usr/bin/env python3
"""Random contracts and scripts on the official VM and on ours: the same results, gas, events and roots.

The oracle (interop/oracle/vm, built here by Cargo) makes scenarios from a seed and writes down what the official VM
does: modules of wasm-smith, turned into contracts or as they are for the verdict alone; contracts of known shape that
access memory, call each other and fail; programs of an interpreter. Our player (`interop-vm`) compares every step.

The official process dies of some inputs that contracts of wasm-smith may have (spec/vm.md §3): then what went before
is compared, ours must survive the step, and the death is counted as excused. Any other death is a failure.

A failed scenario is kept in `--keep`; `build/release/bin/interop-vm FILE` plays it again.
The last line is `interop vm: N scenarios, M modules, K calls; N passed, N failed`; status 1 when one failed.
"""
import argparse
import collections
import concurrent.futures
import json
import os
import pathlib
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
CACHE = pathlib.Path(os.environ.get("DUSK_CACHE", pathlib.Path.home() / ".cache/dusk"))

PLAYER_CPU_SECONDS = 120  # twice what a process of the oracle gets
WAITED_SECONDS = 1800  # only what waits for ever takes longer


def limit_cpu():
    resource.setrlimit(resource.RLIMIT_CPU, (PLAYER_CPU_SECONDS, PLAYER_CPU_SECONDS + 1))


def build_oracle():
    folder = ROOT / "interop/oracle/vm"
    target = CACHE / "cargo/vm-interop-oracle"
    subprocess.run(["cargo", "build", "--release", "--locked", "--quiet", "--manifest-path", folder / "Cargo.toml"],
                   env={**os.environ, "CARGO_TARGET_DIR": str(target)}, check=True)
    return target / "release/vm-interop-oracle"


def scenarios_of(lines):
    """The scenarios of an oracle's output. `died` is the step that ended the official process."""
    scenario = attempt = None
    for line in lines:
        try:
            item = json.loads(line)
        except json.JSONDecodeError:  # it was killed while it wrote; the line goes on with what became of it
            item = json.loads(line[line.rindex('{"end":'):])
        if "scenario" in item:
            scenario, attempt = {**item, "steps": [], "may_die": False}, None
        elif "attempt" in item:
            attempt = item["attempt"]
        elif "step" in item:
            scenario["steps"].append(item["step"])
            attempt = None
        elif "unfinished" in item:
            scenario["unfinished"] = item["unfinished"]
        elif "may_die" in item:
            scenario["may_die"] = True
        elif "end" in item:
            if scenario is None:
                scenario = {"scenario": item["end"], "kind": "none", "steps": [], "may_die": False}
            scenario["status"] = item["status"]
            if item["status"] != "ok" and attempt is not None:
                scenario["died"] = attempt
            yield scenario
            scenario = attempt = None


class Interop:
    def __init__(self, options, folder):
        self.options = options
        self.folder = folder
        self.counts = collections.Counter()
        self.start = time.monotonic()
        self.lock = threading.Lock()

    def say(self, text):
        print(f"[{time.monotonic() - self.start:6.0f} s] {text}", flush=True)

    def elapsed(self):
        return time.monotonic() - self.start > 60 * self.options.minutes

    def fail(self, scenario, text):
        self.counts["failed"] += 1
        self.options.keep.mkdir(parents=True, exist_ok=True)
        file = self.options.keep / f"{self.options.seed}-{scenario['scenario']}.json"
        file.write_text(json.dumps(scenario) + "\n")
        self.say(f"FAILED {scenario['kind']}, see {file}\n{text[:2000]}")

    def count(self, scenario):
        self.counts["scenarios"] += 1
        self.counts["unfinished"] += "unfinished" in scenario
        for step in scenario["steps"]:
            self.counts["modules"] += "code" in step
            self.counts["calls"] += step["op"] in ("call", "feeder_call")
            self.counts["finalized"] += step["op"] == "finalize"
            self.counts["commits"] += step["op"] == "commit"
            self.counts["accepted"] += step["op"] == "deploy" and "err" not in step and "code" in step
            self.counts["good"] += step["op"] in ("call", "feeder_call") and "err" not in step

    def play(self, scenario):
        """Our player's verdict on one scenario, which it gets alone: a crash has one cause."""
        file = self.folder / f"{scenario['scenario']}.json"
        file.write_text(json.dumps(scenario) + "\n")
        try:
            result = subprocess.run([self.options.player, file], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                    text=True, errors="replace", timeout=WAITED_SECONDS, check=False,
                                    preexec_fn=limit_cpu)
            status, text = result.returncode, result.stderr
        except subprocess.TimeoutExpired:
            status, text = "timeout", ""
        file.unlink()
        with self.lock:
            self.count(scenario)
            dead = scenario["status"] != "ok"
            if status != 0:
                self.fail(scenario, f"our player: status {status}\n{text}")
            elif dead and not scenario["may_die"]:
                self.fail(scenario, f"the official process: {scenario['status']} at {str(scenario.get('died'))[:300]}")
            else:
                self.counts["excused" if dead else "passed"] += 1

    def batch(self, number):
        size = self.options.batch
        command = [self.options.oracle, "--seed", self.options.seed, "--from", number * size, "--count", size,
                   "--contracts", ROOT / "tests/contracts"]
        if self.options.kind:
            command += ["--kind", self.options.kind]
        with subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, text=True,
                              env={**os.environ, "TMPDIR": str(self.folder)}) as oracle:
            seen = 0
            for scenario in scenarios_of(oracle.stdout):
                self.play(scenario)
                seen += 1
                if self.elapsed():
                    oracle.kill()
                    return
            if seen != size:
                with self.lock:
                    self.counts["failed"] += 1
                    self.say(f"FAILED batch {number}: the oracle made {seen} scenarios of {size}")

    def run(self):
        batches = iter(range(1 << 40))
        last = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(self.options.jobs) as pool:
            running = {pool.submit(self.batch, next(batches)) for _ in range(self.options.jobs)}
            while running:
                done, running = concurrent.futures.wait(running, 5, concurrent.futures.FIRST_COMPLETED)
                for future in done:
                    future.result()
                    if not self.elapsed():
                        running.add(pool.submit(self.batch, next(batches)))
                if time.monotonic() - last > 60:
                    last = time.monotonic()
                    self.say(self.summary())

    def summary(self):
        c = self.counts
        return (f"{c['scenarios']} scenarios, {c['modules']} modules ({c['accepted']} deployed), {c['calls']} calls "
                f"({c['good']} succeeded), {c['commits']} commits, {c['finalized']} finalized ({c['unfinished']} times "
                f"the official VM could not finalize or delete), {c['excused']} deaths excused; {c['passed']} passed, "
                f"{c['failed']} failed")


def main():
    parser = argparse.ArgumentParser(prog="./dev interop vm", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60, help="how long (60)")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().getrandbits(32), help="repeats a run")
    parser.add_argument("--kind", choices=("smith", "built", "script", "mixed", "verdict"), help="one kind of scenario")
    parser.add_argument("--batch", type=int, default=25, help="scenarios that one process of the oracle makes (25)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="batches at a time")
    parser.add_argument("--keep", type=pathlib.Path, default=pathlib.Path("build/interop-vm"),
                        help="where failed scenarios go (build/interop-vm)")
    parser.add_argument("--player", type=pathlib.Path, default=ROOT / "build/release/bin/interop-vm",
                        help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.oracle = build_oracle()
    shared = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # states are written often and kept never
    with tempfile.TemporaryDirectory(prefix="dusk-interop-", dir=shared) as folder:
        os.environ["TMPDIR"] = folder
        interop = Interop(options, pathlib.Path(folder))
        interop.say(f"seed {options.seed}")
        interop.run()
    print(f"interop vm: {interop.summary()}")
    return 1 if interop.counts["failed"] or not interop.counts["passed"] else 0


if __name__ == "__main__":
    sys.exit(main())
