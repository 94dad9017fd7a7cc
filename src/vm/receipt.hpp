// What a successful call leaves behind.
#pragma once

#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "vm/call_tree.hpp"

namespace dusk::vm {

struct Event {
    ContractId source{};
    std::string topic{};
    Bytes data{};
    bool reverted = false;  // emitted by a call that failed later
};

struct CallReceipt {
    Bytes data{};  // what the contract returned
    std::uint64_t gas_limit = 0;
    std::uint64_t gas_spent = 0;
    // In the order of emission, reverted ones included. First those that earlier failed calls of the session left.
    std::vector<Event> events{};
    std::vector<CallTreeElement> call_tree{};  // rightmost leaf first, the root call last
};

}  // namespace dusk::vm
