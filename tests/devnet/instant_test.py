#!/usr/bin/env python3
"""The devnet of contract developers: a block for each transaction, final at once, none otherwise; the same states from
the same transactions; a faucet that pays in public and to shielded addresses, up to its limits.

    instant_test.py PROGRAM
"""
import http.client
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

from checks import check, run
from running_devnet import Devnet


def start(program, folder, *options):
    devnet = Devnet(program, folder, "--instant", "--keep", "--port-base", "39100", "--http-port-base", "38080",
                    *options)
    devnet.wait("the node answers", lambda: any(s and s["idle"] for s in devnet.statuses()), 60)
    return devnet


def blocks(devnet):
    node = devnet.running()[0]
    height = devnet.ask(node, "/status")["height"]
    return [devnet.ask(node, f"/blocks/{i}") for i in range(1, height + 1)]


def test_blocks(devnet):
    """What N transfers, each sent when the one before is final, come to."""
    count = 20
    status, report = devnet.load("--count", str(count), "--in-turn")
    check("transfers in turn are final", status == 0 and report.get("final") == count, report)
    print(f"instant: {count} transfers in turn, from sending to final p50 {report.get('p50', 0):.3f} s, "
          f"p99 {report.get('p99', 0):.3f} s, {report.get('seconds', 0):.2f} s in all", flush=True)
    chain = blocks(devnet)
    sizes = [len(block["transactions"]) for block in chain]
    check("each has a block of its own, and one on top that makes it final", sizes == [1, 0] * count, sizes)
    check("all of them are final", all(block["label"] == "final" for block in chain[:-1]))
    times = [block["timestamp"] for block in chain]
    check("times do not fall", times == sorted(times), times)
    check("several blocks have the same second", len(set(times)) < len(times), times)
    check("none is missing an iteration", all(block["iteration"] == 0 for block in chain))
    time.sleep(3)
    check("no block comes while nothing is sent", len(blocks(devnet)) == len(chain))
    return chain


def test_batch(devnet, height):
    """Many at once share blocks, and the chain rests again."""
    status, report = devnet.load("--count", "50", "--rate", "10000")
    check("many at once are final", status == 0 and report.get("final") == 50, report)
    devnet.wait("it rests", lambda: all(s and s["idle"] for s in devnet.statuses()), 10)
    sizes = [len(block["transactions"]) for block in blocks(devnet)[height:]]
    check("what came is in blocks, and the last one is empty", sum(sizes) == 50 and sizes[-1] == 0, sizes)


def ask(devnet, path, body=b"", headers=None):
    connection = http.client.HTTPConnection(devnet.running()[0]["http"], timeout=30)
    connection.request("POST", path, body, {"Content-Type": "application/octet-stream", **(headers or {})})
    response = connection.getresponse()
    return response.status, response.read()


def test_queries(devnet):
    transfer = "/on/contracts:01" + "00" * 31
    status, notes = ask(devnet, f"{transfer}/num_notes")
    check("a contract is asked", status == 200 and len(notes) == 8, (status, notes))
    count = int.from_bytes(notes, "little")
    status, leaves = ask(devnet, f"{transfer}/leaves_from_pos", bytes(8), {"Rusk-Feeder": "1"})
    check("what it feeds comes in one piece", status == 200 and len(leaves) == 736 * count, (status, len(leaves)))
    check("it feeds only who asks for that", ask(devnet, f"{transfer}/leaves_from_pos", bytes(8))[0] == 400)
    check("a function that is not there", ask(devnet, f"{transfer}/nothing")[0] == 500)
    check("a contract that is not there", ask(devnet, "/on/contracts:" + "77" * 32 + "/f")[0] == 500)
    check("no id", ask(devnet, "/on/contracts:77/f")[0] == 400)
    check("no function", ask(devnet, "/on/contracts:" + "77" * 32)[0] == 404)
    check("an argument that is none", ask(devnet, f"{transfer}/opening", b"\xff")[0] == 500)


def test_faucet(program, devnet, folder):
    def faucet(*options):
        return run(program, "devnet", "faucet", "--folder", str(folder), *options)

    # Wallets of a stranger, whom the first state knows nothing of.
    password = folder.parent / "password"
    password.write_text("secret\n")
    wallet = folder.parent / "stranger.wallet"
    made = run(program, "keys", "create", "wallet", str(wallet), "--password-file", str(password))
    status, shown = run(program, "keys", "show", str(wallet), "--password-file", str(password))
    check("a new wallet", made[0] == 0 and status == 0, shown)
    profile = shown["profiles"][0]
    account, address = profile["account"], profile["address"]

    status, paid = faucet(account, "--amount", "9000")
    check("the faucet pays an account", status == 0 and paid.get("value") == 9000 * 10**9, paid)
    balance = devnet.ask(devnet.running()[0], f"/on/account:{account}/status", "POST")
    check("which has it then", balance and balance["balance"] == 9000 * 10**9, balance)
    status, refused = faucet(account, "--amount", "1001")
    check("up to the limit of an address", status == 1 and refused["error"]["code"] == "faucet_limit" and
          0 < refused.get("retry_after", 0) <= 600 and refused.get("limit") == "address", refused)
    status, paid = faucet(account, "--amount", "1000")
    check("and no less than that", status == 0, paid)
    status, refused = faucet(account, "--amount", "10001")
    check("more than the limit is never paid", status == 1 and "retry_after" not in refused, refused)
    for bad in (["nobody"], [account, "--amount", "0"], [account, "--amount", "x"]):
        check(f"wrong usage {bad}", faucet(*bad)[0] == 2)

    begin = time.monotonic()
    status, paid = faucet(address, "--amount", "10")
    check("the faucet pays a shielded address", status == 0 and paid.get("public") is False, paid)
    print(f"instant: a shielded payment took {time.monotonic() - begin:.1f} s", flush=True)
    test_faucet_over_http(devnet, account, address)
    return wallet, password


def test_faucet_over_http(devnet, account, address):
    """The same faucet with the same book, as a node serves it."""
    def post(body):
        connection = http.client.HTTPConnection(devnet.running()[0]["http"], timeout=120)
        connection.request("POST", "/faucet", body if isinstance(body, bytes) else json.dumps(body))
        response = connection.getresponse()
        return response.status, json.loads(response.read()), response.headers

    terms = devnet.ask(devnet.running()[0], "/faucet")
    check("its terms", terms == {"amount": "1000", "to_one": "10000", "to_all": "100000", "window": 600}, terms)
    status, paid, _ = post({"address": address, "amount": 20})
    check("it pays a shielded address", status == 200 and paid.get("public") is False and paid["value"] == 20 * 10**9, paid)
    status, refused, headers = post({"address": account, "amount": "0.000000001"})
    check("up to the limit of an address", status == 429 and refused["code"] == "faucet_limit" and
          0 < int(headers["Retry-After"]) <= 600, (refused, headers.items()))
    status, refused, headers = post({"address": account, "amount": "10001"})
    check("more is never paid", status == 429 and "Retry-After" not in headers, refused)
    for bad in (b"", b"{", b"[]", b"[" * 4000, {}, {"address": "nobody"}, {"address": account, "amount": "-1"},
                {"address": account, "amount": 0}, {"address": account, "amount": 1e300}, {"address": account, "to": 1},
                {"address": [account]}, {"address": "--help"}):
        status, refused, _ = post(bad)
        check(f"no request: {bad[:20] if isinstance(bad, bytes) else bad}", status == 400 and refused["code"] == "usage", refused)
    status = ask(devnet, "/faucet", b"0" * 5000)[0]
    check("nor a large one", status == 413, status)


def test_received(program, folder, root, wallet, password):
    """What the shielded address got, as its owner finds it in the last state of the stopped node."""
    notes = folder.parent / "stranger.notes"
    data = folder / "node-0" / "data" / "state"
    status, report = run(program, "tx", "notes", "--state", str(data), "--root", root, "--key", str(wallet),
                         "--password-file", str(password), "--out", str(notes))
    found = sorted(note["value"] for note in report.get("notes", []))
    check("the owner finds the notes", status == 0 and found == [10 * 10**9, 20 * 10**9], report)


def test(program, parent):
    first = parent / "first"
    devnet = start(program, first)
    try:
        check("one node", len(devnet.running()) == 1)
        check("no block before the first transaction", blocks(devnet) == [])
        chain = test_blocks(devnet)
        test_batch(devnet, len(chain))
        test_queries(devnet)
        wallet, password = test_faucet(program, devnet, first)
        height, last = len(blocks(devnet)), blocks(devnet)[-1]
        check("it stops when asked to", devnet.stop() == 0, devnet.output()[-500:])
        test_received(program, first, last["state_root"], wallet, password)

        devnet = start(program, first)
        check("a restart adds no block", len(blocks(devnet)) == height)
        status, refused = run(program, "devnet", "faucet", "--folder", str(first), json.loads(
            (first / "faucet.json").read_text())["payments"][0]["to"], "--amount", "1")
        check("the limits hold after a restart", status == 1, refused)
        status, report = devnet.load("--count", "1", "--in-turn")
        check("it goes on where it was", status == 0 and len(blocks(devnet)) == height + 2, report)
        devnet.stop()

        devnet = start(program, parent / "second")
        status, report = devnet.load("--count", "20", "--in-turn")
        again = blocks(devnet)
        roots = [[block["state_root"] for block in each] for each in (chain, again)]
        check("the same transactions lead to the same states", status == 0 and roots[0] == roots[1], report)
        check("it stops", devnet.stop() == 0)
    except (RuntimeError, OSError, ValueError, KeyError, subprocess.TimeoutExpired) as error:
        check("the devnet works", False, repr(error))
    finally:
        devnet.kill()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        test(os.path.abspath(sys.argv[1]), pathlib.Path(place))
    check.end("instant")
