// How final a block is (spec/consensus.md §3.1, §16).
#pragma once

#include "ledger/wire.hpp"

namespace dusk::ledger {

// 9 bytes.
struct Label {
    enum class Kind : std::uint8_t { accepted, attested, confirmed, final };

    Kind kind = Kind::accepted;
    std::uint64_t value = 0;  // blocks: that are still to come for the first two, that it took for the others

    [[nodiscard]] static Label read(WireReader& in);
    void write(Writer& out) const;

    bool operator==(const Label&) const = default;
};

}  // namespace dusk::ledger
