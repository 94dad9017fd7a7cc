#!/usr/bin/env python3
"""The web page in front of a released Rust node (`./dev interop page`, docs/web.md): every page of the explorer and the wallet in
Chromium, with web/dist at /ui/ and the rest passed to the node. RUSK names a node that is there already; else the first run
builds one.
"""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

from clients import javascript, one_node, one_rust_node, test_wallets
from clients.our_wallet import OurWallet

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROVISIONER, PAYER, PAYEE, RESTORED = 0, 5, 6, 7
MEMO = "seen by the page"
TESTS = {None: "rust_", "explorer": "rust_node.e2e", "wallet": "rust_wallet.e2e"}  # in web/e2e


def start(program, folder):
    """A network of one Rust node, once it makes blocks; and the file of the password of its keys."""
    genesis = folder / "genesis.toml"
    subprocess.run([program, "genesis", "new", genesis, "--provisioners", "1"], stdout=subprocess.DEVNULL, check=True)
    keys = one_node.OneNode(program, folder / "keys", "rusk", genesis, test_wallets.PHRASES[PROVISIONER], 2)
    node = one_rust_node.OneRustNode(ROOT, javascript.CACHE, folder / "rust", genesis, keys.folder / "consensus.keys", 2)
    node.start()
    end = time.monotonic() + 300
    while node.node.height() < 1:
        if time.monotonic() > end or not node.node.is_running():
            node.stop()
            sys.exit(f"interop page: the Rust node makes no block; its log: {node.node.folder / 'log'}")
        time.sleep(0.5)
    return node, keys


def pay(program, folder, node, keys):
    """A transaction with a memo that is in a block: its name, and the accounts of who paid and who was paid."""
    payer, payee = (OurWallet(program, folder / f"wallet-{index}", keys.password_file) for index in (PAYER, PAYEE))
    accounts = [wallet.restore(test_wallets.PHRASES[index], node.http, "rusk")[1]["profiles"][0]["account"]
                for wallet, index in ((payer, PAYER), (payee, PAYEE))]
    status, report = payer.pay("send", accounts[1], "12.5", "--memo", MEMO)
    if status != 0 or report["state"] != "done":
        sys.exit(f"interop page: no payment: {report}")
    return report["id"], accounts


def main():
    parser = argparse.ArgumentParser(prog="./dev interop page", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True, type=pathlib.Path, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=pathlib.Path, help="for everything that is made, which then stays")
    parser.add_argument("--only", choices=["explorer", "wallet"], help="one part of the page")
    options = parser.parse_args()
    program = options.program.resolve()
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="interop-page-"))
    folder = (options.folder or scratch).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    web = ROOT / "web"
    try:
        subprocess.run(["npm", "run", "--silent", "build", "--", "--logLevel", "warn"], cwd=web, stdout=sys.stderr, check=True)
        node, keys = start(program, folder)
        try:
            transaction, (payer, payee) = pay(program, folder, node, keys)
            env = {**os.environ, "DUSK": str(program), "RUST_NODE": f"http://{node.http}", "RUST_TRANSACTION": transaction,
                   "RUST_PAYER": payer, "RUST_PAYEE": payee, "RUST_MEMO": MEMO,
                   "RUST_PHRASE": test_wallets.PHRASES[RESTORED]}
            return subprocess.run(["npm", "run", "--silent", "e2e", "--", TESTS[options.only]], cwd=web, env=env, check=False).returncode
        finally:
            node.stop()
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
