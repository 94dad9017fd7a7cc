#!/usr/bin/env python3
"""Compares the layout rule of the C++ contract SDK with rustc: random structs and tuples of archived forms.

    interop/contract/layout.py [--count N] [--seed S]

Writes the same types for both compilers, runs the Rust program, and lets the C++ compiler check its figures with
static_assert. Needs rustc and clang++-19.
"""
import argparse
import pathlib
import random
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]

# Rust form of the archived type, C++ type of the SDK.
LEAVES = [
    ("u8", "uint8_t"), ("u16", "uint16_t"), ("u32", "uint32_t"), ("u64", "uint64_t"), ("i64", "int64_t"),
    ("u128", "uint128_t"), ("bool", "bool"), ("List", "Vector<uint8_t>"), ("Text", "String"),
    ("[u8; 32]", "Bytes<32>"), ("[u8; 3]", "Bytes<3>"), ("[u8; 65]", "Bytes<65>"), ("[u64; 3]", "Array<uint64_t, 3>"),
    ("Key", "PublicKey"), ("Account", "Account"), ("Choice", "Choice"), ("Maybe<u8>", "Optional<uint8_t>"),
    ("Maybe<u64>", "Optional<uint64_t>"), ("Maybe<List>", "Optional<Vector<uint8_t>>"),
    ("Either<u32, u8>", "Result<uint32_t, uint8_t>"), ("[bool; 2]", "Array<bool, 2>"),
]

RUST_HEAD = """#![allow(dead_code)]
use core::mem::{align_of, offset_of, size_of};
#[repr(C)] struct List { p: i32, n: u32 }
#[repr(C)] union Text { a: [u8; 8], b: (u32, i32) }
#[repr(C, align(8))] struct Key([u8; 200]);
#[repr(u8)] enum Account { External(Key), Contract([u8; 32]) }
#[repr(u8)] enum Choice { A, B, C }
#[repr(u8)] enum Maybe<T> { None, Some(T) }
#[repr(u8)] enum Either<T, E> { Ok(T), Err(E) }
"""

CPP_HEAD = """#include "dusk/contract.hpp"
using namespace dusk::contract;
enum class Choice : uint8_t { a, b, c };
DUSK_ENUM(Choice, c)
template <class T>
consteval bool tuple_is(uint32_t size, uint32_t alignment, auto... offsets) {
    return has_layout<T>(size, alignment, offsets...);
}
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    dice = random.Random(options.seed)

    rust, cpp, prints, types = [RUST_HEAD], [CPP_HEAD], [], []
    for number in range(options.count):
        known = LEAVES + [t for t in types[-20:] if t[0].startswith("S")]
        fields = [dice.choice(known) for _ in range(dice.randint(1, 7))]
        is_tuple = dice.random() < 0.3
        name = f"{'T' if is_tuple else 'S'}{number}"
        if is_tuple:
            members = range(len(fields))
            rust.append(f"type {name} = ({', '.join(r for r, _ in fields)},);")
            cpp.append(f"using {name} = Tuple<{', '.join(c for _, c in fields)}>;")
        else:
            members = [f"f{i}" for i in range(len(fields))]
            rust.append(f"struct {name} {{ {', '.join(f'f{i}: {r}' for i, (r, _) in enumerate(fields))} }}")
            declared = " ".join(f"{c} f{i}{{}};" for i, (_, c) in enumerate(fields))
            cpp.append(f"struct {name} {{ {declared} DUSK_FIELDS({name}, {', '.join(members)}) }};")
        types.append((name, name))
        offsets = ", ".join(f"offset_of!({name}, {m})" for m in members)
        prints.append(f'    println!("{name} {{}} {{}} {{:?}}", size_of::<{name}>(), align_of::<{name}>(), [{offsets}]);')

    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "layout.rs").write_text("\n".join(rust) + "\nfn main() {\n" + "\n".join(prints) + "\n}\n")
        subprocess.run(["rustc", "--edition", "2021", "-o", folder / "layout", folder / "layout.rs"], check=True)
        out = subprocess.run([folder / "layout"], check=True, capture_output=True, text=True).stdout
        for line in out.splitlines():
            name, size, alignment, offsets = line.split(" ", 3)
            cpp.append(f"static_assert(has_layout<{name}>({size}, {alignment}, {offsets[1:-1]}), \"{line}\");")
        (folder / "layout.cpp").write_text("\n".join(cpp) + "\n")
        done = subprocess.run(["clang++-19", "-std=c++23", "-fsyntax-only", "-ferror-limit=0", "-I",
                               ROOT / "contracts/sdk/cpp/include", folder / "layout.cpp"], capture_output=True, text=True)
        wrong = done.stderr.count("static assertion failed")
        if done.returncode != 0:
            print("\n".join(line for line in done.stderr.splitlines() if "error:" in line)[:4000])
        print(f"{options.count} types, {wrong} laid out otherwise by rustc")
        return 1 if done.returncode else 0


if __name__ == "__main__":
    raise SystemExit(main())
