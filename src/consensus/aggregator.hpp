// The votes of one round, added up (spec/consensus.md §8.7).
#pragma once

#include <map>
#include <vector>

#include "consensus/committee.hpp"
#include "consensus/signatures.hpp"

namespace dusk::consensus {

// Where a vote is cast.
struct VotePlace {
    std::uint8_t iteration = 0;
    ledger::VotingStep step = ledger::VotingStep::validation;
    friend auto operator<=>(const VotePlace&, const VotePlace&) = default;
};

// A member has one vote in a place, or a few different ones in iterations of emergency; whatever else it signs is
// refused and takes no memory. So a place holds at most 64 · 4 votes.
class Aggregator {
  public:
    static constexpr std::size_t kMostVotesInEmergency = 4;

    explicit Aggregator(Signatures& signatures) : signatures_(signatures) {}

    enum class Refusal : std::uint8_t {
        known,         // the same vote again
        conflict,      // the first other vote of a member: proof that it votes twice
        accused,       // a further one
        crowded,       // too many votes of one member in an emergency
        no_signature,  // it cannot be added to the others
    };
    struct Tally {
        ledger::StepVotes votes{};
        std::uint32_t credits = 0;
        bool reached = false;  // this vote made the quorum
    };

    // What is refused without a look at the signature. `member`: its number in the committee.
    [[nodiscard]] std::optional<Refusal> refusal(const VotePlace& place, std::size_t member,
                                                 const ledger::Vote& vote) const;
    // A vote whose signature was checked.
    [[nodiscard]] Result<Tally, Refusal> add(const VotePlace& place, const Committee& committee, std::size_t member,
                                             const ledger::Vote& vote, const ledger::SignatureBytes& signature);

    struct Cast {
        ledger::Vote vote{};
        ledger::SignatureBytes signature{};
    };
    // The vote of a member that counts; null if it has none.
    [[nodiscard]] const Cast* vote_of(const VotePlace& place, std::size_t member) const;
    // Credits of the members whose vote is here.
    [[nodiscard]] std::uint32_t credits(const VotePlace& place, const ledger::Vote& vote) const;

  private:
    struct Member {
        std::vector<Cast> votes{};
        bool accused = false;
    };
    struct Place {
        std::map<std::size_t, Member> members{};
        std::map<ledger::Vote, Tally> tallies{};
    };

    Signatures& signatures_;
    std::map<VotePlace, Place> places_;
};

}  // namespace dusk::consensus
