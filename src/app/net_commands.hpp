// `dusk net`: what an operator looks at a network of nodes with.
#pragma once

#include "app/outcome.hpp"

namespace dusk::app {

struct NetPing {
    std::string address{};  // name or address, with a port
    std::string network = "devnet";
    std::string listen_address{};  // empty: free
    std::string public_address{};
    unsigned count = 4;
    unsigned patience = 1000;  // milliseconds
};
// Errors: usage, no_address, no_route, no_answer.
[[nodiscard]] CommandResult ping(const NetPing& options);

// Where nodes are asked: HTTP addresses, or the folder of a devnet that runs.
struct NetNodes {
    std::vector<std::string> http{};
    std::filesystem::path devnet{};
};
// HTTP addresses of all of them; where none is named, that of a node of this machine. Errors: not_running.
[[nodiscard]] Result<std::vector<std::string>, Failure> addresses_of(const NetNodes& nodes);

// Of the first node. Errors: no_answer, not_a_node.
[[nodiscard]] CommandResult show_peers(const NetNodes& nodes, bool with_silent);
[[nodiscard]] CommandResult show_table(const NetNodes& nodes);
[[nodiscard]] CommandResult show_traffic(const NetNodes& nodes);

struct NetTrace {
    NetNodes nodes{};
    std::string kind{};       // empty: all
    double seconds = 0;       // 0: until it is stopped
    std::uint64_t count = 0;  // messages; 0: any number
    bool past = false;        // what the nodes remember as well
    bool json = false;        // a JSON object in each line
};
// Prints while it runs. Errors: no_answer, not_a_node.
[[nodiscard]] CommandResult trace_network(const NetTrace& options);

}  // namespace dusk::app
