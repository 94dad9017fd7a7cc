#include "rpc/route_texts.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <set>

#include "rpc/api_document.hpp"
#include "rpc/route_reference.hpp"

namespace dusk::rpc {
namespace {

using testing::HasSubstr;

// A table with all the routes that something is written about.
RouteTable all_routes() {
    RouteTable out;
    for (const RouteText& text : route_texts()) {
        out.add(std::string(text.method), pattern_of(text.path), RequestClass::other_http, {});
    }
    return out;
}

TEST(RouteTexts, EachRouteOnceAndWithWords) {
    std::set<std::string_view> operations;
    std::set<std::pair<std::string_view, std::string>> routes;
    for (const RouteText& text : route_texts()) {
        EXPECT_TRUE(operations.insert(text.operation).second) << text.operation;
        EXPECT_TRUE(routes.emplace(text.method, pattern_of(text.path)).second) << text.path;
        EXPECT_TRUE(text.summary.ends_with('.')) << text.path;
        EXPECT_EQ(text.body.empty(), text.takes.empty()) << text.path;
        EXPECT_EQ(find_route_text(text.method, pattern_of(text.path)), &text) << text.path;
    }
    EXPECT_EQ(find_route_text("PUT", "/status"), nullptr);
}

// The document and the reference say the same of every route.
TEST(RouteTexts, TheDocumentAndTheReferenceAreMadeOfThem) {
    const RouteTable table = all_routes();
    const nlohmann::ordered_json document = api_document(table, "1");
    for (const auto& one : route_reference(table)) {
        std::string path = one.at("path");
        std::erase(path, '*');
        std::string method = one.at("method");
        for (char& c : method) c = static_cast<char>(std::tolower(c));
        const auto& operation = document.at("paths").at(path).at(method);
        EXPECT_EQ(operation.at("summary"), one.at("meaning")) << path;
        std::vector<int> statuses;
        for (const auto& [status, response] : operation.at("responses").items()) {
            statuses.push_back(std::stoi(status));
            EXPECT_NE(response.at("description"), "") << path << " " << status;
        }
        EXPECT_EQ(nlohmann::ordered_json(statuses), one.at("statuses")) << path;
    }
    EXPECT_EQ(route_reference(table).size(), route_texts().size());
}

TEST(RouteTexts, ARouteWithoutWordsIsSeen) {
    RouteTable table = all_routes();
    table.add("GET", "/forgotten/{}", RequestClass::other_http, {});
    const auto reference = route_reference(table);
    const auto forgotten = std::ranges::find(reference, "/forgotten/{}", [](const auto& one) { return one["path"]; });
    ASSERT_NE(forgotten, reference.end());
    EXPECT_EQ((*forgotten)["meaning"], "");
    const auto document = api_document(table, "1");
    EXPECT_FALSE(document.at("paths").at("/forgotten/{part1}").at("get").contains("summary"));
}

}  // namespace
}  // namespace dusk::rpc
