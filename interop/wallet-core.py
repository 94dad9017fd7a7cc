#!/usr/bin/env python3
"""The official wallet-core, as WASM under Node, against a node of ours (`./dev interop wallet-core`, docs/clients.md).

A devnet of one node, with the wallets of docs/genesis.md. The modules are the released files, which nodes of `rusk` serve;
WALLET_CORE names another file. On devnet nodes serve ours under these names (docs/design/wasm.md).
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

from clients import javascript, one_node, test_wallets
from rusk import blocks

HERE = pathlib.Path(__file__).resolve().parent
VERSIONS = ("1.6.1", "1.6.0")


def wallet_of(node, folder, phrase, index):
    """What the flows are told of a wallet; its public keys as `dusk keys` derives them."""
    profile = node.make_wallet(folder / f"{index}.wallet", phrase)
    return {"seed": test_wallets.seed(phrase).hex(), "account": blocks.from_base58(profile["account"], 96).hex(),
            "address": blocks.from_base58(profile["address"], 64).hex()}


def module(program, version):
    if "WALLET_CORE" in os.environ:
        return pathlib.Path(os.environ["WALLET_CORE"]).resolve()
    path = program.resolve().parent.parent / "contracts" / "official" / f"wallet_core-{version}.wasm"
    if not path.exists():
        sys.exit(f"interop: {path} is missing; ./dev build makes it")
    return path


def play(options, version, folder):
    """Status of the flows with this version, on a node of their own."""
    node = one_node.devnet(options.program, folder / "node", test_wallets.PHRASES[0])
    try:
        node.start()
        node.wait_height(0)
        settings = folder / "settings.json"
        settings.write_text(json.dumps({
            "url": f"http://{node.http}", "version": version, "wasm": str(module(options.program, version)), "chainId": 100,
            "counter": str(options.counter.resolve()),
            "wallets": [wallet_of(node, folder, phrase, i) for i, phrase in enumerate(test_wallets.PHRASES)]}))
        return subprocess.run([javascript.node(), HERE / "clients/wallet_core/flows.mjs", settings], check=False).returncode
    finally:
        node.stop()


def main():
    parser = argparse.ArgumentParser(prog="./dev interop wallet-core", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True, type=pathlib.Path, help=argparse.SUPPRESS)
    parser.add_argument("--counter", required=True, type=pathlib.Path, help=argparse.SUPPRESS)
    parser.add_argument("--only", choices=VERSIONS, help="one version")
    options = parser.parse_args()
    status = 0
    for version in ("of WALLET_CORE",) if "WALLET_CORE" in os.environ else [options.only] if options.only else VERSIONS:
        with tempfile.TemporaryDirectory(prefix="interop-wallet-core-") as folder:
            status |= play(options, version, pathlib.Path(folder))
    return status


if __name__ == "__main__":
    sys.exit(main())
