"""What `dusk net` says of a devnet that runs."""
import http.client
import json
import socket
import subprocess

from checks import check, run


def text_of(program, *arguments):
    """Status and standard output."""
    done = subprocess.run([program, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False,
                          timeout=60)
    return done.returncode, done.stdout.decode()


def metric(node, name):
    """The value of a counter in /metrics."""
    connection = http.client.HTTPConnection(node["http"], timeout=5)
    connection.request("GET", "/metrics")
    text = connection.getresponse().read().decode()
    return next((float(line.split()[-1]) for line in text.splitlines() if line.startswith(name)), None)


def check_network(program, folder, nodes):
    others = {node["address"] for node in nodes[1:]}
    status, pong = run(program, "net", "ping", nodes[0]["address"], "--count", "2")
    check("a node answers a ping", status == 0 and len(pong["round_trips_us"]) == 2 and pong["version"] == "1.0.0", pong)
    check("with its work", pong.get("network_id") == 100 and pong.get("difficulty", 0) >= 20, pong)
    status, text = text_of(program, "net", "ping", nodes[0]["address"], "--network", "1", "--count", "1", "--patience",
                           "200")
    check("a ping of another network is not answered, and it is said what to look at",
          status == 1 and "network id" in text and "firewall" in text, text)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{unused.getsockname()[1]}"
        status, answer = run(program, "net", "ping", address, "--count", "1", "--patience", "200")
        check("nobody answers where nobody is", status == 1 and answer["error"]["code"] == "no_answer", answer)

    status, traffic = run(program, "net", "traffic", "--node", nodes[0]["http"])
    check("the traffic of a node has votes, none of them of nobody",
          status == 0 and traffic["kinds"]["validation"]["received"] > 0
          and all(kind["of_nobody"] == 0 for kind in traffic["kinds"].values()), traffic)
    status, text = text_of(program, "net", "traffic", "--node", nodes[0]["http"])
    check("as a table", status == 0 and "ratification" in text and "of nobody" in text, text)
    status, peers = run(program, "net", "peers", "--node", nodes[0]["http"])
    seen = {peer["address"] for peer in peers["peers"]}
    check("a node knows the others", status == 0 and others <= seen and peers["alive"] >= 3, peers)
    check("and how far they are", all(p["round_trip_us"] is not None for p in peers["peers"] if p["address"] in others),
          peers)
    status, table = run(program, "net", "table", "--devnet", folder)
    members = {member for bucket in table["buckets"] for member in bucket["members"]}
    check("the table has them in buckets", status == 0 and others <= members, table)
    status, text = text_of(program, "net", "table", "--node", nodes[1]["http"])
    check("for people too", status == 0 and "bucket" in text and nodes[0]["address"] in text, text)
    status, answer = run(program, "net", "peers", "--node", "127.0.0.1:1")
    check("a node that is not there is an error", status == 1 and answer["error"]["code"] == "no_answer", answer)

    status, text = text_of(program, "net", "trace", "--devnet", folder, "--seconds", "6", "--json")
    messages = [json.loads(line) for line in text.splitlines()]
    kinds = {message["kind"] for message in messages}
    check("messages are traced", status == 0 and {"candidate", "validation", "ratification", "quorum"} <= kinds, kinds)
    everywhere = [m for m in messages if m["kind"] == "candidate" and m["reached"] == 4]
    check("candidates reach all nodes", everywhere, messages[:3])
    check("one made each, the others needed its parts",
          all(sum(n["own"] for n in m["nodes"]) == 1 and all(n["own"] or n["chunks"] > 0 for n in m["nodes"])
              for m in everywhere), everywhere[:1])
    status, text = text_of(program, "net", "trace", "--node", nodes[0]["http"], "--count", "3", "--past")
    check("one node's messages, a line for each", status == 0 and len(text.splitlines()) == 3, text)

    check("counters are served", metric(nodes[0], 'dusk_network_messages_total{direction="sent",kind="validation"}') > 0)
    check("nothing came that could not be read", metric(nodes[0], "dusk_network_malformed_total") == 0)
