// The nodes of a devnet that runs on this machine, asked over HTTP.
#pragma once

#include "app/outcome.hpp"
#include "client/http_client.hpp"

namespace dusk::app {

class DevnetNodes {
  public:
    // Those of the devnet in the folder. Error: not_running.
    [[nodiscard]] static Result<DevnetNodes, Failure> of(const std::filesystem::path& folder);

    // From the first node that answers with 200. Error: no_answer.
    [[nodiscard]] Result<nlohmann::json, Failure> get(const std::string& path);
    [[nodiscard]] Result<nlohmann::json, Failure> post(const std::string& path);
    // A node that answers now. Error: no_answer.
    [[nodiscard]] Result<client::HttpClient*, Failure> answering();
    // One node after the other, for those who choose themselves. Never empty.
    [[nodiscard]] std::vector<client::HttpClient>& clients() { return clients_; }

  private:
    explicit DevnetNodes(std::vector<client::HttpClient> clients) : clients_(std::move(clients)) {}
    template <class Ask>
    Result<nlohmann::json, Failure> first_answer(Ask&& ask);

    std::vector<client::HttpClient> clients_;
    std::size_t asked_ = 0;  // who answered last
};

// A number of an object; 0 where there is none.
[[nodiscard]] std::uint64_t number_of(const nlohmann::json& object, const char* key);

}  // namespace dusk::app
