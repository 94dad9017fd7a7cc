#include "ledger/fault.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "crypto/keccak.hpp"
#include "ledger/block_samples.hpp"

namespace dusk::ledger {
namespace {

TEST(Fault, ItsIdIsTheHashOfItsBytes) {
    const Fault fault = BlockSamples(1).fault();
    EXPECT_EQ(fault.id().bytes, crypto::sha3_256(encode(fault)));
    EXPECT_EQ(fault.size_in_candidate(), encode(fault).size() - 1);
}

TEST(Fault, TheOrderOfTheTwoItemsDoesNotMatter) {
    BlockSamples samples(2);
    const auto first = samples.fault_item<Vote>();
    const auto second = samples.fault_item<Vote>();
    const Fault fault(DoubleValidationVote{first, second});
    EXPECT_TRUE(fault.is_about_the_same(Fault(DoubleValidationVote{second, first})));
    EXPECT_FALSE(fault.is_about_the_same(Fault(DoubleValidationVote{first, first})));
    // The same votes in the other step are other messages.
    EXPECT_FALSE(fault.is_about_the_same(Fault(DoubleRatificationVote{first, second})));
    EXPECT_EQ(fault.culprit(), first.sign_info.signer);

    // Who signed is no part of what was said.
    auto other_signer = first;
    other_signer.sign_info = samples.sign_info();
    EXPECT_TRUE(fault.is_about_the_same(Fault(DoubleValidationVote{other_signer, second})));
}

TEST(Fault, WhatItemsSignIsWhatVotesSign) {
    BlockSamples samples(3);
    FaultItem<Vote> item = samples.fault_item<Vote>();
    item.sign_info = samples.sign_info(signed_vote(item.header, VotingStep::ratification, item.data));
    const auto claims = Fault(DoubleRatificationVote{item, item}).claims();
    EXPECT_TRUE(verify(claims[0].sign_info, claims[0].message));
    const auto in_other_step = Fault(DoubleValidationVote{item, item}).claims();
    EXPECT_EQ(verify(in_other_step[0].sign_info, in_other_step[0].message).error(),
              crypto::BlsError::invalid_signature);
}

TEST(SignInfo, WhatIsNoSignatureOrKeyIsAnInvalidPoint) {
    BlockSamples samples(4);
    const Bytes message{1, 2, 3};
    SignInfo info = samples.sign_info(message);
    EXPECT_TRUE(verify(info, message));
    EXPECT_EQ(verify(info, Bytes{1, 2}).error(), crypto::BlsError::invalid_signature);
    SignInfo no_point = info;
    no_point.signature.bytes[0] = 0;
    EXPECT_EQ(verify(no_point, message).error(), crypto::BlsError::invalid_point);
    SignInfo identity = info;
    identity.signer = {};
    EXPECT_EQ(verify(identity, message).error(), crypto::BlsError::invalid_point);
}

}  // namespace
}  // namespace dusk::ledger
