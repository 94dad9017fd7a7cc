// For tests: chains with events that grow and shrink at random, and what a chronicle must answer about them, found by
// going through all of it.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "base/archive.hpp"
#include "chain/test_store.hpp"
#include "chronicle/chronicle.hpp"
#include "chronicle/follow.hpp"
#include "chronicle/queries.hpp"
#include "chronicle/sqlite_database.hpp"
#include "crypto/chacha_rng.hpp"
#include "execution/block_execution.hpp"
#include "ledger/block_samples.hpp"
#include "ledger/transfer_events.hpp"

namespace dusk::chronicle {

// What is known of a transaction because it was made so.
struct MadeTransaction {
    std::optional<ledger::TransactionId> id{};  // none: the block itself
    std::vector<vm::Event> events{};
    std::set<AccountBytes> paid{};
    std::set<AccountBytes> was_paid{};
    Bytes memo{};
};
struct MadeBlock {
    ledger::BlockHeader header{};
    std::vector<MadeTransaction> transactions{};  // in the order of execution
    bool known = true;
};

class RandomChain {
  public:
    static constexpr std::size_t kAccounts = 4;

    explicit RandomChain(std::uint64_t seed) : random_(seed) { begin(); }

    chain::TestStore store;  // what the chronicle follows
    std::vector<MadeBlock> blocks{};
    std::uint64_t last_final = 0;

    // One change: a block comes, some go, some become final.
    void change() {
        switch (below(8)) {
            case 0: {
                const std::uint64_t height = last_final + below(blocks.size() - last_final);
                ASSERT_TRUE(store.revert_to({height}).has_value());
                blocks.resize(height + 1);
                return;
            }
            case 1:
                last_final += below(blocks.size() - last_final);
                store.content.heights.at({last_final}).label = {ledger::Label::Kind::final, 1};
                return;
            default:
                add();
        }
    }

    [[nodiscard]] const ledger::BlockHash& genesis() const { return blocks.front().header.hash; }
    static const std::vector<ledger::AccountKey>& accounts() {
        static const std::vector<ledger::AccountKey> some = [] {
            crypto::ChaChaRng random(3);
            std::vector<ledger::AccountKey> out;
            for (std::size_t i = 0; i < kAccounts; ++i) {
                out.push_back(crypto::BlsSecretKey::random(random).public_key());
            }
            return out;
        }();
        return some;
    }
    static ledger::ContractId contract(std::uint64_t i) {
        return i == 0 ? ledger::kTransferContract : ledger::ContractId{{static_cast<std::uint8_t>(40 + i)}};
    }

  private:
    std::uint64_t below(std::uint64_t count) { return random_() % count; }
    const ledger::AccountKey& some_account() { return accounts()[below(kAccounts)]; }

    void begin() {
        ledger::Block genesis{.header = ledger::genesis_header({}, 7), .transactions = {}, .faults = {}};
        ASSERT_TRUE(store.begin(genesis).has_value());
        blocks.push_back({.header = genesis.header, .transactions = {}, .known = false});
    }

    static vm::Event event(const ledger::ContractId& source, std::string topic, Bytes data) {
        vm::Event out;
        out.source = source.bytes;
        out.topic = std::move(topic);
        out.data = std::move(data);
        return out;
    }
    template <class T>
    static vm::Event transfer(std::string topic, const T& value) {
        return event(ledger::kTransferContract, std::move(topic), archive_write(value));
    }

    // What a contract does besides: sometimes it pays an account.
    void add_event_of_call(MadeTransaction& out) {
        const ledger::AccountKey& account = some_account();
        switch (below(5)) {
            case 0:
                out.events.push_back(transfer("contract_to_account",
                                              ledger::ContractToAccountEvent{contract(1), account, {below(100)}}));
                break;
            case 1:
                out.events.push_back(
                    transfer(below(2) == 0 ? "withdraw" : "mint",
                             ledger::WithdrawEvent{contract(1), ledger::ToAccount{account}, {below(100)}}));
                break;
            case 2:
                out.events.push_back(
                    transfer("convert", ledger::ConvertEvent{{}, ledger::ToAccount{account}, {below(100)}}));
                break;
            case 3:
                out.events.push_back(
                    transfer("mint", ledger::WithdrawEvent{contract(1), ledger::ToNote{}, {below(100)}}));
                return;
            default: {
                std::string topic = below(3) == 0 ? std::string(below(5000), 't') : "set";
                out.events.push_back(event(contract(1 + below(2)), topic, Bytes(below(40), 9)));
                out.events.back().reverted = below(6) == 0;
                return;
            }
        }
        out.was_paid.insert(account.to_bytes());
    }

    MadeTransaction made_transaction() {
        MadeTransaction out;
        out.id = ledger::TransactionId{};
        for (auto& byte : out.id->bytes) byte = static_cast<std::uint8_t>(random_());
        for (std::uint64_t i = below(4); i > 1; --i) add_event_of_call(out);
        if (below(4) == 0) {
            out.events.push_back(event(ledger::kTransferContract, "phoenix", Bytes(below(30), 1)));
            return out;
        }
        ledger::MoonlightTransactionEvent payment;
        payment.sender = some_account();
        payment.value = {below(50)};
        const AccountBytes sender = ledger::account_bytes(payment.sender);
        out.paid.insert(sender);
        if (below(2) == 0) {
            payment.receiver = some_account();
            out.was_paid.insert(ledger::account_bytes(*payment.receiver));
        } else if (out.events.empty()) {
            out.was_paid.insert(sender);
        }
        if (below(4) == 0) {
            payment.refund_info = ledger::AccountAmount{some_account(), {below(2)}};
            const AccountBytes refunded = ledger::account_bytes(payment.refund_info->account);
            if (payment.refund_info->value.value > 0 && refunded != sender) out.was_paid.insert(refunded);
        }
        if (below(3) == 0) payment.memo = out.memo = Bytes(1 + below(2), 'm');
        out.events.push_back(transfer("moonlight", payment));
        return out;
    }

    void add() {
        MadeBlock made{.header = ledger::BlockSamples(random_()).header()};
        made.header.height = {blocks.size()};
        made.header.prev_block_hash = blocks.back().header.hash;
        made.known = below(10) != 0;
        for (std::uint64_t i = below(4); made.known && i > 0; --i) made.transactions.push_back(made_transaction());
        if (made.known && below(2) == 0) {
            made.transactions.push_back({.events = {event(ledger::kStakeContract, "reward", Bytes{1, 2})}});
        }
        chain::AcceptedBlock block{.block = {.header = made.header, .transactions = {}, .faults = {}},
                                   .label = {ledger::Label::Kind::accepted, 0}};
        if (made.known) {
            auto receipts = std::make_shared<execution::BlockReceipts>();
            for (const MadeTransaction& one : made.transactions) {
                receipts->origins.push_back({.transaction = one.id, .events = one.events.size()});
                for (const vm::Event& told : one.events) {
                    receipts->events.add({told.source, told.topic, told.data, told.reverted});
                }
            }
            block.receipts = receipts;
        }
        ASSERT_TRUE(store.accept(block).has_value());
        blocks.push_back(std::move(made));
    }

    std::mt19937_64 random_;
};

// The answers of a chronicle that has followed a chain to its tip, one after the other, next to those that are found
// without it.
class Comparison {
  public:
    Comparison(const std::vector<MadeBlock>& blocks, std::uint64_t last_final, Queries& queries)
        : blocks_(blocks), final_(last_final), queries_(queries) {
        std::int64_t id = 1;
        for (const MadeBlock& block : blocks) {
            std::map<ByteArray<32>, const MadeTransaction*> by_origin;
            for (const MadeTransaction& one : block.transactions) {
                if (!one.events.empty()) by_origin[origin_of(block, one)] = &one;
            }
            for (const auto& [origin, made] : by_origin) {
                Told told{.block = &block, .made = made, .origin = origin};
                for (const vm::Event& event : made->events) {
                    told.records.push_back({.id = id++,
                                            .height = block.header.height,
                                            .block = block.header.hash,
                                            .origin = origin,
                                            .source = {event.source},
                                            .topic = to_vector(as_bytes(event.topic)),
                                            .data = event.data,
                                            .reverted = event.reverted});
                }
                told_.push_back(std::move(told));
            }
        }
    }

    void run() {
        compare_extent();
        compare_blocks();
        compare_contracts();
        compare_accounts();
        compare_memos();
        compare_counts();
    }

  private:
    struct Told {
        const MadeBlock* block = nullptr;
        const MadeTransaction* made = nullptr;
        ByteArray<32> origin{};
        std::vector<EventRecord> records{};
    };
    using Chosen = std::vector<const Told*>;

    static ByteArray<32> origin_of(const MadeBlock& block, const MadeTransaction& one) {
        return one.id ? one.id->bytes : block.header.hash.bytes;
    }
    [[nodiscard]] bool is_final(const Told& told) const { return told.block->header.height.value <= final_; }
    template <class Condition>
    [[nodiscard]] Chosen chosen(Condition&& condition) const {
        Chosen out;
        for (const Told& told : told_) {
            if (is_final(told) && condition(told)) out.push_back(&told);
        }
        return out;
    }

    static void expect_same(const std::vector<EventRecord>& found, const std::vector<EventRecord>& expected) {
        ASSERT_EQ(found.size(), expected.size());
        for (std::size_t i = 0; i < found.size(); ++i) {
            EXPECT_EQ(found[i].id, expected[i].id);
            EXPECT_EQ(found[i].height, expected[i].height);
            EXPECT_EQ(found[i].block, expected[i].block);
            EXPECT_EQ(found[i].origin, expected[i].origin);
            EXPECT_EQ(found[i].source, expected[i].source);
            EXPECT_EQ(found[i].topic, expected[i].topic);
            EXPECT_EQ(found[i].data, expected[i].data);
            EXPECT_EQ(found[i].reverted, expected[i].reverted);
        }
    }
    static void expect_same(const Outcome<std::vector<TransactionRecord>>& found, const Chosen& expected) {
        ASSERT_TRUE(found.has_value()) << found.error().text;
        ASSERT_EQ(found->size(), expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i) {
            EXPECT_EQ((*found)[i].height, expected[i]->block->header.height);
            EXPECT_EQ((*found)[i].origin, expected[i]->origin);
            expect_same((*found)[i].events, expected[i]->records);
        }
    }

    void compare_extent() {
        const auto extent = queries_.extent();
        ASSERT_TRUE(extent.has_value()) << extent.error().text;
        EXPECT_EQ(extent->first, ledger::Height{0});
        EXPECT_EQ(extent->last, blocks_.back().header.height);
        EXPECT_EQ(extent->last_final, ledger::Height{final_});
        std::uint64_t events = 0;
        for (const Told& told : told_) events += told.records.size();
        EXPECT_EQ(extent->events, events);
        std::uint64_t unknown = 0;
        for (std::size_t i = 1; i < blocks_.size(); ++i) unknown += blocks_[i].known ? 0 : 1;
        EXPECT_EQ(extent->unknown_blocks, unknown);
    }
    void compare_blocks() {
        for (const MadeBlock& block : blocks_) {
            std::vector<EventRecord> expected;
            for (const Told& told : told_) {
                if (told.block == &block) expected.insert(expected.end(), told.records.begin(), told.records.end());
            }
            if (block.header.height.value > final_) {  // in the order of execution
                std::vector<EventRecord> emitted;
                for (const MadeTransaction& one : block.transactions) {
                    for (const EventRecord& record : expected) {
                        if (record.origin == origin_of(block, one)) emitted.push_back(record);
                    }
                }
                expected = std::move(emitted);
            }
            const auto by_height = queries_.events_of(block.header.height);
            ASSERT_TRUE(by_height.has_value() && by_height->has_value());
            expect_same(**by_height, expected);
            const auto by_hash = queries_.events_of(block.header.hash);
            ASSERT_TRUE(by_hash.has_value() && by_hash->has_value());
            expect_same(**by_hash, expected);
        }
        EXPECT_FALSE(queries_.events_of(ledger::Height{blocks_.size()}).value().has_value());
        EXPECT_FALSE(queries_.events_of(ledger::BlockHash{}).value().has_value());
        EXPECT_EQ(queries_.events_of_last().value()->size(),
                  queries_.events_of(blocks_.back().header.height).value()->size());
    }
    void compare_contracts() {
        for (std::uint64_t i = 0; i < 4; ++i) {
            for (const bool with_topic : {false, true}) {
                EventFilter filter{.most = 3};
                if (i < 3) filter.source = RandomChain::contract(i);
                if (with_topic && i == 3) continue;
                if (with_topic) filter.topic = i == 0 ? "moonlight" : "set";
                filter.from = {final_ / 4};
                std::vector<EventRecord> expected;
                for (const Told* told :
                     chosen([&](const Told& one) { return one.block->header.height >= filter.from; })) {
                    for (const EventRecord& record : told->records) {
                        if (filter.source && record.source != *filter.source) continue;
                        if (filter.topic && !equal(record.topic, as_bytes(*filter.topic))) continue;
                        expected.push_back(record);
                    }
                }
                std::vector<EventRecord> found;
                while (true) {  // page by page
                    const auto page = queries_.events(filter);
                    ASSERT_TRUE(page.has_value()) << page.error().text;
                    ASSERT_LE(page->size(), filter.most);
                    if (page->empty()) break;
                    filter.after = page->back().id;
                    found.insert(found.end(), page->begin(), page->end());
                }
                expect_same(found, expected);
            }
        }
    }
    void compare_accounts() {
        const ledger::Height from{final_ / 3};
        const ledger::Height to{final_ - final_ / 5};
        const auto in_range = [&](const Told& told) {
            return told.block->header.height >= from && told.block->header.height <= to;
        };
        for (const ledger::AccountKey& key : RandomChain::accounts()) {
            const AccountBytes account = key.to_bytes();
            const auto has_part = [&](const Told& told) {
                return told.made->paid.contains(account) || told.made->was_paid.contains(account);
            };
            Chosen all = chosen(has_part);
            expect_same(queries_.history({.account = account}), all);
            std::ranges::reverse(all);
            expect_same(queries_.history({.account = account, .order = HistoryOrder::descending}), all);
            expect_same(queries_.history({.account = account, .from = from, .to = to}),
                        chosen([&](const Told& told) { return has_part(told) && in_range(told); }));
            const auto paid = chosen([&](const Told& told) { return told.made->paid.contains(account); });
            expect_same(queries_.transfers({.sender = account}), paid);
            Chosen second(paid.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(2, paid.size())),
                          paid.end());
            if (second.size() > 2) second.resize(2);
            expect_same(queries_.transfers({.sender = account, .most = 2, .skipped = 2}), second);
            expect_same(
                queries_.transfers({.receiver = account, .from = from, .to = to}),
                chosen([&](const Told& told) { return told.made->was_paid.contains(account) && in_range(told); }));
            const AccountBytes other = RandomChain::accounts().front().to_bytes();
            expect_same(queries_.transfers({.sender = account, .receiver = other}), chosen([&](const Told& told) {
                            return told.made->paid.contains(account) && told.made->was_paid.contains(other);
                        }));
        }
    }
    void compare_memos() {
        for (const Bytes& memo : {Bytes{'m'}, Bytes{'m', 'm'}, Bytes{'x'}}) {
            expect_same(queries_.with_memo(memo), chosen([&](const Told& told) { return told.made->memo == memo; }));
        }
    }
    void compare_counts() {
        std::uint64_t public_ones = 0;
        std::uint64_t shielded = 0;
        std::set<AccountBytes> accounts;
        std::set<std::uint64_t> heights;
        for (const Told* told : chosen([](const Told&) { return true; })) {
            if (told->made->id && !told->made->paid.empty()) ++public_ones;
            accounts.insert(told->made->paid.begin(), told->made->paid.end());
            accounts.insert(told->made->was_paid.begin(), told->made->was_paid.end());
            for (const vm::Event& event : told->made->events) {
                if (event.topic != "phoenix") continue;
                ++shielded;
                heights.insert(told->block->header.height.value);
            }
        }
        const auto counts = queries_.transactions();
        ASSERT_TRUE(counts.has_value()) << counts.error().text;
        EXPECT_EQ(counts->public_ones, public_ones);
        EXPECT_EQ(counts->shielded_ones, shielded);
        EXPECT_EQ(queries_.accounts().value(), accounts.size());
        for (const std::uint64_t height : {std::uint64_t{0}, final_ / 2, final_}) {
            const auto next = heights.upper_bound(height);
            EXPECT_EQ(queries_.next_shielded({height}).value(),
                      next == heights.end() ? std::nullopt : std::optional(ledger::Height{*next}));
        }
    }

    const std::vector<MadeBlock>& blocks_;
    std::uint64_t final_;
    Queries& queries_;
    std::vector<Told> told_{};
};

inline void expect_is(Database& database, const std::vector<MadeBlock>& blocks, std::uint64_t last_final) {
    auto queries = Queries::open(database);
    ASSERT_TRUE(queries.has_value()) << queries.error().text;
    Comparison(blocks, last_final, *queries).run();
}

// Steps until it is where the chain is.
inline void follow_to_tip(RandomChain& chain, Database& database, const StepLimits& limits = {}) {
    auto chronicle = Chronicle::open(database, chain.genesis());
    ASSERT_TRUE(chronicle.has_value()) << chronicle.error().text;
    while (true) {
        const auto step = follow(chain.store, *chronicle, limits);
        ASSERT_TRUE(step.has_value()) << step.error().text;
        EXPECT_EQ(step->missing, 0U);
        if (!step->is_behind()) return;
        ASSERT_GT(step->added, 0U);
    }
}

// Fails before or after a statement, as if the process ended there.
class EndingDatabase final : public Database {
  public:
    EndingDatabase(Database& database, std::uint64_t statements, bool after)
        : database_(database), left_(statements), after_(after) {}
    [[nodiscard]] bool has_ended() const { return ended_; }

    using Database::run;
    Outcome<void> run(std::string_view sql, std::span<const Value> values, const VisitRow& visit) override {
        return guarded([&] { return database_.run(sql, values, visit); });
    }
    Outcome<void> begin_writing() override {
        return guarded([&] { return database_.begin_writing(); });
    }
    Outcome<void> begin_reading() override {
        return guarded([&] { return database_.begin_reading(); });
    }
    Outcome<void> lock() override { return database_.lock(); }
    std::string_view key_type() const override { return database_.key_type(); }
    Outcome<bool> has_table(std::string_view name) override { return database_.has_table(name); }

  private:
    template <class Call>
    Outcome<void> guarded(Call&& call) {
        const Failure end{FailureKind::unreachable, "the process has ended"};
        if (ended_) return fail(end);
        ended_ = left_-- == 0;
        if (!ended_) return call();
        if (after_) static_cast<void>(call());
        return fail(end);
    }

    Database& database_;
    std::uint64_t left_;
    bool after_;
    bool ended_ = false;
};

// The same chains in every database. `open` gives a new connection to one database, empty at first.
using OpenDatabase = std::function<std::unique_ptr<Database>(Access access)>;

// A chain changes, and the chronicle follows in steps of all sizes.
inline void check_random_history(const OpenDatabase& open, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    RandomChain chain(seed);
    auto database = open(Access::write);
    for (auto round = 1 + random() % 4; round > 0; --round) {
        for (auto i = random() % 25; i > 0; --i) chain.change();
        follow_to_tip(chain, *database, {.blocks = 1 + random() % 9, .events = 1 + random() % 30});
        expect_is(*open(Access::read), chain.blocks, chain.last_final);
        if (random() % 2 == 0) {
            database.reset();
            database = open(Access::write);
        }
    }
}

// The process ends at some statement: what is there is that of before or after the step, and the next one goes on.
inline void check_random_end(const OpenDatabase& open, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    RandomChain chain(seed);
    for (auto i = random() % 15; i > 0; --i) chain.change();
    auto database = open(Access::write);
    follow_to_tip(chain, *database);
    const auto blocks = chain.blocks;
    const auto last_final = chain.last_final;
    for (auto i = 1 + random() % 8; i > 0; --i) chain.change();
    {
        EndingDatabase ending(*database, random() % 80, random() % 2 == 0);
        auto chronicle = Chronicle::open(ending, chain.genesis());
        const bool done = chronicle && follow(chain.store, *chronicle);
        ASSERT_NE(done, ending.has_ended());
    }
    database.reset();  // and with it what was not committed
    database = open(Access::write);
    std::optional<Chronicle::Top> top;
    std::optional<ledger::Height> final;
    {
        auto chronicle = Chronicle::open(*database, chain.genesis());
        ASSERT_TRUE(chronicle.has_value()) << chronicle.error().text;
        top = chronicle->top().value();
        final = chronicle->last_final().value();
    }
    ASSERT_TRUE(top.has_value());
    const bool is_new = top->hash == chain.blocks.back().header.hash && final == ledger::Height{chain.last_final};
    expect_is(*database, is_new ? chain.blocks : blocks, is_new ? chain.last_final : last_final);
    follow_to_tip(chain, *database);
    expect_is(*database, chain.blocks, chain.last_final);
}

}  // namespace dusk::chronicle
