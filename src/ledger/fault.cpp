#include "ledger/fault.hpp"

#include <algorithm>

#include "crypto/keccak.hpp"

namespace dusk::ledger {
namespace {

Bytes message_of(const DoubleCandidate& /*kind*/, const FaultItem<BlockHash>& item) {
    return signed_candidate(item.header, item.data);
}
Bytes message_of(const DoubleRatificationVote& /*kind*/, const FaultItem<Vote>& item) {
    return signed_vote(item.header, VotingStep::ratification, item.data);
}
Bytes message_of(const DoubleValidationVote& /*kind*/, const FaultItem<Vote>& item) {
    return signed_vote(item.header, VotingStep::validation, item.data);
}

template <class Kind>
Kind read_items(WireReader& in) {
    Kind out;
    out.first = decltype(out.first)::read(in);
    out.second = decltype(out.second)::read(in);
    return out;
}

}  // namespace

FaultId Fault::Claim::id() const { return {crypto::sha3_256(message)}; }

std::array<Fault::Claim, 2> Fault::claims() const {
    return std::visit(
        [](const auto& fault) {
            const auto claim = [&](const auto& item) {
                return Claim{item.header, item.sign_info, message_of(fault, item)};
            };
            return std::array{claim(fault.first), claim(fault.second)};
        },
        kind_);
}

const crypto::BlsPublicKey& Fault::culprit() const {
    return std::visit([](const auto& fault) -> const auto& { return fault.first.sign_info.signer; }, kind_);
}

bool Fault::is_about_the_same(const Fault& other) const {
    const auto ids = [](const Fault& fault) {
        const auto claims = fault.claims();
        std::array out{claims[0].id(), claims[1].id()};
        std::ranges::sort(out);
        return out;
    };
    return ids(*this) == ids(other);
}

FaultId Fault::id() const { return {crypto::sha3_256(encode(*this))}; }

std::size_t Fault::size_in_candidate() const { return encode(*this).size() - 1; }

Fault Fault::read(WireReader& in) {
    switch (in.at_most<std::uint8_t>(2, WireFault::bad_fault)) {
        case 0:
            return Fault(read_items<DoubleCandidate>(in));
        case 1:
            return Fault(read_items<DoubleRatificationVote>(in));
        default:
            return Fault(read_items<DoubleValidationVote>(in));
    }
}

void Fault::write(Writer& out) const {
    out.u8(static_cast<std::uint8_t>(kind_.index()));
    std::visit(
        [&](const auto& fault) {
            fault.first.write(out);
            fault.second.write(out);
        },
        kind_);
}

}  // namespace dusk::ledger
