#!/usr/bin/env python3
"""What the programs consist of that others wrote: docs/third-party.md, and the texts of the licences for packages.

    third_party.py --write                       writes docs/third-party.md anew (./dev licences)
    third_party.py --check [--binary FILE...]    says whether it is up to date; whether each shared library is listed
    third_party.py --texts FILE                  writes the licences of all that is in the programs

Packages of the page come from web/package-lock.json. Crates come from bridge/Cargo.lock: those that are compiled into the library, no build scripts and macros. Cargo is asked
without the network.
"""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "third-party.md"
TARGET = "x86_64-unknown-linux-gnu"

# name, version in Debian 12, licence, source, what of it is used, names of its shared libraries
SHARED = [
    ("GNU C library", "2.36", "LGPL-2.1-or-later", "https://sourceware.org/glibc/", "the system",
     ["libc.so.6", "libm.so.6", "ld-linux-x86-64.so.2", "libdl.so.2", "libpthread.so.0"]),
    ("GCC runtime (libstdc++, libgcc)", "12.2", "GPL-3.0-or-later WITH GCC-exception-3.1", "https://gcc.gnu.org/",
     "C++ standard library", ["libstdc++.so.6", "libgcc_s.so.1"]),
    ("{fmt}", "9.1.0", "MIT", "https://github.com/fmtlib/fmt", "text", ["libfmt.so.9"]),
    ("libpq", "15", "PostgreSQL", "https://www.postgresql.org/", "archive in PostgreSQL", ["libpq.so.5"]),
    ("libqrencode", "4.1.1", "LGPL-2.1-or-later", "https://github.com/fukuchi/libqrencode", "QR codes in the terminal",
     ["libqrencode.so.4"]),
    ("libsecp256k1", "0.2.0", "MIT", "https://github.com/bitcoin-core/secp256k1", "host query of contracts",
     ["libsecp256k1.so.1"]),
    ("libsodium", "1.0.18", "ISC", "https://github.com/jedisct1/libsodium", "Argon2id", ["libsodium.so.23"]),
    ("OpenSSL", "3.0", "Apache-2.0", "https://www.openssl.org/", "TLS, AES, PBKDF2, SHA-2", ["libcrypto.so.3", "libssl.so.3"]),
    ("prometheus-cpp", "1.0.1", "MIT", "https://github.com/jupp0r/prometheus-cpp", "text of metrics",
     ["libprometheus-cpp-core.so.1.0"]),
    ("RocksDB", "7.8.3", "Apache-2.0 (or GPL-2.0); parts BSD-3-Clause", "https://github.com/facebook/rocksdb",
     "blocks on the disk", ["librocksdb.so.7.8"]),
    ("SQLite", "3.40.1", "public domain", "https://www.sqlite.org/", "archive", ["libsqlite3.so.0"]),
    ("zlib", "1.2.13", "Zlib", "https://zlib.net/", "compression", ["libz.so.1"]),
    ("Zstandard", "1.5.4", "BSD-3-Clause (or GPL-2.0)", "https://github.com/facebook/zstd", "files of states",
     ["libzstd.so.1"]),
]
# name, version, licence, source, what of it is used, Debian package with the text of the licence
COMPILED_IN = [
    ("Boost (Asio, Beast and what they need)", "1.81.0", "BSL-1.0", "https://www.boost.org/", "sockets, HTTP",
     "libboost1.81-dev"),
    ("CLI11", "2.1.2", "BSD-3-Clause", "https://github.com/CLIUtils/CLI11", "command line", "libcli11-dev"),
    ("JSON for Modern C++", "3.11.2", "MIT", "https://github.com/nlohmann/json", "JSON", "nlohmann-json3-dev"),
    ("libc++, libc++abi, compiler-rt (in the WebAssembly module)", "19.1.7", "Apache-2.0 WITH LLVM-exception",
     "https://github.com/llvm/llvm-project", "C++ standard library", "libc++-19-dev-wasm32"),
    ("libsodium (in the WebAssembly module)", "1.0.22", "ISC", "https://github.com/jedisct1/libsodium",
     "Argon2id, BLAKE2b, SHA-2", "libsodium-dev"),
    ("wasi-libc (in the WebAssembly module)", "2022-05-10", "CC0-1.0; parts MIT, BSD-2-Clause",
     "https://github.com/WebAssembly/wasi-libc", "C standard library", "wasi-libc"),
    ("toml++", "3.3.0", "MIT", "https://github.com/marzer/tomlplusplus", "TOML", "libtomlplusplus-dev"),
]
# crate of contracts/official -> (what of it is in the program, licence, source)
OFFICIAL = {
    "rusk-recovery": ("`transfer_contract.wasm`, `stake_contract.wasm`, the snapshot of the local network", "MPL-2.0",
                      "https://github.com/dusk-network/rusk"),
    "dusk-rusk": ("the static wallet-core files that a node serves", "MPL-2.0", "https://github.com/dusk-network/rusk"),
}
# npm package of which code is in the page -> (licence, source); its version is that of web/package-lock.json, and the build of the
# page (web/bundled_packages.ts) refuses others
WEB = {
    "@noble/hashes": ("MIT", "https://github.com/paulmillr/noble-hashes"),
    "@scure/base": ("MIT", "https://github.com/paulmillr/scure-base"),
    "@scure/bip39": ("MIT", "https://github.com/paulmillr/scure-bip39"),
    "bits-ui": ("MIT", "https://github.com/huntabyte/bits-ui"),
    "clsx": ("MIT", "https://github.com/lukeed/clsx"),
    "inline-style-parser": ("MIT", "https://github.com/remarkablemark/inline-style-parser"),
    "qrcode-generator": ("MIT", "https://github.com/kazuhikoarase/qrcode-generator"),
    "runed": ("MIT", "https://github.com/svecosystem/runed"),
    "style-to-object": ("MIT", "https://github.com/remarkablemark/style-to-object"),
    "svelte": ("MIT", "https://github.com/sveltejs/svelte"),
    "svelte-toolbelt": ("MIT", "https://github.com/huntabyte/svelte-toolbelt"),
    "tabbable": ("MIT", "https://github.com/focus-trap/tabbable"),
}
# Licences under which all may be part of a program that is itself under Apache-2.0.
ACCEPTED = {"Apache-2.0", "Apache-2.0 WITH LLVM-exception", "MIT", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "ISC",
            "Zlib", "Unlicense", "Unicode-3.0", "CC0-1.0", "MPL-2.0"}


def cargo():
    home = os.environ.get("CARGO_HOME") or os.path.expanduser("~/.cargo")
    there = pathlib.Path(home) / "bin" / "cargo"
    return os.environ.get("CARGO") or (str(there) if there.exists() else "cargo")


def crates():
    """Packages of Cargo, by name and version, that are compiled into bridge/."""
    command = [cargo(), "metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", TARGET,
               "--manifest-path", str(ROOT / "bridge" / "Cargo.toml")]
    metadata = json.loads(subprocess.run(command, stdout=subprocess.PIPE, cwd=ROOT, check=True).stdout)
    packages = {package["id"]: package for package in metadata["packages"]}
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    root = metadata["resolve"]["root"]
    found, waiting = set(), [root]
    while waiting:
        at = waiting.pop()
        for dependency in nodes[at]["deps"]:
            of = packages[dependency["pkg"]]
            is_macro = any("proc-macro" in target["kind"] for target in of["targets"])
            if is_macro or of["id"] in found or all(kind["kind"] for kind in dependency["dep_kinds"]):
                continue
            found.add(of["id"])
            waiting.append(of["id"])
    return sorted((packages[one] for one in found), key=lambda package: (package["name"], package["version"]))


def spdx(text):
    """The licence of a crate in the words of today: older ones write a stroke for OR."""
    return re.sub(r"\s*/\s*", " OR ", text or "")


def is_accepted(expression):
    """Whether one can choose licences that are accepted: OR of alternatives, each an AND of names."""
    expression = expression.replace("(", "").replace(")", "")
    both = [part.strip() for part in expression.split(" AND ")]
    return bool(expression) and all(any(one.strip() in ACCEPTED for one in part.split(" OR ")) for part in both)


def official():
    """(crate, version, what, licence, source) of the crates that files are taken from."""
    folder = ROOT / "contracts" / "official"
    named = re.findall(r'^([a-z-]+) = \{ version = "=([^"]+)"', (folder / "Cargo.toml").read_text(), re.M)
    return [(name, version, *OFFICIAL.get(name, ("?", "?", "?"))) for name, version in named]


def web():
    """(package, version, licence, source) of what others wrote of the page."""
    locked = json.loads((ROOT / "web" / "package-lock.json").read_text())["packages"]
    return [(name, locked[f"node_modules/{name}"]["version"], *WEB[name]) for name in sorted(WEB)]


def rust_version():
    return re.search(r'^channel = "([^"]+)"', (ROOT / "rust-toolchain.toml").read_text(), re.M)[1]


def linked_packages():
    """Names of shared libraries that the sources ask CMake for: those of others are of no use to this list."""
    asked = {"rocksdb": "RocksDB", "fmt": "{fmt}", "OpenSSL": "OpenSSL", "SODIUM": "libsodium", "SQLite3": "SQLite",
             "SECP256K1": "libsecp256k1", "ZSTD": "Zstandard", "prometheus-cpp": "prometheus-cpp", "PostgreSQL": "libpq",
             "QRENCODE": "libqrencode", "LIBPQ": "libpq", "SQLITE": "SQLite", "SQLITE3": "SQLite", "PQ": "libpq"}
    text = "".join(path.read_text() for path in [*sorted((ROOT / "src").rglob("CMakeLists.txt")),
                                                 *sorted((ROOT / "cmake").glob("*.cmake"))])
    words = re.findall(r"(?:find_package\(|pkg_check_modules\(|find_library\(\w+ )([\w-]+)", text)
    return {asked[word] for word in words if word in asked} | {"GNU C library", "GCC runtime (libstdc++, libgcc)"}


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows]) + "\n"


def document():
    used = linked_packages()
    shared = [row[:5] for row in SHARED if row[0] in used]
    rust = ("Rust standard library", rust_version(), "MIT OR Apache-2.0", "https://github.com/rust-lang/rust",
            "what bridge/ is built with")
    compiled = sorted([*(row[:5] for row in COMPILED_IN), rust], key=lambda row: row[0].lower())
    rust_rows = [(package["name"], package["version"], spdx(package["license"]), package["repository"] or "")
                 for package in crates()]
    return f"""# What others wrote

Written by `./dev licences`; a test compares it with Cargo.lock and with what the programs are linked to. dusk itself is
under Apache-2.0 (LICENSE). NOTICE is what goes with every copy; packages have the texts of the licences beside them
(`/usr/share/doc/dusk`).

## Files of the official implementation

Covered by the Mozilla Public License 2.0, whose text and whose source you find at the address below. They are part of the
program as they are: not changed, fetched by Cargo when it is built, compared by their SHA-256 (`cmake/official_contracts.cmake`).
Nothing of the official crates is compiled into the program. Tests and `./dev interop` use them as programs of their own, which
are not shipped.

{table(("Crate", "Version", "What", "Licence", "Source"), official())}
## Libraries that are linked dynamically

They are those of the system: Debian's packages, which name them as dependencies, so that anybody can replace them (the
LGPL asks for that). The versions are those of Debian 12. Of libraries under a choice of licences the first is meant.

{table(("Library", "Version", "Licence", "Source", "For"), shared)}
## Libraries that are compiled in

{table(("Library", "Version", "Licence", "Source", "For"), compiled)}
## Packages in the page

What is bundled into `web/dist`; its build refuses others.

{table(("Package", "Version", "Licence", "Source"), web())}
## Crates that are compiled in

The closure of `bridge/Cargo.toml` without build scripts and macros, which leave nothing behind ({len(rust_rows)} crates).
`blst` and `libmimalloc-sys` hold C and assembly of the projects blst (Apache-2.0) and mimalloc (MIT).

{table(("Crate", "Version", "Licence", "Source"), rust_rows)}"""


def needed_libraries(binary):
    text = subprocess.run(["readelf", "-d", binary], stdout=subprocess.PIPE, text=True, check=True).stdout
    return re.findall(r"\(NEEDED\).*\[(.+)\]", text)


def complaints(binaries):
    for name, version, what, *_ in official():
        if what == "?":
            yield f"contracts/official names {name} {version}, of which third_party.py knows nothing"
    for name, version, licence, _ in web():
        if not is_accepted(licence):
            yield f"{name} {version} is under {licence!r}: may it be part of the page?"
    for package in crates():
        if not is_accepted(spdx(package["license"])):
            yield f"{package['name']} {package['version']} is under {package['license']!r}: may it be part of the program?"
    if not DOCUMENT.exists() or DOCUMENT.read_text() != document():
        yield "docs/third-party.md is out of date: ./dev licences writes it anew"
    used = linked_packages()
    known = {library for row in SHARED if row[0] in used for library in row[5]}
    for binary in binaries:
        for library in needed_libraries(binary):
            if library not in known:
                yield f"{binary} is linked to {library}, which docs/third-party.md does not list"


def licence_files(package):
    folder = pathlib.Path(package["manifest_path"]).parent
    return sorted(path for path in folder.iterdir()
                  if path.is_file() and re.match(r"(?i)^(un)?licen[cs]e|^copy(ing|right)|^notice", path.name))


def texts():
    """All licences, each text once with the names of those it is of."""
    of_text, without = {}, []
    for package in crates():
        name = f"{package['name']} {package['version']} ({spdx(package['license'])})"
        files = licence_files(package)
        if not files:
            without.append(name)
        for path in files:
            text = path.read_text(errors="replace").strip()
            of_text.setdefault(text, []).append(name)
    for name, version, licence, _ in web():
        for path in sorted((ROOT / "web" / "node_modules" / name).glob("[Ll][Ii][Cc][Ee][Nn][CcSs][Ee]*")):
            of_text.setdefault(path.read_text(errors="replace").strip(), []).append(f"{name} {version} ({licence})")
    for name, version, licence, _, _, debian in COMPILED_IN:
        path = pathlib.Path("/usr/share/doc") / debian / "copyright"
        of_text.setdefault(path.read_text(errors="replace").strip(), []).append(f"{name} {version} ({licence})")
    parts = ["Licences of what is compiled into the programs of dusk. docs/third-party.md lists the sources.\n"]
    if without:
        parts.append("Without a text of their own, under the licences that they name, whose texts are below:\n  "
                     + "\n  ".join(without) + "\n")
    for text, names in sorted(of_text.items(), key=lambda item: item[1][0].lower()):
        parts.append("=" * 100 + "\n" + "\n".join(sorted(set(names))) + "\n" + "-" * 100 + f"\n{text}\n")
    return "\n".join(parts)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    action = parser.add_mutually_exclusive_group(required=True)
    action.add_argument("--write", action="store_true")
    action.add_argument("--check", action="store_true")
    action.add_argument("--texts", metavar="FILE")
    parser.add_argument("--binary", nargs="*", default=[])
    options = parser.parse_args()
    if options.write:
        DOCUMENT.write_text(document())
    if options.texts:
        pathlib.Path(options.texts).write_text(texts())
    if options.check:
        wrong = list(complaints(options.binary))
        print("\n".join(wrong) if wrong else "docs/third-party.md is up to date")
        sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
