// What can be asked of a chronicle (spec/interfaces.md §3, §7.3, §9.3). Each call sees one moment of it.
#pragma once

#include <optional>
#include <vector>

#include "chain/kept_stakes.hpp"
#include "chronicle/database.hpp"
#include "chronicle/flows.hpp"
#include "chronicle/happenings.hpp"
#include "ledger/block_names.hpp"
#include "ledger/quantities.hpp"

namespace dusk::chronicle {

struct EventRecord {
    std::int64_t id = 0;
    ledger::Height height{};
    ledger::BlockHash block{};
    ByteArray<32> origin{};  // a transaction, or the block
    ledger::ContractId source{};
    Bytes topic{};
    Bytes data{};
    bool reverted = false;
};
// A transaction by what was reported in it, in the order of emission.
struct TransactionRecord {
    ledger::Height height{};
    ByteArray<32> origin{};
    std::vector<EventRecord> events{};
};

// Only what is final.
struct EventFilter {
    std::optional<ledger::ContractId> source{};
    std::optional<std::string> topic{};  // with a source only
    ledger::Height from{};
    std::optional<ledger::Height> to{};
    std::int64_t after = 0;  // ids above it
    std::size_t most = 50;
};
struct TransferFilter {
    std::optional<AccountBytes> sender{};
    std::optional<AccountBytes> receiver{};
    ledger::Height from{};
    std::optional<ledger::Height> to{};
    std::optional<std::uint64_t> most{};
    std::uint64_t skipped = 0;  // of the first ones
};
enum class HistoryOrder : std::uint8_t { ascending, descending };
struct HistoryFilter {
    AccountBytes account{};
    ledger::Height from{};
    std::optional<ledger::Height> to{};
    HistoryOrder order = HistoryOrder::ascending;
    std::int64_t after = 0;  // ids of first events above it
    std::optional<std::uint64_t> most{};
};

struct TransactionCounts {
    std::uint64_t public_ones = 0;
    std::uint64_t shielded_ones = 0;
};
// How far the chronicle is.
struct Extent {
    std::optional<ledger::Height> first{};
    std::optional<ledger::Height> last{};
    std::optional<ledger::Height> last_final{};
    std::uint64_t unknown_blocks = 0;  // whose events are not here
    // From this block on all is here up to the last one.
    std::optional<ledger::Height> complete_from{};
    std::uint64_t events = 0;
};

class Queries {
  public:
    static constexpr std::size_t kMostBytes = std::size_t{64} << 20;  // of the events of one answer

    // The database outlives this. Errors: unreachable (no chronicle), unknown_version.
    [[nodiscard]] static Outcome<Queries> open(Database& database);

    // By id, which is by height.
    [[nodiscard]] Outcome<std::vector<EventRecord>> events(const EventFilter& filter);
    // All of one block: of one that is final by id, else in the order of emission. Nothing where it is not here.
    [[nodiscard]] Outcome<std::optional<std::vector<EventRecord>>> events_of(ledger::Height height);
    [[nodiscard]] Outcome<std::optional<std::vector<EventRecord>>> events_of(const ledger::BlockHash& hash);
    [[nodiscard]] Outcome<std::optional<std::vector<EventRecord>>> events_of_last();

    // Final transactions by which the account paid or was paid, by height and origin.
    [[nodiscard]] Outcome<std::vector<TransactionRecord>> history(const HistoryFilter& filter);
    // Those with this sender, this receiver, or both.
    [[nodiscard]] Outcome<std::vector<TransactionRecord>> transfers(const TransferFilter& filter);
    [[nodiscard]] Outcome<std::vector<TransactionRecord>> with_memo(ByteView memo);

    // The lowest final block above `height` with a shielded transaction.
    [[nodiscard]] Outcome<std::optional<ledger::Height>> next_shielded(ledger::Height height);
    [[nodiscard]] Outcome<std::uint64_t> accounts();  // up to the last final block
    [[nodiscard]] Outcome<TransactionCounts> transactions();
    [[nodiscard]] Outcome<Extent> extent();
    // The stakes that the committees of a block were drawn from, also of one that is not final; nothing where they are
    // not known or the block is not here.
    [[nodiscard]] Outcome<std::optional<std::vector<chain::KeptStake>>> stakes_before(const ledger::BlockHash& block);

  private:
    struct Span {
        ledger::Height height{};
        std::int64_t first = 0;
        std::int64_t count = 0;
    };
    explicit Queries(Database& database) : database_(&database) {}

    [[nodiscard]] Outcome<std::vector<EventRecord>> read(std::string_view sql, std::initializer_list<Value> values);
    [[nodiscard]] Outcome<std::optional<std::vector<EventRecord>>> events_where(std::string_view sql,
                                                                                std::initializer_list<Value> values);
    [[nodiscard]] Outcome<std::vector<TransactionRecord>> records(std::string_view sql,
                                                                  std::initializer_list<Value> values);

    Database* database_;
};

}  // namespace dusk::chronicle
