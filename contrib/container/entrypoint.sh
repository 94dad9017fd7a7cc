#!/bin/sh
# Runs dusk. The password of the keys may come as a file, as engines hand over secrets: no file, no password.
set -eu

file=${DUSK_CONSENSUS_KEYS_PASS_FILE:-/run/secrets/consensus_keys_pass}
if [ -z "${DUSK_CONSENSUS_KEYS_PASS:-}" ] && [ -r "$file" ]; then
    DUSK_CONSENSUS_KEYS_PASS=$(cat "$file")
    export DUSK_CONSENSUS_KEYS_PASS
fi
exec dusk "$@"
