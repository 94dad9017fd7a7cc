#!/usr/bin/env python3
"""The committees that `./dev interop rusk` reads voters by are those of the official code.

    committees_test.py VECTORS
"""
import gzip
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from rusk import committees


def main(vectors):
    with gzip.open(pathlib.Path(vectors) / "consensus/sortition.json.gz") as file:
        sets = json.load(file)["sortition"]["sets"]
    cases = wrong = 0
    for one in sets:
        provisioners = [committees.Provisioner(key, int(amount), int(since))
                        for key, amount, since in one["provisioners"]]
        for case in one["cases"]:
            if not case.get("members"):
                continue  # nobody is eligible: the official code ends there
            excluded = {provisioners[place].key for place in case["excluded"]}
            drawn = committees.draw(provisioners, case["seed"], int(case["round"]), case["step"],
                                    committees.CREDITS if case["step"] % 3 else 1, excluded)
            cases += 1
            if drawn != {provisioners[place].key: credits for place, credits in case["members"]}:
                wrong += 1
                print(f"FAILED {case}: {drawn}")
    print(f"committees: {cases} cases, {wrong} wrong")
    return 1 if wrong or not cases else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
