#include "sim/keyed_signatures.hpp"

#include <gtest/gtest.h>

#include "sim/keys.hpp"

namespace dusk::sim {
namespace {

using crypto::BlsError;

class KeyedSignaturesTest : public testing::Test {
  protected:
    KeyedSignatures signatures{1};
    crypto::BlsPublicKey a = sim_key(0).key;
    crypto::BlsPublicKey b = sim_key(1).key;
    ByteView message = as_bytes("message");
};

TEST_F(KeyedSignaturesTest, HoldForKeyAndMessage) {
    const auto signature = signatures.sign(a, message);
    EXPECT_TRUE(signatures.verify(std::span(&a, 1), signature, message));
    EXPECT_EQ(signatures.verify(std::span(&b, 1), signature, message).error(), BlsError::invalid_signature);
    EXPECT_EQ(signatures.verify(std::span(&a, 1), signature, as_bytes("massage")).error(), BlsError::invalid_signature);
}

TEST_F(KeyedSignaturesTest, AddUpInAnyOrder) {
    const std::array both{a, b};
    const auto sum = signatures.add(signatures.sign(a, message), signatures.sign(b, message));
    EXPECT_EQ(sum, signatures.add(signatures.sign(b, message), signatures.sign(a, message)));
    EXPECT_TRUE(signatures.verify(both, *sum, message));
    EXPECT_FALSE(signatures.verify(std::span(&a, 1), *sum, message));
    const std::array twice{a, a};
    EXPECT_FALSE(signatures.verify(twice, *sum, message));
}

TEST_F(KeyedSignaturesTest, WhatNobodyMadeIsNone) {
    EXPECT_EQ(signatures.verify({}, signatures.sign(a, message), message).error(), BlsError::no_keys);
    EXPECT_EQ(signatures.verify(std::span(&a, 1), {}, message).error(), BlsError::invalid_point);
    auto changed = signatures.sign(a, message);
    changed.bytes[3] ^= 1;
    EXPECT_EQ(signatures.verify(std::span(&a, 1), changed, message).error(), BlsError::invalid_point);
    EXPECT_FALSE(signatures.add(changed, signatures.sign(a, message)));
    const crypto::BlsPublicKey nobody;
    EXPECT_EQ(signatures.verify(std::span(&nobody, 1), signatures.sign(a, message), message).error(),
              BlsError::invalid_point);
}

TEST_F(KeyedSignaturesTest, AnotherSaltIsAnotherWorld) {
    const KeyedSignatures other{2};
    EXPECT_NE(other.sign(a, message), signatures.sign(a, message));
}

}  // namespace
}  // namespace dusk::sim
