"""What the tests of a devnet count, and how they run a command."""
import json
import subprocess
import sys


class Checks:
    def __init__(self):
        self.passed = self.failed = 0

    def __call__(self, what, ok, detail=""):
        if ok:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED {what} {detail}", flush=True)

    def end(self, name):
        """Says how many there were, and ends the program with what that means."""
        print(f"{name}: {self.passed} passed, {self.failed} failed")
        sys.exit(1 if self.failed else 0)


check = Checks()


def run(program, *words):
    """Status and report of a command."""
    done = subprocess.run([program, *map(str, words), "--json"], stdout=subprocess.PIPE, check=False)
    return done.returncode, json.loads(done.stdout or "{}")
