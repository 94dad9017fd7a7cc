"""What runs the clients that are written in JavaScript: Deno, of the npm package `deno`, and Node."""
import os
import pathlib
import platform
import shutil
import subprocess
import sys

DENO_VERSION = "2.9.6"
CACHE = pathlib.Path(os.environ.get("DUSK_CACHE", pathlib.Path.home() / ".cache/dusk"))


def deno():
    """The program; fetched once from the npm registry, unless DENO names one."""
    if "DENO" in os.environ:
        return pathlib.Path(os.environ["DENO"]).resolve()
    machine = {"x86_64": "x64", "aarch64": "arm64"}[platform.machine()]
    folder = CACHE / "npm" / f"deno-{DENO_VERSION}"
    program = folder / f"node_modules/@deno/linux-{machine}-glibc/deno"
    if not program.exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text('{"private": true}\n')
        subprocess.run(["npm", "install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", folder,
                        f"deno@{DENO_VERSION}"], stdout=sys.stderr, check=True)
    return program


def node():
    found = shutil.which("node")
    if found is None:
        sys.exit("interop: no program node")
    return found
