// What is entered within one transaction of the database. Rows wait here until there are many.
#pragma once

#include <array>
#include <optional>

#include "chain/block_store.hpp"
#include "chronicle/stakes.hpp"
#include "chronicle/totals.hpp"
#include "ledger/block.hpp"

namespace dusk::chronicle {

// The chain's own store cannot be read.
[[nodiscard]] inline std::unexpected<Failure> chain_failure(const chain::StoreFailure& failure) {
    return fail(Failure{FailureKind::chain, failure.text});
}

class Entries {
  public:
    // `database` outlives this, which goes with the transaction.
    explicit Entries(Database& database) : database_(database), accounts_(database), stakes_(database_, accounts_) {}

    // Shows the events of the block, each time it is called; false: they were not kept.
    using Events = std::function<chain::StoreResult<bool>(const chain::VisitEvent& visit)>;
    // All stakes before the block; nothing: they are not kept.
    using Stakes = std::function<chain::StoreResult<std::optional<std::vector<chain::KeptStake>>>()>;
    struct Content {
        Events events{};
        Stakes stakes{};  // is asked where they do not follow from what is here; may be empty
        // What became of its transactions, in its order; nothing: they are not known.
        std::optional<std::vector<ledger::SpentTransaction>> spent{};
    };
    struct Added {
        bool known = false;  // its events
        std::uint64_t events = 0;
    };
    // A block above the highest one. Memory: its transactions and the accounts in them, and some megabytes of rows;
    // events are read twice and not held. After an error the transaction is to be taken back. Errors: chain, where they
    // cannot be read; damaged, for a block that does not stand above the others; those of the database.
    [[nodiscard]] Outcome<Added> add(const ledger::BlockHeader& header, const Content& content);
    // Inserts what waits: before the transaction ends, and before anything is read from the database.
    [[nodiscard]] Outcome<void> write();

  private:
    friend class BlockEntry;
    static constexpr std::size_t kMostWaiting = std::size_t{4} << 20U;  // bytes

    // Up to the last block.
    [[nodiscard]] Outcome<Totals*> totals();
    [[nodiscard]] Outcome<void> write_if_many();
    // Of the tables below.
    [[nodiscard]] std::array<Rows*, 7> waiting() {
        return {&blocks_, &events_, &flows_, &memos_, &activity_, &producers_, &transactions_};
    }

    Database& database_;
    Accounts accounts_;
    StakeEntries stakes_;
    std::optional<Totals> totals_{};  // nothing: not read yet
    Rows blocks_{"chronicle_blocks", 17};
    Rows events_{"chronicle_events", 9};
    Rows flows_{"chronicle_flows", 5};
    Rows memos_{"chronicle_memos", 4};
    Rows activity_{"chronicle_activity", 5};
    Rows producers_{"chronicle_producers", 4};
    Rows transactions_{"chronicle_transactions", 18};
};

}  // namespace dusk::chronicle
