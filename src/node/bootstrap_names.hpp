// The nodes that a node begins with: addresses, and names that are looked up on threads of their own, since the system
// may take long over them.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/socket_address.hpp"

namespace dusk::node {

// "10.0.0.1:9000", "[2001:db8::1]:9000" or "host.example:9000": a host and a port that is not 0.
[[nodiscard]] bool is_node_name(std::string_view text);

// All addresses of the name, in the order of the system. The error is a sentence. Waits for the answer.
[[nodiscard]] Result<std::vector<SocketAddress>, std::string> look_up(const std::string& name);

class BootstrapNames {
  public:
    struct Found {
        std::vector<SocketAddress> addresses{};  // those that need no question, and of all names that were answered
        std::vector<std::string> failures{};     // names with the reason
        bool is_complete = false;                // no name is open
    };

    explicit BootstrapNames(std::vector<std::string> names);
    ~BootstrapNames();
    BootstrapNames(const BootstrapNames&) = delete;
    BootstrapNames& operator=(const BootstrapNames&) = delete;

    // Those that need no question.
    [[nodiscard]] const std::vector<SocketAddress>& addresses() const { return addresses_; }
    [[nodiscard]] bool has_names() const { return !names_.empty(); }
    // Asks for the names anew, unless a question is under way. `then` is called on another thread: whenever a name has
    // brought addresses, and at the end; not after this object has ended.
    void ask(std::function<void(Found)> then);

  private:
    struct Question;
    std::vector<SocketAddress> addresses_;
    std::vector<std::string> names_;
    std::shared_ptr<Question> question_;
};

}  // namespace dusk::node
