#include "ledger/wire_error.hpp"

#include <fmt/core.h>

namespace dusk::ledger {

std::string_view to_string(WireFault fault) {
    using enum WireFault;
    switch (fault) {
        case short_input:
            return "the bytes end within a field";
        case bad_vote:
            return "a vote is of no kind that exists";
        case bad_ratification_result:
            return "a ratification result is neither success nor failure";
        case bad_label:
            return "a block label does not exist";
        case too_many_iterations:
            return "there are more than 8 failed iterations";
        case bad_option:
            return "a failed iteration is neither present nor absent";
        case bad_key:
            return "a signer is not a BLS public key";
        case too_many_transactions:
            return "there are more than 1000 transactions";
        case transaction_too_long:
            return "a transaction is longer than 2 MiB";
        case bad_transaction:
            return "a transaction does not decode";
        case too_many_faults:
            return "there are more than 100 faults";
        case bad_fault:
            return "a fault is of no kind that exists";
        case unknown_topic:
            return "the message has an unknown topic";
        case too_many_items:
            return "the inventory has more than 10000 items";
        case bad_item:
            return "an item of the inventory is of no kind that exists";
        case bad_address:
            return "an address is neither IPv4 nor IPv6";
        case text_too_long:
            return "an error text is longer than 2 MiB";
        case bad_text:
            return "an error text is not UTF-8";
    }
    return "unknown error";
}

std::string describe(const WireError& error) { return fmt::format("{} (at {})", to_string(error.fault), error.offset); }

}  // namespace dusk::ledger
