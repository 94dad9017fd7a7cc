// What people browse: transactions, what happened to an account, blocks of a provisioner, contracts, counts over time.
// Only what is final, unless said. Each call sees one moment of the chronicle.
#pragma once

#include "chronicle/queries.hpp"
#include "chronicle/transaction_kind.hpp"

namespace dusk::chronicle {

// A part of a list. The latest first, unless `rising`.
struct ListPart {
    ledger::Height from{};
    std::optional<ledger::Height> to{};
    bool rising = false;
    // The `place` of the last item of the part before.
    std::optional<std::int64_t> after{};
    std::size_t most = 50;
};

struct ListedTransaction {
    std::int64_t place = 0;  // its number, from 1 on
    ledger::TransactionId id{};
    ledger::Height height{};
    std::uint64_t time = 0;  // unix seconds, of the block
    ledger::BlockHash block{};
    std::uint64_t index = 0;  // in the block
    bool is_shielded = false;
    TransactionKind kind{};
    std::optional<AccountBytes> sender{};          // nothing: hidden
    std::optional<AccountBytes> receiver{};        // nothing: hidden, or the sender
    ledger::Lux amount{};                          // of public ones
    std::optional<ledger::ContractId> contract{};  // that is called or deployed
    std::string function{};                        // bytes
    ledger::Gas gas_spent{};
    ledger::Gas gas_limit{};
    ledger::GasPrice gas_price{};
    std::optional<std::string> error{};
    bool is_final = true;
    std::int64_t first_event = 0;
    std::int64_t events = 0;
};
struct TransactionFilter {
    std::optional<TransactionKind> kind{};
    std::optional<bool> failed{};
    std::optional<ledger::ContractId> contract{};
};

struct ListedHappening {
    std::int64_t place = 0;
    Happening happening{};
    ledger::Lux amount{};
    std::uint64_t time = 0;
    EventRecord event{};  // that told of it
};

struct ListedBlock {
    std::int64_t place = 0;
    ledger::Height height{};
    ledger::BlockHash hash{};
    std::uint64_t time = 0;
    unsigned iteration = 0;
    bool missed = false;  // it was to make a block in this iteration, and another one made it later
    std::uint64_t transactions = 0;
    std::uint64_t gas_spent = 0;
    ledger::Lux reward{};  // for making it
};

struct ListedContract {
    ledger::ContractId contract{};
    Bytes owner{};
    ledger::Height height{};
    std::uint64_t time = 0;
    std::optional<ledger::TransactionId> transaction{};  // that deployed it; nothing: it was there before
    std::optional<AccountBytes> deployer{};              // nothing: hidden
    std::uint64_t calls = 0;                             // at most `Lists::kMostCounted`: that or more
};
// The contract whose part comes next is below this one, or above it.
struct ContractPlace {
    ledger::Height height{};
    ledger::ContractId contract{};
};

struct ListedEvent {
    EventRecord event{};
    std::uint64_t time = 0;
};

struct ProvisionerSum {
    AccountBytes account{};
    std::uint64_t produced = 0;
    std::uint64_t missed = 0;
    ledger::Lux rewards{};
    std::uint64_t slashes = 0;
};

// What happened from one time to another.
struct Period {
    std::uint64_t begin = 0;  // unix seconds
    std::uint64_t blocks = 0;
    std::uint64_t public_ones = 0;
    std::uint64_t shielded_ones = 0;
    std::uint64_t transactions = 0;
    std::uint64_t failed = 0;
    std::uint64_t calls = 0;
    std::uint64_t deployments = 0;
    std::uint64_t gas = 0;
    ledger::Lux fees{};
    std::uint64_t events = 0;
    std::uint64_t accounts = 0;  // new ones
};

class Lists {
  public:
    static constexpr std::uint64_t kMostCounted = 10'000;
    static constexpr std::size_t kMostProvisioners = 1000;
    static constexpr std::uint32_t kAllHappenings = (1U << kHappenings) - 1;

    // The database outlives this, and is one that `Queries::open` takes.
    explicit Lists(Database& database) : database_(&database) {}

    [[nodiscard]] Outcome<std::vector<ListedTransaction>> transactions(const TransactionFilter& filter,
                                                                       const ListPart& part);
    // Also of a block that is not final.
    [[nodiscard]] Outcome<std::optional<ListedTransaction>> transaction(const ledger::TransactionId& id);
    // What was reported in one, in the order of emission.
    [[nodiscard]] Outcome<std::vector<EventRecord>> events_of(const ListedTransaction& transaction);
    // `happenings`: a bit for each that is wanted.
    [[nodiscard]] Outcome<std::vector<ListedHappening>> history(const AccountBytes& account, std::uint32_t happenings,
                                                                const ListPart& part);
    [[nodiscard]] Outcome<std::vector<ListedBlock>> blocks_of(const AccountBytes& provisioner, const ListPart& part);
    // Who made blocks or was to, those with most blocks first.
    [[nodiscard]] Outcome<std::vector<ProvisionerSum>> provisioners(ledger::Height from, ledger::Height to);
    // By the block that deployed them. `part.after` is not looked at: `after` counts.
    [[nodiscard]] Outcome<std::vector<ListedContract>> contracts(const std::optional<ContractPlace>& after,
                                                                 const ListPart& part);
    [[nodiscard]] Outcome<std::optional<ListedContract>> contract(const ledger::ContractId& id);
    [[nodiscard]] Outcome<std::vector<ListedEvent>> events(const ledger::ContractId& contract,
                                                           const std::optional<std::string>& topic,
                                                           const ListPart& part);
    // One for each two times that follow each other, which rise.
    [[nodiscard]] Outcome<std::vector<Period>> periods(std::span<const std::uint64_t> times);
    // The last final block with its time; nothing in an empty chronicle.
    struct Moment {
        ledger::Height height{};
        std::uint64_t time = 0;
    };
    [[nodiscard]] Outcome<std::optional<Moment>> last_final();
    // From this block on nothing is missing; nothing in an empty chronicle.
    [[nodiscard]] Outcome<std::optional<ledger::Height>> complete_from();
    // Hashes of final blocks and transactions, and ids of contracts, that begin with `prefix` (3 to 32 bytes).
    struct Found {
        enum class Kind : std::uint8_t { block, transaction, contract } kind{};
        ByteArray<32> name{};
    };
    [[nodiscard]] Outcome<std::vector<Found>> search(ByteView prefix, std::size_t most);

  private:
    // Ids of events: of those of blocks from one height to another.
    struct Range {
        std::int64_t first = 0;
        std::int64_t end = 0;
    };
    [[nodiscard]] Outcome<Range> event_range(const ListPart& part);
    [[nodiscard]] Outcome<std::vector<ListedTransaction>> read_transactions(const std::string& sql,
                                                                            std::span<const Value> values);
    [[nodiscard]] Outcome<std::vector<ListedHappening>> read_history(std::int64_t account, bool rewards,
                                                                     std::uint32_t happenings, const ListPart& part,
                                                                     const Range& range);
    [[nodiscard]] Outcome<std::vector<ListedContract>> read_contracts(const std::string& sql,
                                                                      std::span<const Value> values);
    [[nodiscard]] Outcome<std::int64_t> number_of(const AccountBytes& account);
    [[nodiscard]] Outcome<void> add_sums(ProvisionerSum& sum, std::int64_t account, const Range& range);

    Database* database_;
};

}  // namespace dusk::chronicle
