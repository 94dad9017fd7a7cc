#!/usr/bin/env python3
"""The official wallet rusk-wallet against our node, and `dusk wallet` against a Rust node (`./dev interop rusk-wallet`,
docs/clients.md).

Two parts: `official`, rusk-wallet 0.3.0 on a node of ours, once with the rules of `devnet` and once with those of `rusk`; and
`ours`, dusk wallet on a network of one released Rust node (1.7.0). The first run builds both programs from the package registry, outside the checkout: RUSK_WALLET and
RUSK name programs that are there already.
"""
import argparse
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests" / "devnet"))
from checks import Checks  # noqa: E402
from clients import data_drivers, javascript, official_wallet, one_node, one_rust_node, terminal, test_wallets
from clients.our_wallet import OurWallet

ROOT = pathlib.Path(__file__).resolve().parent.parent
DUSK = test_wallets.DUSK
PROVISIONER, PAYER, PAYEE = 0, 5, 6
BLOB_BYTES = 131072  # which the wallet does not fill up
ALL = "1000000"  # DUSK that each wallet has in public, and in secret


def told(printed, pattern):
    """The group of the pattern in what was printed, or None."""
    found = re.search(pattern, printed, re.MULTILINE)
    return found[1] if found else None


class Official:
    """The flows of rusk-wallet on a node of ours. `unproven`: what is printed where notes are to be spent."""

    def __init__(self, node, folder, counter, unproven, check):
        self.node, self.folder, self.counter, self.unproven, self.check = node, folder, counter, unproven, check
        self.executable = official_wallet.program()
        self.provisioner, self.payer, self.payee = (self.wallet(f"official-{index}", test_wallets.PHRASES[index])
                                                    for index in (PROVISIONER, PAYER, PAYEE))
        self.accounts = {}

    def wallet(self, name, phrase=None):
        return official_wallet.OfficialWallet(self.executable, self.folder / name, self.node.http, phrase)

    def public(self, wallet):
        printed = wallet.run("balance", "--address", self.accounts[wallet]["account"])
        return told(printed, r"^Total: ([\d.]+)$") or printed

    def shielded(self, wallet, *words):
        printed = wallet.run("balance", "--address", self.accounts[wallet]["address"], *words)
        return printed.strip().splitlines()[-1]

    def send(self, what, wallet, *words):
        name, printed = wallet.send(*words)
        self.check(f"{what}: in a block", name is not None, printed)
        return name

    def spent(self, name):
        """DUSK that a transaction cost."""
        query = f'{{ tx(hash: "{name}") {{ gasSpent tx {{ gasPrice }} }} }}'
        spent = json.loads(self.node.ask("POST", "/graphql", json.dumps({"query": query}),
                                         {"Content-Type": "application/json"})[1])["data"]["tx"]
        return spent["gasSpent"] * spent["tx"]["gasPrice"]

    def restore(self):
        for wallet in (self.provisioner, self.payer, self.payee):
            wallet.restore()
            keys = self.accounts[wallet] = self.node.make_wallet(wallet.folder / "ours.wallet", wallet.phrase)
            printed = wallet.run("profiles")
            self.check("the same profile in both wallets", keys["account"] in printed and keys["address"] in printed, printed)
            self.check("its file, read by ours", self.profiles_of(wallet.folder / "wallet.dat")[0] == keys)

    def made(self, name):
        """One that it makes from nothing but chance."""
        wallet = self.wallet(name)
        wallet.run("create", "--seed-file", wallet.folder / "phrase")
        return wallet

    def profiles_of(self, file, *words):
        """What ours reads in a wallet file of either kind."""
        return self.node.dusk("keys", "show", file, "--password-file", self.node.password_file, *words)["profiles"]

    def wallets(self):
        """Made, brought over as a file, and with a second profile."""
        made = self.made("official-made")
        keys = self.node.make_wallet(made.folder / "ours.wallet", (made.folder / "phrase").read_text())
        self.check("a wallet that it made, from its words", self.profiles_of(made.folder / "wallet.dat")[0] == keys)
        copied = self.wallet("official-copied")
        copied.run("restore", "--file", made.folder / "wallet.dat")
        self.check("the same from its file", keys["account"] in copied.run("profiles"))
        second = copied.run("profiles", "--new")
        expected = self.profiles_of(made.folder / "wallet.dat", "--profiles", 2)[1]
        self.check("a second profile", expected["account"] in second and expected["address"] in second, second)

    def balances(self):
        self.check("public", self.public(self.payer) == ALL, self.public(self.payer))
        self.check("shielded", self.shielded(self.payer) == ALL, self.shielded(self.payer))
        self.check("spendable at once", self.shielded(self.payer, "--spendable") == "400000")

    def transfer(self):
        payer, payee = self.accounts[self.payer]["account"], self.accounts[self.payee]["account"]
        name = self.send("a public payment", self.payer, "transfer", "--sender", payer, "--rcvr", payee, "--amt", "12.5",
                         "--memo", "from rusk-wallet")
        self.check("received", self.public(self.payee) == "1000012.5", self.public(self.payee))
        left = 1_000_000 * DUSK - 12_500_000_000 - self.spent(name)
        self.check("paid, exact to the lux", self.public(self.payer) == f"{left / DUSK:.9f}".rstrip("0"), self.public(self.payer))

    def shield(self):
        self.send("shielding", self.payer, "shield", "--amt", "20")
        self.check("and found", self.shielded(self.payer) == "1000020", self.shielded(self.payer))

    def staking(self):
        account = self.accounts[self.payer]["account"]
        self.send("staking", self.payer, "stake", "--address", account, "--amt", "1500")
        printed = self.payer.run("stake-info")
        self.check("the stake", told(printed, r"^Eligible stake: ([\d.]+) DUSK$") == "1500", printed)
        self.send("more of it", self.payer, "stake", "--address", account, "--amt", "500")
        printed = self.payer.run("stake-info")
        self.check("all of it", told(printed, r"^Eligible stake: ([\d.]+) DUSK$") == "2000", printed)
        self.send("unstaking", self.payer, "unstake", "--address", account)
        printed = self.payer.run("stake-info")
        self.check("nothing staked", "No active stake" in printed or "stake does not exist" in printed, printed)
        self.rewards()

    def rewards(self):
        account = self.accounts[self.provisioner]["account"]
        reward = float(self.provisioner.run("stake-info", "--reward").strip().splitlines()[-1])
        self.check("rewards", reward > 3, reward)
        self.send("claiming a part", self.provisioner, "claim-rewards", "--address", account, "--reward", "2")
        self.send("claiming", self.provisioner, "claim-rewards", "--address", account)

    def contracts(self):
        account = self.accounts[self.payer]["account"]
        start = (41).to_bytes(8, "little").hex()
        contract = told(self.payer.run("calculate-contract-id", "--profile-idx", "0", "--code", self.counter,
                                       "--deploy-nonce", "1"), r"\[([\d, ]+)\]")
        contract = bytes(map(int, contract.split(","))).hex()
        self.send("a deployment", self.payer, "contract-deploy", "--address", account, "--code", self.counter, "--init-args",
                  start, "--deploy-nonce", "1", "--gas-limit", "30000000")
        self.check("its first value", self.node.ask("POST", f"/on/contracts:{contract}/read")[1].decode() == start)
        self.send("a call", self.payer, "contract-call", "--address", account, "--contract-id", contract, "--fn-name", "add",
                  "--fn-args", (1).to_bytes(8, "little").hex())
        self.check("the value after it", self.node.ask("POST", f"/on/contracts:{contract}/read")[1][:2] == b"2a")
        name, printed = self.payer.send("contract-call", "--address", account, "--contract-id", contract, "--fn-name", "nothing",
                                        "--fn-args", "", "--gas-limit", "20000000")
        self.check("a call that fails is told", name is None and "unknown function" in printed.lower() or "error" in printed.lower(),
                   printed)
        self.payer.run("driver-deploy", "--code", data_drivers.build()["stake"], "--contract-id", contract)
        version = self.node.ask("POST", f"/on/driver:{contract}/get_version")
        self.check("the driver that it uploaded", version[0] == 200, version)

    def blob(self):
        content = self.folder / "blob"
        content.write_bytes(b"\0a blob of rusk-wallet".ljust(BLOB_BYTES, b"\0"))
        self.send("a blob", self.payer, "blob", "--address", self.accounts[self.payer]["account"], "--blobs", content,
                  "--gas-limit", "10000000")

    def export(self):
        folder = self.folder / "exported"
        folder.mkdir()
        self.payer.run("export", "--profile-idx", "0", "--dir", folder, "--name", "keys")
        keys = self.node.dusk("keys", "show", folder / "keys.keys", "--password-file", self.node.password_file)
        self.check("exported keys, read by ours", keys["public_key"] == self.accounts[self.payer]["account"], keys)

    def history(self):
        """The wallet cannot read transactions in the form that blocks have since Boreas, whichever node tells it of them."""
        printed = self.payer.run("history", "--profile-idx", "0")
        self.check("the history ends as at a released node", "deserialization error" in printed, printed)
        printed = self.payee.run("history", "--profile-idx", "0")
        self.check("it reads the archive, and ends at a transaction", "serialization error occurred: InvalidData" in printed, printed)
        printed = self.made("official-new").run("history", "--profile-idx", "0")
        self.check("an empty history", "No transactions found" in printed, printed)

    def shielded_payments(self):
        """The wallet signs for the released circuits, whose proofs no node here makes: it is told, before anything is sent."""
        before = self.shielded(self.payer)
        payee = self.accounts[self.payee]["address"]
        for what, words in {"a shielded payment": ("transfer", "--sender", self.accounts[self.payer]["address"], "--rcvr", payee,
                                                   "--amt", "5", "--gas-limit", "50000000"),
                            "unshielding": ("unshield", "--amt", "5", "--gas-limit", "100000000")}.items():
            name, printed = self.payer.send(*words)
            self.check(f"{what} is refused with the reason", name is None and self.unproven in printed, printed)
        self.check("no note is gone", self.shielded(self.payer) == before, self.shielded(self.payer))

    def refusals(self):
        name, printed = self.payer.send("transfer", "--sender", self.accounts[self.payer]["account"], "--rcvr",
                                        self.accounts[self.payee]["account"], "--amt", "2000000")
        self.check("more than there is", name is None and "Balance is not enough" in printed, printed)

    FLOWS = (restore, wallets, balances, transfer, shield, staking, contracts, blob, export, history, shielded_payments, refusals)


class Ours:
    """The flows of dusk wallet on a Rust node."""

    def __init__(self, program, node, folder, password_file, counter, check):
        self.node, self.counter, self.check = node, counter, check
        self.provisioner, self.payer, self.payee = (OurWallet(program, folder / f"ours-{index}", password_file)
                                                    for index in (PROVISIONER, PAYER, PAYEE))
        self.accounts = {}

    def pay(self, what, wallet, *words):
        status, report = wallet.pay(*words)
        self.check(what, status == 0 and report.get("state") == "done", report)
        return report

    def restore(self):
        for wallet, index in ((self.provisioner, PROVISIONER), (self.payer, PAYER), (self.payee, PAYEE)):
            status, report = wallet.restore(test_wallets.PHRASES[index], self.node.http, "rusk")
            self.check("a wallet again", status == 0, report)
            self.accounts[wallet] = report["profiles"][0]

    def balances(self):
        balance = self.payer.balance()
        status, notes = self.payer.run("query", "01" + "00" * 31, "num_notes")
        self.check("a question to a contract, by its driver", status == 0 and notes.get("value") == "100", notes)
        self.check("public and shielded", (balance["public"], balance["shielded"]) == (10**6 * DUSK, 10**6 * DUSK), balance)

    def transfer(self):
        payee = self.accounts[self.payee]["account"]
        sent = self.pay("a public payment", self.payer, "send", payee, "12.5", "--memo", "from dusk wallet")
        self.check("received", self.payee.balance()["public"] == 10**6 * DUSK + 12_500_000_000)
        self.check("paid, exact to the lux", self.payer.balance()["public"] == 10**6 * DUSK - 12_500_000_000 - sent["fee"])

    def shield(self):
        self.pay("shielding", self.payer, "shield", "20")
        self.check("and found", self.payer.balance()["shielded"] == 10**6 * DUSK + 20 * DUSK, self.payer.balance())

    def staking(self):
        self.pay("staking", self.payer, "stake", "1500")
        status, info = self.payer.run("stake-info")
        self.check("the stake", status == 0 and info["stake"]["value"] == 1500 * DUSK, info)
        self.pay("a part back", self.payer, "unstake", "300")
        self.pay("the rest back", self.payer, "unstake")
        self.pay("claiming", self.provisioner, "claim")

    def contracts(self):
        deployed = self.pay("a deployment", self.payer, "deploy", self.counter, "--init-hex", (41).to_bytes(8, "little").hex())
        contract = deployed.get("contract", "")
        self.pay("a call", self.payer, "call", contract, "add", "--arg-hex", (1).to_bytes(8, "little").hex())
        status, failed = self.payer.pay("call", contract, "nothing", "--gas-limit", "20000000")
        self.check("a call that fails is told", status == 7 and failed["error"]["code"] == "failed", failed)

    def shielded_payments(self):
        """Proofs for the released circuits cannot be made here: the wallet says so before anything is sent."""
        for what, words in {"a shielded payment": ("send", self.accounts[self.payee]["address"], "5"),
                            "unshielding": ("unshield", "5")}.items():
            status, report = self.payer.pay(*words)
            self.check(f"{what} is refused with the reason", status != 0 and "circuit" in report["error"]["message"], report)

    def refusals(self):
        status, report = self.payer.pay("send", self.accounts[self.payee]["account"], "2000000")
        self.check("more than there is", status == 7 and report["error"]["code"] == "insufficient_funds", report)
        status, report = self.payer.pay("send", self.accounts[self.payee]["account"], "1", "--nonce", "1")
        self.check("a nonce that was used", status == 7 and report["error"]["code"] == "rejected", report)

    def replacing(self):
        status, info = self.payer.run("balance", "--public")
        nonce = info["profiles"][0]["nonce"]
        status, first = self.payer.pay("send", self.accounts[self.payee]["account"], "1", "--nonce", str(nonce + 2), "--no-wait")
        self.check("one behind a missing nonce is taken", status == 0 and first["state"] == "pending", first)
        self.pay("the missing one", self.payer, "send", self.accounts[self.payee]["account"], "2")
        status, report = self.payer.run("history")
        self.check("the history", status == 0 and len(report.get("entries", report.get("history", []))) > 5, report)

    FLOWS = (restore, balances, transfer, shield, staking, contracts, shielded_payments, refusals, replacing)


def play(name, player, check):
    for flow in player.FLOWS:
        began = time.monotonic()
        try:
            flow(player)
            print(f"{name} {flow.__name__}: {time.monotonic() - began:.1f} s", flush=True)
        except (terminal.NoQuestion, RuntimeError, OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
            check(f"{name} {flow.__name__} goes on to its end", False, repr(error))


def official_on(network, node, unproven, options, folder, check):
    try:
        node.start()
        node.wait_height(0)
        play(f"rusk-wallet on {network}:", Official(node, folder / network, options.counter.resolve(), unproven, check), check)
    finally:
        node.stop()


def official(options, folder, check):
    devnet = one_node.devnet(options.program, folder / "devnet-node", test_wallets.PHRASES[PROVISIONER])
    official_on("devnet", devnet, "signature format", options, folder, check)
    released = one_node.OneNode(options.program, folder / "rusk-node", "rusk", devnet.genesis_file,
                                test_wallets.PHRASES[PROVISIONER], 1)
    official_on("rusk", released, "Unsupported operation", options, folder, check)


def ours(options, folder, check):
    genesis = folder / "genesis.toml"
    subprocess.run([options.program, "genesis", "new", genesis, "--provisioners", "1"], stdout=subprocess.DEVNULL, check=True)
    keys = one_node.OneNode(options.program, folder / "keys", "rusk", genesis, test_wallets.PHRASES[PROVISIONER], 2)
    node = one_rust_node.OneRustNode(ROOT, javascript.CACHE, folder / "rust", genesis, keys.folder / "consensus.keys", 2)
    try:
        node.start()
        end = time.monotonic() + 120
        while node.node.height() < 1:
            if time.monotonic() > end or not node.node.is_running():
                raise RuntimeError(f"the Rust node makes no block; its log: {node.node.folder / 'log'}")
            time.sleep(0.5)
        play("dusk wallet on a Rust node:",
             Ours(options.program, node, folder, keys.password_file, options.counter.resolve(), check), check)
    finally:
        node.stop()


def main():
    parser = argparse.ArgumentParser(prog="./dev interop rusk-wallet", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True, type=pathlib.Path, help=argparse.SUPPRESS)
    parser.add_argument("--counter", required=True, type=pathlib.Path, help=argparse.SUPPRESS)
    parser.add_argument("--only", choices=("official", "ours"), help="one part of it")
    parser.add_argument("--folder", type=pathlib.Path, help="for everything that is made, which then stays")
    options = parser.parse_args()
    options.program = options.program.resolve()
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="interop-rusk-wallet-"))
    folder = (options.folder or scratch).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    check = Checks()
    try:
        if options.only != "ours":
            official(options, folder, check)
        if options.only != "official":
            ours(options, folder, check)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    print(f"interop rusk-wallet: {check.passed} passed, {check.failed} failed")
    return 1 if check.failed else 0


if __name__ == "__main__":
    sys.exit(main())
