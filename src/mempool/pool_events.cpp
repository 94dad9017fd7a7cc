#include "mempool/pool_events.hpp"

namespace dusk::mempool {

std::string_view to_string(RemovalReason reason) {
    switch (reason) {
        case RemovalReason::included:
            return "included";
        case RemovalReason::conflict:
            return "conflict";
        case RemovalReason::replaced:
            return "replaced";
        case RemovalReason::evicted:
            return "evicted";
        case RemovalReason::expired:
            return "expired";
        case RemovalReason::discarded:
            return "discarded";
    }
    return "unknown";
}

std::string_view to_string(DropReason reason) {
    switch (reason) {
        case DropReason::replaced:
            return "replaced_in_prequeue";
        case DropReason::superseded:
            return "superseded_by_staged_tx";
        case DropReason::full:
            return "prequeue_full";
        case DropReason::account_limit:
            return "prequeue_account_limit";
        case DropReason::retry_exhausted:
            return "retry_exhausted";
        case DropReason::retry_failed:
            return "retry_failed";
    }
    return "unknown";
}

}  // namespace dusk::mempool
