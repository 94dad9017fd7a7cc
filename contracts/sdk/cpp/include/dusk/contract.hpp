// Everything a contract needs. Build it with
//
//   clang++-19 --target=wasm32 -std=c++23 -Oz -flto -ffreestanding -fno-exceptions -fno-rtti -nostdlib
//       -nostdinc++ -mbulk-memory -mno-reference-types -I include contract.cpp -o contract.wasm -fuse-ld=lld
//       -Wl,--no-entry,--export=A,--strip-all,--stack-first,-z,stack-size=32768
//
// or with `dusk contract build`. No library is linked; the headers include <stddef.h> and <stdint.h> of the compiler.
#pragma once

#include "dusk/contract/account.hpp"
#include "dusk/contract/archive.hpp"
#include "dusk/contract/archive_collections.hpp"
#include "dusk/contract/archive_struct.hpp"
#include "dusk/contract/bytes.hpp"
#include "dusk/contract/call.hpp"
#include "dusk/contract/chain.hpp"
#include "dusk/contract/export.hpp"
#include "dusk/contract/map.hpp"
#include "dusk/contract/optional.hpp"
#include "dusk/contract/panic.hpp"
#include "dusk/contract/queries.hpp"
#include "dusk/contract/string.hpp"
#include "dusk/contract/tuple.hpp"
#include "dusk/contract/types.hpp"
#include "dusk/contract/vector.hpp"
#ifdef DUSK_DESCRIBE
#include "dusk/contract/describe.hpp"
#endif
