// A block on its way into the tables: its events by origin, what they say of accounts, its transactions, and who made
// it or did not.
#pragma once

#include <map>

#include "chronicle/accounts.hpp"
#include "chronicle/chronicle.hpp"
#include "chronicle/flows.hpp"

namespace dusk::chronicle {

class BlockEntry {
  public:
    // All outlive it.
    BlockEntry(Database& database, Accounts& accounts, const ledger::BlockHeader& header,
               const Chronicle::Content& content)
        : database_(database), accounts_(accounts), header_(header), content_(content) {}

    [[nodiscard]] Outcome<Chronicle::Added> write();

  private:
    using Origin = ByteArray<32>;
    // What was reported under one origin, and the id that comes next.
    struct Group {
        Flows flows{};
        std::int64_t first_event = 0;
        std::int64_t next_event = 0;
    };
    // What is counted from block to block.
    struct Totals {
        std::int64_t height = -1;
        std::int64_t next_event = 1;
        std::int64_t public_ones = 0;
        std::int64_t shielded_ones = 0;
        std::int64_t transactions = 0;
        std::int64_t failed = 0;
        std::int64_t calls = 0;
        std::int64_t deployments = 0;
        std::int64_t gas = 0;
        std::int64_t fees = 0;
    };

    [[nodiscard]] Outcome<Totals> totals_before();
    [[nodiscard]] Origin origin_of(const chain::KeptEvent& event) const;
    void number_events(std::int64_t first);
    void count(Totals& totals) const;
    [[nodiscard]] Outcome<void> write_block(const Totals& before, bool known);
    [[nodiscard]] Outcome<void> write_group(const Group& group);
    [[nodiscard]] Outcome<void> write_events();
    [[nodiscard]] Outcome<void> write_event(const chain::KeptEvent& event, std::int64_t place);
    [[nodiscard]] Outcome<void> write_happenings(const chain::KeptEvent& event, std::int64_t id);
    [[nodiscard]] Outcome<void> write_transactions(std::int64_t before);
    [[nodiscard]] Outcome<void> write_transaction(const ledger::SpentTransaction& spent, std::int64_t number,
                                                  std::int64_t place);
    [[nodiscard]] Outcome<void> write_contract(const ledger::ContractDeploy& deployment, std::int64_t number);
    [[nodiscard]] Outcome<void> write_producers();
    [[nodiscard]] Outcome<void> write_producer(const ledger::KeyBytes& key, std::uint64_t iteration, bool missed);

    Database& database_;
    Accounts& accounts_;
    const ledger::BlockHeader& header_;
    const Chronicle::Content& content_;
    std::map<Origin, Group> groups_{};
    std::int64_t count_ = 0;  // of events
};

}  // namespace dusk::chronicle
