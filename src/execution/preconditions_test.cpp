#include "execution/preconditions.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "crypto/chacha_rng.hpp"
#include "execution/test_chain.hpp"

namespace dusk::execution {
namespace {

using ledger::ContractDeploy;
using ledger::Transaction;

const Transaction& moonlight(std::optional<ledger::TransactionData> data, std::uint64_t gas_limit,
                             std::uint64_t gas_price) {
    static Transaction out;
    crypto::ChaChaRng random(1);
    const auto key = crypto::BlsSecretKey::random(random);
    ledger::MoonlightPayload payload;
    payload.sender = payload.receiver = key.public_key();
    payload.fee = {{gas_limit}, {gas_price}, key.public_key()};
    payload.data = std::move(data);
    out = {ledger::MoonlightTransaction{.payload = payload, .signature = {}}};
    return out;
}

ledger::Blobs blobs(std::size_t count) { return {std::vector<ledger::Blob>(count)}; }
ContractDeploy deploy(Bytes bytecode) { return ContractDeploy::of(std::move(bytecode), {}, {}, 0); }

class PhoenixFees : public testing::Test {
  protected:
    PhoenixFees() {
        crypto::ChaChaRng random(2);
        const auto owner = phoenix::SecretKey::random(random).public_key();
        for (auto& address : addresses_) address = owner.stealth_address(crypto::Fr::random(random));
        auto& skeleton = transaction_.payload.skeleton;
        for (std::size_t i = 0; i < 2; ++i) {
            skeleton.outputs[i] = phoenix::Note::transparent_stealth(addresses_[i], 5, phoenix::ContractInfo{});
        }
        skeleton.max_fee = 600;
        transaction_.payload.fee.gas_limit = {300};
        transaction_.payload.fee.gas_price = {2};
        transaction_.payload.fee.stealth_address = addresses_[1];
    }
    [[nodiscard]] Result<void, Refusal> check() const { return check_preconditions({transaction_}); }

    std::array<phoenix::StealthAddress, 2> addresses_;
    ledger::PhoenixTransaction transaction_;
};

TEST_F(PhoenixFees, OfAnHonestTransactionPass) { EXPECT_TRUE(check()); }

TEST_F(PhoenixFees, MustNotOverflow) {
    transaction_.payload.fee.gas_limit = {~std::uint64_t{0}};
    EXPECT_EQ(check().error(), Refusal::fee_overflow);
}

TEST_F(PhoenixFees, MustBeTheOneThatIsProven) {
    transaction_.payload.fee.gas_limit = {301};
    EXPECT_EQ(check().error(), Refusal::fee_tampered);
}

TEST_F(PhoenixFees, AreRefundedToTheOwnerOfTheChange) {
    transaction_.payload.fee.stealth_address = addresses_[0];
    EXPECT_EQ(check().error(), Refusal::refund_address);
}

TEST(Preconditions, OfDeployments) {
    const auto refusal = [](std::size_t size, std::uint64_t limit, std::uint64_t price) {
        const auto checked = check_preconditions(moonlight(deploy(Bytes(size)), limit, price));
        return checked ? std::optional<Refusal>() : checked.error();
    };
    EXPECT_EQ(refusal(10, 5'000'000, 2000), std::nullopt);
    EXPECT_EQ(refusal(10, 5'000'000, 1999), Refusal::deploy_price);
    EXPECT_EQ(refusal(10, 4'999'999, 2000), Refusal::deploy_limit);
    EXPECT_EQ(refusal(10, 4'999'999, 1999), Refusal::deploy_price);  // looked for first
    EXPECT_EQ(refusal(50'001, 5'000'099, 2000), Refusal::deploy_limit);
    EXPECT_EQ(refusal(50'001, 5'000'100, 2000), std::nullopt);
}

// No memory holds as many bytes as it takes for the first.
TEST(Preconditions, OfWhatDeploymentsPay) {
    constexpr std::uint64_t kLargest = ~std::uint64_t{0} / 100;
    const auto refusal = [](std::uint64_t size, std::uint64_t limit, std::uint64_t price) {
        const auto checked = check_deploy_terms(size, {limit}, {price});
        return checked ? std::optional<Refusal>() : checked.error();
    };
    EXPECT_EQ(refusal(kLargest + 1, ~std::uint64_t{0}, 2000), Refusal::deploy_charge_overflow);
    EXPECT_EQ(refusal(kLargest + 1, 0, 0), Refusal::deploy_charge_overflow);  // looked for first
    EXPECT_EQ(refusal(kLargest, ~std::uint64_t{0}, 2000), std::nullopt);
    EXPECT_EQ(refusal(kLargest, ~std::uint64_t{0}, 1999), Refusal::deploy_price);
    EXPECT_EQ(refusal(kLargest, 100 * kLargest - 1, 2000), Refusal::deploy_limit);
}

TEST(Preconditions, NoContractMayHaveA64BitMemory) {
    const auto check = [](const Bytes& bytecode) {
        return check_preconditions(moonlight(deploy(bytecode), 1'000'000'000, 2000));
    };
    EXPECT_TRUE(check(test_contract("mem")));
    EXPECT_EQ(check(test_contract("mem64")).error(), Refusal::memory64);
    EXPECT_EQ(check(to_vector(official_transfer_contract())).error(), Refusal::memory64);
    EXPECT_TRUE(check(to_vector(official_stake_contract())));
}

TEST(Preconditions, OfBlobs) {
    const auto refusal = [](std::size_t count, std::uint64_t limit) {
        const auto checked = check_preconditions(moonlight(blobs(count), limit, 1));
        return checked ? std::optional<Refusal>() : checked.error();
    };
    EXPECT_EQ(refusal(0, 10'000'000), Refusal::no_blob);
    EXPECT_EQ(refusal(1, 999'999), Refusal::blob_limit);
    EXPECT_EQ(refusal(1, 1'000'000), std::nullopt);
    EXPECT_EQ(refusal(6, 6'000'000), std::nullopt);
    EXPECT_EQ(refusal(7, 10'000'000), Refusal::too_many_blobs);
}

// The first rule that is broken is the one that is named.
TEST_F(PhoenixFees, AreLookedAtBeforeData) {
    transaction_.payload.data = ledger::Blobs{};
    transaction_.payload.fee.stealth_address = addresses_[0];
    EXPECT_EQ(check().error(), Refusal::refund_address);
    transaction_.payload.fee.gas_limit = {301};
    EXPECT_EQ(check().error(), Refusal::fee_tampered);
    transaction_.payload.fee.gas_limit = {~std::uint64_t{0}};
    EXPECT_EQ(check().error(), Refusal::fee_overflow);
    transaction_.payload.fee.gas_limit = {300};
    transaction_.payload.fee.stealth_address = addresses_[1];
    EXPECT_EQ(check().error(), Refusal::no_blob);
}

// The network compares points, not the coordinates in which they came.
TEST_F(PhoenixFees, AreRefundedToThePointsOfTheChange) {
    const auto& change = transaction_.payload.skeleton.outputs[1].stealth_address();
    const crypto::Fq z = crypto::Fq::from_u64(7);
    const auto scaled = [&](const crypto::JubJubExtended& point) {
        return crypto::JubJubExtended::from_coordinates_unchecked(point.u() * z, point.v() * z, point.z() * z,
                                                                  point.t1() * z, point.t2());
    };
    transaction_.payload.fee.stealth_address = {scaled(change.r()), scaled(change.note_pk())};
    EXPECT_TRUE(check());
}

TEST(Refusals, AreWordedAsByTheReleasedNode) {
    EXPECT_EQ(node_text(Refusal::fee_overflow), "Precondition error: phoenix fee overflow");
    EXPECT_EQ(node_text(Refusal::refund_address), "Precondition error: phoenix fee refund stealth address mismatch");
    EXPECT_EQ(node_text(Refusal::deploy_price), "Precondition error: gas price too low to deploy");
    EXPECT_EQ(node_text(Refusal::deploy_limit), "Precondition error: not enough gas to deploy");
    EXPECT_EQ(node_text(Refusal::memory64), "Precondition error: 64-bit wasm is not enabled in the VM");
    EXPECT_EQ(node_text(Refusal::fee_tampered), "Precondition error: phoenix fee tampered");
    EXPECT_EQ(node_text(Refusal::balance), "this transaction is invalid Value spent larger than account holds");
    EXPECT_EQ(node_text(Refusal::bad_proof), "this transaction is invalid Invalid proof");
    EXPECT_EQ(node_text(Refusal::nonce_not_ready), "Nonce not ready to be used yet");
    EXPECT_EQ(node_text(Refusal::unspendable, "OutOfGas"), "Unspendable: OutOfGas");
    EXPECT_EQ(node_text(Refusal::refund_failed, "Panic: x"), "Failed refund: Panic: x");
}

// A module of a type section, unknown and custom sections, and two memories with these flags.
Bytes module_with(std::uint8_t first, std::uint8_t second) {
    return {0, 'a', 's', 'm', 1, 0, 0, 0, 1, 1, 0, 0, 2, 1, 'x', 50, 1, 9, 5, 5, 2, first, 1, second, 1};
}

TEST(DeclaresMemory64, AnyOfTheMemories) {
    EXPECT_FALSE(declares_memory64(module_with(0, 0)));
    EXPECT_TRUE(declares_memory64(module_with(4, 0)));
    EXPECT_TRUE(declares_memory64(module_with(0, 4)));
    // The first that cannot be read ends the search.
    EXPECT_FALSE(declares_memory64(module_with(16, 4)));
    EXPECT_FALSE(declares_memory64(module_with(0, 5)));
}

TEST(DeclaresMemory64, OnlyInWhatIsAModuleSoFar) {
    const Bytes good = module_with(4, 4);
    for (std::size_t size = 0; size + 1 < good.size(); ++size) {
        EXPECT_EQ(declares_memory64(ByteView(good).first(size)), false) << size;
    }
    Bytes out_of_order = good;
    out_of_order[8] = 6;  // globals before memories
    EXPECT_FALSE(declares_memory64(out_of_order));
    Bytes bad_name = good;
    bad_name[14] = 0xff;
    EXPECT_FALSE(declares_memory64(bad_name));
    Bytes component = good;
    component[4] = 13;
    EXPECT_FALSE(declares_memory64(component));
}

RC_GTEST_PROP(DeclaresMemory64, AnyBytesHaveAnAnswer, (const Bytes& tail)) {
    Bytes bytecode{0, 'a', 's', 'm', 1, 0, 0, 0};
    append(bytecode, tail);
    (void)declares_memory64(bytecode);
}

}  // namespace
}  // namespace dusk::execution
