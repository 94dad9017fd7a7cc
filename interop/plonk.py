#!/usr/bin/env python3
"""Phoenix proofs between this implementation and the official crates, both ways, over the same parameters.

1. We prove random transfers of every size; the official verifier must accept each, and refuse it with one public input
   changed.
2. The official prover makes transfers and proofs of every size; ours must find the same rows, keys, challenges and proofs,
   and accept them (`dusk-vectors`).

`DUSK_ORACLE` names the oracle's runner (default ../shared/oracle/run); without one this fails. The official prover takes
half a minute of CPU time and more for a proof, and as long for its keys, so that it makes fewer.
The last line is `interop plonk: N passed, N failed`; the exit status is 1 when anything failed.
"""
import argparse
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import time

MODULUS = 0x73EDA753299D7D483339D80809A1D80553BDA402FFFE5BFEFFFFFFFF00000001


class Interop:
    def __init__(self, options, folder):
        self.options = options
        self.folder = folder
        self.dice = random.Random(options.seed)
        self.passed = self.failed = 0
        self.start = time.monotonic()

    def say(self, text):
        print(f"[{time.monotonic() - self.start:6.0f} s] {text}", flush=True)

    def expect(self, ok, what):
        if ok:
            self.passed += 1
        else:
            self.failed += 1
            self.say(f"FAILED {what}")

    def run(self, *command):
        """The standard output of a program that must succeed, as bytes. None: it failed, and counts as a failure."""
        result = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, check=False)
        if result.returncode == 0:
            return result.stdout
        self.expect(False, f"{' '.join(map(str, command))}: status {result.returncode}")
        return None

    def ours(self, *arguments):
        return self.run(self.options.program, *arguments, "--crs-seed", self.options.crs_seed)

    def with_changed_input(self, case):
        """The same proof for another statement: the next number in one place."""
        inputs = list(case["public_inputs"])
        at = self.dice.randrange(len(inputs))
        value = (int.from_bytes(bytes.fromhex(inputs[at]), "little") + 1) % MODULUS
        inputs[at] = value.to_bytes(32, "little").hex()
        return {**case, "name": f"{case['name']}, public input {at} changed", "public_inputs": inputs}

    def official_verdicts(self, cases, area, release):
        file = self.folder / "cases.json"
        file.write_text(json.dumps({"cases": cases}))
        output = self.run(self.options.oracle, area, "verify", "--file", file)
        return None if output is None else [verdict["accept"] for verdict in json.loads(output)[release]]

    def our_proofs(self, inputs):
        output = self.ours("transfers", "--inputs", inputs, "--count", self.options.count, "--seed",
                           self.dice.getrandbits(64))
        if output is None:
            return
        cases = json.loads(output)["cases"]
        self.expect(len({case["proof"] for case in cases}) == self.options.count, f"{inputs} inputs: too few proofs")
        asked = cases + [self.with_changed_input(case) for case in cases]
        releases = [("plonk-sound", "by_0_24_0")] + ([("plonk-sound/old", "by_0_22_1")] if self.options.old else [])
        for area, release in releases:
            verdicts = self.official_verdicts(asked, area, release)
            if verdicts is None:
                continue
            self.expect(len(verdicts) == len(asked), f"{release}: {len(verdicts)} verdicts on {len(asked)} cases")
            for i, (case, accepted) in enumerate(zip(asked, verdicts)):
                self.expect(accepted == (i < len(cases)), f"{release}, {case['name']}: accepted is {accepted}")
            self.say(f"{inputs} inputs, {release}: {sum(verdicts[:len(cases)])} of our {len(cases)} proofs accepted, "
                     f"{verdicts[len(cases):].count(False)} of {len(cases)} false statements refused")

    def official_proofs(self, inputs, parameters):
        seed = self.dice.getrandbits(48)  # it multiplies it
        self.say(f"{inputs} inputs: the official prover makes its keys and {self.options.official} proofs, seed {seed}")
        output = self.run(self.options.oracle, "plonk-sound", "vectors", "--part", "phoenix", "--inputs", inputs,
                          "--seed", seed, "--cases", self.options.official, "--crs", parameters)
        if output is None:
            return
        folder = self.folder / f"official-{inputs}"
        (folder / "plonk-sound").mkdir(parents=True)
        vectors = {**json.loads(output), "crs_seed": str(self.options.crs_seed)}
        (folder / "plonk-sound" / f"phoenix-{inputs}.json").write_text(json.dumps(vectors))
        result = subprocess.run([self.options.vectors, "plonk-sound", "--dir", str(folder)], stdout=subprocess.PIPE,
                                text=True, check=False)
        counts = re.search(r"^plonk-sound: (\d+) passed, (\d+) failed$", result.stdout, re.M)
        if not counts or result.returncode not in (0, 1):
            self.expect(False, f"dusk-vectors: status {result.returncode}\n{result.stdout}")
            return
        passed, failed = int(counts[1]), int(counts[2])
        self.passed += passed
        self.failed += failed
        # One case for the circuit and its keys, one for each proof.
        self.expect(passed + failed == 1 + self.options.official, f"{inputs} inputs: {passed + failed} official cases")
        self.say(f"{inputs} inputs: {passed} official cases found the same by us, {failed} not")
        if failed:
            print(result.stdout, flush=True)


def main():
    parser = argparse.ArgumentParser(prog="./dev interop plonk", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=20, help="transfers that we prove, per size (20)")
    parser.add_argument("--official", type=int, default=1, help="transfers that the official prover proves, per size (1)")
    parser.add_argument("--inputs", type=int, choices=(1, 2, 3, 4), help="one size only")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().getrandbits(64), help="repeats a run")
    parser.add_argument("--old", action="store_true", help="ask the release 0.22.1 too, which is another program")
    parser.add_argument("--program", type=pathlib.Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--vectors", type=pathlib.Path, required=True, help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.oracle = pathlib.Path(os.environ.get("DUSK_ORACLE", "../shared/oracle/run"))
    if not options.oracle.exists():
        sys.exit(f"interop: no oracle at {options.oracle}; DUSK_ORACLE names its runner")
    if options.count < 1 or options.official < 0:
        sys.exit("interop: nothing to prove")

    with tempfile.TemporaryDirectory(prefix="dusk-interop-") as folder:
        interop = Interop(options, pathlib.Path(folder))
        options.crs_seed = interop.dice.getrandbits(64)
        interop.say(f"seed {options.seed}, parameters from {options.crs_seed}")
        sizes = [options.inputs] if options.inputs else [1, 2, 3, 4]
        for inputs in sizes:
            interop.our_proofs(inputs)
        if options.official:
            # The official prover reads parameters that we wrote.
            parameters = interop.folder / "parameters.raw"
            if interop.ours("parameters", "--out", parameters) is not None:
                for inputs in sizes:
                    interop.official_proofs(inputs, parameters)
    print(f"interop plonk: {interop.passed} passed, {interop.failed} failed")
    return 1 if interop.failed or not interop.passed else 0


if __name__ == "__main__":
    sys.exit(main())
