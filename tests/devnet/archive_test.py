#!/usr/bin/env python3
"""The archive of a node: what it says about transfers and blocks, to those who look into the database and to clients, and
that nothing is lost when the node is killed or the database removed.

    archive_test.py PROGRAM
"""
import csv
import http.client
import json
import os
import pathlib
import signal
import sqlite3
import subprocess
import sys
import tempfile

from checks import check, run
from running_devnet import Devnet

TRANSFER = "01" + "00" * 31


def start(program, folder):
    devnet = Devnet(program, folder, "--instant", "--archive", "--keep", "--port-base", "39500", "--http-port-base", "38580")
    devnet.wait("the node answers", lambda: any(s and s["idle"] for s in devnet.statuses()), 60)
    return devnet


def database(devnet):
    return devnet.folder / "node-0" / "data" / "archive.sqlite3"


def rows(devnet, sql, *values):
    connection = sqlite3.connect(f"file:{database(devnet)}?mode=ro", uri=True)
    try:
        return connection.execute(sql, values).fetchall()
    finally:
        connection.close()


def final_of(devnet):
    """The last final block in the archive, -1 where there is none."""
    try:
        return rows(devnet, "SELECT final FROM chronicle")[0][0]
    except (sqlite3.Error, IndexError):
        return -1


def wait_for_archive(devnet):
    """The height up to which it is final there: that of the chain."""
    devnet.wait("the node rests", lambda: all(s and s["idle"] for s in devnet.statuses()), 30)
    height = devnet.statuses()[0]["final_height"]
    devnet.wait(f"block {height} is final in the archive", lambda: final_of(devnet) >= height, 30)
    return height


def content(devnet, height):
    """All that the archive knows up to a height."""
    return [rows(devnet, f"SELECT * FROM {table} WHERE height <= ? ORDER BY 1, 2, 3", height)
            for table in ("chronicle_blocks", "chronicle_events", "chronicle_flows")]


def test_rows(devnet, height):
    """Each block once, each transfer in the block that has it."""
    node = devnet.running()[0]
    chain = [devnet.ask(node, f"/blocks/{i}") for i in range(1, height + 1)]
    stored = rows(devnet, "SELECT height, hash, known FROM chronicle_blocks WHERE height BETWEEN 1 AND ? ORDER BY height",
                  height)
    check("every block is there, with its events", [(h, hash.hex(), known) for h, hash, known in stored] ==
          [(block["height"], block["hash"], 1) for block in chain], stored)
    transfers = rows(devnet, "SELECT height, origin FROM chronicle_events WHERE topic = CAST('moonlight' AS BLOB) AND "
                             "height <= ?", height)
    expected = {(block["height"], t) for block in chain for t in block["transactions"]}
    check("every transfer has its event", {(h, origin.hex()) for h, origin in transfers} == expected and
          len(transfers) == len(expected), (len(transfers), len(expected)))
    ids = [row[0] for row in rows(devnet, "SELECT id FROM chronicle_events WHERE height <= ? ORDER BY id", height)]
    check("events are numbered without a gap", ids == list(range(1, len(ids) + 1)), ids[:20])
    return len(expected)


def post(devnet, path, body=b"", headers=None):
    connection = http.client.HTTPConnection(devnet.running()[0]["http"], timeout=30)
    connection.request("POST", path, body, headers or {})
    response = connection.getresponse()
    return response.status, response.read()


def graphql(devnet, query):
    status, body = post(devnet, "/graphql", json.dumps({"query": query}), {"Content-Type": "application/json"})
    answer = json.loads(body)
    check("GraphQL answers", status == 200 and "errors" not in answer, answer)
    return answer["data"]


def test_clients(devnet, height, transfers):
    """What wallets and explorers ask."""
    block = graphql(devnet, "{ block(height: 1) { header { hash } transactions { id tx { json } } } }")["block"]
    transfer = block["transactions"][0]
    sender = json.loads(transfer["tx"]["json"])["sender"]
    receiver = json.loads(transfer["tx"]["json"])["receiver"]
    answer = graphql(devnet, '{ full: fullMoonlightHistory(address: "%s") { json } both: moonlightHistory(sender: "%s", '
                             'receiver: "%s") { json } block(height: 1) { header { height } } }' %
                     (sender, sender, receiver))
    history = answer["full"]["json"]
    first = history[0]
    check("history of an account", first["block_height"] == 1 and first["origin"] == transfer["id"] and
          [e["topic"] for e in first["events"]] == ["moonlight"] and first["events"][0]["target"] == TRANSFER, first)
    data = first["events"][0]["data"]
    check("what the event says", isinstance(data, dict) and (data["sender"], data["receiver"]) == (sender, receiver) and
          int(data["value"]) > 0, data)
    check("between two accounts", transfer["id"] in [t["origin"] for t in answer["both"]["json"]], answer["both"])
    check("the ledger in the same request", answer["block"]["header"]["height"] == 1)
    events = graphql(devnet, '{ contractEvents(hash: "%s") { json } }' % block["header"]["hash"])["contractEvents"]["json"]
    check("events of a block", any(e["topic"] == "moonlight" and e["origin"] == transfer["id"] for e in events), events)
    found, cursor = [], ""
    while True:
        page = graphql(devnet, '{ finalizedEvents(contractId: "%s", limit: 7%s) { json } }' %
                       (TRANSFER, cursor))["finalizedEvents"]["json"]
        found += page["events"]
        if not page["hasNextPage"]:
            break
        cursor = ', cursor: "%s"' % page["endCursor"]
    check("final events, page by page", len([e for e in found if e["topic"] == "moonlight"]) == transfers and
          [e["id"] for e in found] == sorted({e["id"] for e in found}), len(found))
    status, body = post(devnet, "/on/stats/tx_count")
    check("counts of transactions", status == 200 and json.loads(body) ==
          {"public": transfers, "shielded": 0, "total": transfers}, body)
    status, body = post(devnet, "/on/stats/account_count")
    check("accounts of the first state count", status == 200 and json.loads(body)["public_accounts"] >= 10, body)
    final = graphql(devnet, '{ checkBlock(height: %d, hash: "%s", onlyFinalized: true) nextPhoenix(height: 0) }' %
                    (1, block["header"]["hash"]))
    check("what is final", final == {"checkBlock": True, "nextPhoenix": None}, final)


def test_commands(program, devnet, height, transfers):
    data = database(devnet).parent
    status, info = run(program, "db", "archive", "info", data)
    check("the archive says how far it is", status == 0 and info["first"] == 0 and info["last_final"] >= height and
          info["blocks_without_events"] == 0 and info["public_transactions"] >= transfers, info)
    table = devnet.folder.parent / "events.csv"
    status, report = run(program, "db", "archive", "export", data, table, "--contract", TRANSFER, "--topic", "moonlight",
                         "--to", height)
    with open(table, newline="") as file:
        lines = list(csv.DictReader(file))
    check("a table of transfers", status == 0 and report["events"] == len(lines) == transfers and
          all(line["source"] == TRANSFER and line["topic"] == "moonlight" for line in lines), report)
    check("it is not written over", run(program, "db", "archive", "export", data, table)[0] == 5)
    lines_file = devnet.folder.parent / "events.jsonl"
    status, report = run(program, "db", "archive", "export", data, lines_file, "--from", height, "--to", height)
    objects = [json.loads(line) for line in lines_file.read_text().splitlines()]
    check("lines of JSON", status == 0 and report["format"] == "json" and len(objects) == report["events"] > 0 and
          {o["block_height"] for o in objects} == {height}, report)
    check("no archive", run(program, "db", "archive", "info", devnet.folder)[0] == 5)
    check("no contract", run(program, "db", "archive", "export", data, "x", "--contract", "77")[0] == 2)


def test(program, parent):
    folder = parent / "devnet"
    devnet = start(program, folder)
    try:
        status, report = devnet.load("--count", "3", "--in-turn")
        check("transfers are final", status == 0 and report.get("final") == 3, report)
        pid = devnet.running()[0]["pid"]
        os.kill(pid, signal.SIGKILL)
        devnet.wait("the node is there again", lambda: pid not in [n["pid"] for n in devnet.running()] and
                    any(s and s["idle"] for s in devnet.statuses()), 60)
        status, report = devnet.load("--count", "30", "--rate", "1000")
        check("transfers go on after a kill", status == 0 and report.get("final") == 30, report)
        height = wait_for_archive(devnet)
        transfers = test_rows(devnet, height)
        check("all transfers are among them", transfers == 33, transfers)
        test_clients(devnet, height, transfers)
        test_commands(program, devnet, height, transfers)
        before = content(devnet, height)
        check("it stops when asked to", devnet.stop() == 0, devnet.output()[-500:])

        for name in ("archive.sqlite3", "archive.sqlite3-wal", "archive.sqlite3-shm"):
            (database(devnet).parent / name).unlink(missing_ok=True)
        devnet = start(program, folder)
        check("a database that was removed is made anew", wait_for_archive(devnet) == height and
              content(devnet, height) == before)
        check("it stops again", devnet.stop() == 0)
    except (RuntimeError, OSError, ValueError, KeyError, sqlite3.Error, http.client.HTTPException,
            subprocess.TimeoutExpired) as error:
        check("the devnet works", False, repr(error))
    finally:
        devnet.kill()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        test(os.path.abspath(sys.argv[1]), pathlib.Path(place))
    check.end("archive")
