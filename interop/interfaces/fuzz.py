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


def run(address, document, folder, examples, seed):
    """Whether every answer follows the rules (fuzz_hooks.py). `document`: the file of the OpenAPI document."""
    done = subprocess.run(
        [program(), "run", document, "--url", f"http://{address}", "--phases", "examples,coverage,fuzzing", "--max-examples",
         str(examples), "--seed", str(seed), "--checks",
         "follows_the_rules,unsupported_method,allow_header_conformance", "--warnings", "off",
         "--suppress-health-check", "all", "--continue-on-failure", "--request-timeout", "60"],
        cwd=folder, check=False,
        env={**os.environ, "SCHEMATHESIS_HOOKS": "fuzz_hooks", "PYTHONPATH": str(HERE), "NO_COLOR": "1"})
    return done.returncode == 0
