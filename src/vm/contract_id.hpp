// Contract ids and what follows from them (spec/vm.md §4, §7.2).
#pragma once

#include <cstdint>

#include "base/bytes.hpp"

namespace dusk::vm {

using ContractId = ByteArray<32>;
using Hash = ByteArray<32>;  // BLAKE3

// A page of contract memory: the unit that is tracked, hashed and stored.
inline constexpr std::size_t kPageSize = 65536;

// The id of a contract that was deployed without one: BLAKE3 of its bytecode.
[[nodiscard]] ContractId default_contract_id(ByteView bytecode);

// The key of an id in the dictionary of leaf positions: the wrapping sum of its eight little-endian words. Ids that
// share a key share a leaf of the state tree.
[[nodiscard]] std::uint32_t position_key(const ContractId& id);

}  // namespace dusk::vm
