// Nodes that are asked about their network over HTTP.
#pragma once

#include "app/net_commands.hpp"
#include "client/http_client.hpp"

namespace dusk::app {

[[nodiscard]] client::HttpClient client_of(const std::string& address);
// Errors: no_answer, not_a_node.
[[nodiscard]] Result<nlohmann::ordered_json, Failure> ask_node(client::HttpClient& client, const std::string& path);
[[nodiscard]] Failure not_a_node(const std::string& address);

// Members of what a node answered; empty, 0 and false where they are missing or of another type.
[[nodiscard]] std::string text_of(const nlohmann::ordered_json& object, const char* key);
[[nodiscard]] std::uint64_t count_of(const nlohmann::ordered_json& object, const char* key);
[[nodiscard]] bool flag_of(const nlohmann::ordered_json& object, const char* key);

}  // namespace dusk::app
