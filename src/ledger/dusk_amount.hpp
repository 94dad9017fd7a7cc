// Amounts as people write them: DUSK with up to nine decimals, "1000" or "19.8574".
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "ledger/quantities.hpp"

namespace dusk::ledger {

enum class AmountError : std::uint8_t {
    not_a_number,       // other characters than digits, one point and "_" between digits
    too_many_decimals,  // more than nine: there is no smaller unit than a lux
    too_large,          // 2^64 lux or more
};
[[nodiscard]] std::string_view to_string(AmountError error);

[[nodiscard]] Result<Lux, AmountError> parse_dusk(std::string_view text);
// Without zeros at the end: "19.8574", "1000".
[[nodiscard]] std::string format_dusk(Lux amount);

}  // namespace dusk::ledger
