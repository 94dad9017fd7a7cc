"""Who may vote: deterministic sortition (spec/consensus.md §6), computed a third time, apart from both nodes.

An attestation says which members of its committees voted, by their places; so whoever wants the voters has to draw the
committees.
"""
import dataclasses
import hashlib

LUX_PER_CREDIT = 1_000_000_000  # that a member's weight loses with each credit
LEAST_STAKE = 1000 * LUX_PER_CREDIT
CREDITS = 64
LAST_ITERATION = 49


@dataclasses.dataclass(frozen=True)
class Provisioner:
    key: str  # 96 bytes in hexadecimal
    amount: int
    eligibility: int


def draw(provisioners, seed, round_, step, credits, excluded=()):
    """Keys of the members with their credits, in the order of the keys."""
    eligible = sorted((p for p in provisioners if p.eligibility <= round_ and p.amount >= LEAST_STAKE),
                      key=lambda p: p.key)
    if len(eligible) > 1:
        eligible = [p for p in eligible if p.key not in excluded]
    weights = [p.amount for p in eligible]
    total = sum(weights)
    won = [0] * len(eligible)
    for credit in range(credits):
        digest = hashlib.sha3_256(bytes.fromhex(seed) + bytes([step]) + credit.to_bytes(4, "little")).digest()
        score = int.from_bytes(digest, "big") % total
        at = 0
        while weights[at] < score:
            score -= weights[at]
            at = (at + 1) % len(weights)
        won[at] += 1
        paid = min(weights[at], LUX_PER_CREDIT)
        weights[at] -= paid
        if total <= paid:
            break
        total -= paid
    return {p.key: count for p, count in zip(eligible, won) if count}


def generator(provisioners, seed, round_, iteration):
    return next(iter(draw(provisioners, seed, round_, 3 * iteration, 1)))


def voting(provisioners, seed, round_, iteration):
    """The committees of validation and ratification: without the generators of this iteration and the next."""
    excluded = {generator(provisioners, seed, round_, iteration)}
    if iteration < LAST_ITERATION:
        excluded.add(generator(provisioners, seed, round_, iteration + 1))
    return tuple(draw(provisioners, seed, round_, 3 * iteration + step, CREDITS, excluded) for step in (1, 2))


def voters(committee, bits):
    return {key for place, key in enumerate(committee) if bits >> place & 1}
