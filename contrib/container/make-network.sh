#!/bin/sh
# make-network.sh FOLDER ADDRESS...: makes what a network needs, once: keys of a provisioner for each address, a genesis
# file in which each has a stake and as much in its account (1 000 000 DUSK), and a node.toml for each.
set -eu
umask 077

folder=$1
shift
[ ! -e "$folder/complete" ] || exit 0
rm -rf "$folder"/node-* "$folder"/genesis.toml

stakes=
number=0
for address in "$@"; do
    number=$((number + 1))
    own=$folder/node-$number
    mkdir -p "$own"
    head -c 24 /dev/urandom | base64 >"$own/password"
    dusk keys create consensus "$own/consensus" --password-file "$own/password" >/dev/null
    account=$(dusk keys show "$own/consensus.cpk" --json | sed -n 's/.*"public_key": "\([^"]*\)".*/\1/p')
    stakes="$stakes --stake $account=1000000 --account $account=1000000"
done
# shellcheck disable=SC2086  # words are meant
dusk genesis new "$folder/genesis.toml" $stakes >/dev/null

time=$(date +%s)
number=0
for address in "$@"; do
    number=$((number + 1))
    others=
    for other in "$@"; do
        [ "$other" = "$address" ] || others="$others${others:+, }\"$other\""
    done
    cat >"$folder/node-$number/node.toml" <<EOF
network = "devnet"
log_type = "plain"

[chain]
db_path = "${DUSK_DATA:-/var/lib/dusk/node}"
consensus_keys_path = "$folder/node-$number/consensus.keys"
genesis_file = "$folder/genesis.toml"
genesis_timestamp = $time
minimum_block_time = 3
first_step_time = 7

[kadcast]
public_address = "$address"
bootstrapping_nodes = [$others]

[http]
listen_address = "${DUSK_HTTP:-0.0.0.0:8080}"
EOF
done
touch "$folder/complete"
