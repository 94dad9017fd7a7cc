"""The released Rust node and the program that makes its keys: built once, outside the checkout.

`DUSK_ORACLE` names the runner of the oracles (default ../shared/oracle/run); beside it is rusk-localnet/run.sh, which
knows how to build the node. `RUSK` and `NETWORK_ORACLE` name programs that are there already.
"""
import os
import pathlib
import subprocess
import sys

VERSION = "1.7.0"
SYSTEM_LIBRARIES = pathlib.Path("/usr/lib/x86_64-linux-gnu")


def oracle_runner(root):
    runner = pathlib.Path(os.environ.get("DUSK_ORACLE", root / "../shared/oracle/run")).resolve()
    if not runner.exists():
        sys.exit(f"interop: no oracle at {runner}; DUSK_ORACLE names its runner")
    return runner


def rust_node(root, cache):
    """Where the program `rusk` is. The first build takes about 20 minutes of a core."""
    if "RUSK" in os.environ:
        return executable(pathlib.Path(os.environ["RUSK"]), "RUSK")
    folder = cache / "rusk" / VERSION
    program = folder / "rusk"
    if not program.exists():
        print(f"building the Rust node {VERSION} in {folder} (about 20 minutes of a core, once)", flush=True)
        env = dict(os.environ)
        if "ROCKSDB_LIB_DIR" not in env and (SYSTEM_LIBRARIES / "librocksdb.so").exists():
            env["ROCKSDB_LIB_DIR"] = str(SYSTEM_LIBRARIES)
        script = oracle_runner(root).parent / "rusk-localnet/run.sh"
        subprocess.run(["bash", str(script), "build", str(folder)], env=env, stdout=sys.stderr, check=True)
    version = subprocess.run([str(program), "--version"], stdout=subprocess.PIPE, text=True, check=True).stdout
    if VERSION not in version:
        sys.exit(f"interop: {program} is {version.strip()}, not {VERSION}")
    return program


def network_oracle(root):
    """Where the program is that makes keys and transfers with the official crates."""
    if "NETWORK_ORACLE" in os.environ:
        return executable(pathlib.Path(os.environ["NETWORK_ORACLE"]), "NETWORK_ORACLE")
    cache = pathlib.Path(os.environ.get("ORACLE_CACHE", pathlib.Path.home() / ".cache/dusk-oracle"))
    program = cache / "network/release/network-oracle"
    if not program.exists():
        print("building the program that makes keys with the official crates", flush=True)
        # Its build asks Cargo without the network for every package, those of other systems too.
        manifest = oracle_runner(root).parent / "network/Cargo.toml"
        subprocess.run(["cargo", "fetch", "--quiet", "--locked", "--manifest-path", str(manifest)], check=True)
        # Ends with a complaint about its arguments once it is built.
        subprocess.run([str(oracle_runner(root)), "network"], stdout=subprocess.DEVNULL, stderr=sys.stderr, check=False)
    return executable(program, "network-oracle")


def executable(path, name):
    if not os.access(path, os.X_OK):
        sys.exit(f"interop: {name}: no program at {path}")
    return path.resolve()
