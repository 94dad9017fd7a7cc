// What is asked of lists, and how they look as files.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "rpc/archive/chart_times.hpp"
#include "rpc/archive/list_json.hpp"
#include "rpc/archive/list_query.hpp"
#include "rpc/archive/list_text.hpp"

namespace dusk::rpc {
namespace {

constexpr std::array<std::string_view, 1> kOwn{"kinds"};

ListQuery good(std::string_view query) {
    auto parsed = parse_list_query(query, kOwn);
    EXPECT_TRUE(parsed.has_value()) << query << ": " << parsed.error();
    return parsed ? *parsed : ListQuery{};
}
std::string error(std::string_view query) {
    const auto parsed = parse_list_query(query, kOwn);
    EXPECT_FALSE(parsed.has_value()) << query;
    return parsed ? "" : parsed.error();
}

TEST(ListQuery, HasDefaults) {
    const ListQuery query = good("");
    EXPECT_EQ(query.part.most, 50U);
    EXPECT_FALSE(query.part.rising);
    EXPECT_FALSE(query.cursor || query.part.to || query.word("kinds"));
    EXPECT_EQ(query.format, ListFormat::json);
}

TEST(ListQuery, ReadsEveryWord) {
    const ListQuery query = good("limit=7&order=asc&from=3&to=9&cursor=a%2Db&format=csv&kinds=sent%2Creceived&");
    EXPECT_EQ(query.part.most, 7U);
    EXPECT_TRUE(query.part.rising);
    EXPECT_EQ(query.part.from, ledger::Height{3});
    EXPECT_EQ(query.part.to, ledger::Height{9});
    EXPECT_EQ(query.cursor, "a-b");
    EXPECT_EQ(query.format, ListFormat::csv);
    EXPECT_EQ(query.word("kinds"), "sent,received");
}

TEST(ListQuery, SaysWhatIsWrong) {
    for (const char* query : {"limit=0", "limit=201", "limit=x", "limit=-1", "limit=", "limit"}) {
        EXPECT_THAT(error(query), testing::HasSubstr("from 1 to 200")) << query;
    }
    EXPECT_THAT(error("from=99999999999999999999"), testing::HasSubstr("height"));
    EXPECT_THAT(error("order=up"), testing::HasSubstr("asc or desc"));
    EXPECT_THAT(error("format=xml"), testing::HasSubstr("jsonl"));
    EXPECT_THAT(error("limit=1&limit=2"), testing::HasSubstr("twice"));
    EXPECT_THAT(error("cursor=%zz"), testing::HasSubstr("cannot be read"));
    EXPECT_THAT(error("topic=x"), testing::HasSubstr("kinds"));
}

TEST(ListText, CsvKeepsColumnsApart) {
    const OrderedJson item{{"id", 7},         {"text", "a,b \"c\"\nd"},
                           {"none", nullptr}, {"party", {{"account", "K"}, {"other", nullptr}}},
                           {"is", true},      {"topic", "=1+1"}};
    EXPECT_EQ(csv_header(item), "id,text,none,party,is,topic\r\n");
    EXPECT_EQ(csv_line(item), "7,\"a,b \"\"c\"\"\nd\",,account:K,true,'=1+1\r\n");
    EXPECT_EQ(OrderedJson::parse(json_line(item)), item);
    EXPECT_EQ(json_line(item).back(), '\n');
}

TEST(Happenings, AreNamed) {
    EXPECT_EQ(happenings_of("sent"), 1U);
    EXPECT_EQ(happenings_of("sent,hard_slashed"), 1U | 1U << 10U);
    EXPECT_EQ(happenings_of("rewarded"), 0xfU << 11U);
    EXPECT_EQ(happenings_of("all"), chronicle::Lists::kAllHappenings);
    EXPECT_EQ(kUsualHappenings | 0xfU << 11U, chronicle::Lists::kAllHappenings);
    for (const char* bad : {"", "spent", "sent,", "sent,,staked", ","}) {
        if (std::string_view(bad) == "sent,") continue;  // a comma at the end does no harm
        EXPECT_EQ(happenings_of(bad), std::nullopt) << bad;
    }
}

TEST(ChartTimes, AreThoseOfTheCalendar) {
    constexpr std::uint64_t kNow = 1'700'000'000;  // Tuesday, 14 November 2023, 22:13:20
    using Times = std::vector<std::uint64_t>;
    EXPECT_EQ(chart_times("hour", kNow, kNow), (Times{1'699'999'200, 1'700'002'800}));
    EXPECT_EQ(chart_times("day", kNow - 86'400, kNow), (Times{1'699'833'600, 1'699'920'000, 1'700'006'400}));
    EXPECT_EQ(chart_times("week", kNow, kNow), (Times{1'699'833'600, 1'700'438'400}));   // from Monday on
    EXPECT_EQ(chart_times("month", kNow, kNow), (Times{1'698'796'800, 1'701'388'800}));  // 1 November, 1 December
    EXPECT_EQ(chart_times("day", 0, kNow)->size(), 31U);
    EXPECT_EQ(chart_times("month", 0, 86'400)->front(), 0U);  // nothing was before 1970
    EXPECT_EQ(chart_times("hour", kNow - 3600 * 999, kNow)->size(), kMostBuckets + 1);
    EXPECT_FALSE(chart_times("hour", kNow - 3600 * 1001, kNow));
    EXPECT_FALSE(chart_times("year", 0, kNow));
    EXPECT_FALSE(chart_times("day", kNow, kNow - 1));
    EXPECT_TRUE(chart_times("month", ~std::uint64_t{0}, ~std::uint64_t{0}));
}

}  // namespace
}  // namespace dusk::rpc
