"""Transactions of every kind that an account can pay for, made by us and by the official code, given to both sides."""
import dataclasses
import json
import time

from . import answers
from .processes import Failure

CHAIN_ID = 0
GAS = {"transfer": 10_000_000, "memo": 10_000_000, "stake": 50_000_000, "unstake": 60_000_000, "call": 20_000_000,
       "deploy": 20_000_000}
DEPLOY_PRICE = 2000


@dataclasses.dataclass
class Transaction:
    name: str      # its id
    what: str
    maker: str     # "ours" or "official"
    content: bytes
    node: object = None
    sent: bool = False


class Account:
    """Makes transactions of one key, each with the next nonce."""

    def __init__(self, network, identity):
        self.network, self.identity, self._nonce = network, identity, 0
        self.folder = network.folder / "transactions"
        self.folder.mkdir(exist_ok=True)

    def make(self, kind, *options):
        self._nonce += 1
        out = self.folder / f"{self.identity.index}-{self._nonce}"
        report = json.loads(self.network._run(
            [self.network.settings.program, "tx", "build", kind, "--network", "rusk", "--key", self.identity.key_file,
             "--password-file", self.network.password_file, "--nonce", self._nonce, "--gas-limit", GAS[kind],
             *options, "--out", out, "--json"]))
        self.last = report
        return Transaction(report["id"], kind, "ours", out.read_bytes())

    def official(self, receiver, count):
        """Transfers made by the official code."""
        first = self._nonce + 1
        self._nonce += count
        made = self.network._run([self.network.settings.oracle, "moonlight", self.identity.index, receiver.index, count,
                                  first, CHAIN_ID, "--seed", self.network.settings.seed])
        return [Transaction(one["id"], "transfer", "official", bytes.fromhex(one["network_bytes"]))
                for one in json.loads(made)]

    def of_every_kind(self, receiver, transfers):
        """A deployment, calls of it (one fails), stakes, memos, and transfers between them."""
        made = [self.make("deploy", "--bytecode", self.network.settings.contracts / "counter.wasm", "--init-hex",
                          (7).to_bytes(8, "little").hex(), "--gas-price", DEPLOY_PRICE)]
        contract = self.last["deploys"]
        calls = [("increment",), ("add", "--arg-hex", (5).to_bytes(8, "little").hex()),
                 ("add", "--arg-hex", (2 ** 64 - 1).to_bytes(8, "little").hex()), ("nothing",)]
        rounds = max(1, transfers // 10)
        for number in range(transfers):
            made.append(self.make("transfer", "--to", receiver.address, "--value", f"1.{number + 1}"))
            if number % 5 == 0:
                function, *argument = calls[number // 5 % len(calls)]
                made.append(self.make("call", "--contract", contract, "--function", function, *argument))
            if number == rounds:
                made.append(self.make("stake", "--amount", 2000))
            if number == 2 * rounds:
                made.append(self.make("memo", "--memo", "between two implementations"))
            if number == 6 * rounds:
                made.append(self.make("unstake", "--amount", 500))
        return made


class Stream:
    """Hands transactions to nodes, one every `pause` seconds for each node, while somebody calls `step`."""

    def __init__(self, transactions_of_node, pause):
        self._waiting = [(node, list(transactions)) for node, transactions in transactions_of_node]
        self._pause, self._next = pause, time.monotonic()
        self.sent = []

    @property
    def done(self):
        return not any(waiting for _, waiting in self._waiting)

    def step(self):
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + self._pause
        for node, waiting in self._waiting:
            if waiting:
                self._send(node, waiting.pop(0))

    def _send(self, node, transaction):
        status, text = answers.propagate(node.http, transaction.content)
        if status not in (200, 202):
            raise Failure(f"{node.name} did not take a {transaction.what} made by {transaction.maker}: {status} {text}")
        transaction.node, transaction.sent = node, True
        self.sent.append(transaction)

    def unfinished(self, readers):
        return [t for t in self.sent if any(reader.transaction(t.name) is None for reader in readers)]

    def compare(self, readers):
        """Fails unless all readers tell the same of each; counts by kind and where it was handed in."""
        counts = {}
        for transaction in self.sent:
            told = {reader.name: reader.transaction(transaction.name) for reader in readers}
            if None in told.values() or len(set(told.values())) != 1:
                raise Failure(f"a {transaction.what} given to {transaction.node.name}, {transaction.name}: height, gas "
                              f"and failure are told differently: {told}")
            failed = next(iter(told.values()))[2]
            key = f"{transaction.what} ({transaction.maker} made, to {transaction.node.kind})"
            count = counts.setdefault(key, {"included": 0, "failed": 0})
            count["included"] += 1
            count["failed"] += failed
        return counts
