// Requests of clients: a path and the patterns of routes, rules of access, what is asked of a list, a query of GraphQL
// as text, as JSON and in a path. Any answer will do that is one.
#include <nlohmann/json.hpp>

#include "require.hpp"
#include "rpc/access_policy.hpp"
#include "rpc/archive/chart_times.hpp"
#include "rpc/archive/list_json.hpp"
#include "rpc/archive/list_query.hpp"
#include "rpc/forwarded.hpp"
#include "rpc/graphql/ledger_queries.hpp"
#include "rpc/graphql/routes.hpp"
#include "rpc/route_table.hpp"

namespace {

using namespace dusk;

rpc::RouteTable table() {
    rpc::RouteTable out;
    for (const char* pattern : {"/on", "/on/node/{}", "/on/blocks:{}/{}", "/on/contract:{}/status",
                                "/on/contract:{}/{}", "/on/contracts:{}/{}", "/static/drivers/{}"}) {
        out.add("POST", pattern, rpc::RequestClass::other_rues, {});
    }
    return out;
}

// A path of a route is its pattern with something in each place.
void route(const std::string& path) {
    static const rpc::RouteTable kTable = table();
    const auto match = kTable.find(path);
    if (!match) return;
    std::string wildcard = match->path->pattern;
    for (std::size_t at = 0; (at = wildcard.find("{}", at)) != std::string::npos;) wildcard.replace(at, 2, "*");
    fuzz::require(rpc::fits_wildcard(wildcard, path));
    if (!match->parameters) return;
    for (const std::string& one : *match->parameters) fuzz::require(!one.empty());
}

void ask(const rpc::HttpRequest& request) {
    static const rpc::graphql::Engine kEngine(rpc::graphql::kLedgerSchema);
    const rpc::graphql::Resolver nothing = [](std::string_view, const nlohmann::json&, const nlohmann::json&) {
        return Result<nlohmann::json, std::string>(nullptr);
    };
    for (const auto& response :
         {rpc::graphql::answer(kEngine, nothing, request), rpc::graphql::answer_legacy(kEngine, nothing, request)}) {
        fuzz::require(response.status == 200 || response.status == 400 || response.status == 422);
    }
}

void ask_list(const std::string& text) {
    constexpr std::array<std::string_view, 2> kOwn{"kinds", "bucket"};
    (void)rpc::happenings_of(text);
    const auto query = rpc::parse_list_query(text, kOwn);
    if (!query) {
        fuzz::require(!query.error().empty());
        return;
    }
    fuzz::require(query->part.most > 0 && query->part.most <= rpc::ListQuery::kMost);
    const std::uint64_t to = query->part.to ? query->part.to->value : 1'700'000'000;
    const auto times = rpc::chart_times(query->word("bucket").value_or("day"), query->part.from.value, to);
    if (!times) return;
    fuzz::require(times->size() >= 2 && times->size() <= rpc::kMostBuckets + 1);
    for (std::size_t i = 1; i < times->size(); ++i) fuzz::require((*times)[i - 1] < (*times)[i]);
}

// Who is not trusted stays himself, whatever he writes.
void forward(std::string_view text) {
    using boost::asio::ip::make_address;
    static const auto kProxy = make_address("10.0.0.1");
    static const auto kStranger = make_address("192.0.2.1");
    const std::array lines{text.substr(0, text.size() / 2), text.substr(text.size() / 2)};
    for (const char* header : {"X-Forwarded-For", "Forwarded"}) {
        const node::ProxySettings proxies{.trusted = {*node::parse_address_range("10.0.0.0/8")}, .header = header};
        fuzz::require(rpc::client_of(kStranger, lines, proxies) == kStranger);
        (void)rpc::client_of(kProxy, lines, proxies);
    }
    (void)node::parse_address_range(text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    route(text);
    forward(text);
    ask_list(text);
    (void)rpc::fits_wildcard(text.substr(0, size / 2), text.substr(size / 2));
    ask({.method = "POST", .path = "/", .headers = {}, .body = Bytes(data, data + size)});
    ask({.method = "GET", .path = "/", .query = text, .headers = {}, .body = {}});
    ask({.method = "GET", .path = "/", .query = "query=" + text, .headers = {}, .body = {}});
    return 0;
}
