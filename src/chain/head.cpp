#include "chain/head.hpp"

namespace dusk::chain {
namespace {

using consensus::Provisioners;
using consensus::RoundCommittees;
using ledger::BlockHeader;

std::shared_ptr<RoundCommittees> committees_after(const Provisioners& stakes, const BlockHeader& tip) {
    return std::make_shared<RoundCommittees>(stakes, tip.seed, ledger::Height{tip.height.value + 1});
}

Result<std::vector<ledger::Voter>, TransitionFailure> voters_of(const BlockHeader& tip, RoundCommittees& committees,
                                                                consensus::Signatures& signatures) {
    if (!has_certificate(tip)) return std::vector<ledger::Voter>{};
    const ledger::RatificationResult expected{true, ledger::Vote::valid(tip.hash)};
    auto voters =
        consensus::verify_attestation(tip.attestation, consensus_header(tip), committees, expected, signatures);
    if (!voters) return fail(TransitionFailure{true, "the attestation: " + describe(voters.error())});
    return *std::move(voters);
}

Result<std::shared_ptr<const Provisioners>, TransitionFailure> stakes_after(const Head& head, const BlockHeader& block,
                                                                            const Transition& transition,
                                                                            States& states) {
    if (transition.stakes && transition.stakes->empty()) return head.stakes;
    if (transition.stakes) {
        auto changed = std::make_shared<Provisioners>(*head.stakes);
        if (changed->apply(*transition.stakes, block.height)) return changed;
    }
    auto read = states.provisioners(transition.root);
    if (!read) return fail(std::move(read).error());
    return std::make_shared<const Provisioners>(*std::move(read));
}

}  // namespace

Result<Head, TransitionFailure> head_of(const BlockHeader& tip, const ledger::Seed& parent_seed, States& states,
                                        consensus::Signatures& signatures) {
    auto stakes = states.provisioners(tip.state_root);
    if (!stakes) return fail(std::move(stakes).error());
    Head out{.tip = tip,
             .stakes = std::make_shared<const Provisioners>(*std::move(stakes)),
             .former_stakes = {},
             .tip_voters = {},
             .committees = {},
             .tip_committees = {}};
    out.former_stakes = out.stakes;
    out.committees = committees_after(*out.stakes, tip);
    if (tip.height == ledger::Height{0}) return out;

    const auto changes = states.former_stakes(tip.state_root);
    if (!changes) return fail(changes.error());
    auto former = std::make_shared<Provisioners>(*out.stakes);
    for (const States::FormerStake& change : *changes) {
        if (change.before) {
            former->set(*change.before);
        } else {
            former->remove({change.key.to_bytes()});
        }
    }
    out.former_stakes = former;
    out.tip_committees = std::make_shared<RoundCommittees>(*former, parent_seed, tip.height);
    auto voters = voters_of(tip, *out.tip_committees, signatures);
    if (!voters) return fail(std::move(voters).error());
    out.tip_voters = *std::move(voters);
    return out;
}

Result<Head, TransitionFailure> next_head(const Head& head, const BlockHeader& block, const Transition& transition,
                                          std::vector<ledger::Voter> attestation_voters, States& states) {
    auto stakes = stakes_after(head, block, transition, states);
    if (!stakes) return fail(std::move(stakes).error());
    Head out{.tip = block,
             .stakes = *std::move(stakes),
             .former_stakes = head.stakes,
             .tip_voters = std::move(attestation_voters),
             .committees = {},
             .tip_committees = head.committees};
    out.committees = committees_after(*out.stakes, block);
    return out;
}

}  // namespace dusk::chain
