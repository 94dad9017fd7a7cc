"""How long blocks take from the node that makes them to all others: what the nodes of a network say of it, by the one
clock of this machine.

    arrival      from the sending of a candidate to the moment when another node has all its parts: its trace
    acceptance   until the block is in the chain of a node, votes and all: its log (milliseconds). A candidate is sent
                 before its slot, the second of its timestamp, and not judged before: from the later of both
    behind       from the first node that has the block in its chain to the others: the same
"""
import datetime
import json

from rusk.processes import Failure

SETTLE_US = 3_000_000  # a candidate has reached everybody, or will not
KEPT = ("candidate", "block", "quorum")


def quantiles(values):
    """Median, 99 of 100, the largest."""
    ordered = sorted(values)
    if not ordered:
        return {}
    at = {"p50": 0.5, "p99": 0.99, "max": 1.0}
    return {name: round(ordered[min(int(q * len(ordered)), len(ordered) - 1)], 2) for name, q in at.items()}


class Traces:
    """What nodes saw of objects, asked for often enough that they have not forgotten it."""

    def __init__(self, nodes):
        self.nodes, self.objects = nodes, {}
        self._after = {node.name: (node.ask("/network/objects/0") or {}).get("last", 0) for node in nodes}

    def poll(self):
        for node in self.nodes:
            answer = node.ask(f"/network/objects/{self._after[node.name]}")
            if answer is None:
                continue
            self._after[node.name] = max(answer["last"], self._after[node.name])
            for one in answer["objects"]:
                if one["kind"] in KEPT:
                    self.objects.setdefault(one["ray_id"], {"kind": one["kind"], "bytes": one["bytes"], "seen": {}})[
                        "seen"][node.name] = one

    def made(self, kind):
        """(when it was sent, bytes, maker, who has it when), in order, of those that one of the nodes made."""
        out = []
        for one in self.objects.values():
            makers = [name for name, seen in one["seen"].items() if seen["own"]]
            if one["kind"] == kind and len(makers) == 1:
                others = {name: seen["complete_us"] for name, seen in one["seen"].items() if name != makers[0]}
                out.append((one["seen"][makers[0]]["first_us"], one["bytes"], makers[0], others))
        return sorted(out, key=lambda made: made[0])


def accepted_blocks(node):
    """Height: unix microseconds, as the log of the node says."""
    out = {}
    for line in node.log.read_text(errors="replace").splitlines():
        try:
            record = json.loads(line)
        except ValueError:
            continue
        if record.get("message") == "block accepted":
            at = datetime.datetime.fromisoformat(record["time"].replace("Z", "+00:00")).timestamp()
            out.setdefault(record["fields"]["height"], round(at * 1e6))
    return out


def traffic(nodes):
    """Counters of all nodes together."""
    out = {}
    for node in nodes:
        answer = node.ask("/network")
        if answer is None:
            raise Failure(f"{node.name} does not say what it sent")
        for name, value in answer["datagrams"].items():
            out[name] = out.get(name, 0) + value
    return out


def arrivals(candidates, nodes):
    """Milliseconds, and how many of the nodes that should have one never had it."""
    times = [(at - sent) / 1000 for sent, _, _, others in candidates for at in others.values()]
    return times, sum(nodes - 1 - len(others) for _, _, _, others in candidates)


def acceptances(candidates, nodes, first, last):
    """Of blocks `first` to `last`: milliseconds to acceptance, and behind the first; how many blocks, transactions. The
    candidate of a block is the last that was sent before anybody had the block."""
    logs = [accepted_blocks(node) for node in nodes]
    times, behind, heights, transactions = [], [], 0, 0
    for height in range(first, last + 1):
        at = sorted(log[height] for log in logs if height in log)
        sent = [one[0] for one in candidates if at and one[0] <= at[0]]
        block = nodes[0].ask(f"/blocks/{height}")
        if not sent or block is None:
            continue
        heights += 1
        transactions += len(block["transactions"])
        begin = max(sent[-1], block["timestamp"] * 1_000_000)
        times += [(when - begin) / 1000 for when in at]
        behind += [(when - at[0]) / 1000 for when in at[1:]]
    return times, behind, heights, transactions


def spread(network, blocks, patience, meanwhile):
    """`blocks` of a network that runs; `meanwhile` is called about every second."""
    nodes = network.nodes
    traces, before = Traces(nodes), traffic(nodes)
    first = max(node.height() for node in nodes) + 1
    last = first + blocks - 1

    def look():
        meanwhile()
        traces.poll()
    network.wait_for_height(last, patience, look)
    traces.poll()
    after = traffic(nodes)
    made = traces.made("candidate")
    newest = max((one[0] for one in made), default=0)
    candidates = [one for one in made if one[0] <= newest - SETTLE_US]
    times, missing = arrivals(candidates, len(nodes))
    accepted, behind, heights, transactions = acceptances(made, nodes, first, last)
    part = 1 / len(nodes) / blocks
    return {"blocks": heights, "candidates": len(candidates), "transactions": transactions,
            "bytes_of_candidate": quantiles([one[1] for one in candidates]), "not_arrived": missing,
            "arrival_ms": quantiles(times), "acceptance_ms": quantiles(accepted), "behind_ms": quantiles(behind),
            "of_a_node_per_block": {name: round((after[name] - before[name]) * part, 1)
                                    for name in ("received", "received_bytes", "sent", "sent_bytes")},
            "kernel_drops": after["kernel_drops"] - before["kernel_drops"]}
