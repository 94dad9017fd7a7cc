"""What bash needs to complete the commands and options of `dusk`."""
from command_tree import walk

HEAD = """# Completion of dusk for bash, made of its --help: of each command the commands below it, then its options.
declare -A _dusk_words=(
"""

TAIL = """)
_dusk() {
    local at=dusk i words current=${COMP_WORDS[COMP_CWORD]}
    for ((i = 1; i < COMP_CWORD; i++)); do
        words=${_dusk_words[$at]}
        [[ " ${words%%--*} " == *" ${COMP_WORDS[i]} "* ]] && at+=" ${COMP_WORDS[i]}"
    done
    words=${_dusk_words[$at]}
    [[ $current == -* ]] || words=${words%%--*}
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}
complete -o default -F _dusk dusk
"""


def bash(command):
    lines = []
    for path, below in walk(command):
        words = sorted(below["commands"]) + sorted(name for name in below["options"] if name.startswith("--"))
        lines.append(f'    ["{" ".join(("dusk", *path))}"]="{" ".join(words)}"\n')
    return HEAD + "".join(lines) + TAIL
