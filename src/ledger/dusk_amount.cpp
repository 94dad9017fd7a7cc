#include "ledger/dusk_amount.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>

namespace dusk::ledger {
namespace {

constexpr std::size_t kDecimals = 9;

bool are_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

Result<std::uint64_t, AmountError> number(std::string_view digits) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{}) return fail(AmountError::too_large);
    return value;
}

}  // namespace

std::string_view to_string(AmountError error) {
    switch (error) {
        case AmountError::not_a_number:
            return "not a number of DUSK, such as 1000 or 19.8574";
        case AmountError::too_many_decimals:
            return "an amount of DUSK has at most nine decimals";
        case AmountError::too_large:
            return "an amount of more than 18446744073.709551615 DUSK";
    }
    return "unknown error";
}

Result<Lux, AmountError> parse_dusk(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool between =
            i > 0 && i + 1 < text.size() && are_digits(text.substr(i - 1, 1)) && are_digits(text.substr(i + 1, 1));
        if (text[i] == '_' && between) continue;
        plain.push_back(text[i]);
    }
    const std::size_t point = plain.find('.');
    const std::string whole = plain.substr(0, point);
    const std::string decimals = point == std::string::npos ? "0" : plain.substr(point + 1);
    if (!are_digits(whole) || !are_digits(decimals)) return fail(AmountError::not_a_number);
    if (decimals.size() > kDecimals) return fail(AmountError::too_many_decimals);
    const auto coins = number(whole);
    if (!coins) return fail(coins.error());
    const std::uint64_t rest = *number(decimals + std::string(kDecimals - decimals.size(), '0'));
    const auto lux = checked_cost(Gas{*coins}, GasPrice{kLuxPerDusk});
    const auto sum = lux ? checked_add(*lux, Lux{rest}) : std::nullopt;
    if (!sum) return fail(AmountError::too_large);
    return *sum;
}

std::string format_dusk(Lux amount) {
    std::string decimals = fmt::format("{:09}", amount.value % kLuxPerDusk);
    decimals.erase(decimals.find_last_not_of('0') + 1);
    const std::uint64_t whole = amount.value / kLuxPerDusk;
    return decimals.empty() ? fmt::format("{}", whole) : fmt::format("{}.{}", whole, decimals);
}

}  // namespace dusk::ledger
