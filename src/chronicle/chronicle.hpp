// The chronicle: what the contracts of a chain reported, block by block, in a SQL database, to be asked by account,
// contract, topic and height. The released node calls it the archive (spec/interfaces.md §9).
//
//     auto chronicle = Chronicle::open(database, genesis);
//     database.begin_writing(); …->add(header, events); …->set_final(height); commit
//
// Rows of a block come and go with it. What is final never changes, nor do the ids of its events. The writer's side;
// queries.hpp is the reader's. Calls that change something stand between `begin_writing` and `commit`.
#pragma once

#include <optional>

#include "chain/block_store.hpp"
#include "chronicle/database.hpp"
#include "ledger/block.hpp"

namespace dusk::chronicle {

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
    struct Added {
        bool known = false;  // its events
        std::uint64_t events = 0;
    };
    // A block above the highest one. Memory: the accounts of its transactions; events are read twice and not held.
    // Error: chain, where they cannot be read.
    [[nodiscard]] Outcome<Added> add(const ledger::BlockHeader& header, const Events& events);
    // Takes away what is above. Error: other_chain, for a height below the last final block.
    [[nodiscard]] Outcome<void> revert_to(ledger::Height height);
    // Of a block that is here; lower than before changes nothing.
    [[nodiscard]] Outcome<void> set_final(ledger::Height height);

    // Whether the accounts of a state were entered.
    [[nodiscard]] Outcome<bool> is_seeded();
    // Accounts of the state of a final block, once.
    [[nodiscard]] Outcome<void> seed(ledger::Height height,
                                     std::span<const ByteArray<ledger::AccountKey::kSize>> accounts);

    [[nodiscard]] Database& database() { return *database_; }

  private:
    explicit Chronicle(Database& database) : database_(&database) {}

    Database* database_;
};

}  // namespace dusk::chronicle
