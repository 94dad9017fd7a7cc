"""What fills blocks while a network is measured: transfers, or few large transactions that cost a node little besides
their bytes."""
from nodes import run
from rusk import answers
from rusk.processes import Failure, Process

NOBODY = "77" * 32  # no contract: a call of it fails, and stands in the block with its arguments
ARGUMENT = 25_000   # bytes of one call
GAS = 50_000_000


class Nothing:
    name = "nothing"

    def step(self):
        pass

    def stop(self):
        pass


class Transfers(Nothing):
    """Between the test wallets, so many a second."""

    def __init__(self, network, rate, blocks):
        self.name = f"{rate} transfers a second"
        count = rate * blocks * (network.block_time + 10)
        self._process = Process("dusk devnet load", [network.program, "devnet", "load", "--folder", network.folder,
                                                     "--rate", rate, "--count", count, "--json"],
                                network.folder / "load.log")

    def step(self):
        self._process.check()

    def stop(self):
        self._process.kill()


class Calls(Nothing):
    """With arguments of so many kilobytes together for each block."""

    def __init__(self, network, kilobytes, blocks):
        self.name = f"{kilobytes} kB of calls in a block"
        self._network, self._nodes = network, network.nodes
        self._of_block = max(1, round(kilobytes * 1000 / ARGUMENT))
        self._size = min(ARGUMENT, kilobytes * 1000)
        self._height, self._sent, self.taken = 0, 0, 0
        self._made = [self._make(number) for number in range(self._of_block * (blocks + 10))]

    def _make(self, number):
        """By the provisioners in turn, each with its next nonce."""
        keys = self._network.keys[number % len(self._network.keys)]
        out = self._network.folder / "call"
        argument = (number.to_bytes(8, "big") * (self._size // 8)).hex()
        run(self._network.program, "tx", "build", "call", "--key", keys, "--password-file",
            self._network.folder / "password", "--nonce", 1 + number // len(self._network.keys), "--gas-limit", GAS,
            "--contract", NOBODY, "--function", "nothing", "--arg-hex", argument, "--out", out, "--force")
        return out.read_bytes()

    def step(self):
        """Those of the next block, once there is a new one."""
        height = self._nodes[0].height()
        if height <= self._height:
            return
        self._height = height
        for content in self._made[self._sent:self._sent + self._of_block]:
            node = self._nodes[self._sent % len(self._nodes)]
            status, text = answers.propagate(node.http, content)
            if status != 202:
                raise Failure(f"{node.name} does not take a call: {status} {text}")
            self._sent += 1


def load_of(words, network, blocks):
    """From "none", "transfers-40" or "calls-100"."""
    kind, _, number = words.partition("-")
    made = {"none": lambda: Nothing(), "transfers": lambda: Transfers(network, int(number), blocks),
            "calls": lambda: Calls(network, int(number), blocks)}.get(kind)
    if made is None or (kind != "none" and not number.isdigit()):
        raise Failure(f"no load {words}: none, transfers-N, calls-N")
    return made()
