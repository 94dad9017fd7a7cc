"""Whether nodes have the same chain, block by block, and how to wait for them."""
import time

from .processes import Failure


def heights(nodes):
    return {node.name: node.height() for node in nodes}


def wait_for_height(network, nodes, height, seconds, during=None, stall=300):
    """Until all of them have a block at `height`. Fails after `seconds`, or when none has a new block for `stall`."""
    end = time.monotonic() + seconds
    best, moved = -1, time.monotonic()
    while True:
        if during:
            during()
        now = heights(nodes)
        if min(now.values()) >= height:
            return
        for process in network.processes():
            process.check()
        if max(now.values()) > best:
            best, moved = max(now.values()), time.monotonic()
        if time.monotonic() > end:
            raise Failure(f"height {height} was not reached by all within {seconds:.0f} s: {now}")
        if time.monotonic() > moved + stall:
            raise Failure(f"no new block for {stall} s: {now}")
        time.sleep(0.5)


def wait_for_final(network, nodes, height, seconds, during=None):
    """Until the block at `height` is final for all of them."""
    end = time.monotonic() + seconds
    while True:
        if during:
            during()
        now = {node.name: node.final_height() for node in nodes}
        if min(now.values()) >= height:
            return
        for process in network.processes():
            process.check()
        if time.monotonic() > end:
            raise Failure(f"block {height} was not final for all within {seconds:.0f} s: {now}")
        time.sleep(0.5)


def same_chain(nodes, height, first=0):
    """The blocks up to `height`, which all of these nodes have. Fails at the first difference."""
    reference, *others = nodes
    blocks = reference.blocks(first, height)
    for node in others:
        for mine, theirs in zip(blocks, node.blocks(first, height), strict=True):
            if mine.identity() != theirs.identity():
                raise Failure(f"block {mine.height} differs:\n  {reference.name}: {mine}\n  {node.name}: {theirs}")
    return blocks
