"""Requests that the OpenAPI document allows, and others that it does not, made by schemathesis (`./dev interop http --fuzz`)."""
import os
import pathlib
import subprocess
import sys

VERSION = "4.32.5"
HERE = pathlib.Path(__file__).resolve().parent
CACHE = pathlib.Path(os.environ.get("DUSK_CACHE", pathlib.Path.home() / ".cache/dusk"))


def program():
    """Fetched once from the package registry."""
    folder = CACHE / "python" / f"schemathesis-{VERSION}"
    found = folder / "bin/schemathesis"
    if not found.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([folder / "bin/pip", "install", "--quiet", f"schemathesis=={VERSION}"], check=True)
    return found


def ask(what, phases, checks, folder, examples, seed):
    """Whether every answer follows the rules (fuzz_hooks.py)."""
    done = subprocess.run(
        [program(), "run", *what, "--phases", phases, "--max-examples", str(examples), "--seed", str(seed), "--checks", checks,
         "--warnings", "off", "--suppress-health-check", "all", "--continue-on-failure", "--request-timeout", "60"],
        cwd=folder, check=False,
        env={**os.environ, "SCHEMATHESIS_HOOKS": "fuzz_hooks", "PYTHONPATH": str(HERE), "NO_COLOR": "1"})
    return done.returncode == 0


def routes(address, document, folder, examples, seed):
    """`document`: the file of the OpenAPI document."""
    return ask([document, "--url", f"http://{address}"], "examples,coverage,fuzzing",
               "follows_the_rules,unsupported_method,allow_header_conformance", folder, examples, seed)


def graphql(address, folder, examples, seed):
    """Queries of every field that the schema has."""
    return ask([f"http://{address}/graphql"], "fuzzing", "follows_the_rules", folder, examples, seed)
