#!/usr/bin/env python3
"""Sets our times beside the official crates' in one table: CPU time per operation, median.

Ours is measured three times: with the baseline instructions of the architecture, with the scalar ones that the CPU has
(MULX, ADX: what a machine without AVX-512 runs), and with AVX-512 IFMA, where the CPU has it. The official crates are measured once, in the same
run on the same machine. `DUSK_ORACLE` names the oracle's runner (default ../shared/oracle/run); without one only ours is
shown. bench/AREA/targets.json holds how many times faster a row must be: [without AVX-512, with it]. A missed target is
marked.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "interop"))
import official as official_blocks


CACHE = pathlib.Path(os.environ.get("DUSK_CACHE", pathlib.Path.home() / ".cache/dusk"))


def measure(program, area, only, cpu):
    env = {**os.environ, "DUSK_CACHE": str(CACHE), **({"DUSK_CPU": cpu} if cpu else {})}
    command = [program, area] + (["--only", only] if only else [])
    return json.loads(subprocess.run(command, env=env, stdout=subprocess.PIPE, check=True).stdout)


def has_ifma(program):
    """Whether the program takes the paths of AVX-512 IFMA here: they are what the last column is about."""
    answer = subprocess.run([program, "--cpu"], stdout=subprocess.PIPE, check=True, text=True).stdout
    return "avx512_ifma" in answer.split()


def official_proofs(runner, wanted):
    """The oracle of the proof system measures circuit by circuit; once on one thread, once on all."""
    results = {}
    sizes = sorted({name.split()[1].strip(",") for name in wanted or []}) or ["1", "2", "3", "4"]
    cache = CACHE / "oracle-crs"
    cache.parent.mkdir(parents=True, exist_ok=True)
    for threads, suffix in ((1, ""), (os.cpu_count(), ", all threads")):
        if wanted and not any(name.endswith("threads") == bool(suffix) for name in wanted):
            continue
        for size in sizes:
            command = [runner, "plonk-sound", "bench", "--reps", "1", "--inputs", size, "--crs", str(cache)]
            env = {**os.environ, "RAYON_NUM_THREADS": str(threads)}
            print(f"measuring the official prover, {size} inputs, {threads} threads", file=sys.stderr)
            output = subprocess.run(command, env=env, stdout=subprocess.PIPE, check=True).stdout
            for row in json.loads(output)["bench"]:
                for what in ("compile", "synthesis", "prove", "verify", "decode_and_verify"):
                    results[f"{what} {size}{suffix}"] = {"cpu_ns_per_op": {"median": row[what]["mean_cpu_ns"]}}
                results[f"memory {size}{suffix}"] = row["peak_rss_kb"]
    return results


def official_vm(runner):
    """The oracle of the VM: wall times, median. It computes a root and commits in two rows."""
    output = subprocess.run([runner, "vm", "bench"], stdout=subprocess.PIPE, check=True).stdout
    rows = {name: row["median_ns"] for name, row in json.loads(output).items()}
    for pages in (1, 100, 1000):
        rows[f"root_and_commit_{pages}"] = rows[f"root_{pages}_dirty_pages"] + rows[f"commit_{pages}_dirty_pages"]
    return rows


def official_execution(runner):
    """The oracle of transactions, and for the blocks that it lacks the program of interop/oracle/transactions, which
    executes those of ours. CPU time of the one thread that they run on: a commit ends on another one, which is left out.
    """
    output = subprocess.run([runner, "transactions", "bench"], stdout=subprocess.PIPE, check=True).stdout
    rows = json.loads(output)
    thousand = rows["moonlight_block_1000"]
    around = thousand["block_overhead"]["median_ns"]
    out = {
        "preverify_moonlight_signature": rows["preverify_moonlight_signature"]["median_ns"],
        "preverify_phoenix_proof": rows["preverify_phoenix_proof"]["median_ns"],
        "moonlight_new": 1000 * thousand["per_tx_cold"]["median_ns"] + around,
        "moonlight_checked": 1000 * thousand["per_tx_signature_cached"]["median_ns"] + around,
    }
    print("the official program executes our blocks", file=sys.stderr)
    # Each time anew: it remembers what it verified.
    program = official_blocks.build()
    runs = [json.loads(subprocess.run([program, "time", CACHE / "bench/blocks"],
                                      stdout=subprocess.PIPE, check=True).stdout) for _ in range(3)]
    for block in runs[0]:
        for when in ("new", "checked"):
            out[f"{block}_{when}"] = statistics.median(run[block][when]["cpu_ns"] for run in runs)
    return out


def official_consensus(runner):
    """The oracle of consensus on one thread, as ours: wall times, median."""
    env = {**os.environ, "RAYON_NUM_THREADS": "1"}
    output = subprocess.run([runner, "consensus", "bench"], env=env, stdout=subprocess.PIPE, check=True).stdout
    return {name: row["median_ns"] for name, row in json.loads(output)["results"].items() if isinstance(row, dict)}


def official_network(runner):
    """The oracle of the network, on one thread as ours: wall times, median."""
    output = subprocess.run([runner, "network", "bench"], stdout=subprocess.PIPE, check=True).stdout
    return {name: row["ns_median"] for name, row in json.loads(output)["operations"].items()}


def official_wallet(runner):
    """The program of interop/oracle/wallet, on one thread."""
    source = pathlib.Path(__file__).resolve().parent.parent / "interop/oracle/wallet"
    output = subprocess.run(["cargo", "run", "--release", "--locked", "--quiet", "--manifest-path",
                             source / "Cargo.toml"],
                            env={**os.environ, "CARGO_TARGET_DIR": str(CACHE / "cargo/wallet-oracle")},
                            stdout=subprocess.PIPE, check=True).stdout
    return json.loads(output)


# Areas whose official rows are wall times.
WALL = {"consensus": official_consensus, "execution": official_execution, "network": official_network,
        "vm": official_vm, "wallet": official_wallet}


def compare_wall(options, runner, official_rows):
    """Wall times: calls wait for the system, the reference's VM commits on another thread, and blocks of ours are
    checked on all of them. Beside them the CPU time of all threads, which says more on a busy machine."""
    ours = measure(options.program, options.area, options.only, None)
    theirs = official_rows(str(runner)) if runner.exists() or options.area == "wallet" else {}
    targets = json.loads((pathlib.Path(__file__).parent / options.area / "targets.json").read_text())
    table = [{"operation": row["name"], "official_ns": theirs.get(row["official"]),
              "ours_ns": row["wall_ns_per_op"]["median"], "ours_cpu_ns": row["cpu_ns_per_op"]["median"],
              "target": targets.get(row["name"])} for row in ours]
    if options.json:
        print(json.dumps(table, indent=1))
        return
    with_cpu = options.area == "execution"
    print("| operation | official | ours | times faster |" + (" ours, CPU | times less |" if with_cpu else ""))
    print("| --- " * (6 if with_cpu else 4) + "|")
    for row in table:
        base = row["official_ns"]
        cells = [row["operation"], time_text(base) if base else "–", time_text(row["ours_ns"]),
                 ratio_text(row["ours_ns"], base, row["target"])]
        if with_cpu:
            cells += [time_text(row["ours_cpu_ns"]), ratio_text(row["ours_cpu_ns"], base, None)]
        print("| " + " | ".join(cells) + " |")


def official(runner, area, wanted):
    """The oracle's rows. Asked one by one when only some are wanted, since it measures long."""
    env = {**os.environ, "RAYON_NUM_THREADS": str(os.cpu_count())}
    rows = {}
    for name in wanted or [None]:
        command = [runner, area, "bench"] + (["--only", name] if name else [])
        rows |= json.loads(subprocess.run(command, env=env, stdout=subprocess.PIPE, check=True).stdout)["results"]
    return rows


def time_text(ns):
    for unit, size in (("s", 1e9), ("ms", 1e6), ("µs", 1e3)):
        if ns >= size:
            return f"{ns / size:.3g} {unit}"
    return f"{ns:.3g} ns"


def ratio_text(ours, theirs, target):
    if not theirs:
        return "–"
    ratio = theirs / ours
    text = f"{ratio:.2f}" if target and target < 1.5 else f"{ratio:.1f}"
    if target:
        text += f" (≥ {target:g})" if ratio >= target else f" (≥ {target:g}: **missed**)"
    return text


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("area")
    parser.add_argument("--only", default="", help="rows whose name holds this text")
    parser.add_argument("--program", required=True)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()

    runner = pathlib.Path(os.environ.get("DUSK_ORACLE", "../shared/oracle/run"))
    if options.area in WALL:
        compare_wall(options, runner, WALL[options.area])
        return
    baseline = {row["name"]: row for row in measure(options.program, options.area, options.only, "portable")}
    scalar = measure(options.program, options.area, options.only, "scalar")
    native = {}
    if has_ifma(options.program):
        native = {row["name"]: row for row in measure(options.program, options.area, options.only, None)}
    else:
        print("no AVX-512 IFMA here: that column is not measured", file=sys.stderr)
    theirs = {}
    if runner.exists():
        names = sorted({row["official"] for row in scalar if row["official"]})
        wanted = names if options.only else None
        theirs = official_proofs(str(runner), wanted) if options.area == "plonk" else official(
            str(runner), options.area, wanted)
    else:
        print(f"no oracle at {runner}: only our times", file=sys.stderr)
    targets_file = pathlib.Path(__file__).parent / options.area / "targets.json"
    targets = json.loads(targets_file.read_text()) if targets_file.exists() else {}

    table = []
    for row in scalar:
        name = row["name"]
        table.append({"operation": name,
                      "official_ns": theirs.get(row["official"], {}).get("cpu_ns_per_op", {}).get("median"),
                      "baseline_ns": baseline[name]["cpu_ns_per_op"]["median"],
                      "scalar_ns": row["cpu_ns_per_op"]["median"],
                      "native_ns": native[name]["cpu_ns_per_op"]["median"] if native else None,
                      "targets": targets.get(name, [None, None])})
    if options.json:
        print(json.dumps(table, indent=1))
        return
    columns = [("baseline", "baseline_ns", 0), ("scalar", "scalar_ns", 0)]
    if native:
        columns.append(("AVX-512 IFMA", "native_ns", 1))
    print("| operation | official | " + " | ".join(f"{name} | times faster" for name, _, _ in columns) + " |")
    print("| --- " * (2 + 2 * len(columns)) + "|")
    for row in table:
        base = row["official_ns"]
        cells = [row["operation"], time_text(base) if base else "–"]
        for _, field, target in columns:
            cells += [time_text(row[field]), ratio_text(row[field], base, row["targets"][target])]
        print("| " + " | ".join(cells) + " |")


main()
