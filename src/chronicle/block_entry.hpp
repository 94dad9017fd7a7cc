// A block on its way into the tables: its events by origin, what they say of accounts, its transactions, and who made
// it or did not.
#pragma once

#include <map>

#include "chronicle/entries.hpp"
#include "chronicle/flows.hpp"

namespace dusk::chronicle {

class BlockEntry {
  public:
    // All outlive it.
    BlockEntry(Entries& entries, const ledger::BlockHeader& header, const Entries::Content& content)
        : entries_(entries), header_(header), content_(content) {}

    [[nodiscard]] Outcome<Entries::Added> write();

  private:
    using Origin = ByteArray<32>;
    // What was reported under one origin, and the id that comes next.
    struct Group {
        Flows flows{};
        std::int64_t first_event = 0;
        std::int64_t next_event = 0;
    };

    void see(const chain::KeptEvent& event);
    [[nodiscard]] Origin origin_of(const chain::KeptEvent& event) const;
    void number_events(std::int64_t first);
    [[nodiscard]] Totals totals_with(const Totals& before) const;
    // What is known of the stakes, after they were entered.
    [[nodiscard]] Outcome<KnownStakes> write_stakes(bool knows_events);
    [[nodiscard]] Outcome<bool> find_stakes();
    void write_block(const Totals& before, const Totals& now, bool known, KnownStakes stakes);
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

    Entries& entries_;
    const ledger::BlockHeader& header_;
    const Entries::Content& content_;
    std::map<Origin, Group> groups_{};
    std::int64_t count_ = 0;  // of events
    // By its events in the order of emission; nothing where one of them cannot be read.
    std::optional<std::vector<consensus::StakeChange>> stake_changes_{std::in_place};
};

}  // namespace dusk::chronicle
