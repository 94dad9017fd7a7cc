#!/usr/bin/env python3
"""How long the command line takes, beside what it waits for: until the first output, and a payment beyond its proof.

    ./dev bench cli [--runs N]

Starts: the median of N runs (30) from exec to the first byte of output; what answers at once is measured to its end.
Payments: `dusk wallet send --no-wait` to the end of the process, with a password whose derivation costs next to nothing,
against a devnet on this machine; of a shielded payment the time of the proof is subtracted, which the wallet measures
itself. The keys of the prover are there before (the first payment makes them).
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent.parent / "tests/devnet"))
from running_devnet import Devnet

CHEAP = ("--kdf-memory", "8", "--kdf-passes", "1")


def first_output(command):
    """Milliseconds until the first byte, and until the end."""
    begin = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL) as process:
        process.stdout.read(1)
        first = time.perf_counter()
        process.stdout.read()
        process.wait()
        return 1000 * (first - begin), 1000 * (time.perf_counter() - begin)


def starts(program, wallet, runs):
    for words in (["--help"], ["wallet", "--help"], ["wallet", "profiles", *wallet], ["wallet", "balance", "--public", *wallet]):
        times = [first_output([program, *words]) for _ in range(runs)]
        name = " ".join(word for word in words if word not in wallet)
        print(f"| dusk {name}, first output | {statistics.median(t[0] for t in times):.1f} ms | "
              f"{max(t[0] for t in times):.1f} ms |", flush=True)


def pay(program, wallet, password, *words):
    command = [program, "wallet", "send", *words, *wallet, "--password-file", password, "--yes", "--no-wait", "--json"]
    begin = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, check=False)
    took = 1000 * (time.perf_counter() - begin)
    if done.returncode != 0:
        raise RuntimeError(done.stdout.decode())
    return took


def run(program, *words):
    return json.loads(subprocess.run([program, *map(str, words), "--json"], stdout=subprocess.PIPE, check=True,
                                     stdin=subprocess.DEVNULL).stdout)


def wait_until_settled(program, wallet):
    end = time.monotonic() + 60
    while run(program, "wallet", "pending", *wallet)["pending"]:
        if time.monotonic() > end:
            raise RuntimeError("a payment is in no block")
        time.sleep(0.1)


def payments(program, wallet, password, profiles, runs):
    public = []
    for _ in range(runs):
        public.append(pay(program, wallet, password, profiles[1]["account"], "0.001"))
    wait_until_settled(program, wallet)
    print(f"| public payment, whole command | {statistics.median(public):.1f} ms | {max(public):.1f} ms |", flush=True)
    beyond = []
    folder = pathlib.Path(wallet[1])
    for i in range(max(3, runs // 6) + 1):
        took = pay(program, wallet, password, profiles[1]["address"], "0.001")
        proof = json.loads((folder / "wallet.json").read_text())["proof_milliseconds"][0]
        wait_until_settled(program, wallet)
        if i > 0:  # the first one may have made the key
            beyond.append((took - proof, proof))
    print(f"| shielded payment beyond its proof of {statistics.median(p for _, p in beyond):.0f} ms | "
          f"{statistics.median(b for b, _ in beyond):.1f} ms | {max(b for b, _ in beyond):.1f} ms |", flush=True)


def measure(program, parent, runs):
    devnet = Devnet(program, parent / "devnet", "--instant", "--keep", "--port-base", "39900", "--http-port-base", "38980")
    try:
        devnet.wait("the node answers", lambda: any(s and s["idle"] for s in devnet.statuses()), 120)
        password = parent / "password"
        password.write_text("secret\n")
        wallet = ["--wallet", str(parent / "wallet")]
        profiles = run(program, "wallet", "create", *wallet, "--password-file", password, "--profiles", 2,
                       "--default-node", devnet.running()[0]["http"], *CHEAP)["profiles"]
        run(program, "devnet", "faucet", "--folder", devnet.folder, profiles[0]["account"], "--amount", "1000")
        print("| what | median | worst |\n| --- | --- | --- |", flush=True)
        starts(program, wallet, runs)
        run(program, "wallet", "shield", "100", *wallet, "--password-file", password, "--yes")
        payments(program, wallet, str(password), profiles, runs)
        devnet.stop()
    finally:
        devnet.kill()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--runs", type=int, default=30)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        measure(os.path.abspath(options.program), pathlib.Path(place), options.runs)
