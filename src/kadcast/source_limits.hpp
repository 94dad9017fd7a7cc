// How much a node takes from one source, and from all that it does not know together: far above what honest nodes send.
// Constant work, bounded memory.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>

#include "base/allowance.hpp"
#include "kadcast/identity.hpp"

namespace dusk::kadcast {

struct SourceLimitSettings {
    // A second; twice as much at once.
    std::uint64_t bytes_of_known = std::uint64_t{64} << 20;      // for each node of the routing table
    std::uint64_t bytes_of_strangers = std::uint64_t{16} << 20;  // for all others together
    std::uint64_t requests_of_known = 100;                       // pings and questions, for each node of the table
    std::uint64_t requests_of_strangers = 1000;                  // for all others together
    std::uint64_t newcomers = 100;                               // nodes that come into the table
};

class SourceLimits {
  public:
    explicit SourceLimits(const SourceLimitSettings& settings) : settings_(settings) {}

    // `node`: of the routing table; null for all others.
    [[nodiscard]] bool take_bytes(const NodeId* node, std::size_t bytes, MonotonicTime now);
    [[nodiscard]] bool take_request(const NodeId* node, MonotonicTime now);
    [[nodiscard]] bool take_newcomer(MonotonicTime now);

    static constexpr std::size_t kMostSources = 4096;

  private:
    struct Source {
        Allowance bytes;
        Allowance requests;
    };
    struct Hash {
        // Nobody chooses cheaply what falls together.
        std::size_t operator()(const NodeId& id) const { return load_le<std::size_t>(id.bytes.data()); }
    };
    [[nodiscard]] Source& source(const NodeId* node, MonotonicTime now);

    SourceLimitSettings settings_;
    std::unordered_map<NodeId, Source, Hash> known_{};
    std::optional<Source> strangers_{};
    std::optional<Allowance> newcomers_{};
};

}  // namespace dusk::kadcast
