#include "consensus/aggregator.hpp"

#include <algorithm>

#include "consensus/quorum.hpp"

namespace dusk::consensus {

std::optional<Aggregator::Refusal> Aggregator::refusal(const VotePlace& place, std::size_t member,
                                                       const ledger::Vote& vote) const {
    const auto found = places_.find(place);
    if (found == places_.end()) return {};
    const auto entry = found->second.members.find(member);
    if (entry == found->second.members.end()) return {};
    const Member& known = entry->second;
    if (std::ranges::find(known.votes, vote, &Cast::vote) != known.votes.end()) return Refusal::known;
    if (known.accused) return Refusal::accused;
    if (known.votes.size() >= kMostVotesInEmergency) return Refusal::crowded;
    return {};
}

Result<Aggregator::Tally, Aggregator::Refusal> Aggregator::add(const VotePlace& place, const Committee& committee,
                                                               std::size_t member, const ledger::Vote& vote,
                                                               const ledger::SignatureBytes& signature) {
    if (const auto refused = refusal(place, member, vote)) return fail(*refused);
    Place& here = places_[place];
    if (place.iteration < kEmergencyFrom) {
        const auto entry = here.members.find(member);
        if (entry != here.members.end() && !entry->second.votes.empty()) {
            entry->second.accused = true;
            return fail(Refusal::conflict);
        }
    }
    const auto tally = here.tallies.find(vote);
    const bool is_first = tally == here.tallies.end();
    const auto sum = is_first ? std::optional(signature) : signatures_.add(tally->second.votes.signature, signature);
    if (!sum) return fail(Refusal::no_signature);

    Tally& out = is_first ? here.tallies[vote] : tally->second;
    const std::uint32_t before = out.credits;
    out.votes.voters |= std::uint64_t{1} << member;
    out.votes.signature = *sum;
    out.credits += committee.members()[member].credits;
    const std::uint32_t needed = quorum_credits(vote);
    out.reached = before < needed && out.credits >= needed;
    here.members[member].votes.push_back({vote, signature});
    return out;
}

const Aggregator::Cast* Aggregator::vote_of(const VotePlace& place, std::size_t member) const {
    const auto found = places_.find(place);
    if (found == places_.end()) return nullptr;
    const auto entry = found->second.members.find(member);
    if (entry == found->second.members.end() || entry->second.votes.empty()) return nullptr;
    return &entry->second.votes.front();
}

std::uint32_t Aggregator::credits(const VotePlace& place, const ledger::Vote& vote) const {
    const auto found = places_.find(place);
    if (found == places_.end()) return 0;
    const auto tally = found->second.tallies.find(vote);
    return tally == found->second.tallies.end() ? 0 : tally->second.credits;
}

}  // namespace dusk::consensus
