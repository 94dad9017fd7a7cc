#!/usr/bin/env python3
"""Makes a Debian package and a tarball of the built programs: ./dev package

Beside them go the files of the container image, which is built of the package, and SHA256SUMS. The packages depend on
nothing but the programs, the checkout and SOURCE_DATE_EPOCH (without it, the time of the last commit). The programs are the
same for the same commit and compilers where Cargo keeps its crates in the same folder, whose name is in messages of crates.
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

import archives
import command_tree
import completions
import third_party

ROOT = third_party.ROOT
CONTRIB = ROOT / "contrib"
PROGRAMS = ("dusk", "dusk-compile")  # the second serves the first and stands beside it
EXAMPLES = ("grafana", "prometheus", "container", "kubernetes")


def output(*command, **more):
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, **more).stdout.strip()


def git(*words):
    return output("git", *words, cwd=ROOT)


def version_of(program):
    """0.1.0 where a tag says so, else 0.1.0+git20261130.1a2b3c4: later commits of a day sort by their hour."""
    number = output(program, "--version").removeprefix("dusk ")
    tags = git("tag", "--points-at", "HEAD").split()
    dirty = ".dirty" if git("status", "--porcelain", "--untracked-files=no") else ""
    if f"v{number}" in tags and not dirty:
        return number
    moment = time.strftime("%Y%m%d.%H%M%S", time.gmtime(int(git("log", "-1", "--format=%ct"))))
    return f"{number}+git{moment}.{git('rev-parse', '--short=7', 'HEAD')}{dirty}"


def put(content, to, mode=0o644):
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_bytes(content if isinstance(content, bytes) else content.encode())
    to.chmod(mode)


def copy(source, to, mode=0o644):
    put(source.read_bytes(), to, mode)


def put_programs(build, folder):
    """Without debug information and symbols."""
    for name in PROGRAMS:
        copy(build / "bin" / name, folder / name, 0o755)
        subprocess.run(["llvm-strip-19", "--strip-all", folder / name], check=True)


def man_page(tree, version, moment):
    rows = []
    for line in re.search(r"^Subcommands:\n((?:  .*\n)+)", tree["help"], re.M)[1].splitlines():
        word, _, text = line.strip().partition(" ")
        rows.append(f".TP\n.B dusk {word}\n{text.strip()}")
    page = (CONTRIB / "man" / "dusk.1").read_text()
    date = time.strftime("%Y-%m-%d", time.gmtime(moment))
    return page.replace("@DATE@", date).replace("@VERSION@", version).replace("@COMMANDS@", "\n".join(rows))


def put_shared(share, doc, tree, version, moment):
    """What belongs into share/ and the folder of documents, in the package and in the tarball."""
    put(archives.packed(man_page(tree, version, moment).encode(), moment), share / "man" / "man1" / "dusk.1.gz")
    put(completions.bash(tree), share / "bash-completion" / "completions" / "dusk")
    for path in sorted((ROOT / "docs").rglob("*.md")):
        copy(path, doc / path.relative_to(ROOT / "docs"))
    for name in ("NOTICE", "README.md"):
        copy(ROOT / name, doc / name)
    put(archives.packed(third_party.texts().encode(), moment), doc / "licences.txt.gz")
    for name in EXAMPLES:
        for path in sorted((CONTRIB / name).rglob("*")):
            if path.is_file():
                copy(path, doc / "examples" / name / path.relative_to(CONTRIB / name), path.stat().st_mode & 0o755)


def shared_libraries(folder):
    """The packages that the programs need, as Debian counts them."""
    with tempfile.TemporaryDirectory() as work:
        put("Source: dusk\n\nPackage: dusk\nArchitecture: any\n", pathlib.Path(work) / "debian" / "control")
        text = output("dpkg-shlibdeps", "-O", *(f"-e{folder / name}" for name in PROGRAMS), cwd=work,
                      stderr=subprocess.DEVNULL)
    return text.removeprefix("shlibs:Depends=")


def control(root, version, architecture):
    size = sum(-(-path.stat().st_size // 1024) for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    text = (CONTRIB / "debian" / "control.in").read_text()
    for key, value in (("VERSION", version), ("ARCHITECTURE", architecture), ("SIZE", str(size)),
                       ("DEPENDS", shared_libraries(root / "usr" / "lib" / "dusk"))):
        text = text.replace(f"@{key}@", value)
    return text


def debian_package(root, tree, options):
    """Fills an empty folder and packs it; says which file it is."""
    put_programs(options.build, root / "usr" / "lib" / "dusk")
    (root / "usr" / "bin").mkdir(parents=True)
    (root / "usr" / "bin" / "dusk").symlink_to("../lib/dusk/dusk")
    doc = root / "usr" / "share" / "doc" / "dusk"
    put_shared(root / "usr" / "share", doc, tree, options.version, options.time)
    copy(CONTRIB / "debian" / "copyright", doc / "copyright")
    copy(CONTRIB / "systemd" / "dusk-node.service", root / "lib" / "systemd" / "system" / "dusk-node.service")
    copy(CONTRIB / "debian" / "node.toml", root / "etc" / "dusk" / "node.toml")
    sums = "".join(f"{archives.md5(path)}  {path.relative_to(root)}\n" for path in sorted(root.rglob("*"))
                   if path.is_file() and not path.is_symlink() and path.parts[len(root.parts)] != "etc")
    architecture = output("dpkg", "--print-architecture")
    text = control(root, options.version, architecture)
    put(sums, root / "DEBIAN" / "md5sums")
    put(text, root / "DEBIAN" / "control")
    copy(CONTRIB / "debian" / "conffiles", root / "DEBIAN" / "conffiles")
    for name in ("postinst", "prerm", "postrm"):
        copy(CONTRIB / "debian" / name, root / "DEBIAN" / name, 0o755)
    archives.settle(root, options.time)
    file = options.out / f"dusk_{options.version}_{architecture}.deb"
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Znone" if options.fast else "-Zxz", "--build", root, file],
                   stdout=subprocess.DEVNULL, check=True,
                   env={**os.environ, "SOURCE_DATE_EPOCH": str(options.time)})
    return file


def tarball(root, tree, options):
    put_programs(options.build, root / "bin")
    put_shared(root / "share", root / "share" / "doc" / "dusk", tree, options.version, options.time)
    copy(CONTRIB / "systemd" / "dusk-node.service", root / "share" / "systemd" / "dusk-node.service")
    copy(CONTRIB / "debian" / "node.toml", root / "share" / "dusk" / "node.toml")
    for name in ("LICENSE", "NOTICE"):
        copy(ROOT / name, root / name)
    archives.settle(root, options.time)
    name = f"dusk-{options.version}-{os.uname().machine}-linux"
    file = options.out / f"{name}.tar.gz"
    archives.tarball(root, name, file, options.time, 1 if options.fast else 9)
    return file


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build" / "release", help="where bin/dusk is")
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "build" / "package")
    parser.add_argument("--version", help="another than that of the program and the commit")
    parser.add_argument("--fast", action="store_true", help="hardly compressed, for tests")
    options = parser.parse_args()
    missing = [tool for tool in ("dpkg-deb", "dpkg-shlibdeps", "llvm-strip-19", "git") if not shutil.which(tool)]
    if missing:
        sys.exit(f"package: these programs are missing: {', '.join(missing)} (Debian packages dpkg-dev, llvm-19, git)")
    options.build = options.build.resolve()
    options.version = options.version or version_of(options.build / "bin" / "dusk")
    options.time = int(os.environ.get("SOURCE_DATE_EPOCH") or git("log", "-1", "--format=%ct"))
    options.out = options.out.resolve()
    options.out.mkdir(parents=True, exist_ok=True)
    for old in [*options.out.glob("dusk_*.deb"), *options.out.glob("dusk-*.tar.gz")]:
        old.unlink()
    for name in ("Containerfile", "entrypoint.sh", "make-network.sh"):
        copy(CONTRIB / "container" / name, options.out / name, 0o755 if name.endswith(".sh") else 0o644)
    tree = command_tree.tree(options.build / "bin" / "dusk")
    with tempfile.TemporaryDirectory() as work:
        files = [debian_package(pathlib.Path(work) / "deb", tree, options),
                 tarball(pathlib.Path(work) / "tar", tree, options)]
    sums = "".join(f"{archives.sha256(file)}  {file.name}\n" for file in files)
    (options.out / "SHA256SUMS").write_text(sums)
    print(sums, end="")


main()
