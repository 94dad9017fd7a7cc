#!/usr/bin/env bash
# profile.sh MODULE.wasm...   makes compiler.profdata anew: how often the parts of the contract compiler run while it
# compiles these modules. An old profile still fits what has not changed; it costs speed, nothing else. The one here is of
#   build/release/contracts/*.wasm build/release/contracts/official/*.wasm
set -euo pipefail
modules=$(realpath "$@")
cd "$(dirname "${BASH_SOURCE[0]}")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rustup component add llvm-tools
CARGO_TARGET_DIR=${PROFILE_TARGET:-$work/target} RUSTFLAGS="-Cprofile-generate=$work/counts" DUSK_PROFILE_MODULES=$modules \
    cargo test --release --locked --lib -- --ignored compiles_the_modules_of_a_profile
"$(rustc --print target-libdir)/../bin/llvm-profdata" merge --sparse -o compiler.profdata "$work"/counts/*.profraw
