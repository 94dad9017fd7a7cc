#!/usr/bin/env python3
"""An archive that is enabled when the chain has blocks already: they are executed anew, by a command and by the node, and
what comes out is what another program finds in these blocks. What explorers list of it, and what a transaction would do.

    backfill_test.py PROGRAM
"""
import csv
import http.client
import io
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile

from checks import check, run
from running_devnet import Devnet

TRANSFER = "01" + "00" * 31
STAKE = "02" + "00" * 31


def start(program, folder, *options):
    devnet = Devnet(program, folder, "--instant", "--keep", "--port-base", "39300", "--http-port-base", "38380", *options)
    devnet.wait("the node answers", lambda: any(s and s["idle"] for s in devnet.statuses()), 60)
    return devnet


def request(devnet, method, path, body=b"", headers=None):
    connection = http.client.HTTPConnection(devnet.running()[0]["http"], timeout=30)
    connection.request(method, path, body, headers or {})
    response = connection.getresponse()
    return response.status, response.read()


def get(devnet, path):
    """The JSON of an answer with status 200, or what came instead."""
    status, body = request(devnet, "GET", path)
    return json.loads(body) if status == 200 else (status, body)


def post(devnet, path, body):
    status, answer = request(devnet, "POST", path, body, {"Content-Type": "application/octet-stream"})
    return status, json.loads(answer or b"{}")


class Wallet:
    """An account of a stranger that the faucet pays."""

    def __init__(self, program, parent):
        self.program, self.parent = program, parent
        self.password = parent / "password"
        self.password.write_text("secret\n")
        self.file = parent / "stranger.wallet"
        run(program, "keys", "create", "wallet", self.file, "--password-file", self.password, "--kdf-memory", "8",
            "--kdf-passes", "1")
        shown = run(program, "keys", "show", self.file, "--password-file", self.password)[1]
        self.account = shown["profiles"][0]["account"]

    def build(self, what, nonce, gas, *options):
        out = self.parent / f"{what}-{nonce}-{gas}.tx"
        status, report = run(self.program, "tx", "build", what, "--key", self.file, "--password-file", self.password,
                             "--nonce", nonce, "--gas-limit", gas, "--out", out, "--force", *options)
        check(f"a transaction of kind {what}", status == 0, report)
        return out.read_bytes()


def test_simulation(devnet, wallet):
    """What a transfer and a stake would do; how much gas the stake needs, since contracts call each other in it."""
    status, transfer = post(devnet, "/simulate", wallet.build("transfer", 1, 3_000_000, "--to", wallet.account, "--value", "1"))
    check("a transfer would succeed", status == 200 and transfer["outcome"] == "success" and transfer["reason"] is None,
          transfer)
    check("and say what it reports", [e["topic"] for e in transfer["events"]] == ["moonlight"] and
          transfer["events"][0]["value"]["sender"] == wallet.account, transfer["events"])
    status, stake = post(devnet, "/simulate", wallet.build("stake", 1, 50_000_000, "--amount", "1000"))
    check("a stake would succeed", status == 200 and stake["outcome"] == "success", stake)
    needed, spent = stake["gas"]["needed_limit"], stake["gas"]["spent"]
    check("and needs more gas than it spends", needed and needed > spent, stake["gas"])
    changes = {b.get("account", b.get("contract")): int(b["after"]) - int(b["before"]) for b in stake["balances"]}
    check("whose balances change", changes.get(STAKE) == 1000 * 10**9 and
          changes.get(wallet.account) == -1000 * 10**9 - spent, changes)
    check("and which contracts", {s["contract"] for s in stake["state"]} >= {TRANSFER, STAKE}, stake["state"])
    status, poor = post(devnet, "/simulate", wallet.build("stake", 1, spent, "--amount", "1000"))
    check("too little gas", status == 200 and poor["outcome"] != "success" and poor["reason"]["kind"] == "out_of_gas" and
          poor["gas"]["needed_limit"] == needed, poor)
    status, early = post(devnet, "/simulate", wallet.build("transfer", 5, 3_000_000, "--to", wallet.account, "--value", "1"))
    check("too early", early["outcome"] == "refused" and early["reason"]["kind"] == "nonce_not_ready", early)
    check("no transaction", request(devnet, "POST", "/simulate", b"0x00")[0] == 400)
    # The limit that was told is enough.
    status, sent = post(devnet, "/on/transactions/propagate", wallet.build("stake", 1, needed, "--amount", "1000"))
    check("the stake is sent with the gas it needs", status == 202, sent)
    devnet.wait("the stake is in a block", lambda: devnet.ask(
        devnet.running()[0], f"/on/account:{wallet.account}/status", "POST")["nonce"] == 1, 20)


def test_fees(devnet):
    fees = get(devnet, "/fees")
    check("what to pay", [e["blocks"] for e in fees["estimates"]] == [1, 2, 5] and
          all(e["price"] >= 1 for e in fees["estimates"]) and fees["blocks"]["transactions"] > 0 and
          fees["mempool"]["transactions"] == 0, fees)


def test_state(devnet, stakes):
    """What the last state says, beside what the contracts are asked: the node rests meanwhile."""
    supply = get(devnet, "/supply")
    body = {"jsonrpc": "2.0", "id": 1, "method": "stakes.list"}
    listed = json.loads(request(devnet, "POST", "/rpc", json.dumps(body))[1])["result"]
    check("what is staked", supply["stakes"] == len(listed) == stakes and
          int(supply["staked"]) == sum(int(s["amount"]) for s in listed) and
          int(supply["locked"]) == sum(int(s["locked"]) for s in listed), (supply, listed))
    check("what rewards wait", int(supply["unclaimed_rewards"]) == sum(int(s["reward"]) for s in listed) > 0 and
          int(supply["emitted"]) > 0 and int(supply["burnt"]) >= 0 and supply["height"] > 0, supply)
    contract = get(devnet, f"/contracts/{STAKE}")
    code = contract["code"]
    check("a contract", contract["contract"] == STAKE and int(contract["balance"]) >= int(supply["staked"]) and
          contract["driver"] == "built-in" and contract["pages"] > 0 and
          contract["memory_bytes"] >= contract["pages"] > 0, contract)
    check("its code", code["bytes"] > 10_000 and len(code["blake3"]) == len(code["sha256"]) == 64, code)
    check("no contract", request(devnet, "GET", "/contracts/" + "77" * 32)[0] == 404)
    check("no id of one", request(devnet, "GET", "/contracts/77")[0] == 400)


def events_of_chain(program, data, genesis, parent):
    """What `dusk chain exec` finds in the blocks: for each the events in the order of emission."""
    blocks = parent / "blocks.jsonl"
    status, report = run(program, "db", "chain", "export", data, blocks, "--force")
    check("the blocks are exported", status == 0, report)
    status, report = run(program, "chain", "exec", "--genesis", genesis, "--network", "devnet", "--blocks", blocks, "--events")
    check("and executed by themselves", status == 0, str(report)[-500:])
    return {block["height"]: [(e["origin"], e["source"], e["topic"], e["data"]) for e in block["events"]]
            for block in report["blocks"]}


def content(data, height):
    """All that an archive knows up to a height, with the names of accounts."""
    connection = sqlite3.connect(f"file:{data / 'archive.sqlite3'}?mode=ro", uri=True)
    try:
        out = [connection.execute(f"SELECT * FROM {table} WHERE height <= ? ORDER BY 1, 2, 3", (height,)).fetchall()
               for table in ("chronicle_blocks", "chronicle_events", "chronicle_flows", "chronicle_memos",
                             "chronicle_transactions")]
        for table in ("activity", "producers"):
            out.append(connection.execute(
                f"SELECT k.account, t.* FROM chronicle_{table} t JOIN chronicle_accounts k ON k.number = t.account "
                "WHERE t.height <= ? ORDER BY 1, 4, 3", (height,)).fetchall())
        # Numbers of accounts hang on the order in which they were met, and on when those of the state are counted.
        out[4] = [row[:6] + row[8:] for row in out[4]]
        return out[:5] + [[row[:1] + row[2:] for row in rows] for rows in out[5:]]
    finally:
        connection.close()


def archived(rows, height):
    """The events of a block in the order of emission, as `events_of_chain` has them; the block itself is no origin."""
    blocks, events = rows[0], rows[1]
    hashes = {block[0]: block[1] for block in blocks}
    found = sorted((e for e in events if e[1] == height and not e[8]), key=lambda e: e[2])
    return [(None if e[3] == hashes[height] else e[3].hex(), e[4].hex(), e[5].decode(), e[7].hex()) for e in found]


def test_command(program, devnet, parent, height):
    """On a copy of the stopped node: all at once, with the archive that was never there before."""
    node = devnet.folder / "node-0"
    copy = parent / "copy"
    shutil.copytree(node / "data", copy)
    toml = (node / "node.toml").read_text()
    config = parent / "node.toml"
    config.write_text(toml.replace("[archive]\nenabled = false", "[archive]\nenabled = true"))
    status, report = run(program, "db", "archive", "backfill", "--config", config, "--db-path", copy)
    check("blocks are executed by a command", status == 0 and report["executed"] >= height - 1 and report["missing"] == 0,
          report)
    again = run(program, "db", "archive", "backfill", "--config", config, "--db-path", copy)
    check("once", again == (0, {**again[1], "executed": 0, "missing": 0}), again)
    check("nothing is left of the replay", not (copy / "backfill").exists())
    rows = content(copy, height)
    expected = events_of_chain(program, copy, devnet.folder / "genesis.toml", parent)
    wrong = [h for h in range(1, height + 1) if archived(rows, h) != expected.get(h)]
    check("it knows what the blocks report", not wrong and sum(map(len, expected.values())) > 15, wrong[:5])
    info = run(program, "db", "archive", "info", copy)[1]
    check("no block is without events", info["blocks_without_events"] == 0, info)
    return rows


def test_lists(devnet, wallet, height):
    history = get(devnet, f"/archive/accounts/{wallet.account}/history?kinds=all&order=asc")
    kinds = [item["kind"] for item in history["items"]]
    check("what happened to the account", kinds[0] == "received" and {"staked", "sent", "deposited"} <= set(kinds), history)
    sent = next(item for item in history["items"] if item["kind"] == "sent")
    check("with the call and its arguments", sent["call"]["function"] == "stake" and sent["call"]["contract"] == STAKE and
          sent["call"]["value"]["keys"]["account"] == wallet.account and int(sent["fee"]) > 0, sent)
    check("in plain words", sent["text"].startswith("Called `stake` of the stake contract"), sent["text"])
    # Page by page it is the same, and as a file.
    items, cursor = [], ""
    while cursor is not None:
        page = get(devnet, f"/archive/accounts/{wallet.account}/history?kinds=all&order=asc&limit=1{cursor}")
        items += page["items"]
        cursor = f"&cursor={page['next']}" if page["next"] else None
    check("page by page", items == history["items"], len(items))
    status, body = request(devnet, "GET", f"/archive/accounts/{wallet.account}/history?kinds=all&order=asc&format=csv")
    lines = list(csv.DictReader(io.StringIO(body.decode(), newline="")))
    check("as CSV", status == 200 and [line["kind"] for line in lines] == kinds and
          [line["id"] for line in lines] == [str(item["id"]) for item in items], body[:300])
    status, body = request(devnet, "GET", "/archive/transactions?format=jsonl&order=asc")
    transactions = [json.loads(line) for line in body.splitlines()]
    listed = [t for h in range(1, height + 1) for t in get(devnet, f"/blocks/{h}")["transactions"]]
    check("all transactions as lines of JSON", [t["transaction"] for t in transactions if t["height"] <= height] == listed,
          (len(transactions), len(listed)))
    stake = next(t for t in transactions if t["kind"] == "call")
    one = get(devnet, f"/archive/transactions/{stake['transaction']}")
    check("one of them", one["final"] and one["call"]["function"] == "stake" and
          {"stake", "deposit", "moonlight"} <= {e["topic"] for e in one["events"]}, one)
    of_contract = get(devnet, f"/archive/contracts/{STAKE}/transactions")["items"]
    check("calls of a contract", [t["transaction"] for t in of_contract] == [stake["transaction"]], of_contract)
    events = get(devnet, f"/archive/contracts/{STAKE}/events?topic=stake")["items"]
    check("its events of a topic", len(events) == 1 and int(events[0]["value"]["value"]) == 1000 * 10**9, events)
    contracts = {c["contract"]: c for c in get(devnet, "/archive/contracts")["items"]}
    check("contracts", {TRANSFER, STAKE} <= set(contracts) and contracts[STAKE]["calls"] == 1, contracts)
    provisioners = get(devnet, "/archive/provisioners")
    check("who makes blocks", len(provisioners["items"]) == 1 and provisioners["items"][0]["produced"] >= height and
          int(provisioners["items"][0]["rewards"]) > 0, provisioners)
    blocks = get(devnet, f"/archive/provisioners/{provisioners['items'][0]['account']}/blocks?limit=5")["items"]
    check("which ones", len(blocks) == 5 and all(int(b["reward"]) > 0 and not b["missed"] for b in blocks), blocks)
    charts = get(devnet, "/archive/charts?bucket=day")["items"]
    check("counts of days", len(charts) == 30 and sum(c["transactions"] for c in charts) == len(transactions) and
          sum(c["blocks"] for c in charts) >= height, charts[-2:])
    richest = get(devnet, "/archive/accounts?limit=3")
    balances = [int(item["balance"]) for item in richest["items"]]
    check("who holds most", len(balances) == 3 and balances == sorted(balances, reverse=True), richest)
    found = get(devnet, f"/archive/search?q={stake['transaction'][:9]}")["items"]
    check("by the begin of its name", {"kind": "transaction", "value": stake["transaction"]} in found, found)
    for bad in ("accounts/nobody/history", f"accounts/{wallet.account}/history?kinds=x", "transactions?limit=0",
                "transactions?cursor=x", "contracts/77", "charts?bucket=year", "search?q=ab", "transactions?foo=1"):
        check(f"400 for {bad}", request(devnet, "GET", f"/archive/{bad}")[0] == 400)
    check("404", request(devnet, "GET", "/archive/contracts/" + "77" * 32)[0] == 404)


def test(program, parent):
    folder = parent / "devnet"
    devnet = start(program, folder)
    try:
        wallet = Wallet(program, parent)
        status, paid = run(program, "devnet", "faucet", "--folder", folder, wallet.account, "--amount", "5000")
        check("the faucet pays", status == 0, paid)
        test_simulation(devnet, wallet)
        test_fees(devnet)
        check("no archive yet", request(devnet, "GET", "/archive")[0] == 501)
        status, report = devnet.load("--count", "12", "--rate", "1000")
        check("transfers are final", status == 0 and report.get("final") == 12, report)
        devnet.wait("the node rests", lambda: all(s and s["idle"] for s in devnet.statuses()), 30)
        test_state(devnet, stakes=3)  # two, and the rewards of Dusk without one
        height = devnet.statuses()[0]["final_height"]
        check("it stops when asked to", devnet.stop() == 0, devnet.output()[-500:])

        rows = test_command(program, devnet, parent, height)

        devnet = start(program, folder, "--archive")
        node = devnet.running()[0]

        def is_done():
            archive = get(devnet, "/archive")
            return isinstance(archive, dict) and archive["blocks_without_events"] == 0 and archive["backfill"] is None \
                and (archive["last_final"] or 0) >= height
        devnet.wait("the node executes old blocks", is_done, 120)  # at a low priority
        found = content(folder / "node-0" / "data", height)
        check("the same content as by the command", found == rows,
              [(i, *next((a, b) for a, b in zip(x, y) if a != b)) if len(x) == len(y) else (i, len(x), len(y))
               for i, (x, y) in enumerate(zip(found, rows)) if x != y])
        check("its status says so", devnet.ask(node, "/status")["archive"]["backfill"] is None)
        status, report = devnet.load("--count", "3", "--in-turn")
        check("and it goes on", status == 0 and report.get("final") == 3, report)
        devnet.wait("new blocks are there", lambda: get(devnet, "/archive")["last_final"] >=
                    devnet.statuses()[0]["final_height"], 30)
        test_lists(devnet, wallet, height)
        check("it stops again", devnet.stop() == 0)
    except (RuntimeError, OSError, ValueError, KeyError, IndexError, TypeError, StopIteration, sqlite3.Error,
            http.client.HTTPException, subprocess.TimeoutExpired) as error:
        check("the devnet works", False, repr(error))
    finally:
        devnet.kill()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        test(os.path.abspath(sys.argv[1]), pathlib.Path(place))
    check.end("backfill")
