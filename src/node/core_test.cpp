#include "node/core.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "chain/test_network.hpp"
#include "mempool/pool_samples.hpp"

namespace dusk::node {
namespace {

using namespace std::chrono_literals;
using chain::TestNetwork;
using mempool::sample_payment;
using mempool::sample_spend;
using testing::ElementsAre;

class KeptPool final : public mempool::PoolStore {
  public:
    Result<std::vector<mempool::KeptTransaction>, std::string> load() override { return kept; }
    Result<void, std::string> apply(std::span<const mempool::PoolEvent> events) override {
        if (broken) return fail(std::string("the disk is full"));
        for (const auto& event : events) {
            if (const auto* added = std::get_if<mempool::Added>(&event))
                kept.push_back({added->time, *added->transaction});
            if (const auto* gone = std::get_if<mempool::Removed>(&event)) {
                std::erase_if(kept, [&](const auto& one) { return one.transaction.id() == gone->id; });
            }
        }
        return {};
    }
    std::vector<mempool::KeptTransaction> kept{};
    bool broken = false;
};

class HashSigner final : public consensus::Signer {
  public:
    explicit HashSigner(const crypto::BlsPublicKey& key) : key_(key) {}
    [[nodiscard]] const crypto::BlsPublicKey& key() const override { return key_; }
    [[nodiscard]] Result<ledger::SignatureBytes, consensus::SigningError> sign(const consensus::SigningSlot&,
                                                                               ByteView message) override {
        return chain::HashSignatures::sign({key_.to_bytes()}, message);
    }
    [[nodiscard]] ledger::Seed sign_seed(const ledger::Seed& previous) override {
        return {chain::HashSignatures::sign({key_.to_bytes()}, previous.bytes).bytes};
    }

  private:
    crypto::BlsPublicKey key_;
};

class NodeCoreTest : public testing::Test {
  protected:
    explicit NodeCoreTest(std::size_t provisioners = 5) : network_(provisioners) {}
    // With the key of the provisioner that makes the first block in iteration 1, where `generates`: iteration 0 was
    // interrupted by the restart.
    void open(bool generates = false) {
        core_.reset();
        signer_.reset();
        if (generates) {
            consensus::RoundCommittees committees(network_.stakes, {}, {1});
            signer_ = std::make_unique<HashSigner>(committees.generator(1)->key);
        }
        auto opened = NodeCore::open(settings_,
                                     {.blocks = &disk_.store,
                                      .states = &disk_.states,
                                      .signatures = &signatures_,
                                      .signer = signer_.get(),
                                      .pool_state = &state_,
                                      .pool_store = &kept_,
                                      .random = &random_},
                                     network_.genesis);
        ASSERT_TRUE(opened) << opened.error().text;
        core_ = *std::move(opened);
        core_->start(now_);
    }
    template <class T>
    std::vector<T> take() {
        for (CoreAction& action : core_->take_actions()) actions_.push_back(std::move(action));
        std::vector<T> out;
        std::erase_if(actions_, [&](CoreAction& action) {
            auto* one = std::get_if<T>(&action);
            if (one != nullptr) out.push_back(std::move(*one));
            return one != nullptr;
        });
        return out;
    }
    Submission::Kind submit(const ledger::LedgerTransaction& transaction) {
        return core_->submit(transaction, now_).kind;
    }
    // All that waits for a check turns out good.
    void check_all(const ProofFinding& finding = {}) {
        for (const CheckJob& job : take<CheckJob>()) {
            core_->on_proofs_checked(job.id, std::vector(job.transactions.size(), finding), now_);
        }
    }
    void receive(ledger::MessagePayload payload) {
        core_->on_message(
            peer_, std::make_shared<const ledger::Message>(ledger::Message{.payload = std::move(payload)}), now_);
    }
    std::vector<ledger::TransactionId> broadcast_transactions() {
        std::vector<ledger::TransactionId> out;
        for (const chain::Broadcast& one : take<chain::Broadcast>()) {
            const auto* message = std::get_if<ledger::TransactionMessage>(&one.message->payload);
            if (message != nullptr) out.push_back(message->transaction.id());
        }
        return out;
    }

    TestNetwork network_;
    chain::TestDisk disk_{network_};
    chain::HashSignatures signatures_;
    mempool::SampleState state_;
    KeptPool kept_;
    crypto::ChaChaRng random_{1};
    std::unique_ptr<HashSigner> signer_;
    Peer peer_{ByteArray<4>{10, 0, 0, 1}, 9000};
    Now now_{WallTime(std::chrono::seconds(TestNetwork::kGenesisTime + 100)), MonotonicTime(1h)};
    CoreSettings settings_{};
    std::unique_ptr<NodeCore> core_;
    std::vector<CoreAction> actions_;
};

TEST_F(NodeCoreTest, ATransactionComesInWhenItsProofHolds) {
    open();
    const auto good = sample_payment(0, 1);
    const auto bad = sample_spend({1});
    EXPECT_EQ(submit(good), Submission::Kind::taken);
    EXPECT_EQ(submit(good), Submission::Kind::known);
    receive(ledger::TransactionMessage{bad});
    EXPECT_EQ(core_->status().unchecked, 2U);

    auto jobs = take<CheckJob>();
    ASSERT_EQ(jobs.size(), 2U);
    core_->on_proofs_checked(jobs[1].id, {"the proof does not hold"}, now_);
    core_->on_proofs_checked(jobs[1].id, {std::nullopt}, now_);  // a second answer is none
    core_->on_proofs_checked(jobs[0].id, {std::nullopt}, now_);
    const auto added = take<TransactionAdded>();
    ASSERT_EQ(added.size(), 1U);
    EXPECT_EQ(added[0].id, good.id());
    EXPECT_THAT(broadcast_transactions(), ElementsAre(good.id()));
    const auto dropped = take<TransactionDropped>();
    ASSERT_EQ(dropped.size(), 1U);
    EXPECT_EQ(dropped[0].id, bad.id());
    EXPECT_EQ(dropped[0].reason, DropReason::refused);
    EXPECT_EQ(dropped[0].text, "the proof does not hold");
    EXPECT_EQ(core_->status().pooled, 1U);
    EXPECT_EQ(core_->status().unchecked, 0U);
    EXPECT_TRUE(core_->pool().has(good.id()));
    EXPECT_EQ(core_->next_nonce(mempool::sample_account(0), {0}).value, 2U);
    EXPECT_EQ(submit(good), Submission::Kind::known);
}

TEST_F(NodeCoreTest, WhatBreaksARuleIsRefusedAtOnce) {
    open();
    state_.balance = {5};
    const Submission refused = core_->submit(sample_payment(0, 1), now_);
    EXPECT_EQ(refused.kind, Submission::Kind::refused);
    EXPECT_FALSE(refused.text.empty());
    EXPECT_TRUE(take<CheckJob>().empty());
}

TEST_F(NodeCoreTest, ChecksAreMadeTogetherAndBounded) {
    settings_.most_checks = 2;
    settings_.most_unchecked = 150;
    open();
    std::size_t busy = 0;
    for (std::uint64_t i = 0; i < 200; ++i) busy += submit(sample_spend({i})) == Submission::Kind::busy ? 1 : 0;
    EXPECT_EQ(busy, 50U);
    auto jobs = take<CheckJob>();
    ASSERT_EQ(jobs.size(), 2U);  // they began with the first two
    EXPECT_EQ(jobs[0].transactions.size() + jobs[1].transactions.size(), 2U);
    core_->on_proofs_checked(jobs[0].id, {std::nullopt}, now_);
    jobs = take<CheckJob>();
    ASSERT_EQ(jobs.size(), 1U);
    EXPECT_EQ(jobs[0].transactions.size(), kMostInCheck);
    core_->on_proofs_checked(jobs[0].id, {std::nullopt}, now_);  // too few findings: no answer
    EXPECT_EQ(core_->status().pooled, 1U);
}

TEST_F(NodeCoreTest, AMissingNonceIsSaid) {
    open();
    const auto later = sample_payment(0, 2);
    EXPECT_EQ(submit(later), Submission::Kind::taken);
    check_all();
    const auto deferred = take<TransactionDeferred>();
    ASSERT_EQ(deferred.size(), 1U);
    EXPECT_EQ(deferred[0].id, later.id());
    EXPECT_EQ(submit(sample_payment(0, 1)), Submission::Kind::taken);
    check_all();
    EXPECT_EQ(take<TransactionAdded>().size(), 2U);
    EXPECT_EQ(core_->status().pooled, 2U);
}

TEST_F(NodeCoreTest, ABlockTakesItsTransactionsOutOfThePool) {
    open();
    const auto included = sample_payment(0, 1);
    const auto conflict = sample_payment(1, 1, 2);
    const auto rival = sample_payment(1, 1, 1);
    for (const auto& one : {included, conflict}) EXPECT_EQ(submit(one), Submission::Kind::taken);
    check_all();
    EXPECT_EQ(kept_.kept.size(), 2U);
    ledger::Block block = TestNetwork::block_on(core_->chain().chain().head(), {});
    block.transactions = {included, rival};
    block.header.transactions_root = ledger::transactions_root(block.transactions);
    block.header.state_root = chain::TestStates::root_of(block, network_.genesis.header.state_root);
    TestNetwork::seal(block);
    block.header.attestation = TestNetwork::attestation_of(block, core_->chain().chain().head());
    actions_.clear();
    receive(ledger::BlockMessage{block});
    const auto accepted = take<chain::BlockAccepted>();
    ASSERT_EQ(accepted.size(), 1U);
    EXPECT_EQ(accepted[0].block->header.hash, block.header.hash);
    std::map<ledger::TransactionId, DropReason> dropped;
    for (const auto& one : take<TransactionDropped>()) dropped[one.id] = one.reason;
    EXPECT_EQ(dropped, (std::map<ledger::TransactionId, DropReason>{{included.id(), DropReason::included},
                                                                    {conflict.id(), DropReason::conflict}}));
    EXPECT_EQ(core_->status().pooled, 0U);
    EXPECT_TRUE(kept_.kept.empty());
    EXPECT_EQ(core_->status().chain.tip.value, 1U);
}

TEST_F(NodeCoreTest, ACandidateIsMadeOfThePoolBestFirst) {
    open();
    const auto cheap = sample_payment(0, 1, 1);
    const auto dear = sample_payment(1, 1, 5);
    for (const auto& one : {cheap, dear}) EXPECT_EQ(submit(one), Submission::Kind::taken);
    check_all();
    EXPECT_EQ(kept_.kept.size(), 2U);
    // After a restart too, and announced no more.
    open(true);
    EXPECT_EQ(core_->status().pooled, 2U);
    EXPECT_TRUE(core_->status().eligible);
    EXPECT_TRUE(broadcast_transactions().empty());
    const auto jobs = take<BuildJob>();
    ASSERT_EQ(jobs.size(), 1U);
    ASSERT_EQ(jobs[0].transactions.size(), 2U);
    EXPECT_EQ(jobs[0].transactions[0]->id(), dear.id());
    EXPECT_EQ(jobs[0].header.round, 1U);
    // One that cannot be executed leaves the pool.
    core_->on_candidate_built({.block = {}, .failure = "none", .discarded = {{cheap.id(), "unspendable"}}}, now_);
    EXPECT_EQ(core_->status().pooled, 1U);
    const auto dropped = take<TransactionDropped>();
    ASSERT_EQ(dropped.size(), 1U);
    EXPECT_EQ(dropped[0].reason, DropReason::discarded);
    EXPECT_EQ(dropped[0].text, "unspendable");
}

// One after it by nonce goes as well; each is told why.
TEST_F(NodeCoreTest, WhatIsDiscardedIsToldWhy) {
    open();
    open(true);
    const auto first = sample_payment(0, 1);
    const auto second = sample_payment(0, 2);
    for (const auto& one : {first, second}) EXPECT_EQ(submit(one), Submission::Kind::taken);
    check_all();
    (void)take<TransactionDropped>();
    core_->on_candidate_built({.block = {}, .failure = "none", .discarded = {{first.id(), "OutOfGas"}}}, now_);
    std::map<ledger::TransactionId, std::string> told;
    for (const TransactionDropped& one : take<TransactionDropped>()) told.emplace(one.id, one.text);
    EXPECT_EQ(told,
              (std::map<ledger::TransactionId, std::string>{
                  {first.id(), "OutOfGas"}, {second.id(), "follows by nonce a transaction that cannot be executed"}}));
}

// A transaction that comes during the round is in its candidate.
TEST_F(NodeCoreTest, ACandidateHoldsWhatCameUntilShortlyBeforeItsTime) {
    now_.wall = WallTime(std::chrono::seconds(TestNetwork::kGenesisTime + 1));
    open();
    open(true);
    EXPECT_TRUE(take<BuildJob>().empty());
    const auto pass = [&](std::chrono::milliseconds time) {
        now_.wall += time;
        now_.steady += time;
        core_->on_time(now_);
    };
    pass(6s);
    const auto late = sample_payment(0, 1);
    EXPECT_EQ(submit(late), Submission::Kind::taken);
    check_all();
    EXPECT_TRUE(take<BuildJob>().empty());
    pass(1s);  // 2 s before the block may stand
    const auto jobs = take<BuildJob>();
    ASSERT_EQ(jobs.size(), 1U);
    ASSERT_EQ(jobs[0].transactions.size(), 1U);
    EXPECT_EQ(jobs[0].transactions[0]->id(), late.id());
}

TEST_F(NodeCoreTest, ADiskThatFailsUnderThePoolIsSaidOnce) {
    open();
    kept_.broken = true;
    for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(submit(sample_payment(i, 1)), Submission::Kind::taken);
    check_all();
    check_all();
    EXPECT_EQ(take<PoolNotKept>().size(), 1U);
    EXPECT_EQ(core_->status().pooled, 3U);
}

TEST_F(NodeCoreTest, TimePassesForThePoolAndForTheChain) {
    open();
    EXPECT_EQ(submit(sample_payment(0, 2)), Submission::Kind::taken);
    check_all();
    for (int i = 0; i < 200 && core_->status().chain.tip.value == 0; ++i) {
        now_.steady = std::max(core_->wakeup(), now_.steady);
        now_.wall += 100ms;
        core_->on_time(now_);
    }
    // The nonce before it never came.
    const auto dropped = take<TransactionDropped>();
    ASSERT_EQ(dropped.size(), 1U);
    EXPECT_EQ(dropped[0].reason, DropReason::given_up);
}

// One provisioner that makes blocks on demand, several within a second.
class OnDemandTest : public NodeCoreTest {
  protected:
    OnDemandTest() : NodeCoreTest(1) {
        settings_.chain.on_demand = true;
        settings_.chain.consensus.minimum_block_time = 0s;
    }
    [[nodiscard]] static ledger::Block block_of(const BuildJob& job, bool is_empty) {
        ledger::Block out{.header = job.frame.header};
        for (const auto& one : job.transactions) {
            if (!is_empty) out.transactions.push_back(*one);
        }
        out.header.transactions_root = ledger::transactions_root(out.transactions);
        out.header.state_root = chain::TestStates::root_of(out, job.frame.base);
        out.header.hash = out.header.content_hash();
        return out;
    }
    // Answers jobs until there are none, or so many candidates were made; returns how many transactions each has.
    std::vector<std::size_t> run(bool are_empty = false, std::size_t most = 100) {
        std::vector<std::size_t> out;
        while (out.size() < most) {
            check_all();
            const auto builds = take<BuildJob>();
            const auto judged = take<JudgeJob>();
            if (builds.empty() && judged.empty()) break;
            for (const BuildJob& job : builds) {
                ledger::Block block = block_of(job, are_empty);
                out.push_back(block.transactions.size());
                core_->on_candidate_built({.block = std::move(block), .failure = {}, .discarded = {}}, now_);
            }
            for (const JudgeJob& job : judged) {
                core_->on_candidate_judged(job.block->header.hash, consensus::Verdict::valid, now_);
            }
        }
        return out;
    }
    [[nodiscard]] chain::ServiceStatus chain_status() const { return core_->status().chain; }
};

TEST_F(OnDemandTest, EachTransactionIsFinalAtOnce) {
    open(true);
    for (std::uint64_t i = 0; i < 3; ++i) {
        EXPECT_TRUE(run().empty());
        EXPECT_TRUE(chain_status().rests);
        EXPECT_EQ(submit(sample_payment(i, 1)), Submission::Kind::taken);
        // Its block, and one on top that makes it final.
        EXPECT_THAT(run(), ElementsAre(1U, 0U));
        EXPECT_EQ(chain_status().tip.value, 2 * i + 2);
        EXPECT_EQ(chain_status().last_final.value, 2 * i + 1);
    }
    // All within the same second.
    EXPECT_EQ(core_->chain().chain().tip().timestamp, TestNetwork::kGenesisTime);
}

TEST_F(OnDemandTest, WhatCannotBeExecutedMakesNoBlocksWithoutEnd) {
    open(true);
    EXPECT_EQ(submit(sample_payment(0, 1)), Submission::Kind::taken);
    EXPECT_THAT(run(true), ElementsAre(0U));
    EXPECT_EQ(core_->status().pooled, 1U);
    EXPECT_TRUE(chain_status().rests);
    EXPECT_EQ(submit(sample_payment(1, 1)), Submission::Kind::taken);
    EXPECT_THAT(run(), ElementsAre(2U, 0U));
}

TEST_F(OnDemandTest, ARestartBeforeTheSecondBlockMakesUpForIt) {
    open(true);
    EXPECT_EQ(submit(sample_payment(0, 1)), Submission::Kind::taken);
    EXPECT_THAT(run(false, 1), ElementsAre(1U));
    for (const JudgeJob& job : take<JudgeJob>()) {
        core_->on_candidate_judged(job.block->header.hash, consensus::Verdict::valid, now_);
    }
    EXPECT_EQ(chain_status().tip.value, 1U);
    EXPECT_EQ(chain_status().last_final.value, 0U);
    actions_.clear();
    open(true);
    // The iteration that was interrupted counts as failed, so that finality takes more blocks.
    EXPECT_THAT(run(), ElementsAre(0U, 0U, 0U));
    EXPECT_GE(chain_status().last_final.value, 1U);
    EXPECT_TRUE(chain_status().rests);
}

TEST_F(OnDemandTest, WhatIsInThePoolAtTheStartIsWanted) {
    open();
    EXPECT_EQ(submit(sample_payment(0, 1)), Submission::Kind::taken);
    check_all();
    EXPECT_EQ(kept_.kept.size(), 1U);
    actions_.clear();
    open(true);
    EXPECT_THAT(run(), testing::Contains(1U));
    EXPECT_EQ(core_->status().pooled, 0U);
    EXPECT_TRUE(chain_status().rests);
}

}  // namespace
}  // namespace dusk::node
