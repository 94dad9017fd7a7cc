// The chronicle: what the contracts of a chain reported, block by block, in a SQL database, to be asked by account,
// contract, topic and height. The released node calls it the archive (spec/interfaces.md §9).
//
//     auto chronicle = Chronicle::open(database, genesis);
//     database.begin_writing(); …->add(header, content, accounts); …->set_final(height); commit
//
// Rows of a block come and go with it. What is final never changes, nor do the ids of its events. The writer's side;
// queries.hpp is the reader's. Calls that change something stand between `begin_writing` and `commit`.
#pragma once

#include <optional>

#include "chain/block_store.hpp"
#include "chronicle/accounts.hpp"
#include "chronicle/database.hpp"
#include "chronicle/schema.hpp"
#include "ledger/block.hpp"

namespace dusk::chronicle {

// The chain's own store cannot be read.
[[nodiscard]] inline std::unexpected<Failure> chain_failure(const chain::StoreFailure& failure) {
    return fail(Failure{FailureKind::chain, failure.text});
}

class Chronicle {
  public:
    // `database` outlives this. Errors: in_use, other_chain, unknown_version, damaged and those of the database.
    [[nodiscard]] static Outcome<Chronicle> open(Database& database, const ledger::BlockHash& genesis);

    struct Top {
        ledger::Height height{};
        ledger::BlockHash hash{};
    };
    // The highest block, nothing in an empty one.
    [[nodiscard]] Outcome<std::optional<Top>> top();
    // Nothing where the block is not here: blocks may be missing that the chain had forgotten when it was read.
    [[nodiscard]] Outcome<std::optional<ledger::BlockHash>> hash_at(ledger::Height height);
    [[nodiscard]] Outcome<std::optional<ledger::Height>> last_final();

    // Shows the events of the block, each time it is called; false: they were not kept.
    using Events = std::function<chain::StoreResult<bool>(const chain::VisitEvent& visit)>;
    struct Content {
        Events events{};
        // What became of its transactions, in its order; nothing: they are not known.
        std::optional<std::vector<ledger::SpentTransaction>> spent{};
    };
    struct Added {
        bool known = false;  // its events
        std::uint64_t events = 0;
    };
    // A block above the highest one. Memory: its transactions and the accounts in them; events are read twice and not
    // held. `accounts` lives as long as the transaction of the database. Error: chain, where they cannot be read.
    [[nodiscard]] Outcome<Added> add(const ledger::BlockHeader& header, const Content& content, Accounts& accounts);
    // Takes away what is above. Error: other_chain, for a height below the last final block.
    [[nodiscard]] Outcome<void> revert_to(ledger::Height height);
    // Of a block that is here; lower than before changes nothing.
    [[nodiscard]] Outcome<void> set_final(ledger::Height height);

    // The lowest and the highest block above the first one of which it is not known what contracts reported.
    struct Unknown {
        ledger::Height first{};
        ledger::Height last{};
    };
    [[nodiscard]] Outcome<std::optional<Unknown>> unknown();
    // The lowest block above the first one; nothing where there is none.
    [[nodiscard]] Outcome<std::optional<ledger::Height>> lowest();
    // Forgets everything, to be filled anew.
    [[nodiscard]] Outcome<void> clear() { return clear_tables(*database_); }

    // Whether the accounts of a state were entered.
    [[nodiscard]] Outcome<bool> is_seeded();
    // A contract of a state, and who owns it.
    struct SeedContract {
        ledger::ContractId contract{};
        Bytes owner{};
    };
    // What the state of a final block holds, once. Contracts that no known transaction deployed were there from the
    // first block on, as far as anybody knows.
    [[nodiscard]] Outcome<void> seed(ledger::Height height, std::span<const AccountBytes> accounts,
                                     std::span<const SeedContract> contracts);

    [[nodiscard]] Database& database() { return *database_; }

  private:
    explicit Chronicle(Database& database) : database_(&database) {}

    Database* database_;
};

}  // namespace dusk::chronicle
