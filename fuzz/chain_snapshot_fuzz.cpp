// The first part of a snapshot, with a checksum that holds: one chain or an error; what is read is written with the
// same bytes where it was written by this program.
#include "chain/snapshot.hpp"
#include "crypto/blake3.hpp"
#include "require.hpp"

namespace {

using namespace dusk;
using fuzz::require;

void check(ByteView bytes) {
    const auto snapshot = chain::decode_snapshot(bytes);
    if (!snapshot) {
        require(!to_string(snapshot.error()).empty());
        return;
    }
    require(!snapshot->blocks.empty());
    require(snapshot->blocks.front().header.height == chain::first_snapshot_block(snapshot->last().height));
    for (const ledger::Block& block : snapshot->blocks) require(block.hash_holds());
    const auto encoded = chain::encode_snapshot(*snapshot);
    require(encoded.has_value());
    const auto again = chain::decode_snapshot(*encoded);
    require(again.has_value() && again->last() == snapshot->last() && chain::encode_snapshot(*again) == *encoded);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView input(data, size);
    check(input);
    Writer whole;
    whole.bytes(as_bytes("DUSKSNAP")).le(std::uint32_t{1}).le(static_cast<std::uint32_t>(size)).bytes(input);
    const auto digest = crypto::blake3(whole.view());
    whole.bytes(digest);
    check(whole.view());
    return 0;
}
