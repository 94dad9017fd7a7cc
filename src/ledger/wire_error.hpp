// Why bytes are no block, message or part of one (spec/consensus.md §3).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace dusk::ledger {

enum class WireFault : std::uint8_t {
    short_input,              // the bytes end within a field: the only fault that more bytes could mend
    bad_vote,                 // a vote's tag is above 3
    bad_ratification_result,  // its tag is above 1
    bad_label,                // a label's tag is above 3
    too_many_iterations,      // more than 8 failed iterations
    bad_option,               // a failed iteration is neither there nor not there
    bad_key,                  // a signer is no point of G2
    too_many_transactions,    // more than 1000 in a block
    transaction_too_long,     // a protocol transaction of more than 2 MiB
    bad_transaction,          // a protocol transaction that does not decode
    too_many_faults,          // more than 100 in a block
    bad_fault,                // a fault's tag is above 2
    unknown_topic,            // of a message
    too_many_items,           // more than 10 000 items in an inventory
    bad_item,                 // an item's type is above 5
    bad_address,              // neither IPv4 nor IPv6
    text_too_long,            // an error text of more than 2 MiB
    bad_text,                 // an error text that is not UTF-8
};

// `offset`: where the field begins.
struct WireError {
    WireFault fault;
    std::size_t offset;

    bool operator==(const WireError&) const = default;
};

// What is wrong, one sentence.
[[nodiscard]] std::string_view to_string(WireFault fault);
[[nodiscard]] std::string describe(const WireError& error);

}  // namespace dusk::ledger
