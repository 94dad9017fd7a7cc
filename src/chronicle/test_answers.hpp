// For tests: what a chronicle must answer to its queries about a chain, found by going through all of it.
#pragma once

#include <map>

#include "chronicle/queries.hpp"
#include "chronicle/test_chain.hpp"

namespace dusk::chronicle {

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
        compare_stakes();
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
        std::uint64_t complete_from = 0;
        for (std::size_t i = 1; i < blocks_.size(); ++i) complete_from = blocks_[i].known ? complete_from : i + 1;
        EXPECT_EQ(extent->complete_from, ledger::Height{complete_from});
    }
    void compare_stakes() {
        bool known = false;
        for (std::size_t i = 1; i < blocks_.size(); ++i) {
            known = known || blocks_[i - 1].keeps_stakes;
            const auto found = queries_.stakes_before(blocks_[i].header.hash);
            ASSERT_TRUE(found.has_value()) << found.error().text;
            ASSERT_EQ(found->has_value(), known) << i;
            if (known) EXPECT_EQ(**found, chain::kept_stakes(blocks_[i - 1].stakes)) << i;
            known = known && blocks_[i].stakes_follow;
        }
        EXPECT_EQ(queries_.stakes_before(blocks_.front().header.hash).value(), std::nullopt);
        EXPECT_EQ(queries_.stakes_before({{9}}).value(), std::nullopt);
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

}  // namespace dusk::chronicle
