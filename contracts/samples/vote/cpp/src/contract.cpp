// One question, one vote for each of the voters named at the start; open until a block.
#include <dusk/contract.hpp>

using namespace dusk::contract;

namespace vote {

struct Ballot {
    String question;
    Vector<String> choices;
    Vector<Account> voters;
    uint64_t closes = 0;  // the last block in which votes count
    DUSK_FIELDS(Ballot, question, choices, voters, closes)
};

struct Cast {
    Account voter;
    uint32_t choice = 0;
    DUSK_FIELDS(Cast, voter, choice)
};

struct Vote {
    static constexpr size_t most_choices = 32;

    Ballot ballot;
    Vector<uint64_t> counts;
    Map<Account, bool> voted;

    void init(Ballot given) {
        require(given.choices.size() >= 2 && given.choices.size() <= most_choices, "2 to ", most_choices, " choices");
        require(given.closes >= block_height(), "it closes in the past");
        for (const Account& voter : given.voters) {
            require(!voted.contains(voter), "a voter is named twice");
            voted.set(voter, false);
        }
        require(!voted.empty(), "there are no voters");
        counts = Vector<uint64_t>(given.choices.size());
        given.voters = {};  // they are in the map
        ballot = move(given);
    }

    void cast(uint32_t choice) {
        const Account voter = require_sender();
        require(block_height() <= ballot.closes, "the vote is closed");
        require(choice < counts.size(), "there is no such choice");
        bool* const done = voted.find(voter);
        require(done != nullptr, "the sender is no voter");
        require(!*done, "the sender has voted");
        *done = true;
        counts[choice] += 1;
        emit("cast", Cast{voter, choice});
    }
    const String& question() const { return ballot.question; }
    const Vector<String>& choices() const { return ballot.choices; }
    const Vector<uint64_t>& tally() const { return counts; }
    // The choice with the most votes; nothing while the vote is open, and when two have the most.
    Optional<uint32_t> winner() const {
        if (block_height() <= ballot.closes) return {};
        uint32_t best = 0;
        bool shared = false;
        for (uint32_t i = 1; i < counts.size(); ++i) {
            shared = counts[i] == counts[best] || (shared && counts[i] < counts[best]);
            if (counts[i] > counts[best]) best = i;
        }
        return shared ? Optional<uint32_t>() : Optional<uint32_t>(best);
    }
};
DUSK_CONTRACT(Vote, init, cast, question, choices, tally, winner)
DUSK_EVENT(cast, Cast)

}  // namespace vote
