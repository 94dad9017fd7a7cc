#include "chain/serving.hpp"

#include <gtest/gtest.h>

#include "chain/test_node.hpp"
#include "ledger/block_samples.hpp"

namespace dusk::chain {
namespace {

using ledger::Block;
using ledger::Inventory;

class ServingTest : public testing::Test {
  protected:
    ServingTest() { node_.extend(7); }

    [[nodiscard]] ledger::BlockHash hash_at(std::uint64_t height) { return (*node_.disk.store.at({height}))->hash; }
    [[nodiscard]] std::vector<MessagePtr> answers(std::vector<ledger::InventoryItem> items, std::uint16_t most = 0) {
        return serving_.answers({std::move(items), most}, peer_, now_);
    }
    template <class T>
    [[nodiscard]] static const T& as(const MessagePtr& message) {
        return std::get<T>(message->payload);
    }

    TestNetwork network_;
    TestNode node_{network_};
    EmptyPool pool_;
    Serving serving_{node_.disk.store, pool_, 5};
    ledger::SocketAddress peer_{ByteArray<4>{1, 2, 3, 4}, 5};
    MonotonicTime now_{};
};

TEST_F(ServingTest, ListsTheBlocksAfterOne) {
    const auto some = serving_.blocks_after(hash_at(1), peer_, now_);
    ASSERT_TRUE(some);
    ASSERT_EQ(some->items.size(), 5U);  // no more than it may
    EXPECT_EQ(some->items[0], ledger::InventoryItem(ledger::BlockByHash{hash_at(2)}));
    EXPECT_EQ(serving_.blocks_after(hash_at(5), peer_, now_)->items.size(), 2U);
    EXPECT_EQ(serving_.blocks_after(hash_at(7), peer_, now_), std::nullopt);
    EXPECT_EQ(serving_.blocks_after({}, peer_, now_), std::nullopt);
}

TEST_F(ServingTest, AnswersWithWhatIsThere) {
    ledger::BlockSamples samples(4);
    pool_.pooled.push_back(samples.transaction());
    const Block candidate = node_.make({.attested = false});
    ASSERT_TRUE(node_.disk.store.keep_candidate(candidate));
    const ledger::ConsensusHeader header = consensus_header(candidate.header);
    const auto result = samples.validation_result();
    ASSERT_TRUE(node_.disk.store.keep_validation_result(header, result));

    const auto some = answers({ledger::PooledTransaction{pool_.pooled[0].id()}, ledger::BlockByHash{hash_at(3)},
                               ledger::BlockByHeight{{4}}, ledger::CandidateByHash{candidate.header.hash},
                               ledger::CandidateOfIteration{header}});
    ASSERT_EQ(some.size(), 5U);
    EXPECT_EQ(as<ledger::TransactionMessage>(some[0]).transaction.id(), pool_.pooled[0].id());
    EXPECT_EQ(as<ledger::BlockMessage>(some[1]).block.header.hash, hash_at(3));
    EXPECT_EQ(as<ledger::BlockMessage>(some[2]).block.header.hash, hash_at(4));
    EXPECT_EQ(as<ledger::BlockMessage>(some[3]).block.header.hash, candidate.header.hash);
    EXPECT_EQ(as<ledger::CandidateMessage>(some[4]).block.header.hash, candidate.header.hash);
    const auto more = answers({ledger::ValidationResultOf{header}, ledger::CandidateByHash{hash_at(2)}});
    ASSERT_EQ(more.size(), 2U);
    EXPECT_EQ(as<ledger::ValidationQuorumMessage>(more[0]).result, result);
    EXPECT_EQ(as<ledger::BlockMessage>(more[1]).block.header.hash, hash_at(2));  // an accepted block, too

    EXPECT_TRUE(answers({ledger::BlockByHeight{{99}}, ledger::BlockByHash{}, ledger::CandidateByHash{},
                         ledger::PooledTransaction{}, ledger::ValidationResultOf{}})
                    .empty());
    EXPECT_EQ(answers({ledger::BlockByHeight{{1}}, ledger::BlockByHeight{{2}}}, 1).size(), 1U);
    // Looking for what is not there has an end.
    std::vector<ledger::InventoryItem> many(1000, ledger::BlockByHeight{{99}});
    many.emplace_back(ledger::BlockByHeight{{1}});
    EXPECT_TRUE(answers(many).empty());
}

TEST_F(ServingTest, ACandidateThatIsAskedForAgainIsNotReadAgain) {
    const Block candidate = node_.make({.attested = false});
    ASSERT_TRUE(node_.disk.store.keep_candidate(candidate));
    const ledger::CandidateOfIteration item{consensus_header(candidate.header)};
    const auto first = answers({item});
    ASSERT_EQ(first.size(), 1U);
    node_.disk.store.content.candidates.clear();
    EXPECT_EQ(answers({item}), first);
    EXPECT_TRUE(answers({ledger::CandidateOfIteration{{item.header.prev_block_hash, item.header.round, 1}}}).empty());
    // It counts for the budget of who asks all the same.
    std::size_t most = 0;
    while (most < 100'000 && !answers({item}).empty()) ++most;
    EXPECT_LE(most * 4096, ServingBudget::kBurst);
}

TEST(ServedCandidates, TheOldestMakeRoom) {
    ServedCandidates served;
    const auto of = [](std::uint64_t round) { return ledger::ConsensusHeader{{}, round, 20}; };
    constexpr std::uint64_t kPart = ServedCandidates::kMostBytes / 4;
    for (std::uint64_t round = 0; round < 6; ++round) {
        served.put({of(round), std::make_shared<const ledger::Message>(), kPart});
    }
    for (std::uint64_t round = 0; round < 6; ++round) EXPECT_EQ(served.find(of(round)) != nullptr, round >= 2) << round;
}

TEST_F(ServingTest, AsksForWhatIsMissing) {
    ledger::BlockSamples samples(4);
    pool_.pooled.push_back(samples.transaction());
    const auto missing =
        serving_.missing({{ledger::PooledTransaction{pool_.pooled[0].id()}, ledger::PooledTransaction{},
                           ledger::BlockByHash{hash_at(3)}, ledger::BlockByHash{}, ledger::BlockByHeight{{8}}},
                          0});
    ASSERT_TRUE(missing);
    EXPECT_EQ(missing->items, (std::vector<ledger::InventoryItem>{ledger::PooledTransaction{}, ledger::BlockByHash{},
                                                                  ledger::BlockByHeight{{8}}}));
    EXPECT_EQ(missing->max_entries, 3U);
    EXPECT_EQ(serving_.missing({{ledger::BlockByHeight{{8}}, ledger::BlockByHeight{{9}}}, 1})->items.size(), 1U);
    EXPECT_EQ(serving_.missing({{ledger::BlockByHeight{{7}}}, 0}), std::nullopt);
    ASSERT_TRUE(serving_.pooled(peer_, now_));
    EXPECT_EQ(serving_.pooled(peer_, now_)->items.size(), 1U);
}

// To look for one is to read and decode it.
TEST_F(ServingTest, FewCandidatesOfAnOfferAreLookedFor) {
    const Block candidate = node_.make({.attested = false});
    ASSERT_TRUE(node_.disk.store.keep_candidate(candidate));
    const ledger::CandidateByHash known{candidate.header.hash};
    EXPECT_EQ(serving_.missing({{known, ledger::CandidateByHash{}}, 0})->items.size(), 1U);
    EXPECT_EQ(serving_.missing({{known, known, ledger::CandidateByHash{}}, 0}), std::nullopt);
    EXPECT_EQ(serving_.missing({{known, known, ledger::CandidateOfIteration{}}, 0}), std::nullopt);
    Inventory blocks{.items = std::vector<ledger::InventoryItem>(1000, ledger::BlockByHash{hash_at(1)})};
    blocks.items.emplace_back(ledger::BlockByHash{});
    EXPECT_EQ(serving_.missing(blocks)->items.size(), 1U);  // all of these
}

class FullPool final : public TransactionPool {
  public:
    bool has(const ledger::TransactionId&) override { return true; }
    std::optional<ledger::LedgerTransaction> transaction(const ledger::TransactionId&) override { return {}; }
    std::vector<ledger::TransactionId> ids(std::size_t most) override {
        return std::vector<ledger::TransactionId>(most);
    }
};

// A few bytes ask for a list, and anybody can write anybody's address on them.
TEST_F(ServingTest, ListsCountForTheBudgetToo) {
    FullPool pool;
    Serving serving(node_.disk.store, pool, 5);
    std::uint64_t sent = 0;
    while (const auto list = serving.pooled(peer_, now_)) sent += 33 * list->items.size();
    EXPECT_LE(sent, ServingBudget::kBurst);
    EXPECT_GT(sent, ServingBudget::kBurst / 2);
    EXPECT_TRUE(serving.pooled({ByteArray<4>{1, 2, 3, 5}, 5}, now_));
    while (const auto list = serving.blocks_after(hash_at(1), peer_, now_)) sent += 33 * list->items.size();
    EXPECT_LE(sent, ServingBudget::kBurst);
    now_ += std::chrono::seconds(1);
    EXPECT_TRUE(serving.pooled(peer_, now_));
}

TEST_F(ServingTest, NobodyIsSentMoreThanItsShare) {
    ServingBudget budget;
    constexpr std::uint64_t kPart = 1'000'000;
    const auto count = [&](const ledger::SocketAddress& to) {
        int out = 0;
        while (budget.take(to, kPart, now_)) ++out;
        return out;
    };
    EXPECT_EQ(count(peer_), static_cast<int>(ServingBudget::kBurst / kPart));
    now_ += std::chrono::seconds(1);
    EXPECT_EQ(count(peer_), static_cast<int>(ServingBudget::kPerSecond / kPart));
    // Whoever else asks has a share, up to what all have together.
    int all = 0;
    for (std::uint8_t i = 0; i < 200; ++i) all += count({ByteArray<4>{2, 2, 2, i}, 1});
    EXPECT_LE(static_cast<std::uint64_t>(all) * kPart, ServingBudget::kTotalBurst);
    EXPECT_GE(static_cast<std::uint64_t>(all) * kPart, ServingBudget::kTotalBurst / 2);
}

}  // namespace
}  // namespace dusk::chain
