// What happened to an account, told by what contracts reported: it paid, was paid, staked, was rewarded or punished.
#pragma once

#include <functional>
#include <string_view>

#include "chain/kept_events.hpp"
#include "crypto/bls_signature.hpp"

namespace dusk::chronicle {

// As they are stored: never another number for one of them.
enum class Happening : std::uint8_t {
    sent = 0,      // a public transaction, also one that pays nobody
    received = 1,  // from an account or a contract
    refunded = 2,  // gas that another account did not spend
    shielded = 3,  // to notes
    unshielded = 4,
    deposited = 5,  // with a contract
    staked = 6,
    unstaked = 7,
    claimed = 8,  // rewards taken out
    slashed = 9,
    hard_slashed = 10,
    reward_generator_fixed = 11,
    reward_generator_extra = 12,
    reward_voter = 13,
    reward_other = 14,
};
inline constexpr unsigned kHappenings = 15;
// Of every block, many: they are looked for apart from the rest.
[[nodiscard]] constexpr bool is_reward(Happening happening) { return happening >= Happening::reward_generator_fixed; }
// "sent", "hard_slashed", "reward_voter"
[[nodiscard]] std::string_view to_string(Happening happening);

using AccountBytes = ByteArray<crypto::BlsPublicKey::kSize>;

// Told in the order of the event; one account may be told twice with the same. Reverted events tell nothing.
using TellHappening = std::function<void(const AccountBytes& account, Happening happening, std::uint64_t lux)>;
void tell_happenings(const chain::KeptEvent& event, const TellHappening& tell);

}  // namespace dusk::chronicle
