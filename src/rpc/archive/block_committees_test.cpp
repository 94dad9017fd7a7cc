#include "rpc/archive/block_committees.hpp"

#include <gtest/gtest.h>

#include "base/base58.hpp"
#include "chain/test_store.hpp"
#include "consensus/committee.hpp"
#include "crypto/chacha_rng.hpp"

namespace dusk::rpc {
namespace {

using consensus::RoundCommittees;
using Json = nlohmann::ordered_json;
using ledger::Height;
using ledger::VotingStep;

class BlockCommitteesTest : public testing::Test {
  protected:
    BlockCommitteesTest() {
        crypto::ChaChaRng random(8);
        for (std::uint64_t i = 0; i < 5; ++i) {
            const auto key = crypto::BlsSecretKey::random(random).public_key();
            // The last but one is too young, and the last too small.
            stakes_.set({key, {(i == 4 ? 999 : 1000 * (i + 1)) * ledger::kLuxPerDusk}, {i == 3 ? 99U : 0U}});
        }
        for (std::uint64_t height = 0; height <= 3; ++height) add(height);
    }
    void add(std::uint64_t height) {
        ledger::Block block{.header = ledger::genesis_header({}, 7)};
        ledger::BlockHeader& header = block.header;
        header.height = {height};
        header.seed.bytes[0] = static_cast<std::uint8_t>(height + 1);
        header.hash.bytes = {static_cast<std::uint8_t>(height + 100)};
        if (height == 0) return must(store_.begin(block));
        header.iteration = height == 2 ? 2 : 0;
        if (height == 2) {
            header.failed_iterations.iterations = {
                ledger::FailedIteration{.attestation = attestation(ledger::Vote::no_candidate(), 1, 6)}, std::nullopt};
            header.attestation = attestation(ledger::Vote::valid(header.hash), 1, 1);
        }
        if (height == 3) header.prev_block_certificate = attestation(ledger::Vote::valid({{102}}), 2, 5);
        must(store_.accept({.block = block, .label = {ledger::Label::Kind::accepted, 0}}));
    }
    static void must(const chain::StoreResult<void>& done) { ASSERT_TRUE(done); }
    static ledger::Attestation attestation(const ledger::Vote& vote, std::uint64_t first, std::uint64_t second) {
        return {.result = ledger::RatificationResult::of(vote),
                .validation = {.voters = first},
                .ratification = {.voters = second}};
    }
    [[nodiscard]] Json answer(std::uint64_t height) {
        const auto source = committee_source(store_, {height});
        EXPECT_TRUE(source && *source);
        return committees_json(**source, chain::kept_stakes(stakes_));
    }
    static void expect_committee(const Json& found, const consensus::Committee& committee,
                                 std::optional<std::uint64_t> voters) {
        ASSERT_EQ(found["members"].size(), committee.members().size());
        for (std::size_t i = 0; i < committee.members().size(); ++i) {
            const auto& member = committee.members()[i];
            EXPECT_EQ(found["members"][i]["account"], to_base58(member.bytes.bytes));
            EXPECT_EQ(found["members"][i]["credits"], member.credits);
            EXPECT_EQ(found["members"][i]["voted"], voters ? Json((*voters >> i & 1) == 1) : Json(nullptr));
        }
        EXPECT_EQ(found["credits"], committee.credits());
        EXPECT_EQ(found["voted_credits"], voters ? Json(committee.credits_of(*voters)) : Json(nullptr));
    }

    consensus::Provisioners stakes_{};
    chain::TestStore store_;
};

TEST_F(BlockCommitteesTest, TellsWhoSatAndWhoVoted) {
    const Json found = answer(2);
    EXPECT_EQ(found["height"], 2);
    EXPECT_EQ(found["iteration"], 2);
    ASSERT_EQ(found["iterations"].size(), 3U);
    ledger::Seed seed{};
    seed.bytes[0] = 2;  // of block 1
    RoundCommittees committees(stakes_, seed, {2});
    // By what the block says of failed iterations, and by the certificate that the next block has of it.
    using Votes = std::optional<std::pair<std::uint64_t, std::uint64_t>>;
    const std::array<Votes, 3> votes{Votes({1, 6}), Votes(), Votes({2, 5})};
    const std::array<Json, 3> outcomes{"no_candidate", nullptr, "valid"};
    for (std::uint8_t i = 0; i < 3; ++i) {
        const Json& one = found["iterations"][i];
        EXPECT_EQ(one["iteration"], i);
        EXPECT_EQ(one["outcome"], outcomes.at(i));
        EXPECT_EQ(one["generator"], to_base58(committees.generator(i)->bytes.bytes));
        const auto of = [&](auto which) { return votes.at(i) ? std::optional((*votes.at(i)).*which) : std::nullopt; };
        using Pair = std::pair<std::uint64_t, std::uint64_t>;
        expect_committee(one["validation"], committees.voters(i, VotingStep::validation), of(&Pair::first));
        expect_committee(one["ratification"], committees.voters(i, VotingStep::ratification), of(&Pair::second));
    }
}

TEST_F(BlockCommitteesTest, TheLastBlockByItsOwnAttestation) {
    ASSERT_TRUE(store_.revert_to({2}));
    expect_committee(answer(2)["iterations"][2]["validation"],
                     RoundCommittees(stakes_, ledger::Seed{{2}}, {2}).voters(2, VotingStep::validation), 1);
}

TEST_F(BlockCommitteesTest, NobodyWasAskedAboutTheFirstBlock) {
    EXPECT_FALSE(committee_source(store_, {0})->has_value());
    EXPECT_FALSE(committee_source(store_, {9})->has_value());
    EXPECT_EQ(answer(1)["iterations"][0]["outcome"], nullptr);  // block 2 has no certificate of it
    // Without stakes there is nobody.
    const Json found = committees_json(**committee_source(store_, {1}), {});
    EXPECT_EQ(found["iterations"][0]["generator"], nullptr);
    EXPECT_TRUE(found["iterations"][0]["validation"]["members"].empty());
}

}  // namespace
}  // namespace dusk::rpc
