#!/usr/bin/env python3
"""commands_test.py PROGRAM: what the documents tell people to type exists.

Looks at every `dusk …` and `./dev …` in README.md, CONTRIBUTING.md, docs/ and contrib/, and in the examples of the
program's own --help, and compares words and options with what --help knows. Then every link between documents, and every
path of this checkout that they name.
"""
import pathlib
import re
import shlex
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "contrib" / "package"))
import command_tree  # noqa: E402

# What may stand before the program in a line.
BEFORE = re.compile(r"^(?:\$ |sudo (?:-u \w+ )?|systemd-run (?:-\S+ )*|env |exec |\w+=\S* |docker exec \w+ |\./dev (?=dusk\b)|/usr/bin/(?=dusk\b))+")
PLACEHOLDER = re.compile(r"^(?:[A-Z][A-Z.…]*|…|\.\.\.|\[.*|<.*|\$.*)$")
# Labels of what is hashed, which begin like a command.
LABELS = ("dusk development", "dusk ceremony:", "dusk devnet test wallet i")


def documents():
    yield from (ROOT / name for name in ("README.md", "CONTRIBUTING.md"))
    yield from sorted((ROOT / "docs").rglob("*.md"))


def files_with_commands():
    yield from documents()
    for path in sorted((ROOT / "contrib").rglob("*")):
        if path.is_file() and path.suffix in (".service", ".sh", ".yaml", ".toml", ".yml") or path.name == "Containerfile":
            yield path


def commands_in(text):
    """Texts that may be commands: lines of code blocks (or of files that are no documents), and inline code."""
    for block in re.findall(r"^```[a-z]*\n(.*?)^```", text, re.M | re.S):
        yield from re.sub(r"\\\n\s*", " ", block).splitlines()
    yield from re.findall(r"^    (?:\$ )?((?:\./dev|dusk) .*)$", text, re.M)
    for code in re.findall(r"(?<!`)`([^`]+)`(?!`)", re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)):
        yield " ".join(code.split())


def words_of(line):
    """The words of a command without what explains it, or nothing where it is none of ours."""
    line = BEFORE.sub("", line.strip())
    if not re.match(r"^(dusk|\./dev)(\s|$)", line) or line.startswith(LABELS):
        return []
    line = re.split(r"\s{2,}|\s#\s|[|;<>]|&&|\s&$", line)[0]  # an explanation stands behind two spaces
    try:
        return shlex.split(line)
    except ValueError:
        return line.split()


def check_options(words, command, path):
    """Complaints about the words behind the last subcommand."""
    at = 0
    while at < len(words):
        word = words[at]
        at += 1
        if not word.startswith("-") or word == "-" or re.match(r"^-\d", word):
            continue
        for name in word.rstrip(".,").split("|"):
            name, has_value = name.split("=")[0], "=" in name
            if PLACEHOLDER.match(name.lstrip("-")):
                continue
            if name not in command["options"] and name not in ("--help", "-h"):
                yield f"{' '.join(path)} has no option {name}"
            elif command["options"].get(name) and not has_value:
                at += 1


def check_command(words, tree):
    """Complaints about one command, the program's name first."""
    command, path, rest = tree, ["dusk"], words[1:]
    while rest and command["commands"]:
        word = rest[0]
        if PLACEHOLDER.match(word):
            return
        listed = [one.rstrip(",") for one in rest]
        if word.endswith(",") and not word.startswith("-"):  # `dusk net ping, peers, table`
            for one in listed:
                if not one.startswith("-") and one not in command["commands"]:
                    yield f"{' '.join(path)} has no command {one}"
            return
        if word.startswith("-"):
            break
        if word not in command["commands"]:
            yield f"{' '.join(path)} has no command {word}"
            return
        command, path, rest = command["commands"][word], [*path, word], rest[1:]
    yield from check_options(rest, command, path)


def dev_verbs():
    text = (ROOT / "dev").read_text()
    return set(re.findall(r"^    ([a-z0-9]+)(?: \| [^)]*)?\)", text[text.index("case $verb in"):], re.M)), text


def check_dev(words, verbs, text):
    verb = words[1] if len(words) > 1 else "help"
    for one in verb.rstrip(",").split("|"):
        if one not in verbs and not PLACEHOLDER.match(one):
            yield f"./dev has no verb {one}"
    if verb == "interop" and len(words) > 2 and not PLACEHOLDER.match(words[2]):
        if not re.search(rf"^  interop {re.escape(words[2])} ", text, re.M):
            yield f"./dev interop has no area {words[2]}"
    for word in words[2:]:
        if verb == "test" and word.startswith("--") and f"{word.split('=')[0]})" not in text:
            yield f"./dev test has no option {word}"


def anchors(text):
    heads = re.findall(r"^#+ (.*)$", re.sub(r"^```.*?^```", "", text, flags=re.M | re.S), re.M)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def check_links(path):
    text = path.read_text()
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)):
        if re.match(r"^[a-z]+:", target) or not re.search(r"[./#]", target):  # an address; a formula
            continue
        name, _, anchor = target.partition("#")
        there = (path.parent / name).resolve() if name else path
        if not there.exists():
            yield f"links to {target}, which is not there"
        elif anchor and there.suffix == ".md" and anchor not in anchors(there.read_text()):
            yield f"links to {target}, and there is no such heading"
    names = r"`((?:contrib|src|tests|bridge|cmake|interop)/[\w./-]+\.\w+)`|\b(docs/[\w/-]+\.md)\b"
    for name in ("".join(found) for found in re.findall(names, text)):
        if path.parent == ROOT / "docs" / "contracts" and name.startswith(("src/", "tests/")):
            continue  # of a contract's project
        if not (ROOT / name).exists():
            yield f"names {name}, which is not there"


def main():
    tree = command_tree.tree(sys.argv[1])
    verbs, dev_text = dev_verbs()
    wrong, count = [], 0
    sources = [(str(path.relative_to(ROOT)), path.read_text(), path.suffix == ".md") for path in files_with_commands()]
    for path, command in command_tree.walk(tree):
        sources.append((" ".join(("dusk", *path, "--help")), command["help"], False))
    for source, text, is_document in sources:
        lines = commands_in(text) if is_document else re.sub(r"\\\n\s*", " ", text).splitlines()
        for line in lines:
            words = words_of(re.sub(r"^[#\s-]*(?:ExecStart=|[a-z]+: )?", "", line) if not is_document else line)
            if not words:
                continue
            count += 1
            complaints = check_command(words, tree) if words[0] == "dusk" else check_dev(words, verbs, dev_text)
            wrong += [f"{source}: {complaint}   ({line.strip()})" for complaint in complaints]
    for path in documents():
        wrong += [f"{path.relative_to(ROOT)}: {complaint}" for complaint in check_links(path)]
    print("\n".join(wrong))
    print(f"{count} commands of documents and help texts, {sum(1 for _ in command_tree.walk(tree))} of the program")
    if count < 200:
        sys.exit("too few commands were found: is this test still looking at the right places?")
    sys.exit(1 if wrong else 0)


main()
