#!/usr/bin/env python3
"""What `./dev run` starts: four provisioners with an archive, a prover, the page, people who use it. A public and a
shielded payment through the first node are final, the others tell the same state and balances; the archive knows the
committees; Ctrl-C stops everything, and a second start goes on.

    smoke_test.py PROGRAM
"""
import http.client
import json
import pathlib
import re
import sys
import tempfile
import time
import tomllib

from checks import check
from running_devnet import Devnet, alive
from wallet_test import Wallet

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "interop"))
from rusk import committees  # noqa: E402

STAKE = "02" + "00" * 31
BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
DUSK = 10**9
OPTIONS = ("--keep", "--archive", "--prover", "--activity", "--block-time", "1", "--port-base", "19100", "--http-port-base",
           "18080")
PHRASE = re.compile(r"^  0\. (.+)$", re.M)


def fetch(node, path, **headers):
    connection = http.client.HTTPConnection(node["http"], timeout=10)
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    return response, response.read()


def test_page(node):
    response, _ = fetch(node, "/")
    check("the root leads to the page", response.status == 302 and response.getheader("Location") == "/ui/")
    response, body = fetch(node, "/ui/")
    check("the page is there", response.status == 200 and b"<!doctype html>" in body.lower(), body[:200])
    policy = response.getheader("Content-Security-Policy") or ""
    check("it loads nothing from elsewhere", "default-src 'self'" in policy and "unsafe-inline" not in policy, policy)
    paths = re.findall(r'(?:src|href)="(/ui/assets/[^"]+)"', body.decode())
    check("its files are named by their content", len(paths) >= 2, body)
    for path in paths:
        response, body = fetch(node, path, **{"Accept-Encoding": "br"})
        check(f"{path} is there", response.status == 200 and "immutable" in response.getheader("Cache-Control"))
    response, _ = fetch(node, "/ui/assets/none.js")
    check("other assets are not", response.status == 404)


def same_at_all(devnet, height):
    """Whether every node has the same state after this block."""
    roots = {(block or {}).get("state_root") for block in (devnet.ask(node, f"/blocks/{height}") for node in devnet.running())}
    return len(roots) == 1 and None not in roots


def balances(devnet, account):
    return {(devnet.ask(node, f"/on/account:{account}/status", "POST") or {}).get("balance") for node in devnet.running()}


def test_payments(program, parent, devnet):
    password = parent / "password"
    password.write_text("secret\n")
    phrase = parent / "phrase"
    phrase.write_text(PHRASE.search(devnet.output())[1] + "\n")
    payer = Wallet(program, parent / "payer", password)
    node = devnet.running()[0]["http"]
    cheap = ("--kdf-memory", "8", "--kdf-passes", "1", "--default-node", node)
    status, made = payer.run("restore", "--phrase-file", str(phrase), *cheap)
    check("a test wallet is restored", status == 0, made)
    receiver = Wallet(program, parent / "receiver", password)
    status, made = receiver.run("create", *cheap)
    check("a wallet is made", status == 0, made)
    profile = made["profiles"][0]

    status, public = payer.pay("send", profile["account"], "12.5")
    check("a public payment is in a block", status == 0 and public["state"] == "done", public)
    status, hidden = payer.pay("send", profile["address"], "7.25")
    check("a shielded one too", status == 0 and hidden["state"] == "done", hidden)
    for sent in (public, hidden):
        state = [None]

        def is_final(one=sent):
            state[0] = [devnet.ask(each, f"/transactions/{one['id']}") for each in devnet.running()]
            return all(each and each["state"] == "final" for each in state[0])
        devnet.wait("the payment is final at every node", is_final, 60)
        heights = {each["height"] for each in state[0]}
        check("in the same block", len(heights) == 1, heights)
        check("with the same state", same_at_all(devnet, heights.pop()))
    check("every node tells the public balance", balances(devnet, profile["account"]) == {12_500_000_000})
    shielded = receiver.balance()["shielded"]
    check("the receiver sees what nobody else does", shielded == 7_250_000_000, shielded)


def rpc(node, method, *params):
    connection = http.client.HTTPConnection(node["http"], timeout=10)
    connection.request("POST", "/rpc", json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}))
    return json.loads(connection.getresponse().read())["result"]


def key_of(text):
    """An account from base58 to hexadecimal."""
    number = 0
    for letter in text:
        number = number * 58 + BASE58.index(letter)
    return number.to_bytes(96, "big").hex()


def test_committees(devnet):
    """As another program draws them from the stakes of the first state, which count up to the first punishment."""
    node = devnet.running()[0]

    def get(path):
        return json.loads(fetch(node, path)[1])

    devnet.wait("the archive has some blocks", lambda: (get("/archive").get("last_final") or 0) >= 5, 60)
    archive = get("/archive")
    check("nothing is missing in it", archive["complete_from"] == 0, archive)
    stakes = tomllib.loads((devnet.folder / "genesis.toml").read_text())["stake"]
    provisioners = [committees.Provisioner(key_of(one["address"]), one["amount"], 0) for one in stakes]
    slashes = [get(f"/archive/contracts/{STAKE}/events?topic={topic}&order=asc&limit=1")["items"]
               for topic in ("slash", "hard_slash")]
    last = min([one[0]["height"] for one in slashes if one] + [archive["last_final"], 20])
    voted = 0
    for height in range(2, last + 1):
        told = get(f"/archive/blocks/{height}/committees")
        seed = rpc(node, "blocks.get", height - 1)["header"]["seed"]
        for one in told["iterations"]:
            iteration = one["iteration"]
            expected = committees.voting(provisioners, seed, height, iteration)
            found = [{key_of(m["account"]): m["credits"] for m in one[step]["members"]}
                     for step in ("validation", "ratification")]
            check(f"committees of block {height}, iteration {iteration}", found == list(expected) and
                  key_of(one["generator"]) == committees.generator(provisioners, seed, height, iteration), one)
        own = told["iterations"][-1]
        voted += sum(m["voted"] for m in own["ratification"]["members"])
        check("and a quorum of them voted", own["outcome"] == "valid" and own["validation"]["voted_credits"] >= 43 and
              own["ratification"]["voted_credits"] >= 43, own)
    check("there were such blocks", last >= 2 and voted > 0, (last, voted))
    check("the first block has no committees", fetch(node, "/archive/blocks/0/committees")[0].status == 404)
    check("no block", fetch(node, "/archive/blocks/x/committees")[0].status == 400)


def test_activity(devnet):
    log = devnet.folder / "activity.log"
    devnet.wait("people pay", lambda: log.exists() and re.search(r"pays wallet \d .* in public +[0-9a-f]{64}", log.read_text()), 60)
    lines = [line for line in log.read_text().splitlines() if "not sent" in line]
    check("the network takes what they do", not lines, lines)


def main():
    program = sys.argv[1]
    with tempfile.TemporaryDirectory() as parent:
        parent = pathlib.Path(parent)
        devnet = Devnet(program, parent / "net", *OPTIONS)
        try:
            devnet.wait("it is ready", lambda: "The network runs." in devnet.output(), 60)
            nodes = devnet.running()
            check("it says what to open", f"http://{nodes[0]['http']}/ui/" in devnet.output(), devnet.output())
            test_page(nodes[0])
            test_payments(program, parent, devnet)
            test_committees(devnet)
            test_activity(devnet)
            height = max(s["height"] for s in devnet.statuses() if s)
            processes = [node["pid"] for node in devnet.running()]
            check("Ctrl-C stops it", devnet.stop() == 0)
            check("and all that it started", not any(alive(pid) for pid in processes))

            begin = time.monotonic()
            devnet = Devnet(program, parent / "net", *OPTIONS)
            devnet.wait("it is ready again", lambda: devnet.output().count("The network runs.") == 2, 60)
            print(f"smoke: the second start took {time.monotonic() - begin:.1f} s", flush=True)
            devnet.wait("it goes on", lambda: devnet.some_final(height + 1), 60)
            check("and is stopped again", devnet.stop() == 0)
        finally:
            devnet.kill()
    check.end("smoke")


if __name__ == "__main__":
    main()
