// Which broadcast messages were seen lately: each is handled and sent once, whoever brings it.
#pragma once

#include <optional>
#include <unordered_map>

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "node/peer.hpp"

namespace dusk::node {

// Two generations: a message is remembered for at least `memory` and at most twice as long, or until as many others
// came as a generation holds. About 100 bytes each.
class SeenMessages {
  public:
    using Digest = ByteArray<32>;  // BLAKE2b-256 of the encoded message

    struct Entry {
        std::optional<Peer> from{};  // who brought it; nothing for one's own
        bool passed_on = false;
    };

    explicit SeenMessages(std::size_t most = 16'384, std::chrono::nanoseconds memory = std::chrono::seconds(30))
        : most_(most), memory_(memory) {}

    [[nodiscard]] static Digest digest_of(ByteView message);
    // Null where it was not seen lately. Valid until the next `add`.
    [[nodiscard]] Entry* find(const Digest& digest, MonotonicTime now);
    // It was not seen before.
    void add(const Digest& digest, std::optional<Peer> from, MonotonicTime now);
    [[nodiscard]] std::size_t size() const { return young_.size() + old_.size(); }

  private:
    struct Hash {
        std::size_t operator()(const Digest& digest) const { return load_le<std::size_t>(digest.data()); }
    };
    using Generation = std::unordered_map<Digest, Entry, Hash>;
    void age(MonotonicTime now);

    std::size_t most_;
    std::chrono::nanoseconds memory_;
    MonotonicTime turned_{};
    Generation young_;
    Generation old_;
};

}  // namespace dusk::node
