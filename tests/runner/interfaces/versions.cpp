// What is answered to clients by the version of the node that they ask for.
#include <nlohmann/json.hpp>

#include "report.hpp"
#include "rpc/rues_rules.hpp"

namespace dusk::vectors {
namespace {

void version(const Node& c, Report& report) {
    rpc::HttpRequest request{.method = "POST", .path = "/on/node/info", .headers = {}, .body = {}};
    request.headers.emplace_back("Rusk-Version", c["requested"].text());
    if (c["strict"].boolean()) request.headers.emplace_back("Rusk-Version-Strict", "1");
    const auto refused = rpc::refuse_version(request, c["node"].text());
    const Node result = c["result"];
    const unsigned status = refused ? refused->status : 200;
    report.expect(status == result["http"].u64(), result["http"], "is answered " + std::to_string(status));
    report.expect(refused.has_value() == result.has("error"), result, "is refused by one of the two only");
    if (!refused || !result.has("error")) return;
    const std::string text = Json::parse(refused->body).at("error").get<std::string>();
    report.expect(text == result["error"].text(), result["error"], "is told '" + text + "'");
}

void run(const Node& root, Report& report) {
    root["seed"].describe();
    root["crates"].describe();
    for (const Node& c : root["versions"].items()) {
        report.run(c, [&] { version(c, report); });
    }
}

const Registered registered{{"interfaces", "versions", {"crates", "seed", "versions"}, run}};

}  // namespace
}  // namespace dusk::vectors
