"""What scenarios have in common: a start, an end with everything handed in, and what is said of the result."""
from .agreement import heights, same_chain, wait_for_final, wait_for_height
from .processes import Failure, wait_until

START = 240  # seconds within which a network has its first blocks: a step is given 40 s while none was measured


def wait_for_start(network, nodes, height=2):
    wait_until("answers of all nodes", lambda: min(heights(nodes).values()) >= 0, 60, network.processes())
    wait_for_height(network, nodes, height, START)


def finish(network, stream, readers):
    """Everything is handed in, and in a block of all."""
    wait_until("handing in all transactions", lambda: stream.step() or stream.done, 300, network.processes(), 0.1)
    try:
        wait_until("blocks with all transactions", lambda: not stream.unfinished(readers), 120, network.processes(), 1)
    except Failure as failure:
        left = [f"{t.what} {t.name} given to {t.node.name}" for t in stream.unfinished(readers)[:5]]
        raise Failure(f"{failure}; among those left: {left}") from None


def agree(network, nodes, height=None):
    """All blocks up to `height` (one below the tip of all), which are final for all and the same."""
    height = min(heights(nodes).values()) - 1 if height is None else height
    wait_for_final(network, nodes, height, 180)
    return same_chain(nodes, height)


def result_of(network, nodes, blocks, **more):
    """`nodes` agree on `blocks`, from the first to the last."""
    last = blocks[-1]
    return {"nodes": [node.name for node in nodes], "height": last.height, "hash": last.hash,
            "state_root": last.state_root, "tips": {node.name: node.tip() for node in nodes},
            "block_time_s": network.settings.block_time, **more}


def cpu_of(nodes, before):
    """Processor time since `before` as a share of one core, and resident memory."""
    out = {}
    for node in nodes:
        now, then = node.usage(), before[node.name]
        out[node.name] = {"cpu_share": round((now["cpu_s"] - then["cpu_s"]) / (now["at"] - then["at"]), 4),
                          "rss_mb": round(now["rss_bytes"] / 1e6, 1)}
    return out
