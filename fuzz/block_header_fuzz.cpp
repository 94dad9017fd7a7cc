// Headers of blocks, and that what is outside the hash does not change it.
#include "ledger/block_header.hpp"
#include "wire_round_trip.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace dusk;
    const auto header = fuzz::check_wire<ledger::BlockHeader>({data, size});
    if (!header) return 0;
    ledger::BlockHeader bare = *header;
    bare.attestation = {};
    bare.hash = {};
    bare.signature = {};
    fuzz::require(bare.content_hash() == header->content_hash());
    return 0;
}
