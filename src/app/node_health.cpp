#include "app/node_health.hpp"

#include <fmt/core.h>

#include "client/http_client.hpp"

namespace dusk::app {
namespace {

Failure unwell(std::string code, std::string message) {
    return {.exit = ExitCode::failure, .code = std::move(code), .message = std::move(message)};
}

// The text of this name in an answer.
std::optional<std::string> text_in(const client::HttpReply& reply, const char* name) {
    const auto json = nlohmann::json::parse(reply.text(), nullptr, false);
    if (!json.is_object()) return {};
    const auto text = json.find(name);
    return text != json.end() && text->is_string() ? std::optional(text->get<std::string>()) : std::nullopt;
}

// 503 with a reason is what a node says of itself. All else comes from another server, or a node that was asked in
// another way than it wants to be.
Failure refusal(const NodeHealth& command, const client::HttpReply& reply) {
    const auto reason = text_in(reply, "reason");
    if (reply.status == 503 && reason) {
        return unwell(command.ready ? "not_ready" : "unhealthy",
                      fmt::format("the node at {} {}: {}", command.node, command.ready ? "is not ready" : "is not well",
                                  *reason));
    }
    if (reply.status == 404) {
        return unwell("other_program", fmt::format("{} answers, but not as a node of this program", command.node));
    }
    const auto error = text_in(reply, "error");
    return unwell("other_answer", fmt::format("{} does not answer as a node that is asked for its health: HTTP status "
                                              "{}{}",
                                              command.node, reply.status, error ? ", " + *error : std::string()));
}

}  // namespace

CommandResult ask_health(const NodeHealth& command) {
    client::HttpClient client(
        command.node,
        {.patience = std::chrono::seconds(5), .body = std::size_t{1} << 20, .authorities = command.authorities});
    const auto reply = client.get(command.ready ? "/readyz" : "/healthz");
    if (!reply) return fail(unwell("no_answer", reply.error()));
    if (reply->status != 200) return fail(refusal(command, *reply));
    Outcome out;
    out.text = fmt::format("the node at {} {}\n", command.node, command.ready ? "is in step with the chain" : "works");
    out.json = {{"node", command.node}, {command.ready ? "ready" : "healthy", true}};
    return out;
}

}  // namespace dusk::app
