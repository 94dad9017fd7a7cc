// Stakes in the tables: a row for each time that one changed, so that those of any block can be told, and with them who
// sat in its committees.
#pragma once

#include <set>

#include "chain/kept_stakes.hpp"
#include "chronicle/accounts.hpp"

namespace dusk::chronicle {

// Whether the stakes before and after a block are known.
enum class KnownStakes : std::uint8_t { none, before, both };

// The writer's side, within one transaction.
class StakeEntries {
  public:
    // Both outlive it.
    StakeEntries(Database& database, Accounts& accounts) : database_(database), accounts_(accounts) {}

    // Whether those after the block below this one are known.
    [[nodiscard]] Outcome<bool> known_before(ledger::Height height);
    // All stakes before this block, whatever was known; all rows of the transaction were inserted.
    [[nodiscard]] Outcome<void> set_before(ledger::Height height, std::span<const chain::KeptStake> stakes);
    // What the block did to known stakes. False: those after it do not follow from it.
    [[nodiscard]] Outcome<bool> apply(std::span<const consensus::StakeChange> changes, ledger::Height height);
    // The block is entered.
    void end_block(ledger::Height height, KnownStakes known);
    [[nodiscard]] Outcome<void> write();

  private:
    [[nodiscard]] Outcome<void> load(const crypto::BlsPublicKey& key);
    [[nodiscard]] Outcome<void> add_row(const ledger::KeyBytes& key, ledger::Lux value, ledger::Height eligible_since,
                                        ledger::Height height);

    Database& database_;
    Accounts& accounts_;
    Rows rows_{"chronicle_stakes", 4};
    struct Last {
        std::int64_t height = -1;
        bool known = false;  // the stakes after it
    };
    std::optional<Last> last_{};  // nothing: not read yet
    // As they are after the last block, of those that were looked at.
    consensus::Provisioners stakes_{};
    std::set<ledger::KeyBytes> loaded_{};
};

// The stakes before a block, in the order of the keys; nothing where they are not known, or the block is not here.
[[nodiscard]] Outcome<std::optional<std::vector<chain::KeptStake>>> stakes_before(Database& database,
                                                                                  const ledger::BlockHash& block);

}  // namespace dusk::chronicle
