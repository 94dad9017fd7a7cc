"""The released data drivers of the genesis contracts as WASM, built by Cargo (interop/oracle/data-drivers)."""
import json
import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCE = ROOT / "interop/oracle/data-drivers"
CONTRACTS = ("stake", "transfer")


def build():
    """Where they are, by contract."""
    cache = pathlib.Path(os.environ.get("DUSK_CACHE", pathlib.Path.home() / ".cache/dusk"))
    done = subprocess.run(["cargo", "build", "--release", "--locked", "--quiet", "--target", "wasm32-unknown-unknown",
                           "--message-format", "json", "--manifest-path", SOURCE / "Cargo.toml"],
                          env={**os.environ, "CARGO_TARGET_DIR": str(cache / "cargo/data-drivers")}, cwd=ROOT, check=True,
                          stdout=subprocess.PIPE, text=True)
    found = {}
    for message in map(json.loads, done.stdout.splitlines()):
        name = message.get("target", {}).get("name", "")
        for contract in CONTRACTS:
            if name == f"dusk_{contract}_contract_dd":
                found |= {contract: pathlib.Path(file) for file in message["filenames"] if file.endswith(".wasm")}
    return found
