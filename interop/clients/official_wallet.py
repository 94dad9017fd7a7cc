"""The official wallet for the command line, rusk-wallet: built once from the package registry, and used as people use it."""
import os
import pathlib
import re
import subprocess
import sys

from . import terminal

VERSION = "0.3.0"
PASSWORD = "password"
CACHE = pathlib.Path(os.environ.get("DUSK_CACHE", pathlib.Path.home() / ".cache/dusk"))
SYSTEM_LIBRARIES = pathlib.Path("/usr/lib/x86_64-linux-gnu")


def program():
    """Where it is. The first build takes about ten minutes of a core; RUSK_WALLET names one that is there."""
    if "RUSK_WALLET" in os.environ:
        return pathlib.Path(os.environ["RUSK_WALLET"]).resolve()
    root = CACHE / "rusk-wallet" / VERSION
    found = root / "bin/rusk-wallet"
    if not found.exists():
        print(f"building rusk-wallet {VERSION} in {root} (about ten minutes of a core, once)", flush=True)
        root.mkdir(parents=True, exist_ok=True)
        env = dict(os.environ)
        if "ROCKSDB_LIB_DIR" not in env and (SYSTEM_LIBRARIES / "librocksdb.so").exists():
            # A RocksDB before 8.0 lacks one function, which is never called: an empty one is linked.
            stub = root / "stub.o"
            subprocess.run(["cc", "-xc", "-c", "-", "-o", stub], check=True, text=True,
                           input="void rocksdb_write_buffer_manager_destroy(void *p) { (void)p; }")
            env["ROCKSDB_LIB_DIR"] = str(SYSTEM_LIBRARIES)
            env["RUSTFLAGS"] = f"{env.get('RUSTFLAGS', '')} -C link-arg={stub}"
        subprocess.run(["cargo", "install", "rusk-wallet", "--version", f"={VERSION}", "--locked", "--root", root,
                        "--target-dir", CACHE / "cargo/rusk-wallet"], env=env, stdout=sys.stderr, check=True)
    return found


class OfficialWallet:
    """A wallet of one recovery phrase in a folder of its own, which asks `node` (HOST:PORT) for everything."""

    def __init__(self, executable, folder, node, phrase):
        self.executable, self.folder, self.node, self.phrase = executable, folder, f"http://{node}", phrase
        folder.mkdir(parents=True)

    def _words(self, words):
        servers = [word for name in ("state", "prover", "archiver") for word in (f"--{name}", self.node)]
        return [self.executable, "--wallet-dir", self.folder, *servers, "--log-type", "plain", *words]

    def _environment(self):
        return {"HOME": str(self.folder), "PATH": os.environ["PATH"], "TERM": "xterm", "RUSK_WALLET_PWD": PASSWORD}

    def restore(self):
        return terminal.answer(self._words(["restore"]), [("mnemonic phrase", self.phrase), ("Password:", PASSWORD),
                                                          ("Confirm password", PASSWORD)], self._environment())

    def run(self, *words):
        """All that it prints. It ends with status 0 whatever happens."""
        done = subprocess.run([str(word) for word in self._words(words)], env=self._environment(),
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              timeout=300, check=False)
        return done.stdout

    def run_in_terminal(self, answers, *words):
        return terminal.answer(self._words(words), answers, self._environment(), 120)

    def send(self, *words):
        """(id of the transaction, once it is in a block, or None; all that was printed)"""
        printed = self.run(*words)
        last = printed.strip().splitlines()[-1] if printed.strip() else ""
        return (last if re.fullmatch("[0-9a-f]{64}", last) else None), printed
