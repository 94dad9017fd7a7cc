// Why a block is not what it says it is, or cannot be executed (spec/transactions.md §10).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "execution/refusal.hpp"

namespace dusk::execution {

enum class BlockFault : std::uint8_t {
    // The block is wrong.
    format,         // a transaction is encoded in the form of another era
    discarded,      // a transaction cannot be executed; `refusal` says why
    gas_limit,      // the transactions spend more than the header allows
    fees,           // gas times price adds up to more than 64 bits
    bad_generator,  // the generator's key is no key
    no_voters,      // above height 1 somebody has voted for the block before
    rewards,        // emission, fees or credits beyond what there is
    state_root,     // another state than the header says
    event_bloom,    // other events than the header says
    // Or we cannot say.
    unknown_state,  // the state it builds on is not in the store
    system_call,    // a contract of the protocol refused what every block does
    machine,        // memory or disk failed
};
// What is wrong, one sentence.
[[nodiscard]] std::string_view to_string(BlockFault fault);
// Whether every node finds it, so that a vote against the block can be given.
[[nodiscard]] constexpr bool is_of_the_block(BlockFault fault) { return fault <= BlockFault::event_bloom; }

struct BlockFailure {
    BlockFault fault;
    std::optional<std::size_t> transaction{};  // its number in the block
    std::optional<Refusal> refusal{};
    std::string text{};  // more about it, for people
};
// "transaction 3 cannot be executed: Unspendable: …"
[[nodiscard]] std::string describe(const BlockFailure& failure);

template <class T>
using BlockResult = Result<T, BlockFailure>;

}  // namespace dusk::execution
