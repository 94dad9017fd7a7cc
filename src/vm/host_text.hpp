// Text that a contract hands to the host.
#pragma once

#include <optional>
#include <string>

#include "vm/memory.hpp"

namespace dusk::vm {

// No name that anything has is longer: the names in a module have at most 100 000 bytes.
inline constexpr std::size_t kLongestName = 100'000;

// Whether `size` bytes, which must lie in the memory, are UTF-8. Which pages are read is part of the protocol
// (spec/vm.md §5.4), so they are looked at as the reference's library does: in order up to the first byte that cannot
// stand where it is, but through ASCII in steps of two words where the address is a multiple of a word's. A text that
// is UTF-8 has all its pages read. Takes time for each page of zeros, not for its bytes.
[[nodiscard]] bool is_text(ContractMemory& memory, std::uint64_t offset, std::uint64_t size);

// The text, or nothing when it is not UTF-8. Of a text longer than any name only the first `kLongestName` + 1 bytes.
[[nodiscard]] std::optional<std::string> read_name(ContractMemory& memory, std::uint64_t offset, std::uint64_t size);

}  // namespace dusk::vm
