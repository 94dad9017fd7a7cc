// bench-archive [BLOCKS]: how fast an archive is written and read, in SQLite and in PostgreSQL (a server that it
// starts), as a table. `./dev bench archive` builds and runs it.
//
// The chain is in memory, so that only the archive is measured: each block has 50 public payments between 1000
// accounts, 20 events of a contract, and rewards for 64 provisioners.
#include "base/archive.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <random>

#include "chain/test_store.hpp"
#include "chronicle/follow.hpp"
#include "chronicle/lists.hpp"
#include "chronicle/sqlite_database.hpp"
#include "chronicle/test_postgres.hpp"
#include "crypto/chacha_rng.hpp"
#include "execution/block_execution.hpp"
#include "ledger/sample_transactions.hpp"
#include "ledger/stake_contract.hpp"
#include "ledger/transfer_events.hpp"

namespace dusk::bench {
namespace {

namespace fs = std::filesystem;
using chronicle::AccountBytes;
using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kAccounts = 1000;
constexpr std::uint64_t kPayments = 50;
constexpr std::uint64_t kCalls = 20;
constexpr std::uint64_t kProvisioners = 64;
constexpr std::uint64_t kEvents = kPayments + kCalls + 1;  // of a block
constexpr int kQuestions = 200;
const ledger::ContractId kContract{{7}};

class Made {
  public:
    explicit Made(std::uint64_t blocks) {
        crypto::ChaChaRng random(1);
        for (std::uint64_t i = 0; i < kAccounts; ++i) {
            keys_.push_back(crypto::BlsSecretKey::random(random).public_key());
            accounts.push_back(keys_.back().to_bytes());
        }
        const ledger::Block genesis{.header = ledger::genesis_header({}, 1'700'000'000)};
        must(store.begin(genesis).has_value());
        hash = genesis.header.hash;
        for (std::uint64_t height = 1; height <= blocks; ++height) add(height, genesis.header);
        store.content.heights.at({blocks}).label = {ledger::Label::Kind::final, 1};
    }

    chain::TestStore store;
    ledger::BlockHash hash{};  // of the first block
    std::vector<AccountBytes> accounts{};

    static void must(bool holds) {
        if (!holds) std::abort();
    }

  private:
    std::size_t below(std::size_t count) { return random_() % count; }

    void add(std::uint64_t height, ledger::BlockHeader header) {
        header.height = {height};
        header.timestamp += 10 * height;
        header.hash = {};
        store_le<std::uint64_t>(header.hash.bytes.data(), height);
        header.generator = {accounts[height % kProvisioners]};
        chain::AcceptedBlock block{.block = {.header = header}, .label = {ledger::Label::Kind::accepted, 0}};
        auto receipts = std::make_shared<execution::BlockReceipts>();
        const auto report = [&](const ledger::ContractId& source, std::string_view topic, ByteView data) {
            receipts->events.add({source.bytes, topic, data, false});
        };
        static const ledger::Transaction sample = ledger::samples::some_moonlight(1, 0);
        for (std::uint64_t i = 0; i < kPayments; ++i) {
            const std::size_t from = below(kAccounts);
            const std::size_t to = below(kAccounts);
            ledger::MoonlightTransaction one = *sample.moonlight();
            one.payload.sender = keys_[from];
            one.payload.receiver = keys_[to];
            one.payload.nonce = {height * kPayments + i};
            one.payload.fee.gas_price = {1};
            if (i < kCalls) one.payload.data = ledger::ContractCall{kContract, "set", Bytes(40, 1)};
            ledger::SpentTransaction spent{
                .transaction = {.transaction = {std::move(one)}}, .block_height = {height}, .gas_spent = {1'000'000}};
            if (i < kCalls) report(kContract, i % 4 == 0 ? "rare" : "set", Bytes(64, 2));
            ledger::MoonlightTransactionEvent event;
            event.sender = keys_[from];
            event.receiver = keys_[to];
            event.value = {i};
            report(ledger::kTransferContract, "moonlight", archive_write(event));
            receipts->origins.push_back({.transaction = spent.transaction.id(), .events = i < kCalls ? 2U : 1U});
            block.block.transactions.push_back(spent.transaction);
            block.spent.push_back(std::move(spent));
        }
        std::vector<ledger::Reward> rewards;
        for (std::uint64_t i = 0; i < kProvisioners; ++i) {
            const bool is_generator = i == height % kProvisioners;
            rewards.push_back({keys_[i],
                               {1000 + i},
                               is_generator ? ledger::RewardReason::generator_fixed : ledger::RewardReason::voter});
        }
        report(ledger::kStakeContract, "reward", archive_write(rewards));
        receipts->origins.push_back({.transaction = {}, .events = 1});
        block.receipts = std::move(receipts);
        must(store.accept(block).has_value());
    }

    std::vector<ledger::AccountKey> keys_;
    std::mt19937_64 random_{2};
};

double seconds(Clock::duration time) { return std::chrono::duration<double>(time).count(); }

struct Column {
    std::vector<std::string> cells{};
};

template <class Ask>
std::string time_of(Ask&& ask) {
    std::vector<double> times;
    for (int i = 0; i < kQuestions; ++i) {
        const auto begin = Clock::now();
        Made::must(ask(static_cast<std::uint64_t>(i)) > 0);
        times.push_back(1000 * seconds(Clock::now() - begin));
    }
    std::ranges::sort(times);
    return fmt::format("{:.2f} / {:.2f} ms", times[times.size() / 2], times[times.size() * 95 / 100]);
}

constexpr std::array kRows{"writing, blocks a second",
                           "writing, events a second",
                           "bytes for each event, with all indexes",
                           "history of an account, 50 rows",
                           "rewards of a provisioner, 50 rows",
                           "transactions of an account as GraphQL gives them, the last 50",
                           "events of a contract, 50",
                           "events of a contract by topic, 50",
                           "the same from the middle of the chain",
                           "calls of a contract, 50",
                           "blocks of a provisioner with rewards, 50",
                           "counts of 30 days"};

Column measure(Made& made, chronicle::Database& database, const std::function<std::uint64_t()>& bytes) {
    Column out;
    const std::uint64_t blocks = made.store.content.heights.size() - 1;
    {
        auto chronicle = chronicle::Chronicle::open(database, made.hash);
        Made::must(chronicle.has_value());
        const auto begin = Clock::now();
        while (true) {
            const auto step = chronicle::follow(made.store, *chronicle);
            Made::must(step.has_value());
            if (!step->is_behind()) break;
        }
        const double time = seconds(Clock::now() - begin);
        out.cells.push_back(fmt::format("{:.0f}", static_cast<double>(blocks) / time));
        out.cells.push_back(fmt::format("{:.0f}", static_cast<double>(blocks * kEvents) / time));
    }
    out.cells.push_back(fmt::format("{}", bytes() / (blocks * kEvents)));
    chronicle::Lists lists(database);
    auto queries = chronicle::Queries::open(database);
    Made::must(queries.has_value());
    constexpr std::uint32_t kUsual = (1U << 11U) - 1;
    const auto account = [&](std::uint64_t i) { return made.accounts[i * 7 % kAccounts]; };
    const auto middle = static_cast<std::int64_t>(blocks * kEvents / 2);
    out.cells.push_back(time_of([&](auto i) { return lists.history(account(i), kUsual, {}).value().size(); }));
    out.cells.push_back(
        time_of([&](auto i) { return lists.history(made.accounts[i % kProvisioners], ~kUsual, {}).value().size(); }));
    out.cells.push_back(time_of([&](auto i) {
        return queries->history({.account = account(i), .order = chronicle::HistoryOrder::descending, .most = 50})
            .value()
            .size();
    }));
    out.cells.push_back(time_of([&](auto) { return lists.events(kContract, {}, {}).value().size(); }));
    out.cells.push_back(time_of([&](auto) { return lists.events(kContract, "rare", {}).value().size(); }));
    out.cells.push_back(time_of([&](auto i) {
        return lists.events(kContract, "rare", {.after = middle + static_cast<std::int64_t>(i)}).value().size();
    }));
    out.cells.push_back(time_of([&](auto) { return lists.transactions({.contract = kContract}, {}).value().size(); }));
    out.cells.push_back(
        time_of([&](auto i) { return lists.blocks_of(made.accounts[i % kProvisioners], {}).value().size(); }));
    std::vector<std::uint64_t> days;
    for (std::uint64_t i = 0; i <= 30; ++i) days.push_back(1'700'000'000 + i * blocks / 3);
    out.cells.push_back(time_of([&](auto) { return lists.periods(days).value().size(); }));
    return out;
}

std::uint64_t size_of(const fs::path& file) {
    std::uint64_t out = 0;
    for (const char* end : {"", "-wal"}) {
        std::error_code error;
        const auto size = fs::file_size(file.string() + end, error);
        if (!error) out += size;
    }
    return out;
}

int run(std::uint64_t blocks) {
    fmt::print(stderr, "making a chain of {} blocks with {} events each\n", blocks, kEvents);
    Made made(blocks);
    std::vector<std::pair<std::string, Column>> columns;
    {
        const fs::path folder = fs::temp_directory_path() / fmt::format("dusk-bench-archive-{}", ::getpid());
        fs::create_directories(folder);
        {
            auto database = chronicle::open_sqlite(folder / "archive.sqlite3", chronicle::Access::write);
            Made::must(database.has_value());
            fmt::print(stderr, "SQLite\n");
            columns.emplace_back("SQLite",
                                 measure(made, **database, [&] { return size_of(folder / "archive.sqlite3"); }));
        }
        fs::remove_all(folder);
    }
    if (chronicle::postgres_programs().empty()) {
        fmt::print(stderr, "no PostgreSQL server on this machine: only SQLite was measured\n");
    } else {
        chronicle::TestPostgres server;
        server.make("bench");
        const auto database = server.open("bench");
        fmt::print(stderr, "PostgreSQL\n");
        columns.emplace_back("PostgreSQL", measure(made, *database, [&] {
                                 std::uint64_t out = 0;
                                 Made::must(database
                                                ->run("SELECT pg_database_size(current_database())", {},
                                                      [&](const chronicle::Row& row) {
                                                          out = static_cast<std::uint64_t>(row.number(0));
                                                          return false;
                                                      })
                                                .has_value());
                                 return out;
                             }));
    }
    std::string head = "| what |";
    std::string line = "| --- |";
    for (const auto& [name, column] : columns) {
        head += fmt::format(" {} |", name);
        line += " --- |";
    }
    fmt::print("{}\n{}\n", head, line);
    for (std::size_t i = 0; i < kRows.size(); ++i) {
        std::string row = fmt::format("| {} |", kRows.at(i));
        for (const auto& [name, column] : columns) row += fmt::format(" {} |", column.cells.at(i));
        fmt::print("{}\n", row);
    }
    return 0;
}

}  // namespace
}  // namespace dusk::bench

int main(int argc, char** argv) {
    const std::uint64_t blocks = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 2000;
    if (blocks < 100 || blocks > 1'000'000) {
        fmt::print(stderr, "usage: bench-archive [BLOCKS], from 100 to 1000000\n");
        return 2;
    }
    return dusk::bench::run(blocks);
}
