#!/usr/bin/env python3
"""api.py --program PROGRAM [--check] or --node ADDRESS [--check]: writes docs/api.md, the reference of what a node answers.

A running node says what it is: `rpc.discover` and `node.routes` of JSON-RPC. With --program a local network of one node is
started for that; with --check nothing is written, and the exit status is 1 when the document says something else.
"""
import argparse
import http.client
import json
import pathlib
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "api.md"
HEAD = """# What a node answers

Made by `./dev reference` of what a running node says of itself (`rpc.discover`, `node.routes`): change the tables in
`src/rpc`, not this file. How to use it stands in [json-rpc.md](json-rpc.md) and [interfaces.md](interfaces.md).

"""
EVERY_ROUTE = """Slashes at the end of a path do not count; `{name}` stands for one part of it. Every route may answer 405 (another method).
Those below `/on/` answer 400 where another version is asked for, and 422 to a body that is no text. The limits are the key in
`http.policy.global_limits.classes`. `/` and what is below `/ui` is the web page, where the program has one.

"""


def ask(node, method):
    """The result of a method without parameters."""
    connection = http.client.HTTPConnection(node, timeout=30)
    connection.request("POST", "/rpc", json.dumps({"jsonrpc": "2.0", "id": 1, "method": method}))
    answer = json.loads(connection.getresponse().read())
    if "error" in answer:
        raise RuntimeError(f"{method}: {answer['error']}")
    return answer["result"]


def type_text(schema):
    """A type on one line: `{height: Height, hash: Hash | null}`."""
    if "$ref" in schema:
        return schema["$ref"].split("/")[-1]
    if "enum" in schema:
        return " | ".join(json.dumps(name) for name in schema["enum"])
    for choice in ("oneOf", "anyOf"):
        if choice in schema:
            return " | ".join(type_text(one) for one in schema[choice])
    kind = schema.get("type", "any JSON")
    if kind == "array":
        return f"[{type_text(schema.get('items', {}))}]"
    if kind == "object" and "properties" in schema:
        required = schema.get("required", [])
        return "{" + ", ".join(f"{name}{'' if name in required else '?'}: {type_text(one)}"
                               for name, one in schema["properties"].items()) + "}"
    if kind == "integer" and schema.get("maximum", 2**53) < 2**53 - 1:
        return f"integer {schema['minimum']}…{schema['maximum']}"
    return kind


def phrases(schema, name="result"):
    """What the type says of its parts in words."""
    if schema.get("description"):
        yield name, schema["description"]
    for key, one in schema.get("properties", {}).items():
        yield from phrases(one, key if name == "result" else f"{name}.{key}")
    for one in schema.get("oneOf", []) + ([schema["items"]] if "items" in schema else []):
        yield from phrases(one, name)


def cell(text):
    return text.replace("|", "\\|").replace("\n", " ")


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "| " + " | ".join("---" for _ in head) + " |"]
    return "\n".join(lines + ["| " + " | ".join(cell(text) for text in row) + " |" for row in rows]) + "\n"


def method_text(method, errors):
    out = [f"### `{method['name']}`\n", method["summary"] + (f" Needs {method['x-needs']}." if "x-needs" in method else "") + "\n"]
    if method["params"]:
        out.append(table(("Parameter", "Type", "Meaning"),
                         [(f"`{one['name']}`" + ("" if one["required"] else " (optional)"),
                           f"`{type_text(one['schema'])}`", one["description"]) for one in method["params"]]))
    schema = method["result"]["schema"]
    out.append(f"Result: `{type_text(schema)}`\n")
    words = [f"- `{name}`: {phrase}" for name, phrase in phrases(schema)]
    if words:
        out.append("\n".join(words) + "\n")
    codes = [errors[one["$ref"].split("/")[-1]] for one in method["errors"]]
    own = [one for one in codes if one["code"] not in (-32602, -32603, -32003)]
    if own:
        out.append("Errors: " + ", ".join(f"{one['code']} ({one['message']})" for one in own) + "\n")
    return "\n".join(out)


def document(node):
    interface, routes = ask(node, "rpc.discover"), ask(node, "node.routes")
    missing = undescribed(node)
    if missing:
        raise SystemExit(f"nothing is written in src/rpc/route_texts.cpp about {', '.join(missing)}")
    routes = [one for one in routes if one["path"] != "/" and not one["path"].startswith("/ui")]
    errors = interface["components"]["errors"]
    out = [HEAD + f"## JSON-RPC, version {interface['info']['version']}\n",
           "`POST /rpc`, and a WebSocket at the same path. Every method may fail with -32602, -32603 and -32003.\n"]
    out += [method_text(one, errors) for one in interface["methods"]]
    out.append("### Types\n")
    out.append(table(("Name", "Type", "Meaning"),
                     [(f"`{name}`", f"`{type_text(one)}`", one.get("description", ""))
                      for name, one in interface["components"]["schemas"].items()]))
    out.append("### Errors\n")
    out.append(table(("Code", "Name", "Meaning"),
                     [(str(one["code"]), one["message"], one["data"]) for one in errors.values()]))
    out.append("## HTTP\n\n" + EVERY_ROUTE.rstrip("\n") + "\n")
    out.append(table(("Route", "Meaning", "Body", "Statuses", "Limits"),
                     [(f"`{one['method']} {one['path']}`", one["meaning"], one["body"],
                       ", ".join(str(status) for status in one["statuses"]), f"`{one['limits']}`") for one in routes]))
    return "\n".join(out)


def undescribed(node):
    """Routes that `src/rpc/route_texts.cpp` does not know."""
    return [f"{one['method']} {one['path']}" for one in ask(node, "node.routes") if not one["meaning"]]


def with_own_node(program, use):
    sys.path.insert(0, str(ROOT / "tests" / "devnet"))
    from running_devnet import Devnet  # noqa: E402
    with tempfile.TemporaryDirectory() as folder:
        devnet = Devnet(program, pathlib.Path(folder) / "net", "--instant", "--port-base", "39700", "--http-port-base", "38780")
        try:
            devnet.wait("the node answers", lambda: any(devnet.statuses()), 60)
            return use(devnet.running()[0]["http"])
        finally:
            devnet.stop()
            devnet.kill()


def main():
    parser = argparse.ArgumentParser(prog="./dev reference", description=__doc__.split("\n\n")[0].split(": ", 1)[1])
    parser.add_argument("--program", help="the built program, which is started")
    parser.add_argument("--node", help="where a running node answers, 127.0.0.1:8080")
    parser.add_argument("--check", action="store_true", help="write nothing: exit status 1 when the document is stale")
    options = parser.parse_args()
    if not options.node and not options.program:
        parser.error("give --node or --program")
    text = document(options.node) if options.node else with_own_node(options.program, document)
    if not options.check:
        DOCUMENT.write_text(text)
        return 0
    if DOCUMENT.exists() and DOCUMENT.read_text() == text:
        return 0
    print(f"{DOCUMENT.relative_to(ROOT)} is stale: run ./dev reference", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
