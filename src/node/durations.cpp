#include "node/durations.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>

namespace dusk::node {
namespace {

// Numbers of units, each of so many of the smallest, together at most `most` of these.
std::optional<std::uint64_t> sum_of_units(std::string_view text,
                                          std::span<const std::pair<std::string_view, std::uint64_t>> units,
                                          std::uint64_t most) {
    std::uint64_t total = 0;
    const char* at = text.data();
    const char* const end = at + text.size();
    if (at == end) return {};
    while (at != end) {
        std::uint64_t count = 0;
        const auto [after, error] = std::from_chars(at, end, count);
        if (error != std::errc()) return {};
        const char* const unit_end = std::find_if(after, end, [](char c) { return c < 'a' || c > 'z'; });
        const auto unit = std::ranges::find(units, std::string_view(after, unit_end), [](auto& u) { return u.first; });
        if (unit == units.end() || count > most / unit->second) return {};
        total += count * unit->second;
        if (total > most) return {};
        at = std::find_if(unit_end, end, [](char c) { return c != ' '; });
    }
    return total;
}

}  // namespace

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
    static constexpr std::array<std::pair<std::string_view, std::uint64_t>, 5> kUnits{
        {{"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}}};
    const auto sum = sum_of_units(text, kUnits, 10ULL * 366 * 86'400'000);
    if (!sum) return {};
    return std::chrono::milliseconds(*sum);
}

std::optional<std::chrono::nanoseconds> parse_short_duration(std::string_view text) {
    static constexpr std::array<std::pair<std::string_view, std::uint64_t>, 7> kUnits{{{"ns", 1},
                                                                                       {"us", 1000},
                                                                                       {"ms", 1'000'000},
                                                                                       {"s", 1'000'000'000},
                                                                                       {"m", 60'000'000'000},
                                                                                       {"h", 3'600'000'000'000},
                                                                                       {"d", 86'400'000'000'000}}};
    const auto sum = sum_of_units(text, kUnits, 366ULL * 86'400'000'000'000);
    if (!sum) return {};
    return std::chrono::nanoseconds(*sum);
}

}  // namespace dusk::node
