"""What is read of a block, from nodes of either kind."""
import dataclasses
import json

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def from_base58(text, size):
    value = 0
    for letter in text:
        value = value * 58 + _ALPHABET.index(letter)
    return value.to_bytes(size, "big")


@dataclasses.dataclass(frozen=True)
class Block:
    height: int
    hash: str
    parent: str
    state_root: str
    iteration: int
    timestamp: int
    generator: str  # 96 bytes in hexadecimal
    final: bool

    def identity(self):
        """What two nodes must agree on."""
        return (self.height, self.hash, self.parent, self.state_root, self.iteration, self.timestamp, self.generator)


@dataclasses.dataclass(frozen=True)
class Votes:
    """An attestation as it stands in the header of the block above."""
    result: str  # "Valid" of a block that was attested
    validation: int  # bits of the members that voted, in the order of their keys
    ratification: int


def of_rust(entry):
    """An answer to ALL_OF_BLOCK: the block, its seed, and the attestation of the one below it."""
    header = entry["header"]
    inside = json.loads(header["json"])
    certificate = inside["prev_block_cert"]
    result = certificate["result"]
    block = Block(height=header["height"], hash=header["hash"], parent=header["prevBlockHash"],
                  state_root=header["stateHash"], iteration=header["iteration"], timestamp=header["timestamp"],
                  generator=from_base58(header["generatorBlsPubkey"], 96).hex(), final="Final" in entry["status"])
    votes = Votes(result=next(iter(result)) if isinstance(result, dict) else result,
                  validation=certificate["validation"]["bitset"], ratification=certificate["ratification"]["bitset"])
    return block, inside["seed"], votes


def of_ours(answer):
    return Block(height=answer["height"], hash=answer["hash"], parent=answer["prev_block_hash"],
                 state_root=answer["state_root"], iteration=answer["iteration"], timestamp=answer["timestamp"],
                 generator=answer["generator"], final=answer["label"] == "final")


ALL_OF_BLOCK = "{ status header { height hash prevBlockHash timestamp stateHash generatorBlsPubkey iteration json } }"
