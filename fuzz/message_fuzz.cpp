// Messages between nodes. Transactions have other encodings of the same, quorum types too.
#include "ledger/claimed_signer.hpp"
#include "ledger/message.hpp"
#include "wire_round_trip.hpp"

namespace {

using namespace dusk;

std::optional<ledger::KeyBytes> signer_of(const ledger::Message& message) {
    if (const auto* vote = std::get_if<ledger::ValidationMessage>(&message.payload)) {
        return ledger::KeyBytes{vote->sign_info.signer.to_bytes()};
    }
    if (const auto* vote = std::get_if<ledger::RatificationMessage>(&message.payload)) {
        return ledger::KeyBytes{vote->sign_info.signer.to_bytes()};
    }
    const auto* candidate = std::get_if<ledger::CandidateMessage>(&message.payload);
    return candidate == nullptr ? std::nullopt : std::optional(candidate->block.header.generator);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView bytes(data, size);
    const auto claimed = ledger::claimed_signer(bytes);
    const auto message = fuzz::check_wire<ledger::Message>(bytes, false);
    if (!message) return 0;
    fuzz::require(message->topic() == bytes[5]);
    fuzz::require(claimed == signer_of(*message));
    (void)message->routing_header();
    (void)message->step();
    return 0;
}
