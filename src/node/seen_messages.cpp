#include "node/seen_messages.hpp"

#include <utility>

#include "crypto/blake2b.hpp"

namespace dusk::node {

SeenMessages::Digest SeenMessages::digest_of(ByteView message) { return crypto::blake2b_256(message); }

void SeenMessages::age(MonotonicTime now) {
    const auto passed = now - turned_;
    if (passed < memory_ && young_.size() < most_) return;
    old_ = passed < 2 * memory_ ? std::exchange(young_, {}) : Generation{};
    young_.clear();
    turned_ = now;
}

SeenMessages::Entry* SeenMessages::find(const Digest& digest, MonotonicTime now) {
    age(now);
    for (Generation* generation : {&young_, &old_}) {
        const auto at = generation->find(digest);
        if (at != generation->end()) return &at->second;
    }
    return nullptr;
}

void SeenMessages::add(const Digest& digest, std::optional<Peer> from, MonotonicTime now) {
    age(now);
    young_.insert_or_assign(digest, Entry{.from = std::move(from)});
}

}  // namespace dusk::node
