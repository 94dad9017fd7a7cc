#include "node/own_signatures.hpp"

namespace dusk::node {
namespace {

struct Signed {
    consensus::SigningSlot slot{};
    Bytes message{};
    ledger::SignInfo info{};
};

std::optional<Signed> signed_part(const ledger::Message& message, const crypto::BlsPublicKey& key) {
    if (const auto* vote = std::get_if<ledger::ValidationMessage>(&message.payload)) {
        return Signed{{vote->header, ledger::Step::validation}, vote->signed_bytes(), vote->sign_info};
    }
    if (const auto* vote = std::get_if<ledger::RatificationMessage>(&message.payload)) {
        return Signed{{vote->header, ledger::Step::ratification}, vote->signed_bytes(), vote->sign_info};
    }
    if (const auto* candidate = std::get_if<ledger::CandidateMessage>(&message.payload)) {
        const ledger::BlockHeader& header = candidate->block.header;
        if (header.generator.bytes != key.to_bytes()) return {};
        return Signed{{message.routing_header(), ledger::Step::proposal},
                      to_vector(ByteView(header.hash.bytes)),
                      {key, header.signature}};
    }
    return {};
}

}  // namespace

bool shows_other_signer(const ledger::Message& message, storage::JournaledSigner& signer,
                        consensus::Signatures& signatures) {
    const auto part = signed_part(message, signer.key());
    if (!part || part->info.signer != signer.key()) return false;
    if (signer.journal().knows(part->slot, part->message)) return false;
    return signatures.verify(part->info, part->message).has_value() && signer.saw(part->slot, part->message);
}

}  // namespace dusk::node
