#include "execution/block_failure.hpp"

#include <fmt/core.h>

namespace dusk::execution {

std::string_view to_string(BlockFault fault) {
    switch (fault) {
        case BlockFault::format:
            return "a transaction has the form of another era";
        case BlockFault::discarded:
            return "a transaction cannot be executed";
        case BlockFault::gas_limit:
            return "the transactions spend more gas than the block allows";
        case BlockFault::fees:
            return "the fees are more than 64 bits hold";
        case BlockFault::bad_generator:
            return "the key of the generator is none";
        case BlockFault::no_voters:
            return "nobody voted for the block before";
        case BlockFault::rewards:
            return "the rewards are more than there is";
        case BlockFault::state_root:
            return "the state is not that of the header";
        case BlockFault::event_bloom:
            return "the events are not those of the header";
        case BlockFault::unknown_state:
            return "the state before the block is not in the store";
        case BlockFault::system_call:
            return "a contract refused a call of the protocol";
        case BlockFault::machine:
            return "the machine failed";
    }
    return "unknown error";
}

std::string describe(const BlockFailure& failure) {
    std::string line(to_string(failure.fault));
    if (failure.transaction) line = fmt::format("transaction {}: {}", *failure.transaction, line);
    if (!failure.text.empty()) line.append(": ").append(failure.text);
    return line;
}

}  // namespace dusk::execution
