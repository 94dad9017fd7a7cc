"""Queries that ask for more than anybody may have, and JSON that has no bottom: an error, soon."""
import json
import time

from checks import check

JSON = {"Content-Type": "application/json"}
MIB = 1 << 20


def bombs():
    header = "header { height hash prevBlockHash seed json }"
    yield "aliases", "{" + "".join(f"a{i}:block(height:-1){{{header}}}" for i in range(3000)) + "}"
    yield "aliases of lists", "{" + "".join(f"a{i}:blocks(last:200){{{header} transactions {{ id raw }} }}" for i in range(1000)) + "}"
    yield "a field ten thousand times", "{ block(height:-1) { header {" + " height" * 40_000 + " } } }"
    yield "depth", "{ block(height:-1)" + " { transactions { tx" * 100 + " { id }" + " } }" * 100 + "}"
    yield "braces", "{" * 50_000
    yield "lists", '{ block(height:' + "[" * 50_000 + ") { header { height } } }"
    yield "objects", '{ block(height:' + "{a:" * 20_000 + ") { header { height } } }"
    circle = "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }"
    yield "a circle of fragments", circle
    yield "a fragment of itself", "{ ...A } fragment A on Query { block(height:-1) { header { height } } ...A }"
    doubling = "{ ...F0 } " + " ".join(f"fragment F{i} on Query {{ ...F{i + 1} ...F{i + 1} }}" for i in range(60))
    yield "fragments that double", doubling + " fragment F60 on Query { lastBlockPair { json } }"
    aliased = " ".join(f"fragment F{i} on Query {{ a{i}:lastBlockPair{{json}} ...F{i + 1} ...F{i + 1} }}" for i in range(60))
    yield "fragments that double with names", "{ ...F0 } " + aliased + " fragment F60 on Query { lastBlockPair { json } }"
    yield "directives", "{ lastBlockPair " + "@include(if:true)" * 10_000 + " { json } }"
    yield "variables", "query(" + "".join(f"$a{i}:Int=1 " for i in range(10_000)) + ") { lastBlockPair { json } }"
    yield "operations", "".join(f"query Q{i} {{ lastBlockPair {{ json }} }} " for i in range(5000))
    yield "the schema of itself", "{ __schema { types" + " { fields { type { ofType" * 30 + " { name }" + " } } }" * 30 + "} }"
    yield "a long name", "{ " + "a" * 200_000 + " }"
    yield "a long number", "{ block(height:" + "9" * 100_000 + ") { header { height } } }"
    yield "a long text", '{ block(hash:"' + "a" * 200_000 + '") { header { height } } }'
    yield "a text without an end", '{ block(hash:"' + "\\u0041" * 30_000
    yield "comments", "#" * 250_000
    yield "letters beyond the plane", "{ " + "\U0001f600" * 30_000 + " }"


def attack(target):
    for what, query in bombs():
        for way in ("POST", "legacy"):
            begin = time.monotonic()
            if way == "POST":
                status, body = target.graphql(query)
            else:
                status, body, _ = target.ask("POST", "/on/graphql/query", query.encode())
            took = time.monotonic() - begin
            is_error = status in (400, 413, 422) or b'"errors"' in body[:500_000] or b'"errors"' in body[-2000:]
            check(f"{what} ({way}): an error, or little", status in (200, 400, 413, 422) and (is_error or len(body) < 64 * MIB),
                  (status, len(body), body[:200]))
            check(f"{what} ({way}): soon", took < 10, took)
    for what, body in {
        "a list of queries": json.dumps([{"query": "{ lastBlockPair { json } }"}] * 5000),
        "a deep list": "[" * 200_000,
        "a deep object": '{"query":' * 25_000,
        "deep variables": '{"query":"{ lastBlockPair { json } }","variables":' + '{"a":' * 20_000 + "1" + "}" * 20_001,
        "many variables": json.dumps({"query": "{ lastBlockPair { json } }", "variables": {str(i): i for i in range(15_000)}}),
        "no JSON": '{"query": "\\ud800"}',
        "numbers without an end": '{"query": ' + "1" * 200_000 + "}",
    }.items():
        begin = time.monotonic()
        status, answer, _ = target.ask("POST", "/graphql", body, JSON)
        check(f"{what}: answered soon", status in (200, 400, 413) and time.monotonic() - begin < 10, (status, answer[:200]))
    contract = "01" + "00" * 31
    for what, body in {"deep": "[" * 1_000_000, "deep and closed": "[" * 500_000 + "]" * 500_000,
                       "objects": '{"a":' * 300_000, "a long number": "1" * 1_000_000, "a long text": '"' + "a" * 1_000_000 + '"'}.items():
        for path in (f"/on/contracts:{contract}/account", f"/on/driver:{contract}/encode_input_fn:account"):
            status, answer, _ = target.ask("POST", path, body, JSON)
            check(f"JSON that is {what}: {path[:14]}", status in (400, 422, 500) and b"error" in answer, (status, answer[:200]))
    target.check_memory("after GraphQL and JSON", 500 * MIB)
    target.check_well("GraphQL and JSON")
