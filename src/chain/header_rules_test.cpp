// Most of what these rules say is checked with the reference results (tests/runner/consensus/headers.cpp).
#include "chain/header_rules.hpp"

#include <gtest/gtest.h>

#include "consensus/bls_signatures.hpp"
#include "consensus/test_keys.hpp"
#include "ledger/block.hpp"

namespace dusk::chain {
namespace {

using consensus::BlsSignatures;
using consensus::RoundCommittees;
using consensus::TestKey;
using ledger::BlockHeader;
using std::chrono::seconds;

const std::vector<TestKey>& keys() {
    static const auto all = consensus::test_keys(5);
    return all;
}

class HeaderRules : public testing::Test {
  protected:
    HeaderRules() {
        previous_.height = {1};
        previous_.iteration = consensus::kEmergencyBlockIteration;  // so that no certificate is asked for
        previous_.timestamp = 1000;
        previous_.seed = {{7}};
        previous_.hash = previous_.content_hash();
        for (const TestKey& key : keys()) provisioners_.set({key.key, consensus::kMinimumStake, {0}});
        committees_.emplace(provisioners_, previous_.seed, ledger::Height{2});
    }

    [[nodiscard]] const TestKey& generator(std::uint8_t iteration) {
        return *std::ranges::find(keys(), committees_->generator(iteration)->bytes, &TestKey::bytes);
    }
    [[nodiscard]] BlockHeader header(std::uint8_t iteration = 0) {
        const TestKey& key = generator(iteration);
        BlockHeader out;
        out.version = BlockHeader::kVersion;
        out.height = {2};
        out.timestamp = 1010;
        out.prev_block_hash = previous_.hash;
        out.seed = {key.sign(previous_.seed.bytes).bytes};
        out.generator = key.bytes;
        out.iteration = iteration;
        return sign(out, key);
    }
    static BlockHeader sign(BlockHeader header, const TestKey& key) {
        header.hash = header.content_hash();
        header.signature = key.sign(header.hash.bytes);
        return header;
    }
    [[nodiscard]] HeaderPlace place() {
        return {.previous = previous_,
                .committees = *committees_,
                .now = WallTime(seconds(1010)),
                .emergency_key = keys()[0].key};
    }
    [[nodiscard]] std::optional<HeaderError> error(const BlockHeader& header, const HeaderPlace& place,
                                                   HeaderUse use = HeaderUse::candidate) {
        const auto checked = check_header(header, use, place, signatures_);
        return checked ? std::nullopt : std::optional(checked.error().error);
    }
    [[nodiscard]] std::optional<HeaderError> error(const BlockHeader& header) { return error(header, place()); }

    BlockHeader previous_;
    consensus::Provisioners provisioners_;
    std::optional<RoundCommittees> committees_;
    BlsSignatures signatures_;
};

TEST_F(HeaderRules, ACandidateNeedsNoAttestation) {
    for (const std::uint8_t iteration : std::initializer_list<std::uint8_t>{0, 1, 49, 50, 200}) {
        const auto found = check_header(header(iteration), HeaderUse::candidate, place(), signatures_);
        ASSERT_TRUE(found) << describe(found.error());
        EXPECT_EQ(found->unshown_iterations, std::min<int>(iteration, 50));
        EXPECT_TRUE(found->certificate_voters.empty());
    }
    EXPECT_EQ(error(header(), place(), HeaderUse::block), HeaderError::invalid_attestation);
}

TEST_F(HeaderRules, TheNetworkSaysHowFastBlocksAre) {
    BlockHeader fast = header();
    fast.timestamp = 1001;
    fast = sign(fast, generator(0));
    EXPECT_EQ(error(fast), HeaderError::too_early);
    HeaderPlace slow = place();
    slow.minimum_block_time = seconds(1);
    EXPECT_EQ(error(fast, slow), std::nullopt);
    slow.minimum_block_time = seconds(2);
    EXPECT_EQ(error(fast, slow), HeaderError::too_early);
    // Several blocks within a second, but none before the one that it stands on.
    slow.minimum_block_time = seconds(0);
    fast.timestamp = 1000;
    EXPECT_EQ(error(sign(fast, generator(0)), slow), std::nullopt);
    fast.timestamp = 999;
    EXPECT_EQ(error(sign(fast, generator(0)), slow), HeaderError::too_early);
}

TEST_F(HeaderRules, TimesDoNotWrap) {
    HeaderPlace later = place();
    previous_.timestamp = ~std::uint64_t{0} - 5;
    BlockHeader wrapped = header();
    wrapped.timestamp = 4;
    EXPECT_EQ(error(sign(wrapped, generator(0)), later), HeaderError::too_early);
    previous_.timestamp = 1000;
    later.now = WallTime(seconds(-100));
    EXPECT_EQ(error(header(), later), HeaderError::too_far_ahead);
    later.now = WallTime(std::chrono::milliseconds(1'006'999));
    EXPECT_EQ(error(header(), later), HeaderError::too_far_ahead);
    later.now = WallTime(seconds(1007));
    EXPECT_EQ(error(header(), later), std::nullopt);
}

TEST_F(HeaderRules, NobodyGeneratesWithoutAnyStake) {
    RoundCommittees nobody({}, previous_.seed, {2});
    const HeaderPlace empty{.previous = previous_, .committees = nobody, .now = WallTime(seconds(1010))};
    EXPECT_EQ(error(header(), empty), HeaderError::invalid_block_signature);
}

TEST_F(HeaderRules, OnlyTheRightKeyMakesEmergencyBlocks) {
    BlockHeader emergency = header();
    emergency.iteration = consensus::kEmergencyBlockIteration;
    emergency.timestamp = 1000 + 6120;
    HeaderPlace late = place();
    late.now = WallTime(seconds(10'000));
    const auto made_by = [&](const TestKey& key) {
        emergency.generator = key.bytes;
        emergency.seed = {key.sign(previous_.seed.bytes).bytes};
        return sign(emergency, key);
    };
    EXPECT_EQ(error(made_by(keys()[0]), late, HeaderUse::block), std::nullopt);
    EXPECT_EQ(error(made_by(keys()[1]), late, HeaderUse::block), HeaderError::invalid_block_signature);
    emergency.timestamp -= 1;
    EXPECT_EQ(error(made_by(keys()[0]), late, HeaderUse::block), HeaderError::too_early);
}

// The carried hash is what is signed; that it is the content's is asked before these rules.
TEST_F(HeaderRules, TheHashIsTakenAsItIs) {
    BlockHeader altered = header();
    altered.gas_limit = {1};
    EXPECT_NE(altered.hash, altered.content_hash());
    EXPECT_EQ(error(altered), std::nullopt);
    EXPECT_FALSE((ledger::Block{altered, {}, {}}.hash_holds()));
}

TEST_F(HeaderRules, AnEntryForAnIterationThatHasNotFailedIsRefused) {
    BlockHeader named = header();
    named.failed_iterations.iterations = {ledger::FailedIteration{{}, generator(0).bytes}};
    EXPECT_EQ(error(sign(named, generator(0))), HeaderError::invalid_failed_attestation);
    named.failed_iterations.iterations[0]->attestation.result = {true, ledger::Vote::valid({})};
    const auto checked = check_header(sign(named, generator(0)), HeaderUse::candidate, place(), signatures_);
    EXPECT_EQ(checked.error(),
              (HeaderFailure{HeaderError::invalid_failed_attestation,
                             consensus::AttestationFailure{consensus::AttestationFailure::Kind::invalid_result}}));
    EXPECT_EQ(describe(checked.error()),
              "the attestation of a failed iteration does not hold: the attestation has another result");
    named.failed_iterations.iterations = {};
    named.failed_iterations.iterations.resize(9);
    named.hash = {{1}};
    named.signature = generator(0).sign(named.hash.bytes);
    EXPECT_EQ(error(named), HeaderError::too_many_failed_iterations);
}

TEST(HeaderErrors, SomeAreNotVotedOn) {
    using enum HeaderError;
    for (const auto silent : {invalid_block_signature, other_height, too_far_ahead, other_parent, known_block}) {
        EXPECT_FALSE(must_vote(silent)) << to_string(silent);
    }
    for (const auto voted :
         {unsupported_version, empty_hash, too_early, invalid_seed, invalid_certificate, invalid_attestation,
          too_many_failed_iterations, other_failed_generator, invalid_failed_attestation}) {
        EXPECT_TRUE(must_vote(voted)) << to_string(voted);
    }
}

}  // namespace
}  // namespace dusk::chain
