"""Who made the blocks and who attested them, read from a Rust node."""
import collections

from . import committees
from .processes import Failure

LEAST_BLOCKS = 10   # of each key
LEAST_SHARE = 0.9   # of the attestations


class Provisioners:
    """The provisioners at each height, as the Rust node tells them while the chain grows."""

    def __init__(self, node):
        self._node, self._at = node, {}

    def look(self):
        before = self._node.height()
        if before < 0 or before in self._at:
            return
        found = self._node.provisioners()
        if found is not None and self._node.height() == before:
            self._at[before] = found

    def candidates(self, height):
        """The sets that may have been those after the block at `height`, the likeliest first."""
        below = [h for h in self._at if h <= height]
        above = [h for h in self._at if h > height]
        return [self._at[h] for h in ([max(below)] if below else []) + ([min(above)] if above else [])]


class Participation:
    """`sides`: a name for each set of keys."""

    def __init__(self, sides):
        self.sides = sides
        self.generated = collections.Counter()
        self.attestations = 0
        self.open_to = collections.Counter()   # attestations whose committees had members of the side
        self.voted = collections.Counter()     # those of them with votes of the side
        self.open_to_all = self.voted_by_all = 0
        self.failed_iterations = 0

    def read(self, entries, provisioners):
        """`entries` of a Rust node, from block 0 on. The attestation of a block is in the one above it."""
        for below, (block, seed, _), above in zip(entries, entries[1:], entries[2:]):
            self.generated[block.generator] += 1
            self.failed_iterations += block.iteration
            self._read_votes(block, below[1], above[2], provisioners)
        if len(entries) > 1:
            self.generated[entries[-1][0].generator] += 1

    def _read_votes(self, block, seed, votes, provisioners):
        chosen = next((one for one in provisioners.candidates(block.height - 1)
                       if committees.generator(one, seed, block.height, block.iteration) == block.generator), None)
        if chosen is None:
            raise Failure(f"block {block.height}, iteration {block.iteration}: its generator is not the one that "
                          f"sortition draws from the stakes that the Rust node tells")
        if votes.result != "Valid":
            raise Failure(f"block {block.height} has an attestation for {votes.result}")
        pairs = zip(committees.voting(chosen, seed, block.height, block.iteration),
                    (votes.validation, votes.ratification))
        members, voters = set(), set()
        for committee, bits in pairs:
            members |= set(committee)
            voters |= committees.voters(committee, bits)
        self.attestations += 1
        present = {side for side, keys in self.sides.items() if keys & members}
        voting = {side for side, keys in self.sides.items() if keys & voters}
        for side in present:
            self.open_to[side] += 1
        for side in voting:
            self.voted[side] += 1
        if len(present) == len(self.sides):
            self.open_to_all += 1
            self.voted_by_all += len(voting) == len(self.sides)

    def check(self, keys):
        """Every key made blocks; whenever members of each side were drawn, both sides are among the voters."""
        for name, key in keys.items():
            if self.generated[key] < LEAST_BLOCKS:
                raise Failure(f"{name} generated {self.generated[key]} blocks, fewer than {LEAST_BLOCKS}")
        for side in self.sides:
            if self.voted[side] < LEAST_SHARE * self.open_to[side]:
                raise Failure(f"votes of {side} are in {self.voted[side]} of the {self.open_to[side]} attestations "
                              f"that its keys were drawn for")
        if self.open_to_all == 0 or self.voted_by_all < LEAST_SHARE * self.open_to_all:
            raise Failure(f"votes of both sides are in {self.voted_by_all} of the {self.open_to_all} attestations that "
                          f"keys of both were drawn for")

    def report(self, keys):
        return {"generated": {name: self.generated[key] for name, key in keys.items()},
                "failed_iterations": self.failed_iterations,
                "attestations": self.attestations,
                "drawn_from_both_sides": self.open_to_all,
                "voted_by_both_sides": self.voted_by_all,
                "sides": {side: {"drawn": self.open_to[side], "voted": self.voted[side]} for side in self.sides}}
