// Requests of clients: the path of a subscription, a query of GraphQL as text, as JSON and in a path. Any answer will
// do that is one.
#include <nlohmann/json.hpp>

#include "crypto/os_random.hpp"
#include "require.hpp"
#include "rpc/graphql/ledger_queries.hpp"
#include "rpc/graphql/routes.hpp"
#include "rpc/rues_rules.hpp"

namespace {

using namespace dusk;

void subscribe(const rpc::HttpRequest& request) {
    crypto::OsRandom random;
    rpc::EventStream stream({}, random);
    const auto listener = stream.open();
    rpc::HttpRequest known = request;
    known.headers.emplace_back("Rusk-Session-Id", listener->session());
    const unsigned added = rpc::change_subscription(stream, known).status;
    fuzz::require(added == 200 || added == 404);
    fuzz::require((added == 200) == rpc::is_event_path(known.path));
    known.method = "DELETE";
    fuzz::require(rpc::change_subscription(stream, known).status == added);
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

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    subscribe({.method = "GET", .path = text, .headers = {}, .body = {}});
    ask({.method = "POST", .path = "/", .headers = {}, .body = Bytes(data, data + size)});
    ask({.method = "GET", .path = "/", .query = text, .headers = {}, .body = {}});
    ask({.method = "GET", .path = "/", .query = "query=" + text, .headers = {}, .body = {}});
    return 0;
}
