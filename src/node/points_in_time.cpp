#include "node/points_in_time.hpp"

#include <chrono>

namespace dusk::node {
namespace {

constexpr std::string_view kForm = "0000-00-00T00:00:00Z";

bool has_form(std::string_view text) {
    if (text.size() != kForm.size()) return false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool is_digit = text[at] >= '0' && text[at] <= '9';
        if (kForm[at] == '0' ? !is_digit : text[at] != kForm[at]) return false;
    }
    return true;
}

unsigned number_at(std::string_view text, std::size_t at, std::size_t digits) {
    unsigned out = 0;
    for (const char digit : text.substr(at, digits)) out = 10 * out + static_cast<unsigned>(digit - '0');
    return out;
}

}  // namespace

std::optional<std::uint64_t> parse_point_in_time(std::string_view text) {
    if (!has_form(text)) return {};
    const std::chrono::year_month_day day{std::chrono::year(static_cast<int>(number_at(text, 0, 4))),
                                          std::chrono::month(number_at(text, 5, 2)),
                                          std::chrono::day(number_at(text, 8, 2))};
    const unsigned hour = number_at(text, 11, 2);
    const unsigned minute = number_at(text, 14, 2);
    const unsigned second = number_at(text, 17, 2);
    if (!day.ok() || hour > 23 || minute > 59 || second > 59) return {};
    const auto days = std::chrono::sys_days(day).time_since_epoch();
    if (days.count() < 0) return {};
    const auto since = std::chrono::seconds(days) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
                       std::chrono::seconds(second);
    return static_cast<std::uint64_t>(since.count());
}

}  // namespace dusk::node
