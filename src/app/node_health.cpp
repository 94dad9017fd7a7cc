#include "app/node_health.hpp"

#include <fmt/core.h>

#include "client/http_client.hpp"

namespace dusk::app {
namespace {

Failure unwell(std::string code, std::string message) {
    return {.exit = ExitCode::failure, .code = std::move(code), .message = std::move(message)};
}

// What the node gives as its reason.
std::string reason_in(std::string_view body) {
    const auto json = nlohmann::json::parse(body, nullptr, false);
    if (!json.is_object()) return "it does not say why";
    const auto reason = json.find("reason");
    return reason != json.end() && reason->is_string() ? reason->get<std::string>() : "it does not say why";
}

}  // namespace

CommandResult ask_health(const NodeHealth& command) {
    client::HttpClient client(
        command.node,
        {.patience = std::chrono::seconds(5), .body = std::size_t{1} << 20, .authorities = command.authorities});
    const auto reply = client.get(command.ready ? "/readyz" : "/healthz");
    if (!reply) return fail(unwell("no_answer", reply.error()));
    if (reply->status == 404) {
        return fail(
            unwell("other_program", fmt::format("{} answers, but not as a node of this program", command.node)));
    }
    if (reply->status != 200) {
        const std::string_view state = command.ready ? "is not ready" : "is not well";
        return fail(unwell(command.ready ? "not_ready" : "unhealthy",
                           fmt::format("the node at {} {}: {}", command.node, state, reason_in(reply->text()))));
    }
    Outcome out;
    out.text = fmt::format("the node at {} {}\n", command.node, command.ready ? "is in step with the chain" : "works");
    out.json = {{"node", command.node}, {command.ready ? "ready" : "healthy", true}};
    return out;
}

}  // namespace dusk::app
