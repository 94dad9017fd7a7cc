#include "execution/genesis_contracts.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"
#include "crypto/sha2.hpp"
#include "phoenix/devnet_verifier_data.hpp"
#include "phoenix/released_verifier_data.hpp"

namespace dusk::execution {
namespace {

TEST(GenesisContracts, TheEmbeddedFilesAreTheReleasedOnes) {
    EXPECT_EQ(to_hex(crypto::sha256(official_transfer_contract())),
              "a78d3f27c8ad686c255a426d2ab877c3accaaea22bdf0db7378509ab2b67c938");
    EXPECT_EQ(to_hex(crypto::sha256(official_stake_contract())),
              "5d5fd342c73aeeb1e858e6d1b6b0354d5e7f8ff9952763fa9a4786bb3cbe5bd5");
    EXPECT_TRUE(official_localnet_snapshot().contains("[[stake]]"));
}

TEST(GenesisContracts, RuskTakesThemAsTheyAre) {
    const GenesisContracts contracts = genesis_contracts(ledger::rusk_network());
    EXPECT_TRUE(equal(contracts.transfer, official_transfer_contract()));
    EXPECT_TRUE(equal(contracts.stake, official_stake_contract()));
}

// Byte by byte: outside of the four slots nothing differs, inside is the devnet's data and all of it.
TEST(GenesisContracts, DevnetDiffersInTheVerifierDataOnly) {
    const GenesisContracts contracts = genesis_contracts(ledger::devnet());
    const ByteView official = official_transfer_contract();
    EXPECT_TRUE(equal(contracts.stake, official_stake_contract()));
    ASSERT_EQ(contracts.transfer.size(), official.size());

    std::size_t at = 0;
    for (std::size_t i = 0; i < kVerifierDataSlots.size(); ++i) {
        const auto [offset, size] = kVerifierDataSlots[i];
        ASSERT_GE(offset, at);
        EXPECT_TRUE(equal(ByteView(contracts.transfer).subspan(at, offset - at), official.subspan(at, offset - at)));
        const ByteView slot = ByteView(contracts.transfer).subspan(offset, size);
        EXPECT_TRUE(equal(slot, phoenix::devnet_verifier_data()[i]));
        EXPECT_FALSE(equal(slot, phoenix::released_verifier_data()[i]));
        at = offset + size;
    }
    EXPECT_TRUE(equal(ByteView(contracts.transfer).subspan(at), official.subspan(at)));
}

TEST(GenesisContracts, DataOfAnotherSizeOrAnotherContractIsAMistake) {
    auto encodings = phoenix::devnet_verifier_data();
    encodings[2].pop_back();
    EXPECT_THROW((void)with_verifier_data(official_transfer_contract(), encodings), std::logic_error);
    EXPECT_THROW((void)with_verifier_data(official_stake_contract(), phoenix::devnet_verifier_data()),
                 std::logic_error);
    EXPECT_THROW((void)with_verifier_data({}, phoenix::devnet_verifier_data()), std::logic_error);
    // What is patched once is not patched again.
    const Bytes patched = genesis_contracts(ledger::devnet()).transfer;
    EXPECT_THROW((void)with_verifier_data(patched, phoenix::devnet_verifier_data()), std::logic_error);
}

}  // namespace
}  // namespace dusk::execution
