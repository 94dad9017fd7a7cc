// Text that a contract hands to the host.
#pragma once

#include <optional>
#include <string>

#include "vm/memory.hpp"

namespace dusk::vm {

// No name that anything has is longer: the names in a module have at most 100 000 bytes.
inline constexpr std::size_t kLongestName = 100'000;

// Reads `size` bytes, which must lie in the memory, as UTF-8; nothing when they are not. All bytes are looked at, as
// many as there are, but of a text longer than any name only the first `kLongestName` + 1 bytes are returned.
[[nodiscard]] std::optional<std::string> read_text(ContractMemory& memory, std::uint64_t offset, std::uint64_t size);

}  // namespace dusk::vm
