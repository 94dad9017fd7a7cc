#include "execution/simulate.hpp"

#include <algorithm>

#include "base/cases.hpp"
#include "execution/balance_watch.hpp"
#include "execution/call_errors.hpp"
#include "execution/execute_transaction.hpp"
#include "execution/preconditions.hpp"
#include "execution/try_transaction.hpp"
#include "ledger/charges.hpp"

namespace dusk::execution {
namespace {

using ledger::Gas;
using ledger::Transaction;
using Kind = FailureReason::Kind;
using Text = std::string;

Kind kind_of(const vm::CallError& error) {
    using enum vm::CallErrorKind;
    switch (error.kind) {
        case panic:
            return Kind::panic;
        case out_of_gas:
            return Kind::out_of_gas;
        case contract_does_not_exist:
            return Kind::no_such_contract;
        case runtime:
            return error.trap == vm::Trap::none ? Kind::no_such_function : Kind::trap;
        case initialization:
            return Kind::contract_exists;
        case invalid_function:
        case invalid_argument_buffer:
        case persistence:
        case too_large:
            return Kind::bad_contract;
        default:
            return Kind::host;
    }
}

FailureReason reason_of(const FailedCall& failed) {
    return {.kind = kind_of(failed.error),
            .text = failed.error.kind == vm::CallErrorKind::panic ? failed.error.text : describe(failed.error),
            .contract = failed.contract,
            .function = failed.function};
}

FailureReason reason_of(const ledger::ContractError& error) {
    return std::visit(
        Cases{[](const ledger::Panic& panic) {
                  const bool exists = panic.message.contains("already exists");
                  return FailureReason{.kind = exists ? Kind::contract_exists : Kind::bad_contract,
                                       .text = panic.message};
              },
              [](ledger::OutOfGas) { return FailureReason{.kind = Kind::out_of_gas, .text = "out of gas"}; },
              [](ledger::DoesNotExist) {
                  return FailureReason{.kind = Kind::no_such_contract, .text = "contract does not exist"};
              },
              [](ledger::UnknownFailure) { return FailureReason{.kind = Kind::host, .text = "the call failed"}; }},
        error);
}

FailureReason reason_of(const Discarded& discarded) {
    const Kind kind = discarded.reason == Refusal::nonce_not_ready ? Kind::nonce_not_ready : Kind::rejected;
    return {.kind = kind, .text = std::string(discarded.text)};
}

// One run, with what was seen of it.
struct Run {
    std::unique_ptr<vm::Session> session;
    GasWatch watch;
    TransactionOutcome outcome = MachineFailed{};

    Run(std::unique_ptr<vm::Session> s, std::size_t most_calls) : session(std::move(s)), watch(*session, most_calls) {
        session->set_observer(&watch);
    }
    [[nodiscard]] const Spent* success() const {
        const auto* spent = std::get_if<Spent>(&outcome);
        return spent != nullptr && spent->result ? spent : nullptr;
    }
};

class Simulator {
  public:
    Simulator(const MakeSession& make_session, const Transaction& transaction, const SimulationLimits& limits,
              const Clock& clock)
        : make_session_(make_session),
          transaction_(transaction),
          limits_(limits),
          clock_(clock),
          deadline_(clock.monotonic_time() + limits.time) {}

    Result<SimulationReport, Text> run() {
        auto session = make_session_();
        if (!session) return fail(session.error());
        Run first(*std::move(session), limits_.most_calls);
        first.outcome = execute_transaction(*first.session, transaction_);
        if (const auto* failed = std::get_if<MachineFailed>(&first.outcome)) return fail(failed->text);
        tell_outcome(first);
        tell_gas(first);
        if (auto done = tell_state(first); !done) return fail(done.error());
        if (auto done = tell_balances(first); !done) return fail(done.error());
        if (auto done = find_limit(first); !done) return fail(done.error());
        out_.is_cut = out_.is_cut || first.watch.is_cut();
        out_.calls = first.watch.calls();
        return std::move(out_);
    }

  private:
    // The call in which a failure began says more than what became of it.
    static std::optional<FailureReason> reason_of_run(const Run& run) {
        std::optional<FailureReason> out;
        if (const auto* spent = std::get_if<Spent>(&run.outcome)) {
            if (spent->result) return {};
            out = reason_of(spent->result.error());
        } else if (const auto* failed = std::get_if<RefundFailed>(&run.outcome)) {
            return FailureReason{.kind = Kind::refund_failed, .text = failed->text};
        } else if (const auto* discarded = std::get_if<Discarded>(&run.outcome)) {
            out = reason_of(*discarded);
            if (out->kind == Kind::nonce_not_ready) return out;
        }
        for (const auto& root : run.watch.roots()) {
            if (root.failure) out = reason_of(*root.failure);
        }
        return out;
    }
    void tell_outcome(const Run& run) {
        out_.reason = reason_of_run(run);
        const auto* spent = std::get_if<Spent>(&run.outcome);
        out_.outcome = spent == nullptr ? SimulatedOutcome::refused
                       : spent->result  ? SimulatedOutcome::success
                                        : SimulatedOutcome::failed;
        if (spent == nullptr) return;
        out_.gas_charged = spent->gas_spent;
        if (spent->result) out_.result = *spent->result;
        take_events(spent->events);
    }
    void take_events(const vm::EventList& events) {
        std::size_t bytes = 0;
        for (const vm::EventView& event : events) {
            bytes += event.topic.size() + event.data.size();
            if (out_.events.size() >= limits_.most_events || bytes > limits_.most_event_bytes) {
                out_.is_cut = true;
                return;
            }
            out_.events.emplace_back(event);
        }
    }
    void tell_gas(const Run& run) {
        if (const Spent* spent = run.success()) {
            out_.gas_spent = spent->gas_spent;
            return;
        }
        const bool has_refund = std::holds_alternative<Spent>(run.outcome);
        const auto& roots = run.watch.roots();
        for (std::size_t i = 0; i + (has_refund ? 1 : 0) < roots.size(); ++i) out_.gas_spent.value += roots[i].spent;
    }

    Result<void, Text> tell_state(const Run& run) {
        if (!std::holds_alternative<Spent>(run.outcome)) return {};
        auto touched = vm::touched(*run.session, limits_.most_pages);
        if (!touched) return fail(describe(touched.error()));
        std::size_t pages = 0;
        for (const auto& one : *touched) pages += one.pages.size();
        out_.is_cut = out_.is_cut || pages >= limits_.most_pages;
        out_.state = *std::move(touched);
        return {};
    }

    // Asked of two sessions: one that knows nothing of the transaction, and the one that executed it.
    Result<void, Text> tell_balances(Run& run) {
        const auto* spent = std::get_if<Spent>(&run.outcome);
        if (spent == nullptr) return {};
        BalanceWatch watch(limits_.most_balances);
        watch.see(transaction_);
        for (const vm::EventView& event : spent->events) watch.see(event);
        out_.is_cut = out_.is_cut || watch.is_cut();
        const auto other = make_session_();
        if (!other) return fail(other.error());
        run.session->set_observer(nullptr);
        StateQueries before(**other);
        StateQueries after(*run.session);
        for (const auto& [bytes, account] : watch.accounts()) {
            const auto was = before.account(account);
            const auto is = after.account(account);
            if (!was || !is) return fail(describe((was ? is : was).error()));
            add_balance(account, was->balance, is->balance);
        }
        for (const ledger::ContractId& contract : watch.contracts()) {
            const auto was = before.contract_balance(contract);
            const auto is = after.contract_balance(contract);
            if (!was || !is) return fail(describe((was ? is : was).error()));
            add_balance(contract, *was, *is);
        }
        return {};
    }
    template <class Owner>
    void add_balance(const Owner& owner, ledger::Lux before, ledger::Lux after) {
        if (before != after) out_.balances.push_back({.owner = owner, .before = before, .after = after});
    }

    // --- the limit ---
    Result<std::unique_ptr<Run>, Text> try_with(Gas limit) {
        auto session = make_session_();
        if (!session) return fail(session.error());
        auto run = std::make_unique<Run>(*std::move(session), 0);
        run->outcome = try_transaction(*run->session, transaction_, limit);
        ++runs_;
        if (const auto* failed = std::get_if<MachineFailed>(&run->outcome)) return fail(failed->text);
        return run;
    }
    [[nodiscard]] bool may_try() const { return runs_ < limits_.most_runs && clock_.monotonic_time() < deadline_; }
    // Whether more gas may make the difference.
    [[nodiscard]] bool wants_gas(const Run& run) const {
        if (run.watch.ran_out_of_gas()) return true;
        if (const auto* spent = std::get_if<Spent>(&run.outcome)) {
            return !spent->result && std::holds_alternative<ledger::OutOfGas>(spent->result.error());
        }
        const auto* discarded = std::get_if<Discarded>(&run.outcome);
        return discarded != nullptr &&
               (discarded->reason == Refusal::deploy_limit || discarded->reason == Refusal::blob_limit);
    }
    // By what the calls of a successful run were given and spent. `calls` of the node were made, without the refund.
    [[nodiscard]] std::uint64_t estimate(const Run& run, std::size_t calls) const {
        const auto& roots = run.watch.roots();
        if (calls == 0 || roots.size() < calls) return 0;
        std::uint64_t need = roots[0].need;
        if (const auto* deployment = transaction_.deploy()) {
            const auto charge = ledger::deploy_charge(deployment->bytecode.size());
            const std::uint64_t init = calls > 1 ? roots[1].need : 0;
            need = std::max(need, roots[0].spent + (charge ? charge->value : 0) + init);
        }
        if (const auto* blobs = transaction_.blobs()) {
            need = std::max(need, ledger::blob_charge(blobs->blobs.size()).value);
        }
        return need;
    }
    // What contracts reported and what stays, but for what the refund reports.
    static std::size_t lasting_events(const Spent& spent) {
        return static_cast<std::size_t>(std::ranges::count_if(spent.events, [](const vm::EventView& event) {
            const bool is_of_refund = event.source == ledger::kTransferContract.bytes &&
                                      (event.topic == "moonlight" || event.topic == "phoenix");
            return !event.reverted && !is_of_refund;
        }));
    }
    // Contracts may do something else with less gas, and succeed.
    [[nodiscard]] static bool is_same(const Run& run, const Spent& expected) {
        const Spent* const spent = run.success();
        return spent != nullptr && *spent->result == *expected.result &&
               lasting_events(*spent) == lasting_events(expected);
    }

    Result<void, Text> find_limit(const Run& first) {
        std::unique_ptr<Run> more;
        if (!first.success()) {
            if (!wants_gas(first) || transaction_.gas_limit() >= limits_.most_gas || !may_try()) return {};
            auto tried = try_with(limits_.most_gas);
            if (!tried) return fail(tried.error());
            more = *std::move(tried);
            if (!more->success()) {
                out_.reason_with_more_gas = reason_of_run(*more);
                return {};
            }
        }
        const Run& best = more ? *more : first;
        const std::size_t calls = best.watch.roots().size() - (more ? 0 : 1);
        const Spent& expected = *best.success();
        std::uint64_t good = more ? limits_.most_gas.value : transaction_.gas_limit().value;
        // Less than it spends cannot do.
        std::uint64_t bad = std::max<std::uint64_t>(expected.gas_spent.value, 1) - 1;
        std::uint64_t next = std::clamp(estimate(best, calls), std::min(bad + 1, good), good);
        for (bool is_estimate = true; may_try() && next < good && next > bad; is_estimate = false) {
            const auto tried = try_with({next});
            if (!tried) return fail(tried.error());
            const bool does = is_same(**tried, expected);
            (does ? good : bad) = next;
            if ((does && is_estimate) || good - bad <= good / 100) break;
            next = bad + (good - bad) / 2;
        }
        out_.needed_limit = Gas{good};
        return {};
    }
    const MakeSession& make_session_;
    const Transaction& transaction_;
    const SimulationLimits& limits_;
    const Clock& clock_;
    MonotonicTime deadline_;
    std::size_t runs_ = 0;
    SimulationReport out_{};
};

}  // namespace

std::string_view to_string(Kind kind) {
    switch (kind) {
        case Kind::panic:
            return "panic";
        case Kind::out_of_gas:
            return "out_of_gas";
        case Kind::no_such_contract:
            return "no_such_contract";
        case Kind::no_such_function:
            return "no_such_function";
        case Kind::trap:
            return "trap";
        case Kind::host:
            return "host";
        case Kind::bad_contract:
            return "bad_contract";
        case Kind::contract_exists:
            return "contract_exists";
        case Kind::nonce_not_ready:
            return "nonce_not_ready";
        case Kind::rejected:
            return "rejected";
        case Kind::refund_failed:
            return "refund_failed";
    }
    return "unknown";
}

Result<SimulationReport, std::string> simulate(const MakeSession& make_session, const Transaction& transaction,
                                               const SimulationLimits& limits, const Clock& clock) {
    return Simulator(make_session, transaction, limits, clock).run();
}

}  // namespace dusk::execution
