#include "consensus/bls_signatures.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "consensus/test_keys.hpp"

namespace dusk::consensus {
namespace {

using crypto::BlsError;
using crypto::BlsPublicKey;
using ledger::SignatureBytes;
using Verdict = Result<void, BlsError>;

const std::vector<TestKey>& keys() {
    static const auto all = test_keys(5);
    return all;
}

SignatureBytes identity() {
    SignatureBytes out;
    out.bytes[0] = 0xc0;
    return out;
}

class BlsSignaturesTest : public testing::Test {
  protected:
    // Of the first `count` keys.
    SignatureBytes signature_of(std::size_t count, ByteView message) {
        SignatureBytes out = keys()[0].sign(message);
        for (std::size_t i = 1; i < count; ++i) out = signatures_.add(out, keys()[i].sign(message)).value();
        return out;
    }
    static std::vector<BlsPublicKey> first(std::size_t count) {
        std::vector<BlsPublicKey> out;
        for (std::size_t i = 0; i < count; ++i) out.push_back(keys()[i].key);
        return out;
    }

    BlsSignatures signatures_;
    Bytes message_{1, 2, 3};
    Bytes other_{1, 2, 4};
};

TEST_F(BlsSignaturesTest, SharesAddUp) {
    for (const std::size_t count : {1U, 2U, 5U}) {
        const auto signature = signature_of(count, message_);
        for (int i = 0; i < 2; ++i) {  // computed, then remembered
            EXPECT_TRUE(signatures_.verify(first(count), signature, message_)) << count;
            EXPECT_EQ(signatures_.verify(first(count), signature, other_), Verdict(fail(BlsError::invalid_signature)));
            EXPECT_EQ(signatures_.verify(first(count == 1 ? 2 : 1), signature, message_),
                      Verdict(fail(BlsError::invalid_signature)));
        }
    }
    EXPECT_EQ(signatures_.remembered(), 3U);
}

TEST_F(BlsSignaturesTest, TheWeightedKeyCountsAlsoForOne) {
    const TestKey& signer = keys()[0];
    const SignatureBytes bare{signer.secret.sign(message_).to_bytes()};
    EXPECT_EQ(signatures_.verify(first(1), bare, message_), Verdict(fail(BlsError::invalid_signature)));
    EXPECT_TRUE(signatures_.verify(ledger::SignInfo{signer.key, signer.sign(message_)}, message_));
}

TEST_F(BlsSignaturesTest, RefusesWhatIsNoPoint) {
    const Verdict invalid = fail(BlsError::invalid_point);
    const auto good = signature_of(2, message_);
    EXPECT_EQ(signatures_.verify({}, good, message_), Verdict(fail(BlsError::no_keys)));
    EXPECT_EQ(signatures_.verify(first(2), SignatureBytes{}, message_), invalid);
    EXPECT_EQ(signatures_.verify(first(2), identity(), message_), invalid);
    EXPECT_EQ(signatures_.verify(std::array{keys()[0].key, BlsPublicKey{}}, good, message_), invalid);
    EXPECT_EQ(signatures_.add(good, SignatureBytes{}), std::nullopt);
    EXPECT_EQ(signatures_.add(SignatureBytes{}, good), std::nullopt);
    EXPECT_EQ(signatures_.add(good, identity()), good);
    EXPECT_EQ(signatures_.remembered(), 0U);
}

TEST_F(BlsSignaturesTest, RemembersNoMoreThanItMay) {
    BlsSignatures two({.keys = 2, .signatures = 2});
    for (std::uint8_t i = 0; i < 4; ++i) {
        const Bytes message{i};
        EXPECT_TRUE(two.verify(first(3), signature_of(3, message), message));
        EXPECT_TRUE(two.verify(first(3), signature_of(3, message), message));
        EXPECT_EQ(two.remembered(), std::min(2, i + 1));
    }
    BlsSignatures none({.keys = 0, .signatures = 0});
    EXPECT_TRUE(none.verify(first(3), signature_of(3, message_), message_));
    EXPECT_EQ(none.remembered(), 0U);
}

TEST_F(BlsSignaturesTest, RemembersWhatIsBadApart) {
    BlsSignatures signatures({.signatures = 2, .bad = 2});
    const auto claim = [&](std::uint8_t number, bool is_good) {
        const Bytes message{number};
        return BlsSignatures::Claim{{keys()[0].key, keys()[0].sign(is_good ? message : message_)}, message};
    };
    EXPECT_TRUE(signatures.verify(claim(0, true).sign_info, claim(0, true).message));
    const std::vector<BlsSignatures::Claim> bad{claim(1, false), claim(2, false), claim(3, false)};
    crypto::ChaChaRng random(1);
    for (const Verdict& verdict : signatures.verify_votes(bad, random)) {
        EXPECT_EQ(verdict, Verdict(fail(BlsError::invalid_signature)));
    }
    EXPECT_EQ(signatures.found_bad(), 3U);
    EXPECT_FALSE(signatures.knows_bad(bad[0]));  // the oldest
    EXPECT_TRUE(signatures.knows_bad(bad[1]));
    EXPECT_TRUE(signatures.knows_bad(bad[2]));
    EXPECT_FALSE(signatures.knows_bad(claim(0, true)));
    EXPECT_EQ(signatures.remembered(), 1U);
    // Those are not looked at again, and stay what they are.
    EXPECT_EQ(signatures.verify(bad[2].sign_info, bad[2].message), Verdict(fail(BlsError::invalid_signature)));
    EXPECT_EQ(signatures.found_bad(), 3U);
    EXPECT_FALSE(signatures.verify(bad[0].sign_info, bad[0].message));
    EXPECT_EQ(signatures.found_bad(), 4U);
}

RC_GTEST_PROP(BlsSignatureBatches, SayOfEachVoteWhatVerifySays, ()) {
    BlsSignatures batch;
    BlsSignatures single;
    const std::vector<Bytes> messages{{1}, {2}, {3}};
    std::vector<BlsSignatures::Claim> claims;
    const auto count = *rc::gen::inRange(0, 9);
    const bool with_bad = *rc::gen::arbitrary<bool>();
    for (int i = 0; i < count; ++i) {
        const TestKey& signer = keys()[*rc::gen::inRange<std::size_t>(0, keys().size())];
        const Bytes& message = messages[*rc::gen::inRange<std::size_t>(0, messages.size())];
        BlsSignatures::Claim claim{{signer.key, signer.sign(message)}, message};
        switch (with_bad ? *rc::gen::inRange(0, 8) : 7) {
            case 0:
                claim.sign_info.signer = {};
                break;
            case 1:
                claim.sign_info.signature = {};
                break;
            case 2:
                claim.sign_info.signature = identity();
                break;
            case 3:
                claim.message = messages[0];
                break;
            case 4:
                claim.sign_info.signature = {signer.secret.sign(message).to_bytes()};
                break;
            default:
                break;
        }
        claims.push_back(claim);
    }
    crypto::ChaChaRng random(*rc::gen::arbitrary<std::uint64_t>());
    for (int round = 0; round < 2; ++round) {
        const auto verdicts = batch.verify_votes(claims, random);
        RC_ASSERT(verdicts.size() == claims.size());
        for (std::size_t i = 0; i < claims.size(); ++i) {
            RC_ASSERT(verdicts[i] == single.verify(claims[i].sign_info, claims[i].message));
        }
        RC_ASSERT(batch.remembered() == single.remembered());
    }
}

}  // namespace
}  // namespace dusk::consensus
