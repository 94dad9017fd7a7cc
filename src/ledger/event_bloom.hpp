// The filter over the events of a block by which a header is asked for events (spec/consensus.md §13.1,
// spec/transactions.md §10).
#pragma once

#include "base/bytes.hpp"

namespace dusk::ledger {

// 2048 bits; an event sets up to 6 of them. What was added is always found; what was not is found by chance.
class EventBloom {
  public:
    static constexpr std::size_t kSize = 256;

    EventBloom() = default;
    // Of a header.
    explicit EventBloom(const ByteArray<kSize>& bytes) : bytes_(bytes) {}

    // Adds the event under its source and topic, and under these and its data.
    void add(ByteView source, ByteView topic, ByteView data);
    [[nodiscard]] bool may_contain(ByteView source, ByteView topic) const;
    [[nodiscard]] bool may_contain(ByteView source, ByteView topic, ByteView data) const;

    [[nodiscard]] const ByteArray<kSize>& bytes() const { return bytes_; }
    bool operator==(const EventBloom&) const = default;

  private:
    ByteArray<kSize> bytes_{};
};

}  // namespace dusk::ledger
