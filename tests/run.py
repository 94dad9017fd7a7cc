#!/usr/bin/env python3
"""Runs the test programs of a build folder, then the fuzz targets, and counts what passed.

Test programs are those that CTest knows. A GoogleTest program counts its tests, the vector runner its cases, any
other program counts as one. Those with the label `portable` run twice: as the CPU allows, and with the portable code only.
Fuzz targets run beside the tests, with what these leave of the machine: many tests wait for clocks and sockets.
The last line is `N passed, N failed`; the exit status is 1 when anything failed.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import time


def counts(output, status):
    """(passed, failed) from what a test program printed, GoogleTest or the vector runner, else from its status."""
    vectors = re.findall(r"^[a-z-]+: (\d+) passed, (\d+) failed$", output, re.M)
    passed = re.search(r"^\[  PASSED  \] (\d+) test", output, re.M)
    failed = re.search(r"^\[  FAILED  \] (\d+) test", output, re.M)
    if vectors:
        good, bad = sum(int(p) for p, _ in vectors), sum(int(f) for _, f in vectors)
    elif passed:
        good, bad = int(passed[1]), int(failed[1]) if failed else 0
    else:
        good, bad = (1, 0) if status == 0 else (0, 1)
    if status != 0 and bad == 0:
        bad = 1  # it crashed, or complained outside any case
    return good, bad


def run(job):
    name, command, extra, limit = job
    start = time.monotonic()
    try:
        result = subprocess.run(command, env={**os.environ, **extra}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, timeout=limit, check=False)
        output, status = result.stdout.decode(errors="replace"), result.returncode
    except subprocess.TimeoutExpired as error:
        output = (error.stdout or b"").decode(errors="replace") + f"\nstopped after {limit} s"
        status = 124
    good, bad = counts(output, status)
    return name, good, bad, output, time.monotonic() - start


def ctest_jobs(build):
    listing = subprocess.run(["ctest", "--test-dir", build, "--show-only=json-v1"], stdout=subprocess.PIPE, check=True)
    jobs = []
    for test in json.loads(listing.stdout)["tests"]:
        command = test.get("command")
        if not command:
            sys.exit(f"{test['name']} was not built")
        jobs.append((test["name"], command, {}, 900))
        labels = next((p["value"] for p in test.get("properties", []) if p["name"] == "LABELS"), [])
        if "portable" in labels:
            jobs.append((test["name"] + " (portable)", command, {"DUSK_CPU": "portable"}, 900))
    return jobs


def fuzz_jobs(build, seconds, corpus):
    seeds = pathlib.Path(corpus) / "seeds"
    subprocess.run([sys.executable, "fuzz/corpus.py", str(seeds)], check=True)
    jobs = []
    for source in sorted(pathlib.Path("fuzz").glob("*_fuzz.cpp")):
        name = source.name.removesuffix("_fuzz.cpp")
        found, seed = pathlib.Path(corpus) / name, seeds / name
        found.mkdir(parents=True, exist_ok=True)
        seed.mkdir(parents=True, exist_ok=True)
        command = ["nice", "-n", "5", f"{build}/bin/{name}_fuzz", f"-max_total_time={seconds}", "-timeout=25",
                   "-rss_limit_mb=2048", f"-artifact_prefix={corpus}/{name}-", "-verbosity=1", str(found), str(seed)]
        jobs.append((f"fuzz {name}", command, {}, seconds + 300))
    return jobs


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", help="build folder whose tests run")
    parser.add_argument("--fuzz", help="build folder of the fuzz targets")
    parser.add_argument("--seconds", type=int, default=30, help="of each fuzz target")
    parser.add_argument("--corpus", help="folder for fuzz inputs, kept between runs")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    tests = ctest_jobs(options.build) if options.build else []
    targets = fuzz_jobs(options.fuzz, options.seconds, options.corpus) if options.fuzz else []
    passed = failed = 0
    pool = concurrent.futures.ThreadPoolExecutor(options.jobs)
    beside = concurrent.futures.ThreadPoolExecutor(options.jobs)
    with pool, beside:
        running = [pool.submit(run, job) for job in tests] + [beside.submit(run, job) for job in targets]
        for done in concurrent.futures.as_completed(running):
            name, good, bad, output, took = done.result()
            if bad:
                print(output)
            mark = "FAILED" if bad else "ok"
            print(f"{mark:<7} {name:<40} {good:>6} passed {bad:>4} failed {took:>7.1f} s", flush=True)
            passed, failed = passed + good, failed + bad
    if passed + failed == 0:
        sys.exit("nothing was run")
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


main()
