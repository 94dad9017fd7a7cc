#include "ledger/consensus_header.hpp"

namespace dusk::ledger {

ConsensusHeader ConsensusHeader::read(WireReader& in) {
    ConsensusHeader out;
    out.prev_block_hash = BlockHash::read(in);
    out.round = in.le<std::uint64_t>();
    out.iteration = in.u8();
    return out;
}

void ConsensusHeader::write(Writer& out) const {
    prev_block_hash.write(out);
    out.le(round).u8(iteration);
}

SignInfo SignInfo::read(WireReader& in) {
    const std::size_t at = in.position();
    const ByteView key = in.bytes(crypto::BlsPublicKey::kSize);
    SignInfo out;
    if (!key.empty()) {
        if (const auto signer = crypto::BlsPublicKey::from_bytes(key)) {
            out.signer = *signer;
        } else {
            in.refuse(WireFault::bad_key, at);
        }
    }
    out.signature = SignatureBytes::read(in);
    return out;
}

void SignInfo::write(Writer& out) const {
    out.bytes(signer.to_bytes());
    signature.write(out);
}

Bytes signed_vote(const ConsensusHeader& header, VotingStep step, const Vote& vote) {
    Writer out;
    header.write(out);
    out.u8(static_cast<std::uint8_t>(step));
    vote.write(out);
    return std::move(out).finish();
}

Bytes signed_candidate(const ConsensusHeader& header, const BlockHash& candidate) {
    Writer out;
    header.write(out);
    candidate.write(out);
    return std::move(out).finish();
}

Result<void, crypto::BlsError> verify(const SignInfo& info, ByteView message) {
    const auto key = crypto::BlsMultisigPublicKey::aggregate({&info.signer, 1});
    if (!key) return fail(key.error());
    const auto signature = crypto::BlsMultisigSignature::from_bytes(info.signature.bytes);
    if (!signature) return fail(crypto::BlsError::invalid_point);
    return key->verify(*signature, message);
}

}  // namespace dusk::ledger
