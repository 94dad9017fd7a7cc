#include "mempool/pool_error.hpp"

namespace dusk::mempool {

std::string_view to_string(PoolError error) {
    switch (error) {
        case PoolError::old_format:
            return "the transaction is encoded in a form that is not taken any more";
        case PoolError::other_chain:
            return "the transaction is for another network";
        case PoolError::too_long:
            return "the transaction is too long for a block";
        case PoolError::refused:
            return "the transaction cannot be executed";
        case PoolError::in_pool:
            return "the transaction is in the mempool already";
        case PoolError::in_ledger:
            return "the transaction is in the ledger already";
        case PoolError::spending_id:
            return "a transaction in the mempool spends the same for the same gas price or more: offer a higher one";
        case PoolError::missing_nonce:
            return "nonces before this one are missing in the mempool";
        case PoolError::full:
            return "the mempool is full, and the gas price is not above the lowest in it";
        case PoolError::waiting_full:
            return "too many transactions wait for nonces before them";
        case PoolError::waiting_of_account:
            return "too many transactions of this account wait for nonces before them";
        case PoolError::waiting_underpriced:
            return "a transaction with this nonce waits already, for the same gas price or more";
        case PoolError::no_state:
            return "the state cannot be asked";
    }
    return "unknown error";
}

std::string describe(const NotAdmitted& reason) {
    if (reason.refusal) return execution::node_text(*reason.refusal, reason.text);
    std::string out(to_string(reason.error));
    if (!reason.text.empty()) out += ": " + reason.text;
    return out;
}

}  // namespace dusk::mempool
