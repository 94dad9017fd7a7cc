// Messages between nodes. Transactions have other encodings of the same, quorum types too.
#include "ledger/claimed_signer.hpp"
#include "ledger/decoded_signer.hpp"
#include "wire_round_trip.hpp"

using namespace dusk;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView bytes(data, size);
    const auto claimed = ledger::claimed_signer(bytes);
    const auto message = fuzz::check_wire<ledger::Message>(bytes, false);
    if (!message) return 0;
    fuzz::require(message->topic() == bytes[5]);
    fuzz::require(claimed == ledger::decoded_signer(*message));
    (void)message->routing_header();
    (void)message->step();
    return 0;
}
