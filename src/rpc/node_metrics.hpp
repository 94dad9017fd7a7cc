// The counters of a node in the text form of Prometheus; docs/operate/monitoring.md says what they mean.
#pragma once

#include <optional>
#include <string>

#include "node/node.hpp"
#include "node/process_use.hpp"

namespace dusk::rpc {

// What does not change while the node runs, and what it knows from elsewhere than its status.
struct NodeFacts {
    std::string version{};  // of this program
    std::string network{};
    bool has_keys = false;                         // it proposes and votes once its stake counts
    std::optional<std::uint64_t> tip_timestamp{};  // unix seconds
    std::optional<node::ProcessUse> process{};
};

[[nodiscard]] std::string node_metrics(const node::NodeStatus& status, const NodeFacts& facts = {});

}  // namespace dusk::rpc
