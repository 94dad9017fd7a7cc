// What a block pays, and to whom (spec/transactions.md §11, spec/consensus.md §13.3).
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "ledger/identifiers.hpp"
#include "ledger/quantities.hpp"
#include "ledger/stake_contract.hpp"
#include "ledger/voter.hpp"

namespace dusk::execution {

// New lux of the block at this height; none at 0 and after 113 529 597.
[[nodiscard]] ledger::Lux emission(ledger::Height height);

// Shares of what a block has to give. Remainders of divisions are given to nobody.
struct RewardShares {
    ledger::Lux dusk;                 // a tenth, to the Dusk key
    ledger::Lux voters;               // a tenth, to all voters together
    ledger::Lux generator_extra_max;  // a tenth, for a generator that includes every vote
    ledger::Lux generator_fixed;      // the rest

    // Of the extra, by how many of the 128 credits voted: none up to 86.
    [[nodiscard]] ledger::Lux generator_extra(std::uint64_t credits) const;
    [[nodiscard]] ledger::Lux per_credit() const;
};
[[nodiscard]] RewardShares reward_shares(ledger::Lux total);

using ledger::Voter;

enum class RewardError : std::uint8_t {
    no_voters,  // above height 1, and nobody attested the block before
    too_much,   // fees and emission, or the credits of a voter, beyond 64 bits
};
[[nodiscard]] std::string_view to_string(RewardError error);

struct RewardedBlock {
    ledger::Height height;
    ledger::Lux fees;  // gas spent times its price, over all transactions
    ledger::AccountKey generator;
    std::span<const Voter> voters;  // in the order of their keys
};

// The argument of the stake contract's `reward`, in its order: generator, Dusk key, generator's extra where there is
// one, voters.
[[nodiscard]] Result<std::vector<ledger::Reward>, RewardError> block_rewards(const RewardedBlock& block);

}  // namespace dusk::execution
