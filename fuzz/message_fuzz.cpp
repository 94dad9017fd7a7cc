// Messages between nodes. Transactions have other encodings of the same, quorum types too.
#include "ledger/message.hpp"
#include "wire_round_trip.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace dusk;
    const ByteView bytes(data, size);
    const auto message = fuzz::check_wire<ledger::Message>(bytes, false);
    if (!message) return 0;
    fuzz::require(message->topic() == bytes[5]);
    (void)message->routing_header();
    (void)message->step();
    return 0;
}
