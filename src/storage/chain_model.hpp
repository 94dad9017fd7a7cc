// For tests: what a chain store holds, as plain values, and random histories that change both.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <random>

#include "execution/block_execution.hpp"
#include "ledger/block_samples.hpp"
#include "ledger/sample_transactions.hpp"
#include "storage/block_record.hpp"
#include "storage/chain_store.hpp"

namespace dusk::storage {

struct ChainModel {
    std::vector<chain::AcceptedBlock> blocks{};  // by height
    std::uint64_t first = 1;                     // blocks between genesis and this height were forgotten
    std::map<ledger::BlockHash, ledger::Block> candidates{};
    std::map<ledger::ConsensusHeader, ledger::ValidationResult> results{};
    std::optional<chain::BlockStore::LastIteration> last_iteration{};
    std::map<ledger::Step, chain::BlockStore::StepTimes> step_times{};
};

// One change of a store and of its model; a function of the number and of what the model holds.
class ChainHistory {
  public:
    explicit ChainHistory(std::uint64_t seed) : seed_(seed) {
        static const std::vector<ledger::LedgerTransaction> some = [] {
            std::vector<ledger::LedgerTransaction> out(40);
            for (std::size_t i = 0; i < out.size(); ++i) {
                out[i].transaction = i % 3 == 0 ? ledger::samples::some_phoenix(i, i % ledger::samples::kKinds)
                                                : ledger::samples::some_moonlight(i, i % ledger::samples::kKinds);
                if (i % 5 == 0) out[i].format = ledger::TransactionFormat::aegis;
            }
            return out;
        }();
        transactions_ = &some;
    }

    // Changes the model; the same for a store.
    using Apply = std::function<chain::StoreResult<void>(chain::BlockStore& store)>;
    Apply step(std::uint64_t number, ChainModel& model) const {
        std::mt19937_64 random(seed_ * 1'000'003 + number);
        const auto below = [&](std::uint64_t n) { return random() % n; };
        if (model.blocks.empty()) {
            const ledger::Block genesis{.header = header({}, 0, random), .transactions = {}, .faults = {}};
            model.blocks.push_back({.block = genesis, .spent = {}, .label = {ledger::Label::Kind::final, 0}});
            return [genesis](auto& store) { return store.begin(genesis); };
        }
        const std::uint64_t lowest = model.first == 1 ? 0 : model.first;
        switch (below(14)) {
            case 0: {
                const ledger::Height height{lowest + below(model.blocks.size() - lowest + 1)};
                std::vector<ledger::Block> expected;
                while (model.blocks.size() > height.value + 1) {
                    expected.push_back(model.blocks.back().block);
                    model.blocks.pop_back();
                }
                return [height, expected](auto& store) -> chain::StoreResult<void> {
                    const auto reverted = store.revert_to(height);
                    if (!reverted) return fail(reverted.error());
                    EXPECT_EQ(bytes_of(*reverted), bytes_of(expected));
                    return {};
                };
            }
            case 1: {
                const auto tip = model.blocks.back().block.header.height.value;
                const ledger::Height height{tip < 2 ? 0 : tip - 2};
                std::erase_if(model.candidates,
                              [&](const auto& entry) { return entry.second.header.height <= height; });
                std::erase_if(model.results, [&](const auto& entry) { return entry.first.round <= height.value; });
                return [height](auto& store) { return store.forget_candidates(height); };
            }
            case 2:
            case 3: {
                const ledger::Block block = next(model, random);
                model.candidates[block.header.hash] = block;
                return [block](auto& store) { return store.keep_candidate(block); };
            }
            case 4: {
                const ledger::ConsensusHeader round{{}, below(10), static_cast<std::uint8_t>(below(3))};
                const auto result = ledger::BlockSamples(random()).validation_result();
                model.results[round] = result;
                return [round, result](auto& store) { return store.keep_validation_result(round, result); };
            }
            case 5: {
                const chain::BlockStore::LastIteration last{ledger::BlockSamples(random()).name<ledger::BlockHash>(),
                                                            static_cast<std::uint8_t>(below(256))};
                model.last_iteration = last;
                return [last](auto& store) { return store.set_last_iteration(last); };
            }
            case 6: {
                const auto which = static_cast<ledger::Step>(below(3));
                const std::chrono::milliseconds time(below(60'000));
                auto& times = model.step_times[which];
                times.push_back(time);
                if (times.size() > 5) times.erase(times.begin());
                return [which, time](auto& store) { return store.add_step_time(which, time); };
            }
            case 7: {
                const std::uint64_t height = below(model.blocks.size() + 1);
                const std::uint64_t most = below(2) == 0 ? 1 : 5;
                const std::uint64_t count = forget_blocks(model, height, most);
                return [height, most, count](auto& store) -> chain::StoreResult<void> {
                    const auto forgotten = store.forget_blocks_below({height}, most);
                    if (!forgotten) return fail(forgotten.error());
                    EXPECT_EQ(*forgotten, count);
                    return {};
                };
            }
            case 8: {
                const std::uint64_t height = below(model.blocks.size() + 1);
                const std::uint64_t count = forget_blobs(model, height);
                return [height, count](auto& store) -> chain::StoreResult<void> {
                    const auto forgotten = store.forget_blobs_below({height}, 1000);
                    if (!forgotten) return fail(forgotten.error());
                    EXPECT_EQ(*forgotten, count);
                    return {};
                };
            }
            default: {
                chain::AcceptedBlock block{.block = next(model, random), .spent = {}, .label = label(random)};
                for (const auto& transaction : block.block.transactions) {
                    block.spent.push_back({transaction, block.block.header.height, {random()}, {}});
                    if (below(3) == 0) block.spent.back().error = "Panic: Unknown method";
                }
                if (below(3) > 0) block.receipts = receipts(block.block, random);
                for (std::uint64_t i = below(3); i > 0; --i) {
                    const ledger::Height height{lowest + below(model.blocks.size() - lowest)};
                    block.labels.push_back({height, label(random)});
                    model.blocks[height.value].label = block.labels.back().label;
                }
                model.blocks.push_back(block);
                return [block](auto& store) { return store.accept(block); };
            }
        }
    }

    // Everything that the model has, in the store, and no more.
    static void expect_same(const ChainModel& model, ChainStore& store) {
        std::optional<ledger::Height> last_final;
        std::vector<ledger::Fault> faults;
        for (const chain::AcceptedBlock& block : model.blocks) {
            const ledger::BlockHeader& header = block.block.header;
            if (is_forgotten(model, header.height)) {
                EXPECT_FALSE(store.at(header.height).value().has_value());
                EXPECT_FALSE(store.header(header.hash).value().has_value());
                EXPECT_FALSE(store.block(header.hash).value().has_value());
                EXPECT_FALSE(store.has_block(header.hash).value());
                continue;
            }
            if (block.label.kind == ledger::Label::Kind::final) last_final = header.height;
            expect_same_events(block, store);
            EXPECT_EQ(store.header(header.hash).value(), header);
            EXPECT_TRUE(store.has_block(header.hash).value());
            EXPECT_EQ(ledger::encode(store.block(header.hash).value().value()), ledger::encode(block.block));
            const auto labelled = store.at(header.height).value();
            ASSERT_TRUE(labelled.has_value());
            EXPECT_EQ(labelled->hash, header.hash);
            EXPECT_EQ(labelled->label, block.label);
            for (const ledger::SpentTransaction& spent : block.spent) {
                const auto stored = store.transaction(spent.transaction.id()).value();
                ASSERT_TRUE(stored.has_value());
                EXPECT_EQ(stored->gas_spent, spent.gas_spent);
                EXPECT_EQ(stored->error, spent.error);
                EXPECT_EQ(stored->block_height, header.height);
                EXPECT_EQ(stored->transaction.digest(), spent.transaction.digest());
            }
            faults.insert(faults.end(), block.block.faults.begin(), block.block.faults.end());
        }
        EXPECT_EQ(store.faults_since({0}).value(), faults);
        EXPECT_EQ(store.last_final().value(), last_final);
        EXPECT_EQ(store.first_block().value(), first_block(model));
        const auto tip = store.tip().value();
        ASSERT_EQ(tip.has_value(), !model.blocks.empty());
        if (tip) EXPECT_EQ(*tip, model.blocks.back().block.header);
        EXPECT_FALSE(store.at({model.blocks.size()}).value().has_value());
        for (const auto& transaction : ChainHistory(0).transactions()) {
            EXPECT_EQ(store.has_transaction(transaction.id()).value(), is_in(model, transaction));
        }
        for (const auto& [hash, block] : model.candidates) {
            EXPECT_EQ(ledger::encode(store.candidate(hash).value().value()), ledger::encode(block));
            EXPECT_TRUE(store.candidate(consensus_header(block.header)).value().has_value());
        }
        for (const auto& [round, result] : model.results) EXPECT_EQ(store.validation_result(round).value(), result);
        const auto last = store.last_iteration().value();
        ASSERT_EQ(last.has_value(), model.last_iteration.has_value());
        if (last) {
            EXPECT_EQ(last->tip, model.last_iteration->tip);
            EXPECT_EQ(last->iteration, model.last_iteration->iteration);
        }
        for (const auto step : {ledger::Step::proposal, ledger::Step::validation, ledger::Step::ratification}) {
            const auto times = store.step_times(step).value();
            const auto known = model.step_times.find(step);
            EXPECT_EQ(times, known == model.step_times.end() ? std::nullopt : std::optional(known->second));
        }
    }
    [[nodiscard]] const std::vector<ledger::LedgerTransaction>& transactions() const { return *transactions_; }
    static std::optional<ledger::Height> first_block(const ChainModel& model) {
        return model.blocks.size() < 2 ? std::nullopt : std::optional(ledger::Height{model.first});
    }

    // What the contracts reported, or that it was not kept.
    static void expect_same_events(const chain::AcceptedBlock& block, ChainStore& store) {
        using Told = std::tuple<std::optional<ledger::TransactionId>, vm::ContractId, std::string, Bytes, bool>;
        std::vector<Told> expected;
        if (block.receipts != nullptr) {
            auto event = block.receipts->events.begin();
            for (const execution::EventOrigin& origin : block.receipts->origins) {
                for (std::size_t i = 0; i < origin.events; ++i, ++event) {
                    expected.emplace_back(origin.transaction, event->source, event->topic, to_vector(event->data),
                                          event->reverted);
                }
            }
        }
        std::vector<Told> told;
        const auto kept = store.events(block.block.header.height, [&](const chain::KeptEvent& event) {
            told.emplace_back(event.origin, event.source.bytes, event.topic, to_vector(event.data), event.reverted);
        });
        ASSERT_TRUE(kept.has_value());
        EXPECT_EQ(*kept, block.receipts != nullptr);
        EXPECT_TRUE(told == expected) << "block " << block.block.header.height.value;
    }

  private:
    // Of each transaction and of the block some events; seldom so much that it takes several pieces.
    static std::shared_ptr<const execution::BlockReceipts> receipts(const ledger::Block& block,
                                                                    std::mt19937_64& random) {
        auto out = std::make_shared<execution::BlockReceipts>();
        const std::size_t largest = random() % 20 == 0 ? 600'000 : 40;
        for (std::size_t i = 0; i <= block.transactions.size(); ++i) {
            execution::EventOrigin origin{.transaction = {}, .events = random() % 4};
            if (i < block.transactions.size()) origin.transaction = block.transactions[i].id();
            for (std::size_t event = 0; event < origin.events; ++event) {
                const vm::ContractId source{static_cast<std::uint8_t>(random() % 3)};
                const Bytes data(random() % largest, static_cast<std::uint8_t>(random()));
                out->events.add({source, random() % 2 == 0 ? "moonlight" : "", data, random() % 8 == 0});
            }
            out->origins.push_back(origin);
        }
        return out;
    }
    static bool is_forgotten(const ChainModel& model, ledger::Height height) {
        return height.value > 0 && height.value < model.first;
    }
    // Never the tip.
    static std::uint64_t forget_blocks(ChainModel& model, std::uint64_t height, std::uint64_t most) {
        const std::uint64_t from = model.first;
        std::uint64_t work = 0;
        while (model.first < std::min<std::uint64_t>(height, model.blocks.size() - 1)) {
            work += 1 + model.blocks[model.first].block.transactions.size();
            if (model.first > from && work > most) break;
            ++model.first;
        }
        return model.first - from;
    }
    static std::uint64_t forget_blobs(ChainModel& model, std::uint64_t height) {
        std::uint64_t count = 0;
        for (std::uint64_t at = model.first; at < std::min<std::uint64_t>(height, model.blocks.size()); ++at) {
            for (ledger::LedgerTransaction& transaction : model.blocks[at].block.transactions) {
                ledger::Blobs* blobs = blobs_of(transaction.transaction);
                if (blobs == nullptr) continue;
                for (ledger::Blob& blob : blobs->blobs) {
                    if (blob.sidecar) ++count;
                    blob.sidecar.reset();
                }
            }
        }
        return count;
    }
    static std::vector<Bytes> bytes_of(const std::vector<ledger::Block>& blocks) {
        std::vector<Bytes> out;
        for (const ledger::Block& block : blocks) out.push_back(ledger::encode(block));
        return out;
    }
    static bool is_in(const ChainModel& model, const ledger::LedgerTransaction& transaction) {
        for (const chain::AcceptedBlock& block : model.blocks) {
            if (is_forgotten(model, block.block.header.height)) continue;
            // Those in `spent` keep their blobs.
            const auto same = [&](const ledger::SpentTransaction& one) { return one.transaction == transaction; };
            if (std::ranges::any_of(block.spent, same)) return true;
        }
        return false;
    }
    static ledger::Label label(std::mt19937_64& random) {
        return {static_cast<ledger::Label::Kind>(random() % 4), random() % 5};
    }
    static ledger::BlockHeader header(const ledger::BlockHash& previous, std::uint64_t height,
                                      std::mt19937_64& random) {
        ledger::BlockHeader out = ledger::BlockSamples(random()).header();
        out.prev_block_hash = previous;
        out.height = {height};
        out.iteration = static_cast<std::uint8_t>(random() % 2);
        return out;
    }
    ledger::Block next(const ChainModel& model, std::mt19937_64& random) const {
        const ledger::BlockHeader& tip = model.blocks.back().block.header;
        ledger::Block out{.header = header(tip.hash, tip.height.value + 1, random), .transactions = {}, .faults = {}};
        for (std::uint64_t i = random() % 4; i > 0; --i) {
            const auto& transaction = (*transactions_)[random() % transactions_->size()];
            if (is_in(model, transaction)) continue;
            if (std::ranges::find(out.transactions, transaction) != out.transactions.end()) continue;
            out.transactions.push_back(transaction);
        }
        static const ledger::Fault fault = ledger::BlockSamples(5).fault();
        for (std::uint64_t i = random() % 2; i > 0; --i) out.faults.push_back(fault);
        return out;
    }

    std::uint64_t seed_;
    const std::vector<ledger::LedgerTransaction>* transactions_;
};

}  // namespace dusk::storage
