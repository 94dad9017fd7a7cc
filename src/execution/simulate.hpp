// What executing a transaction on a state would come to, in all that a wallet or a developer asks before it is sent:
// whether a block takes it, why it fails and where, the gas limit that it needs, what contracts report, which contracts
// and balances change. Nothing is kept of it.
//
// Everything is found by executing it, several times where the gas limit is looked for. What is answered as needed was
// tried with that limit.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <variant>

#include "base/clock.hpp"
#include "execution/gas_watch.hpp"
#include "execution/refusal.hpp"
#include "ledger/transaction.hpp"
#include "vm/touched.hpp"

namespace dusk::execution {

// Another session on the same state. The error is a sentence.
using MakeSession = std::function<Result<std::unique_ptr<vm::Session>, std::string>()>;

struct SimulationLimits {
    ledger::Gas most_gas{3'000'000'000};  // of one run: what a block has
    std::size_t most_runs = 12;           // with other gas limits
    // No run begins after it. A run itself is bounded by its gas.
    std::chrono::milliseconds time{3000};
    std::size_t most_events = 1000;
    std::size_t most_event_bytes = std::size_t{1} << 20;
    std::size_t most_calls = 500;
    std::size_t most_pages = 1000;
    std::size_t most_balances = 64;
};

enum class SimulatedOutcome : std::uint8_t {
    success,
    failed,   // a block takes it, the call or deployment fails, and it pays for all of its gas limit
    refused,  // no block takes it
};

struct FailureReason {
    enum class Kind : std::uint8_t {
        panic,             // a contract ended itself; the text is its own
        out_of_gas,        // of the transaction, or of a call within it
        no_such_contract,  // that was called
        no_such_function,  // the contract does not export it
        trap,              // the code broke a rule of the machine: the text says which
        host,              // a call to the host was refused: the text says why
        bad_contract,      // what was to be deployed is none
        contract_exists,   // one with this id is there
        nonce_not_ready,   // a nonce before it is missing
        rejected,          // it breaks a rule of transactions: the text says which
        refund_failed,     // the refund does not fit the account
    };
    Kind kind{};
    std::string text{};                        // as the contract or the node says it
    std::optional<vm::ContractId> contract{};  // where it began
    std::string function{};
};
[[nodiscard]] std::string_view to_string(FailureReason::Kind kind);

struct BalanceChange {
    std::variant<ledger::AccountKey, ledger::ContractId> owner;
    ledger::Lux before{};
    ledger::Lux after{};
};

struct SimulationReport {
    SimulatedOutcome outcome{};
    std::optional<FailureReason> reason{};  // unless it succeeds
    // Where the gas did not suffice: why it fails with all the gas of a block as well.
    std::optional<FailureReason> reason_with_more_gas{};
    ledger::Gas gas_spent{};    // that was used up to the end or the failure
    ledger::Gas gas_charged{};  // that is paid for
    // The least limit that was found with which it succeeds and does the same. Nothing: no limit up to `most_gas`
    // helps.
    std::optional<ledger::Gas> needed_limit{};
    Bytes result{};  // that the call returned
    std::vector<vm::Event> events{};
    std::vector<WatchedCall> calls{};
    std::vector<vm::TouchedContract> state{};
    std::vector<BalanceChange> balances{};  // of accounts and contracts that it names or that were paid
    bool is_cut = false;                    // a list ended at its limit
};

// The error is a sentence: the machine failed, which says nothing of the transaction.
[[nodiscard]] Result<SimulationReport, std::string> simulate(const MakeSession& make_session,
                                                             const ledger::Transaction& transaction,
                                                             const SimulationLimits& limits, const Clock& clock);

}  // namespace dusk::execution
