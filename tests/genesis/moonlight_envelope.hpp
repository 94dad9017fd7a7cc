// What the replay needs of a transaction that an account pays: its fee and what is executed after the spend
// (spec/transactions.md §2.1, §2.3).
#pragma once

#include <optional>

#include "base/bytes.hpp"

namespace dusk::genesis {

struct Deployment {
    ByteArray<32> stated_hash{};
    Bytes bytecode;
    Bytes owner;
    Bytes init_argument;
    std::uint64_t nonce = 0;
};

struct MoonlightEnvelope {
    ByteArray<96> sender{};
    std::uint64_t gas_limit = 0;
    std::uint64_t gas_price = 0;
    std::optional<Deployment> deployment;
    std::optional<std::uint8_t> blobs;  // how many; none: no blob transaction
};

// Reads the Boreas form as far as the fields above go: vectors hold only the beginning of blobs. Ends the test program
// when it cannot.
[[nodiscard]] MoonlightEnvelope moonlight_envelope(ByteView wire);

}  // namespace dusk::genesis
