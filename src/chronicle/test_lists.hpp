// For tests: what a chronicle must list of a chain, found by going through all of it.
#pragma once

#include <map>

#include "chronicle/lists.hpp"
#include "chronicle/test_chain.hpp"

namespace dusk::chronicle {

class ListComparison {
  public:
    ListComparison(const std::vector<MadeBlock>& blocks, std::uint64_t last_final, Database& database)
        : blocks_(blocks), final_(last_final), lists_(database) {}

    void run() {
        compare_transactions();
        compare_histories();
        compare_producers();
        compare_contracts();
        compare_events();
        compare_periods();
        const auto last = lists_.last_final();
        ASSERT_TRUE(last.has_value() && last->has_value());
        EXPECT_EQ((*last)->height, ledger::Height{final_});
        EXPECT_EQ((*last)->time, blocks_[final_].header.timestamp);
    }

  private:
    struct Placed {
        const MadeBlock* block = nullptr;
        const MadeTransaction* made = nullptr;
        std::uint64_t index = 0;
    };

    // All parts of a list, one after the other.
    template <class Item, class Read>
    static std::vector<Item> all(ListPart part, Read&& read) {
        part.most = 3;
        std::vector<Item> out;
        for (int i = 0; i < 1000; ++i) {
            const auto some = read(part);
            if (!some.has_value()) {
                ADD_FAILURE() << some.error().text;
                break;
            }
            EXPECT_LE(some->size(), part.most);
            if (some->empty()) break;
            part.after = some->back().place;
            out.insert(out.end(), some->begin(), some->end());
        }
        return out;
    }
    [[nodiscard]] std::vector<ListPart> parts() const {
        return {{},
                {.rising = true},
                {.from = {final_ / 3}, .to = ledger::Height{final_ / 2}, .rising = true},
                {.from = {final_ / 2}}};
    }
    [[nodiscard]] bool has(const ListPart& part, const MadeBlock& block) const {
        return block.header.height.value <= final_ && block.header.height >= part.from &&
               (!part.to || block.header.height <= *part.to);
    }
    template <class Take>
    void for_each(const ListPart& part, Take&& take) const {
        for (const MadeBlock& block : blocks_) {
            if (!has(part, block)) continue;
            std::uint64_t index = 0;
            for (const MadeTransaction& made : block.transactions)
                take(Placed{&block, &made, made.spent ? index++ : 0});
        }
    }

    void compare_transactions() {
        std::vector<TransactionFilter> filters{
            {}, {.kind = TransactionKind::deploy}, {.failed = true}, {.failed = false}};
        filters.push_back({.contract = RandomChain::contract(1)});
        filters.push_back({.kind = TransactionKind::call, .failed = true, .contract = RandomChain::contract(2)});
        for (const TransactionFilter& filter : filters) {
            for (const ListPart& part : parts()) {
                std::vector<Placed> expected;
                for_each(part, [&](const Placed& one) {
                    if (!one.made->spent) return;
                    const auto& spent = *one.made->spent;
                    const ledger::Transaction& transaction = spent.transaction.transaction;
                    if (filter.kind && kind_of(transaction) != *filter.kind) return;
                    if (filter.failed && spent.error.has_value() != *filter.failed) return;
                    const auto* call = transaction.call();
                    if (filter.contract && (call == nullptr || call->contract != *filter.contract)) return;
                    expected.push_back(one);
                });
                if (!part.rising) std::ranges::reverse(expected);
                const auto found = all<ListedTransaction>(
                    part, [&](const ListPart& some) { return lists_.transactions(filter, some); });
                ASSERT_EQ(found.size(), expected.size());
                for (std::size_t i = 0; i < found.size(); ++i) compare(found[i], expected[i]);
            }
        }
        for (const MadeBlock& block : blocks_) {
            for (const MadeTransaction& made : block.transactions) {
                if (!made.spent) continue;
                const auto one = lists_.transaction(*made.id);
                ASSERT_TRUE(one.has_value()) << one.error().text;
                ASSERT_TRUE(one->has_value());
                EXPECT_EQ((*one)->is_final, block.header.height.value <= final_);
                const auto found = lists_.search(ByteView(made.id->bytes).first(5), 2).value();
                const bool is_found = std::ranges::any_of(found, [&](const Lists::Found& some) {
                    return some.kind == Lists::Found::Kind::transaction && some.name == made.id->bytes;
                });
                EXPECT_EQ(is_found, block.header.height.value <= final_);
            }
        }
        EXPECT_FALSE(lists_.transaction({}).value().has_value());
    }
    void compare(const ListedTransaction& found, const Placed& expected) {
        const auto& spent = *expected.made->spent;
        const ledger::Transaction& transaction = spent.transaction.transaction;
        EXPECT_EQ(found.id, *expected.made->id);
        EXPECT_EQ(found.height, expected.block->header.height);
        EXPECT_EQ(found.block, expected.block->header.hash);
        EXPECT_EQ(found.time, expected.block->header.timestamp);
        EXPECT_EQ(found.index, expected.index);
        EXPECT_EQ(found.gas_spent, spent.gas_spent);
        EXPECT_EQ(found.gas_limit, transaction.gas_limit());
        EXPECT_EQ(found.gas_price, transaction.gas_price());
        EXPECT_EQ(found.error, spent.error);
        EXPECT_EQ(found.kind, kind_of(transaction));
        EXPECT_EQ(found.is_shielded, transaction.phoenix() != nullptr);
        if (const auto* open = transaction.moonlight()) {
            EXPECT_EQ(found.sender, open->payload.sender.to_bytes());
            EXPECT_EQ(found.receiver.value_or(*found.sender), open->payload.receiver.to_bytes());
            EXPECT_EQ(found.amount, open->payload.value);
        } else {
            EXPECT_FALSE(found.sender || found.receiver);
        }
        if (const auto* call = transaction.call()) {
            EXPECT_EQ(found.contract, call->contract);
            EXPECT_EQ(found.function, call->fn_name);
        }
        const auto events = lists_.events_of(found);
        ASSERT_TRUE(events.has_value()) << events.error().text;
        ASSERT_EQ(events->size(), expected.made->events.size());
        for (std::size_t i = 0; i < events->size(); ++i) EXPECT_EQ((*events)[i].data, expected.made->events[i].data);
    }

    void compare_histories() {
        struct Expected {
            Happening happening{};
            std::uint64_t lux = 0;
            ledger::Height height{};
            const vm::Event* event = nullptr;
        };
        const std::uint32_t some = (1U << static_cast<unsigned>(Happening::sent)) |
                                   (1U << static_cast<unsigned>(Happening::staked)) |
                                   (1U << static_cast<unsigned>(Happening::reward_voter));
        for (const ledger::AccountKey& key : RandomChain::accounts()) {
            const AccountBytes account = key.to_bytes();
            for (const std::uint32_t wanted : {Lists::kAllHappenings, some}) {
                for (const ListPart& part : parts()) {
                    std::vector<Expected> expected;
                    for (const MadeBlock& block : blocks_) {
                        if (!has(part, block)) continue;
                        std::map<ByteArray<32>, const MadeTransaction*> by_origin;
                        for (const auto& made : block.transactions) {
                            by_origin[made.id ? made.id->bytes : block.header.hash.bytes] = &made;
                        }
                        for (const auto& [origin, made] : by_origin) {
                            std::map<std::pair<std::size_t, Happening>, std::uint64_t> told;
                            for (const auto& one : made->happened) {
                                if (one.account == account) told[{one.event, one.happening}] += one.lux;
                            }
                            for (const auto& [what, lux] : told) {
                                if ((wanted >> static_cast<unsigned>(what.second) & 1U) == 0) continue;
                                expected.push_back({what.second, lux, block.header.height, &made->events[what.first]});
                            }
                        }
                    }
                    if (!part.rising) std::ranges::reverse(expected);
                    const auto found = all<ListedHappening>(
                        part, [&](const ListPart& one) { return lists_.history(account, wanted, one); });
                    ASSERT_EQ(found.size(), expected.size());
                    for (std::size_t i = 0; i < found.size(); ++i) {
                        EXPECT_EQ(found[i].happening, expected[i].happening);
                        EXPECT_EQ(found[i].amount.value, expected[i].lux);
                        EXPECT_EQ(found[i].event.height, expected[i].height);
                        EXPECT_EQ(found[i].event.data, expected[i].event->data);
                    }
                }
            }
        }
        EXPECT_TRUE(lists_.history(AccountBytes{9}, Lists::kAllHappenings, {}).value().empty());
    }

    void compare_producers() {
        std::map<AccountBytes, ProvisionerSum> sums;
        for (const MadeBlock& block : blocks_) {
            if (block.header.height.value > final_ || block.header.height.value == 0) continue;
            const auto& failed = block.header.failed_iterations.iterations;
            std::set<std::pair<AccountBytes, std::size_t>> missed;
            for (std::size_t i = 0; i < failed.size(); ++i) {
                if (failed[i]) missed.insert({failed[i]->generator.bytes, i});
            }
            for (const auto& [account, iteration] : missed) ++sums[account].missed;
            // A header that lists its own iteration as failed does not come from a network.
            if (!missed.contains({block.header.generator.bytes, block.header.iteration})) {
                ++sums[block.header.generator.bytes].produced;
            }
        }
        for (const MadeBlock& block : blocks_) {
            if (block.header.height.value > final_) continue;
            for (const auto& made : block.transactions) {
                for (const auto& one : made.happened) {
                    const auto at = sums.find(one.account);
                    if (at == sums.end()) continue;
                    if (is_reward(one.happening)) at->second.rewards.value += one.lux;
                }
                for (const auto& one : made.happened) {
                    const bool is_slash =
                        one.happening == Happening::slashed || one.happening == Happening::hard_slashed;
                    if (is_slash && sums.contains(one.account)) ++sums[one.account].slashes;
                }
            }
        }
        const auto found = lists_.provisioners({0}, {blocks_.size()});
        ASSERT_TRUE(found.has_value()) << found.error().text;
        ASSERT_EQ(found->size(), sums.size());
        for (const ProvisionerSum& one : *found) {
            const ProvisionerSum& sum = sums[one.account];
            EXPECT_EQ(one.produced, sum.produced);
            EXPECT_EQ(one.missed, sum.missed);
            EXPECT_EQ(one.rewards, sum.rewards);
            EXPECT_EQ(one.slashes, sum.slashes);
            for (const ListPart& part : {ListPart{}, ListPart{.rising = true}}) {
                const auto blocks =
                    all<ListedBlock>(part, [&](const ListPart& some) { return lists_.blocks_of(one.account, some); });
                EXPECT_EQ(static_cast<std::uint64_t>(std::ranges::count(blocks, true, &ListedBlock::missed)),
                          sum.missed);
                EXPECT_EQ(blocks.size(), sum.produced + sum.missed);
                for (const ListedBlock& block : blocks) compare(block, one.account);
            }
        }
    }
    void compare(const ListedBlock& found, const AccountBytes& account) {
        const MadeBlock& block = blocks_[found.height.value];
        EXPECT_EQ(found.hash, block.header.hash);
        EXPECT_EQ(found.time, block.header.timestamp);
        std::uint64_t transactions = 0;
        std::uint64_t gas = 0;
        std::uint64_t reward = 0;
        for (const auto& made : block.transactions) {
            transactions += made.spent ? 1 : 0;
            gas += made.spent ? made.spent->gas_spent.value : 0;
            for (const auto& one : made.happened) {
                const bool is_of_generator = one.happening == Happening::reward_generator_fixed ||
                                             one.happening == Happening::reward_generator_extra;
                if (one.account == account && is_of_generator) reward += one.lux;
            }
        }
        EXPECT_EQ(found.transactions, transactions);
        EXPECT_EQ(found.gas_spent, gas);
        EXPECT_EQ(found.reward.value, found.missed ? 0 : reward);
    }

    void compare_contracts() {
        std::vector<std::pair<ledger::Height, ledger::ContractId>> expected;
        for_each({}, [&](const Placed& one) {
            if (!one.made->spent || one.made->spent->error) return;
            const auto* deployment = one.made->spent->transaction.transaction.deploy();
            if (deployment != nullptr) expected.emplace_back(one.block->header.height, deployment->contract_id());
        });
        std::ranges::sort(expected);
        for (const bool rising : {true, false}) {
            std::vector<std::pair<ledger::Height, ledger::ContractId>> found;
            std::optional<ContractPlace> after;
            while (true) {
                const auto some = lists_.contracts(after, {.rising = rising, .most = 2});
                ASSERT_TRUE(some.has_value()) << some.error().text;
                if (some->empty()) break;
                for (const ListedContract& one : *some) {
                    found.emplace_back(one.height, one.contract);
                    EXPECT_EQ(one.time, blocks_[one.height.value].header.timestamp);
                    EXPECT_TRUE(one.transaction);
                    EXPECT_EQ(one.calls, 0U);
                    EXPECT_EQ(lists_.contract(one.contract).value().value().transaction, one.transaction);
                }
                after = ContractPlace{some->back().height, some->back().contract};
            }
            if (!rising) std::ranges::reverse(found);
            EXPECT_EQ(found, expected);
        }
        EXPECT_FALSE(lists_.contract(RandomChain::contract(1)).value().has_value());
    }

    void compare_events() {
        for (const bool with_topic : {false, true}) {
            for (const ListPart& part : parts()) {
                std::vector<Bytes> expected;
                for (const MadeBlock& block : blocks_) {
                    if (!has(part, block)) continue;
                    std::map<ByteArray<32>, const MadeTransaction*> by_origin;
                    for (const auto& made : block.transactions) {
                        by_origin[made.id ? made.id->bytes : block.header.hash.bytes] = &made;
                    }
                    for (const auto& [origin, made] : by_origin) {
                        for (const vm::Event& event : made->events) {
                            if (event.source != ledger::kTransferContract.bytes) continue;
                            if (!with_topic || event.topic == "moonlight") expected.push_back(event.data);
                        }
                    }
                }
                if (!part.rising) std::ranges::reverse(expected);
                struct Item {
                    std::int64_t place = 0;
                    Bytes data{};
                };
                const auto topic = with_topic ? std::optional<std::string>("moonlight") : std::nullopt;
                const auto found = all<Item>(part, [&](const ListPart& some) -> Outcome<std::vector<Item>> {
                    const auto events = lists_.events(ledger::kTransferContract, topic, some);
                    if (!events) return fail(events.error());
                    std::vector<Item> out;
                    for (const ListedEvent& one : *events) {
                        EXPECT_EQ(one.time, blocks_[one.event.height.value].header.timestamp);
                        out.push_back({one.event.id, one.event.data});
                    }
                    return out;
                });
                ASSERT_EQ(found.size(), expected.size());
                for (std::size_t i = 0; i < found.size(); ++i) EXPECT_EQ(found[i].data, expected[i]);
            }
        }
    }

    void compare_periods() {
        const std::uint64_t begin = blocks_.front().header.timestamp;
        std::vector<std::uint64_t> times;
        for (std::uint64_t i = 0; i < 12; ++i) times.push_back(begin + 1 + i * 250);
        const auto found = lists_.periods(times);
        ASSERT_TRUE(found.has_value()) << found.error().text;
        ASSERT_EQ(found->size(), times.size() - 1);
        std::set<AccountBytes> met;
        for (const MadeBlock& block : blocks_) {  // of the first moment
            if (block.header.timestamp >= times.front()) continue;
            for (const auto& made : block.transactions) {
                for (const auto& accounts : {made.paid, made.was_paid}) met.insert(accounts.begin(), accounts.end());
            }
        }
        for (std::size_t i = 0; i < found->size(); ++i) {
            Period expected{.begin = times[i]};
            for (const MadeBlock& block : blocks_) {
                if (block.header.height.value > final_ || block.header.timestamp < times[i] ||
                    block.header.timestamp >= times[i + 1]) {
                    continue;
                }
                ++expected.blocks;
                for (const auto& made : block.transactions) {
                    expected.events += made.events.size();
                    for (const auto& accounts : {made.paid, made.was_paid}) {
                        for (const auto& account : accounts) expected.accounts += met.insert(account).second ? 1 : 0;
                    }
                    for (const auto& event : made.events) {
                        expected.public_ones += event.topic == "moonlight" ? 1 : 0;
                        expected.shielded_ones += event.topic == "phoenix" ? 1 : 0;
                    }
                    if (!made.spent) continue;
                    const ledger::Transaction& transaction = made.spent->transaction.transaction;
                    ++expected.transactions;
                    expected.failed += made.spent->error ? 1 : 0;
                    expected.calls += transaction.call() != nullptr ? 1 : 0;
                    expected.deployments += transaction.deploy() != nullptr ? 1 : 0;
                    expected.gas += made.spent->gas_spent.value;
                    expected.fees.value += made.spent->gas_spent.value * transaction.gas_price().value;
                }
            }
            const Period& one = (*found)[i];
            EXPECT_EQ(one.begin, expected.begin);
            EXPECT_EQ(one.blocks, expected.blocks);
            EXPECT_EQ(one.public_ones, expected.public_ones);
            EXPECT_EQ(one.shielded_ones, expected.shielded_ones);
            EXPECT_EQ(one.transactions, expected.transactions);
            EXPECT_EQ(one.failed, expected.failed);
            EXPECT_EQ(one.calls, expected.calls);
            EXPECT_EQ(one.deployments, expected.deployments);
            EXPECT_EQ(one.gas, expected.gas);
            EXPECT_EQ(one.fees, expected.fees);
            EXPECT_EQ(one.events, expected.events);
            EXPECT_EQ(one.accounts, expected.accounts);
        }
    }

    const std::vector<MadeBlock>& blocks_;
    std::uint64_t final_;
    Lists lists_;
};

}  // namespace dusk::chronicle
