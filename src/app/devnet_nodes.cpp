#include "app/devnet_nodes.hpp"

#include <fmt/core.h>

#include "app/devnet_folder.hpp"
#include "app/public_files.hpp"

namespace dusk::app {

Result<DevnetNodes, Failure> DevnetNodes::of(const std::filesystem::path& folder) {
    const auto not_running = [&] {
        return fail(Failure{.exit = ExitCode::failure,
                            .code = "not_running",
                            .message = fmt::format("no devnet runs in {}: start one with `dusk devnet`, or name its "
                                                   "folder with --folder",
                                                   folder.string())});
    };
    const auto content = read_public_file(DevnetFolder(folder).running_file());
    if (!content) return not_running();
    const auto parsed = nlohmann::json::parse(*content, nullptr, false);
    std::vector<client::HttpClient> clients;
    if (parsed.is_object() && parsed.contains("nodes") && parsed["nodes"].is_array()) {
        for (const auto& node : parsed["nodes"]) {
            if (!node.is_object() || !node.contains("http") || !node["http"].is_string()) continue;
            clients.emplace_back(node["http"].get<std::string>(),
                                 client::HttpClientLimits{.patience = std::chrono::seconds(15)});
        }
    }
    if (clients.empty()) return not_running();
    return DevnetNodes(std::move(clients));
}

template <class Ask>
Result<nlohmann::json, Failure> DevnetNodes::first_answer(Ask&& ask) {
    std::string error = "no node answers";
    for (std::size_t i = 0; i < clients_.size(); ++i) {
        const std::size_t which = (asked_ + i) % clients_.size();
        const Result<client::HttpReply, std::string> reply = ask(clients_[which]);
        if (reply && reply->status == 200) {
            asked_ = which;
            return nlohmann::json::parse(reply->text(), nullptr, false);
        }
        error = reply ? std::string(reply->text()) : reply.error();
    }
    return fail(Failure{.exit = ExitCode::failure, .code = "no_answer", .message = std::move(error)});
}

Result<nlohmann::json, Failure> DevnetNodes::get(const std::string& path) {
    return first_answer([&](client::HttpClient& client) { return client.get(path); });
}

Result<nlohmann::json, Failure> DevnetNodes::post(const std::string& path) {
    return first_answer([&](client::HttpClient& client) { return client.post(path); });
}

Result<client::HttpClient*, Failure> DevnetNodes::answering() {
    if (const auto status = get("/status"); !status) return fail(status.error());
    return &clients_[asked_];
}

std::uint64_t number_of(const nlohmann::json& object, const char* key) {
    if (!object.is_object()) return 0;
    const auto at = object.find(key);
    return at != object.end() && at->is_number_unsigned() ? at->get<std::uint64_t>() : 0;
}

}  // namespace dusk::app
