// Numbers as they stand in the tables: 64 bits with a sign.
#pragma once

#include <limits>
#include <optional>

#include "ledger/quantities.hpp"

namespace dusk::chronicle {

inline constexpr std::int64_t kHighest = std::numeric_limits<std::int64_t>::max();

// The same bits: of what fits, or is only ever compared with what came the same way.
[[nodiscard]] constexpr std::int64_t signed_of(std::uint64_t value) { return static_cast<std::int64_t>(value); }
[[nodiscard]] constexpr std::int64_t signed_of(ledger::Height height) { return signed_of(height.value); }
[[nodiscard]] constexpr std::uint64_t unsigned_of(std::int64_t value) { return static_cast<std::uint64_t>(value); }
[[nodiscard]] constexpr ledger::Height height_of(std::int64_t value) { return {unsigned_of(value)}; }

// Heights of the chain are far below 2^63; what people ask for may not be.
[[nodiscard]] constexpr std::int64_t number(std::uint64_t value) {
    return value > unsigned_of(kHighest) ? kHighest : signed_of(value);
}
[[nodiscard]] constexpr std::int64_t number(ledger::Height height) { return number(height.value); }
[[nodiscard]] constexpr std::int64_t end_of(const std::optional<ledger::Height>& to) {
    return to ? number(*to) : kHighest;
}

}  // namespace dusk::chronicle
