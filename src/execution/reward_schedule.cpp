#include "execution/reward_schedule.hpp"

#include <algorithm>
#include <array>

#include "ledger/network.hpp"

namespace dusk::execution {

using ledger::Height;
using ledger::Lux;
using ledger::RewardReason;

namespace {

// Up to and including a height.
struct Period {
    std::uint64_t last;
    std::uint64_t lux;
};
constexpr std::array kPeriods{
    Period{0, 0},
    Period{12'614'400, 19'857'400'000},
    Period{25'228'800, 9'928'700'000},
    Period{37'843'200, 4'964'350'000},
    Period{50'457'600, 2'482'180'000},
    Period{63'072'000, 1'241'090'000},
    Period{75'686'400, 620'540'000},
    Period{88'300'800, 310'270'000},
    Period{100'915'200, 155'140'000},
    Period{113'529'596, 77'570'000},
    Period{113'529'597, 54'280'000},
};

constexpr std::uint64_t kAllCredits = 128;        // 64 in each of two committees
constexpr std::uint64_t kQuorumCredits = 2 * 43;  // without these there is no block
constexpr std::uint64_t kExtraCredits = kAllCredits - kQuorumCredits;

}  // namespace

Lux emission(Height height) {
    const auto period = std::ranges::lower_bound(kPeriods, height.value, {}, &Period::last);
    return {period == kPeriods.end() ? 0 : period->lux};
}

RewardShares reward_shares(Lux total) {
    const Lux tenth{total.value / 10};
    return {.dusk = tenth,
            .voters = tenth,
            .generator_extra_max = tenth,
            .generator_fixed = {total.value - 3 * tenth.value}};
}

Lux RewardShares::generator_extra(std::uint64_t credits) const {
    if (credits == kAllCredits) return generator_extra_max;
    return {generator_extra_max.value / kExtraCredits * (std::max(credits, kQuorumCredits) - kQuorumCredits)};
}

Lux RewardShares::per_credit() const { return {voters.value / kAllCredits}; }

std::string_view to_string(RewardError error) {
    switch (error) {
        case RewardError::no_voters:
            return "nobody attested the block before: there is nobody to reward";
        case RewardError::too_much:
            return "the rewards of the block do not fit 64 bits";
    }
    return "unknown error";
}

Result<std::vector<ledger::Reward>, RewardError> block_rewards(const RewardedBlock& block) {
    const auto total = checked_add(emission(block.height), block.fees);
    if (!total) return fail(RewardError::too_much);
    std::uint64_t credits = 0;
    for (const Voter& voter : block.voters) {
        // More than there are would pay out more than there is.
        if (voter.credits > kAllCredits - credits) return fail(RewardError::too_much);
        credits += voter.credits;
    }
    if (block.height > Height{1} && credits == 0) return fail(RewardError::no_voters);

    const RewardShares shares = reward_shares(*total);
    std::vector<ledger::Reward> out{{block.generator, shares.generator_fixed, RewardReason::generator_fixed},
                                    {ledger::dusk_key(), shares.dusk, RewardReason::other}};
    if (const Lux extra = shares.generator_extra(credits); extra > Lux{0}) {
        out.push_back({block.generator, extra, RewardReason::generator_extra});
    }
    for (const Voter& voter : block.voters) {
        out.push_back({voter.account, {voter.credits * shares.per_credit().value}, RewardReason::voter});
    }
    return out;
}

}  // namespace dusk::execution
