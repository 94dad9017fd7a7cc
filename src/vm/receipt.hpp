// What a successful call leaves behind.
#pragma once

#include <vector>

#include "base/bytes.hpp"
#include "vm/call_tree.hpp"
#include "vm/event_list.hpp"

namespace dusk::vm {

struct CallReceipt {
    Bytes data{};  // what the contract returned
    std::uint64_t gas_limit = 0;
    std::uint64_t gas_spent = 0;
    // In the order of emission, reverted ones included. First those that earlier failed calls of the session left.
    EventList events{};
    std::vector<CallTreeElement> call_tree{};  // rightmost leaf first, the root call last
};

}  // namespace dusk::vm
