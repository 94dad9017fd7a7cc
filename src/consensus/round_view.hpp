// Where a round is, with its committees and their votes: a copy for people.
#pragma once

#include <optional>
#include <vector>

#include "consensus/round.hpp"

namespace dusk::consensus {

class RoundState;

struct MemberView {
    ledger::KeyBytes key{};
    std::uint32_t credits = 0;
    std::optional<ledger::Vote> vote{};  // its first one that was counted here
};
struct RoundView {
    std::uint64_t round = 0;
    ledger::BlockHash tip{};
    std::uint8_t iteration = 0;
    ledger::Step step{};
    MonotonicTime step_began{};
    std::optional<MonotonicTime> deadline{};
    std::array<std::chrono::milliseconds, 3> timeouts{};  // proposal, validation, ratification
    std::optional<ledger::KeyBytes> generator{};
    std::optional<ledger::BlockHash> candidate{};
    std::optional<Verdict> verdict{};
    bool is_agreed = false;
    std::vector<MemberView> validation{};
    std::vector<MemberView> ratification{};
};

// Of the iteration that runs. Draws its committees where nobody has yet.
[[nodiscard]] RoundView view_of(const RoundState& state);

}  // namespace dusk::consensus
