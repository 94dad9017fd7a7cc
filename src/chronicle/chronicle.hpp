// The chronicle: what the contracts of a chain reported, block by block, in a SQL database, to be asked by account,
// contract, topic and height. The released node calls it the archive (spec/interfaces.md §9).
//
//     auto chronicle = Chronicle::open(database, genesis);
//     database.begin_writing(); Entries entries(database); entries.add(header, content) …; entries.write();
//     …->set_final(height); commit
//
// Rows of a block come and go with it. What is final never changes, nor do the ids of its events. The writer's side;
// queries.hpp is the reader's. Calls that change something stand between `begin_writing` and `commit`.
#pragma once

#include <optional>

#include "chronicle/entries.hpp"
#include "chronicle/schema.hpp"

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
    // Whether the stakes after the highest block are known.
    [[nodiscard]] Outcome<bool> knows_stakes();
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
