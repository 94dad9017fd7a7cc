#!/usr/bin/env python3
"""`dusk wallet` against a devnet with a block for each transaction: both kinds of payment, shielding, staking, contracts,
transactions that are replaced and cancelled, orders that are signed elsewhere, a wallet that only watches.

    wallet_test.py PROGRAM
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.request

from checks import check
from running_devnet import Devnet

DUSK = 10**9
COUNTER = pathlib.Path(__file__).resolve().parent.parent / "contracts" / "counter.wasm"
CHEAP = ("--kdf-memory", "8", "--kdf-passes", "1")


class Wallet:
    """A folder of a wallet, used as a script uses it."""

    def __init__(self, program, folder, password):
        self.program, self.folder, self.password = program, folder, password

    def run(self, *words):
        """Exit status and report."""
        done = subprocess.run([self.program, "wallet", *words, "--wallet", str(self.folder), "--password-file",
                               str(self.password), "--json"], stdout=subprocess.PIPE, stdin=subprocess.DEVNULL,
                              check=False, timeout=300)
        return done.returncode, json.loads(done.stdout)

    def pay(self, *words):
        return self.run(*words, "--yes")

    def balance(self, profile=0):
        status, report = self.run("balance", "--profile", str(profile))
        check("the balance is told", status == 0, report)
        return report["profiles"][0] if status == 0 else {"public": -1, "shielded": -1}


def make_wallets(program, parent, devnet):
    password = parent / "password"
    password.write_text("secret\n")
    wallet = Wallet(program, parent / "wallet", password)
    node = devnet.running()[0]["http"]
    status, made = wallet.run("create", "--profiles", "2", "--default-node", node, *CHEAP)
    check("a wallet is made", status == 0, made)
    return wallet, made["profiles"], node


def test_public(wallet, profiles, devnet, program):
    paid = subprocess.run([program, "devnet", "faucet", "--folder", str(devnet.folder), profiles[0]["account"],
                           "--amount", "5000", "--json"], stdout=subprocess.PIPE, check=False)
    check("the faucet pays", paid.returncode == 0, paid.stdout)
    status, report = wallet.run("balance", "--public")
    check("and the wallet sees it", status == 0 and report["profiles"][0]["public"] == 5000 * DUSK, report)

    status, added = wallet.run("contacts", "add", "bob", profiles[1]["account"])
    check("bob has a name", status == 0, added)
    status, shown = wallet.run("send", "bob", "12.000000001", "--dry-run")
    check("what would be sent is shown", status == 0 and shown["value"] == 12 * DUSK + 1 and "id" not in shown, shown)
    begin = time.monotonic()
    status, sent = wallet.pay("send", "bob", "12.000000001", "--memo", "thank you")
    print(f"wallet: a public payment took {time.monotonic() - begin:.2f} s", flush=True)
    check("bob is paid", status == 0 and sent["state"] == "done" and sent["fee"] == sent["gas_spent"], sent)
    balance = wallet.balance(1)
    check("bob has it, exact to the lux", balance["public"] == 12 * DUSK + 1, balance)
    left = wallet.balance()["public"]
    check("and the sender has the rest", left == 5000 * DUSK - (12 * DUSK + 1) - sent["fee"], left)
    status, refused = wallet.pay("send", "bob", "5000")
    check("what is not there is not sent", status == 7 and refused["error"]["code"] == "insufficient_funds" and
          refused["available"] == left, refused)
    status, request = wallet.run("receive", "--profile", "1", "--public", "--amount", "1", "--memo", "please")
    status, sent = wallet.pay("send", request["uri"])
    check("a request for payment says all", status == 0 and sent["state"] == "done", sent)


def test_shielded(wallet, profiles):
    status, sent = wallet.pay("shield", "20")
    check("20 are shielded", status == 0 and sent["state"] == "done", sent)
    balance = wallet.balance()
    check("and found", balance["shielded"] == 20 * DUSK and balance["shielded_spendable"] == 20 * DUSK, balance)
    begin = time.monotonic()
    status, sent = wallet.pay("send", profiles[1]["address"], "5.5")
    print(f"wallet: a shielded payment took {time.monotonic() - begin:.1f} s", flush=True)
    check("5.5 are sent in secret", status == 0 and sent["state"] == "done", sent)
    check("and received", wallet.balance(1)["shielded"] == 5_500_000_000)
    left = wallet.balance()
    check("the change and the unspent gas are here", left["shielded"] == 20 * DUSK - 5_500_000_000 - sent["fee"], left)
    status, refused = wallet.pay("send", profiles[1]["address"], "15")
    check("more than that is refused before a proof", status == 7 and refused["error"]["code"] == "insufficient_funds",
          refused)


def test_stake_and_contracts(wallet):
    status, refused = wallet.pay("stake", "999")
    check("a first stake that would cost its fee is refused", status == 2 and "1000" in refused["error"]["message"], refused)
    status, sent = wallet.pay("stake", "1000")
    check("1000 are staked", status == 0 and sent["state"] == "done", sent)
    status, info = wallet.run("stake-info")
    check("the stake is there", status == 0 and info["stake"]["value"] == 1000 * DUSK, info)
    status, refused = wallet.pay("claim")
    check("there are no rewards", status == 4 and refused["error"]["code"] == "nothing_there", refused)
    status, sent = wallet.pay("unstake")
    check("all of it is taken out", status == 0 and sent["state"] == "done", sent)
    status, info = wallet.run("stake-info")
    gone = status == 0 and (info["stake"] is None or info["stake"].get("value", 0) == 0)
    check("and gone", gone, info)
    status, failed = wallet.pay("call", "02" + "00" * 31, "no_such_function", "--gas-limit", "5000000")
    check("a call that fails is told", status == 7 and failed["error"]["code"] == "failed" and failed["height"] > 0,
          failed)
    status, shown = wallet.run("deploy", str(COUNTER), "--dry-run")
    check("a deployment pays what the network asks for at least", status == 0 and shown["gas_price"] == 2000, shown)


def test_blobs(wallet, parent, node):
    """A blob of one number commits to a multiple of the sum of the setup's points: one generator is enough of them."""
    generator = "97f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb"
    setup = parent / "setup.txt"
    setup.write_text("\n".join(["4096", "65", generator] + ["c0" + "00" * 47] * 4095))
    contents = [bytes([fill]) * 131072 for fill in (5, 6)]
    files = []
    for number, content in enumerate(contents):
        files.append(parent / f"blob-{number}")
        files[-1].write_bytes(content)
    status, sent = wallet.pay("blob", *map(str, files), "--setup", str(setup))
    check("two blobs are published", status == 0 and sent["state"] == "done" and len(sent["blobs"]) == 2, sent)
    for content, name in zip(contents, sent.get("blobs", [])):
        request = urllib.request.Request(f"http://{node}/on/blobs:{name}/hash", data=b"",
                                         headers={"Content-Type": "application/octet-stream"})
        with urllib.request.urlopen(request, timeout=20) as reply:
            check("the node has the content", reply.read()[96:] == content)


def test_drivers(wallet, profiles, parent):
    """Arguments and answers in JSON: by the driver of this program, or of the node."""
    transfer, stake = "01" + "00" * 31, "02" + "00" * 31
    status, answer = wallet.run("query", transfer, "num_notes", "--arg", "null")
    check("a contract is asked", status == 0 and int(answer["value"]) >= 1 and len(answer["hex"]) == 16, answer)
    status, answer = wallet.run("query", stake, "get_stake", "--arg", json.dumps(profiles[1]["account"]))
    check("with an argument", status == 0 and answer["value"] is None, answer)
    status, answer = wallet.run("query", transfer, "num_notes")
    check("without one", status == 0 and int(answer["value"]) >= 1, answer)
    order = parent / "call.order"
    status, made = wallet.run("call", transfer, "deposit", "--arg", '"5"', "--order", str(order))
    check("the argument of a call is encoded", status == 0 and
          json.loads(order.read_text())["kind"]["arguments"] == "0500000000000000", made)
    status, refused = wallet.run("call", transfer, "deposit", "--arg", '{"5"', "--order", str(parent / "no.order"))
    check("what is no argument is refused", status == 2 and refused["error"]["code"] == "bad_argument", refused)
    status, refused = wallet.run("call", "ab" * 32, "f", "--arg", "1", "--order", str(parent / "no.order"))
    check("a contract without a driver", status == 2 and refused["error"]["code"] == "no_driver", refused)


def test_stuck(wallet):
    """A transaction behind a missing nonce: a higher fee takes its place, and then nothing does."""
    status, report = wallet.run("balance", "--public", "--profile", "0")
    nonce = report["profiles"][0]["nonce"]
    status, first = wallet.pay("send", "bob", "1", "--nonce", str(nonce + 2), "--no-wait")
    check("it is taken", status == 0 and first["state"] == "pending", first)
    status, pending = wallet.run("pending")
    check("and pending", status == 0 and [p["id"] for p in pending["pending"]] == [first["id"]], pending)
    status, refused = wallet.pay("replace", first["id"][:10], "--gas-price", "1", "--no-wait")
    check("the same price replaces nothing", status == 2, refused)
    status, second = wallet.pay("replace", first["id"][:10], "--no-wait")
    check("a higher one does", status == 0 and second["id"] != first["id"], second)
    status, third = wallet.pay("cancel", second["id"][:10], "--gas-price", "5", "--no-wait")
    check("and it can be cancelled", status == 0 and third["id"] != second["id"], third)
    before = wallet.balance(1)["public"]
    status, filled = wallet.pay("send", "bob", "2", "--nonce", str(nonce + 1))
    check("the gap is filled", status == 0, filled)
    end = time.monotonic() + 20
    while time.monotonic() < end and wallet.run("pending")[1]["pending"]:
        time.sleep(0.2)
    status, history = wallet.run("history")
    states = {row["id"]: row["state"] for row in history["history"] if "id" in row}
    check("only the last one happened", [states.get(one["id"]) for one in (first, second, third)] ==
          ["replaced", "replaced", "done"], states)
    check("bob got one payment", wallet.balance(1)["public"] == before + 2 * DUSK)


def test_elsewhere(program, wallet, profiles, parent, node):
    status, key = wallet.run("view-key")
    (parent / "view").write_text(key["view_key"])
    watcher = Wallet(program, parent / "watcher", wallet.password)
    status, made = watcher.run("watch", "--address", profiles[0]["address"], "--account", profiles[0]["account"],
                               "--view-key-file", str(parent / "view"), "--default-node", node)
    check("a wallet that only watches", status == 0, made)
    balance = watcher.balance()
    check("sees what came", balance["shielded"] >= wallet.balance()["shielded"], balance)
    order, signed = parent / "a.order", parent / "a.tx"
    status, made = watcher.run("send", profiles[1]["account"], "3", "--order", str(order))
    check("and orders", status == 0 and order.exists(), made)
    status, refused = watcher.pay("send", profiles[1]["account"], "3")
    check("but does not sign", status == 4 and refused["error"]["code"] == "watch_only", refused)
    before = wallet.balance(1)["public"]
    status, made = wallet.pay("sign", str(order), "--out", str(signed))
    check("the keys sign", status == 0, made)
    status, sent = watcher.pay("submit", str(signed))
    check("the watcher sends", status == 0 and sent["id"] == made["id"] and sent["state"] == "done", sent)
    check("and it is paid", wallet.balance(1)["public"] == before + 3 * DUSK)


def test_history(wallet):
    status, report = wallet.run("history")
    rows = report["history"]
    actions = [row["action"] for row in rows]
    own = [row["action"] for row in rows if row["action"] != "received"]
    check("the history tells all", status == 0 and own[:4] == ["send", "send", "shield", "send"] and
          {"stake", "unstake", "call", "cancel"} <= set(own), actions)
    notes = [row for row in rows if row["action"] == "received" and "position" in row]
    check("and the notes that were received, without the wallet's own change", [row["value"] for row in notes] ==
          [5_500_000_000], notes)
    check("and what the archive knows", report["archive"] and rows[0]["action"] == "received" and
          rows[0]["value"] == 5000 * DUSK and "from" in rows[0], rows[0])
    bobs = [row["value"] for row in wallet.run("history", "--profile", "1")[1]["history"] if "position" not in row]
    check("bob sees his public payments", bobs == [12 * DUSK + 1, DUSK, 2 * DUSK], bobs)
    check("the order is that of the blocks", [row["height"] for row in rows if "height" in row] ==
          sorted(row["height"] for row in rows if "height" in row), rows)


def test(program, parent):
    devnet = Devnet(program, parent / "devnet", "--instant", "--archive", "--keep", "--port-base", "39300", "--http-port-base",
                    "38280")
    try:
        devnet.wait("the node answers", lambda: any(s and s["idle"] for s in devnet.statuses()), 60)
        wallet, profiles, node = make_wallets(program, parent, devnet)
        test_public(wallet, profiles, devnet, program)
        test_shielded(wallet, profiles)
        test_stake_and_contracts(wallet)
        test_blobs(wallet, parent, node)
        test_drivers(wallet, profiles, parent)
        test_stuck(wallet)
        test_history(wallet)
        test_elsewhere(program, wallet, profiles, parent, node)
        check("the devnet stops", devnet.stop() == 0)
    except (RuntimeError, OSError, ValueError, KeyError, subprocess.TimeoutExpired) as error:
        check("the wallet works", False, repr(error))
    finally:
        devnet.kill()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        test(os.path.abspath(sys.argv[1]), pathlib.Path(place))
    check.end("wallet")
