// Transactions that clients hand in: given to the node, and what becomes of them waited for.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <map>
#include <memory>

#include "node/node.hpp"

namespace dusk::rpc {

// What became of one.
struct IntakeVerdict {
    enum class Kind : std::uint8_t {
        taken,      // the mempool has it, or would take it
        known,      // it had it before
        refused,    // the text says why
        busy,       // the text may say why, else too many wait
        undecided,  // it is still being checked
    };
    Kind kind{};
    ledger::TransactionId id{};
    std::string text{};
};

// On the loop, which outlives it, as the node does.
class TransactionIntake {
  public:
    // `patience`: how long a verdict is waited for.
    TransactionIntake(node::Node& node, boost::asio::io_context& loop, std::chrono::milliseconds patience)
        : node_(node), loop_(loop), patience_(patience) {}

    [[nodiscard]] boost::asio::awaitable<IntakeVerdict> send(ledger::LedgerTransaction transaction);
    // Whether it would be taken; nothing else happens. Busy: this node cannot say now.
    [[nodiscard]] boost::asio::awaitable<IntakeVerdict> check(ledger::LedgerTransaction transaction);
    // What the node does tells what became of a transaction.
    void on_action(const node::CoreAction& action);

  private:
    // Somebody who waits.
    struct Waiter {
        explicit Waiter(boost::asio::io_context& loop) : timer(loop) {}
        boost::asio::steady_timer timer;
        std::string refusal{};  // empty: it was taken
        bool is_decided = false;
    };

    // False: it took too long.
    [[nodiscard]] boost::asio::awaitable<bool> wait(Waiter& waiter) const;
    void decide(const ledger::TransactionId& id, const std::string& refusal);

    node::Node& node_;
    boost::asio::io_context& loop_;
    std::chrono::milliseconds patience_;
    std::multimap<ledger::TransactionId, std::shared_ptr<Waiter>> waiters_;
};

}  // namespace dusk::rpc
