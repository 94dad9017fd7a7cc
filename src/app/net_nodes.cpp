#include "app/net_nodes.hpp"

#include <fmt/core.h>

#include "app/devnet_nodes.hpp"

namespace dusk::app {
namespace {

constexpr const char* kNodeOfThisMachine = "127.0.0.1:8080";

}  // namespace

Result<std::vector<std::string>, Failure> addresses_of(const NetNodes& nodes) {
    std::vector<std::string> out = nodes.http;
    if (!nodes.devnet.empty()) {
        auto devnet = DevnetNodes::of(nodes.devnet);
        if (!devnet) return fail(devnet.error());
        for (const client::HttpClient& client : devnet->clients()) out.push_back(client.address());
    }
    if (out.empty()) out.emplace_back(kNodeOfThisMachine);
    return out;
}

client::HttpClient client_of(const std::string& address) {
    return client::HttpClient(address, {.patience = std::chrono::seconds(5)});
}

Failure not_a_node(const std::string& address) {
    return {.exit = ExitCode::failure,
            .code = "not_a_node",
            .message = fmt::format("{} does not answer as a node of this program does: is that its HTTP address "
                                   "(http.listen_address)?",
                                   address)};
}

Result<nlohmann::ordered_json, Failure> ask_node(client::HttpClient& client, const std::string& path) {
    const auto reply = client.get(path);
    if (!reply) {
        return fail(Failure{.exit = ExitCode::failure,
                            .code = "no_answer",
                            .message = fmt::format("{}; --node names the HTTP address of a node, --devnet the folder "
                                                   "of a devnet",
                                                   reply.error())});
    }
    auto out = nlohmann::ordered_json::parse(reply->text(), nullptr, false);
    if (reply->status != 200 || !out.is_object()) return fail(not_a_node(client.address()));
    return out;
}

std::string text_of(const nlohmann::ordered_json& object, const char* key) {
    const auto at = object.find(key);
    return at != object.end() && at->is_string() ? at->get<std::string>() : std::string();
}
std::uint64_t count_of(const nlohmann::ordered_json& object, const char* key) {
    const auto at = object.find(key);
    if (at == object.end() || !at->is_number_integer()) return 0;
    return at->is_number_unsigned() || at->get<std::int64_t>() >= 0 ? at->get<std::uint64_t>() : 0;
}
bool flag_of(const nlohmann::ordered_json& object, const char* key) {
    const auto at = object.find(key);
    return at != object.end() && at->is_boolean() && at->get<bool>();
}

}  // namespace dusk::app
