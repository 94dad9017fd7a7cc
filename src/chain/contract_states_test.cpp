// The chain over real contracts: the states of a small network, built, judged, accepted and taken up again.
#include "chain/contract_states.hpp"

#include <gtest/gtest.h>

#include "chain/chain.hpp"
#include "chain/test_network.hpp"
#include "execution/test_chain.hpp"

namespace dusk::chain {
namespace {

using execution::kDusk;
using execution::kTestChain;
using ledger::Block;

class ContractStatesTest : public execution::TestChain {
  protected:
    ContractStatesTest() : checks_(phoenix::TransferVerifiers::of_network("devnet").value()) {
        genesis_.header = ledger::genesis_header(root_, TestNetwork::kGenesisTime);
        open();
    }
    void open() {
        chain_.reset();
        states_ = std::make_unique<ContractStates>(machine_, kTestChain, &checks_, random_, executor_);
        auto opened = Chain::open({&store_, states_.get(), &pool_, &signatures_, nullptr, &random_},
                                  std::chrono::seconds(10), genesis_);
        ASSERT_TRUE(opened) << opened.error().text;
        chain_ = *std::move(opened);
    }
    // What the chain service hands to the node that is to propose.
    [[nodiscard]] CandidateFrame frame_on_tip() const {
        const Head& head = chain_->head();
        CandidateFrame out{.header = {}, .base = head.tip.state_root, .voters = head.tip_voters};
        out.header.version = ledger::BlockHeader::kVersion;
        out.header.height = {head.tip.height.value + 1};
        out.header.timestamp = head.tip.timestamp + 10;
        out.header.prev_block_hash = head.tip.hash;
        out.header.generator = head.committees->generator(0)->bytes;
        out.header.seed = {HashSignatures::sign(out.header.generator, head.tip.seed.bytes).bytes};
        out.header.gas_limit = {3'000'000'000};
        out.header.prev_block_certificate = head.tip.attestation;
        return out;
    }
    [[nodiscard]] BuiltCandidate build(const std::vector<ledger::LedgerTransaction>& transactions) {
        std::size_t next = 0;
        const auto offer = [&]() -> const ledger::LedgerTransaction* {
            return next < transactions.size() ? &transactions[next++] : nullptr;
        };
        auto built = states_->build(frame_on_tip(), offer, {}, clock_);
        EXPECT_TRUE(built) << built.error().text;
        return *std::move(built);
    }
    [[nodiscard]] Block attested(Block block) const {
        TestNetwork::seal(block);
        block.header.attestation = TestNetwork::attestation_of(block, chain_->head());
        return block;
    }
    [[nodiscard]] bool accept(const Block& block) {
        std::vector<Action> events;
        const Now now{WallTime(std::chrono::seconds(block.header.timestamp)), {}};
        const auto accepted = chain_->accept(std::make_shared<const Block>(block), now, events);
        EXPECT_TRUE(accepted) << describe(accepted.error());
        return accepted.has_value();
    }

    TestStore store_;
    EmptyPool pool_;
    HashSignatures signatures_;
    SerialExecutor executor_;
    execution::ProofChecks checks_;
    ManualClock clock_{WallTime(std::chrono::seconds(TestNetwork::kGenesisTime))};
    Block genesis_;
    std::unique_ptr<ContractStates> states_;
    std::unique_ptr<Chain> chain_;
};

TEST_F(ContractStatesTest, StakesAreThoseOfTheContract) {
    const auto& stakes = chain_->head().stakes->all();
    ASSERT_EQ(stakes.size(), 1U);
    const auto& staker = stakes.begin()->second;
    EXPECT_EQ(staker.key, account(kStaker));
    EXPECT_EQ(staker.value, (ledger::Lux{2000 * kDusk.value}));
    EXPECT_TRUE(consensus::Provisioners::is_eligible(staker, {1}));
}

TEST_F(ContractStatesTest, ABlockIsBuiltJudgedAndAccepted) {
    std::vector<ledger::LedgerTransaction> offered{in_block(transfer(1)), in_block(transfer(2)),
                                                   in_block(transfer(1, 1, 0))};
    auto used = payload(3);
    used.value = {std::uint64_t{1} << 62};  // more than there is
    offered.push_back(in_block(sign(used)));
    const BuiltCandidate built = build(offered);
    EXPECT_EQ(built.block.transactions.size(), 3U);
    ASSERT_EQ(built.dropped.size(), 1U);
    EXPECT_EQ(built.dropped[0].id, offered[3].id());
    EXPECT_EQ(find_broken(built.block), std::nullopt);
    EXPECT_EQ(built.block.header.timestamp, TestNetwork::kGenesisTime + 10);

    const Block block = attested(built.block);
    const CheckPorts ports = chain_->check_ports();
    const WallTime now{std::chrono::seconds(block.header.timestamp)};
    ASSERT_TRUE(check_candidate(block, chain_->head(), LedgerView(store_), now, ports));
    EXPECT_EQ(states_->judge(block, root_, {}), consensus::Verdict::valid);
    // Another node that executes it itself finds the same.
    ContractStates other(machine_, kTestChain, nullptr, random_, executor_);
    EXPECT_EQ(other.judge(block, root_, {}), consensus::Verdict::valid);
    Block wrong = block;
    wrong.header.state_root.bytes[3] ^= 1U;
    wrong.header.hash = wrong.header.content_hash();
    EXPECT_EQ(other.judge(wrong, root_, {}), consensus::Verdict::invalid);
    ledger::StateRoot nowhere = root_;
    nowhere.bytes[0] ^= 1U;
    EXPECT_EQ(other.judge(block, nowhere, {}), consensus::Verdict::unknown);

    ASSERT_TRUE(accept(block));
    const auto spent = *store_.transaction(offered[0].id());
    ASSERT_TRUE(spent);
    EXPECT_GT(spent->gas_spent.value, 0U);
    EXPECT_EQ(spent->error, std::nullopt);
    EXPECT_TRUE(states_->has(block.header.state_root));
}

TEST_F(ContractStatesTest, TheClockMayMakeABlockLater) {
    clock_.advance(std::chrono::seconds(77));
    EXPECT_EQ(build({}).block.header.timestamp, TestNetwork::kGenesisTime + 77);
}

TEST_F(ContractStatesTest, RunsAndIsTakenUpAgain) {
    for (std::uint64_t nonce = 1; nonce <= 6; ++nonce) {
        ASSERT_TRUE(accept(attested(build({in_block(transfer(nonce))}).block)));
        // Rewards touch the stake, so that the contract remembers how it was.
        const auto read = states_->provisioners(chain_->tip().state_root);
        ASSERT_TRUE(read);
        EXPECT_EQ(*read, *chain_->head().stakes);
    }
    const auto tip = chain_->tip();
    const auto voters = chain_->head().tip_voters;
    EXPECT_EQ(chain_->last_final(), ledger::Height{5});
    EXPECT_EQ(machine_->store().commits().size(), 2U);
    open();
    EXPECT_EQ(chain_->tip(), tip);
    EXPECT_EQ(chain_->head().tip_voters, voters);
    ASSERT_TRUE(accept(attested(build({in_block(transfer(7))}).block)));
}

TEST_F(ContractStatesTest, StatesThatWereLostAreExecutedAgain) {
    for (std::uint64_t nonce = 1; nonce <= 2; ++nonce) {
        ASSERT_TRUE(accept(attested(build({in_block(transfer(nonce))}).block)));
    }
    const auto third = attested(build({in_block(transfer(3))}).block);
    ASSERT_TRUE(accept(third));
    ASSERT_TRUE(machine_->store().remove(third.header.state_root.bytes));
    open();
    EXPECT_EQ(chain_->tip().hash, third.header.hash);
    EXPECT_TRUE(states_->has(third.header.state_root));
    ASSERT_TRUE(accept(attested(build({in_block(transfer(4))}).block)));
}

TEST_F(ContractStatesTest, TakingABranchLeavesTheOthersTransactionsUnspent) {
    ASSERT_TRUE(accept(attested(build({in_block(transfer(1))}).block)));
    const Head parent = chain_->head();
    const auto ours = attested(build({in_block(transfer(2))}).block);
    const auto theirs = attested(build({in_block(transfer(1, 1, 0))}).block);
    const LedgerView ledger(store_);
    const WallTime now{std::chrono::seconds(ours.header.timestamp)};
    const auto checked = check_block(std::make_shared<const Block>(theirs), parent, ledger, now, chain_->check_ports());
    ASSERT_TRUE(checked) << describe(checked.error());
    ASSERT_TRUE(chain_->store_state(*checked));
    ASSERT_TRUE(accept(ours));
    const auto head =
        next_head(parent, theirs.header, checked->transition, checked->findings.attestation_voters, *states_);
    ASSERT_TRUE(head);
    std::vector<Action> events;
    ASSERT_TRUE(chain_->replace({1}, std::span(&*checked, 1), *head, events));
    EXPECT_EQ(chain_->tip().hash, theirs.header.hash);
    EXPECT_FALSE(*store_.has_transaction(ours.transactions[0].id()));
    EXPECT_TRUE(*store_.has_transaction(theirs.transactions[0].id()));
    ASSERT_TRUE(accept(attested(build({in_block(transfer(2))}).block)));
}

}  // namespace
}  // namespace dusk::chain
