// Byte strings that name or sign blocks and parts of them, as types that do not mix (spec/consensus.md §3).
#pragma once

#include <compare>

#include "ledger/wire.hpp"

namespace dusk::ledger {

template <std::size_t N, class Kind>
struct WireBytes {
    static constexpr std::size_t kSize = N;

    ByteArray<N> bytes{};

    [[nodiscard]] bool is_zero() const { return bytes == ByteArray<N>{}; }
    [[nodiscard]] static WireBytes read(WireReader& in) { return {in.array<N>()}; }
    void write(Writer& out) const { out.bytes(bytes); }

    friend auto operator<=>(const WireBytes&, const WireBytes&) = default;
};

using BlockHash = WireBytes<32, struct BlockHashKind>;    // SHA3-256 of a header's hashable part
using FaultId = WireBytes<32, struct FaultIdKind>;        // SHA3-256 of a fault's encoding
using StateRoot = WireBytes<32, struct StateRootKind>;    // of the contract states (spec/vm.md §7)
using MerkleRoot = WireBytes<32, struct MerkleRootKind>;  // over transactions or faults of a block
using Seed = WireBytes<48, struct SeedKind>;              // a multisignature of the seed before it
// As they stand in headers and votes: nobody has looked yet whether they are points.
using SignatureBytes = WireBytes<48, struct SignatureBytesKind>;
using KeyBytes = WireBytes<96, struct KeyBytesKind>;

}  // namespace dusk::ledger
