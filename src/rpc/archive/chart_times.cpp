#include "rpc/archive/chart_times.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

namespace dusk::rpc {
namespace {

using namespace std::chrono;

constexpr std::uint64_t kUsual = 30;
// The year 9999: calendars end somewhere.
constexpr std::uint64_t kLast = 253'402'300'799;

enum class Bucket : std::uint8_t { hour, day, week, month };

sys_seconds begin_of(Bucket bucket, sys_seconds time) {
    const sys_days day = floor<days>(time);
    switch (bucket) {
        case Bucket::hour:
            return floor<hours>(time);
        case Bucket::day:
            return day;
        case Bucket::week:
            return day - (weekday(day) - Monday);
        case Bucket::month: {
            const year_month_day date(day);
            return sys_days(date.year() / date.month() / 1);
        }
    }
    return day;
}

sys_seconds moved(Bucket bucket, sys_seconds begin, int by) {
    switch (bucket) {
        case Bucket::hour:
            return begin + hours(by);
        case Bucket::day:
            return begin + days(by);
        case Bucket::week:
            return begin + weeks(by);
        case Bucket::month:
            break;
    }
    const year_month_day date(floor<days>(begin));
    return sys_days((date.year() / date.month() + months(by)) / 1);
}

std::uint64_t number_of(sys_seconds time) {
    return static_cast<std::uint64_t>(std::max<std::int64_t>(0, time.time_since_epoch().count()));
}

}  // namespace

Result<std::vector<std::uint64_t>, std::string> chart_times(std::string_view bucket, std::uint64_t from,
                                                            std::uint64_t to) {
    constexpr std::array<std::string_view, 4> kNames{"hour", "day", "week", "month"};
    const auto at = std::ranges::find(kNames, bucket);
    if (at == kNames.end()) return fail(std::string("\"bucket\" is hour, day, week or month"));
    const auto kind = static_cast<Bucket>(at - kNames.begin());
    const sys_seconds last = begin_of(kind, sys_seconds(seconds(std::min(to, kLast))));
    if (from > to) return fail(std::string("\"from\" is later than \"to\""));
    sys_seconds begin = from == 0 ? moved(kind, last, -static_cast<int>(kUsual) + 1)
                                  : begin_of(kind, sys_seconds(seconds(std::min(from, kLast))));
    begin = std::max(begin, begin_of(kind, sys_seconds()));
    std::vector<std::uint64_t> out{number_of(begin)};
    while (begin <= last) {
        if (out.size() > kMostBuckets) {
            return fail(
                fmt::format("there are more than {} of them from \"from\" to \"to\", which are unix seconds: "
                            "ask for longer ones or for less time",
                            kMostBuckets));
        }
        begin = moved(kind, begin, 1);
        out.push_back(number_of(begin));
    }
    return out;
}

}  // namespace dusk::rpc
