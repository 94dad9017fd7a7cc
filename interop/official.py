"""The official program of interop/oracle/transactions: random blocks for tx.py, times of blocks for bench/compare.py."""
import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent
SOURCE = ROOT / "interop/oracle/transactions"


def build():
    """Where it is, built by Cargo: in the folder of ../shared/oracle/run, whose oracle of transactions is made of the
    same crates."""
    cache = pathlib.Path(os.environ.get("ORACLE_CACHE", pathlib.Path.home() / ".cache/dusk-oracle"))
    target = cache / "transactions"
    subprocess.run(["cargo", "build", "--release", "--locked", "--quiet", "--manifest-path", SOURCE / "Cargo.toml"],
                   env={**os.environ, "CARGO_TARGET_DIR": str(target)}, cwd=ROOT, check=True)
    return target / "release/transactions-interop-oracle"
