"""The commands of the program `dusk` and their options, as its --help tells them.

A command is {"options": {"--name": takes a value}, "commands": {"word": command}, "help": text}.
"""
import concurrent.futures
import re
import subprocess


def parse_help(text):
    """(options, words of subcommands) of one help text as CLI11 prints it."""
    options, words, section = {}, [], ""
    for line in text.splitlines():
        if re.match(r"^\S.*:$", line):
            section = line
        elif not line.strip():
            section = section if section.startswith("[Option Group") else ""
        elif section == "Subcommands:":
            if found := re.match(r"^  ([a-z][a-z0-9-]*)(\s|$)", line):
                words.append(found[1])
        elif found := re.match(r"^  ((?:-[A-Za-z]|--[a-z][a-z0-9-]*)(?:,(?:-[A-Za-z]|--[a-z][a-z0-9-]*))*)( \S)?", line):
            if section:  # not an example in what follows
                for name in found[1].split(","):
                    options[name] = bool(found[2]) and not found[2].startswith(" (")
    return options, words


def ask(program, path):
    return subprocess.run([program, *path, "--help"], stdout=subprocess.PIPE, text=True, timeout=60, check=True).stdout


def tree(program):
    """The command that the program is, with all below it."""
    def of(path, text):
        options, words = parse_help(text)
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            texts = list(pool.map(lambda word: ask(program, [*path, word]), words))
        return {"options": options, "help": text,
                "commands": {word: of([*path, word], below) for word, below in zip(words, texts)}}

    return of([], ask(program, []))


def walk(command, path=()):
    """Each command with its path, the program first."""
    yield path, command
    for word, below in command["commands"].items():
        yield from walk(below, (*path, word))
