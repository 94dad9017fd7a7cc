#include "rpc/wallet_modules.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"
#include "crypto/sha2.hpp"

namespace dusk::rpc {
namespace {

std::string hash_of(std::string_view file, const ledger::Network& network) {
    const auto module = wallet_module(file, network);
    return module ? to_hex(crypto::sha256(module->bytes)) : "none";
}

// The hashes are those of the released files: dusk-rusk 1.7.0, src/assets.
TEST(WalletModules, OfTheReleasedNetworkAreTheReleasedFiles) {
    const ledger::Network& rusk = ledger::rusk_network();
    const std::string oldest = "4f5d19c8912300d5a705055fc10ed61719f418cb5f8782aad7f3880e0705528d";
    EXPECT_EQ(hash_of("wallet-core.wasm", rusk), oldest);
    EXPECT_EQ(hash_of("wallet-core-1.0.1.wasm", rusk), oldest);
    EXPECT_EQ(hash_of("wallet-core-1.3.0.wasm", rusk),
              "0134e262b122a4a9bb30fbd648cc9f9b6edcc2ba024384b55458292460657371");
    EXPECT_EQ(hash_of("wallet-core-1.6.0.wasm", rusk),
              "a20b7e34b5fe5b3fa4c9ed25a4881e7eba5eed0ba8b6befb48b4aaf4a4cf0680");
    EXPECT_EQ(hash_of("wallet-core-1.6.1.wasm", rusk),
              "c1249cb16b3765be4ceab99197219f2b92a541a6521e04161bc72e68a612757d");
}

// Ours: with what the official ones lack. Both names are one file.
TEST(WalletModules, OfANetworkOfSoundCircuitsMakeProofsForThem) {
    const auto module = wallet_module("wallet-core-1.6.1.wasm", ledger::devnet());
    ASSERT_TRUE(module.has_value());
    const std::string_view text(reinterpret_cast<const char*>(module->bytes.data()), module->bytes.size());
    EXPECT_FALSE(module->is_released);
    EXPECT_TRUE(wallet_module("wallet-core-1.6.1.wasm", ledger::rusk_network())->is_released);
    for (const char* name : {"phoenix", "into_proven", "proof_begin", "module_info"}) {
        EXPECT_NE(text.find(name), std::string_view::npos) << name;
    }
    EXPECT_EQ(hash_of("wallet-core-1.6.0.wasm", ledger::devnet()), hash_of("wallet-core-1.6.1.wasm", ledger::devnet()));
    EXPECT_EQ(hash_of("wallet-core-1.3.0.wasm", ledger::devnet()),
              hash_of("wallet-core-1.3.0.wasm", ledger::rusk_network()));
}

TEST(WalletModules, OtherNamesHaveNone) {
    for (const char* name : {"", "wallet-core", "wallet-core-1.6.2.wasm", "WALLET-CORE.wasm", "../wallet-core.wasm"}) {
        EXPECT_EQ(hash_of(name, ledger::rusk_network()), "none") << name;
        EXPECT_EQ(hash_of(name, ledger::devnet()), "none") << name;
    }
}

}  // namespace
}  // namespace dusk::rpc
