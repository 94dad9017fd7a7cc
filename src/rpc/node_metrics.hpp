// The counters of a node in the text form of Prometheus; docs/operate/monitoring.md says what they mean.
#pragma once

#include <optional>
#include <string>

#include "node/node.hpp"
#include "node/process_use.hpp"
#include "rpc/access_policy.hpp"
#include "rpc/archive_progress.hpp"
#include "rpc/connection_counts.hpp"

namespace dusk::rpc {

// How clients use the node.
struct HttpUse {
    ConnectionCounts server{};
    AccessPolicy::Counters policy{};
    std::size_t listeners = 0;  // to the event stream
    std::uint64_t cut_off = 0;  // of them, for they did not keep up
};

// What does not change while the node runs, and what it knows from elsewhere than its status.
struct NodeFacts {
    std::string version{};  // of this program
    std::string network{};
    bool has_keys = false;                         // it proposes and votes once its stake counts
    std::optional<std::uint64_t> tip_timestamp{};  // unix seconds
    std::optional<node::ProcessUse> process{};
    std::optional<HttpUse> http{};
    std::optional<ArchiveProgress> archive{};  // nothing: it has none
};

[[nodiscard]] std::string node_metrics(const node::NodeStatus& status, const NodeFacts& facts = {});

}  // namespace dusk::rpc
