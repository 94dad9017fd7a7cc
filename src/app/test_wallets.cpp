#include "app/test_wallets.hpp"

#include <fmt/core.h>

#include "crypto/blake2b.hpp"

namespace dusk::app {

std::vector<TestWallet> test_wallets(std::size_t count) {
    std::vector<TestWallet> out;
    for (std::size_t i = 0; i < count; ++i) {
        const auto digest = crypto::blake2b_256(as_bytes(fmt::format("dusk devnet test wallet {}", i)));
        const auto mnemonic = crypto::Mnemonic::from_entropy(ByteView(digest).first(16)).value();
        out.push_back({.phrase = std::string(mnemonic.phrase().reveal_text()),
                       .profile = wallet::derive_profile(mnemonic.seed(), 0)});
    }
    return out;
}

void fund(ledger::GenesisSnapshot& genesis, const wallet::Profile& profile, ledger::Lux funds) {
    const std::vector<ledger::Lux> notes(kTestNotes, {funds.value / kTestNotes});
    genesis.phoenix_balances.push_back({profile.phoenix.public_key(), genesis.phoenix_balances.size(), notes});
    genesis.moonlight_accounts.push_back({profile.bls.public_key(), funds});
}

}  // namespace dusk::app
