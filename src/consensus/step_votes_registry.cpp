#include "consensus/step_votes_registry.hpp"

#include <algorithm>

#include "ledger/limits.hpp"

namespace dusk::consensus {

StepVotesRegistry::Quorums* StepVotesRegistry::quorums_of(std::uint8_t iteration, const ledger::Vote& vote) {
    auto& votes = iterations_[iteration];
    if (!votes.contains(vote) && votes.size() >= kMostVotes) return nullptr;
    return &votes[vote];
}

bool StepVotesRegistry::set_validation(std::uint8_t iteration, const ledger::Vote& vote,
                                       const ledger::StepVotes& votes) {
    Quorums* const quorums = quorums_of(iteration, vote);
    if (quorums == nullptr || quorums->validation) return false;
    quorums->validation = votes;
    return true;
}

bool StepVotesRegistry::set_ratification(std::uint8_t iteration, const ledger::Vote& vote,
                                         const ledger::StepVotes& votes) {
    Quorums* const quorums = quorums_of(iteration, vote);
    if (quorums == nullptr || quorums->ratification) return false;
    quorums->ratification = votes;
    return true;
}

const ledger::StepVotes* StepVotesRegistry::validation(std::uint8_t iteration, const ledger::Vote& vote) const {
    const auto votes = iterations_.find(iteration);
    if (votes == iterations_.end()) return nullptr;
    const auto quorums = votes->second.find(vote);
    if (quorums == votes->second.end() || !quorums->second.validation) return nullptr;
    return &*quorums->second.validation;
}

bool StepVotesRegistry::has_valid_quorum(std::uint8_t iteration) const {
    const auto votes = iterations_.find(iteration);
    if (votes == iterations_.end()) return false;
    return std::ranges::any_of(votes->second, [](const auto& entry) {
        return entry.first.kind() == ledger::Vote::Kind::valid && entry.second.validation;
    });
}

bool StepVotesRegistry::has_success(std::uint8_t iteration) const {
    const auto votes = iterations_.find(iteration);
    if (votes == iterations_.end()) return false;
    return std::ranges::any_of(votes->second, [](const auto& entry) {
        return entry.first.kind() == ledger::Vote::Kind::valid && attestation(entry.first, entry.second);
    });
}

std::optional<ledger::Attestation> StepVotesRegistry::attestation(const ledger::Vote& vote, const Quorums& quorums) {
    if (!quorums.ratification) return {};
    const bool needs_validation = vote.kind() != ledger::Vote::Kind::no_quorum;
    if (needs_validation && !quorums.validation) return {};
    return ledger::Attestation{.result = ledger::RatificationResult::of(vote),
                               .validation = needs_validation ? *quorums.validation : ledger::StepVotes{},
                               .ratification = *quorums.ratification};
}

std::optional<ledger::Attestation> StepVotesRegistry::attestation(std::uint8_t iteration,
                                                                  const ledger::Vote& vote) const {
    const auto votes = iterations_.find(iteration);
    if (votes == iterations_.end()) return {};
    const auto quorums = votes->second.find(vote);
    if (quorums == votes->second.end()) return {};
    return attestation(vote, quorums->second);
}

std::optional<ledger::Attestation> StepVotesRegistry::failure(std::uint8_t iteration) const {
    const auto votes = iterations_.find(iteration);
    if (votes == iterations_.end()) return {};
    for (const auto& [vote, quorums] : votes->second) {
        if (vote.kind() == ledger::Vote::Kind::valid) continue;
        if (auto out = attestation(vote, quorums)) return out;
    }
    return {};
}

ledger::IterationsInfo StepVotesRegistry::failures_before(std::uint8_t iteration, RoundCommittees& committees) const {
    ledger::IterationsInfo out;
    const std::uint8_t count = std::min(iteration, ledger::kMostFailedIterations);
    for (std::uint8_t i = 0; i < count; ++i) {
        const auto attestation = failure(i);
        const auto* generator = committees.generator(i);
        auto& entry = out.iterations.emplace_back();
        if (attestation && generator != nullptr) entry = ledger::FailedIteration{*attestation, generator->bytes};
    }
    return out;
}

}  // namespace dusk::consensus
