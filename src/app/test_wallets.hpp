// Ten wallets that everybody has: what a devnet starts with unless somebody says otherwise (docs/genesis.md).
#pragma once

#include <string>
#include <vector>

#include "ledger/genesis_snapshot.hpp"
#include "wallet/profile.hpp"

namespace dusk::app {

inline constexpr std::size_t kTestWallets = 10;
inline constexpr ledger::Lux kTestFunds{1'000'000 * ledger::kLuxPerDusk};
inline constexpr std::size_t kTestNotes = 10;  // that they are divided into, so that several can be spent at once

// The first profile of a phrase of twelve words. Whoever reads the documentation has its keys.
struct TestWallet {
    std::string phrase;
    wallet::Profile profile;
};

// The same on every machine: the entropy of number i, from 0, is the first 16 bytes of BLAKE2b-256 of
// "dusk devnet test wallet " and the number i in decimal. About 2 ms each.
[[nodiscard]] std::vector<TestWallet> test_wallets(std::size_t count = kTestWallets);

// `funds` in public, and as much in notes, whose seed is the number of the wallet among the owners of notes.
void fund(ledger::GenesisSnapshot& genesis, const wallet::Profile& profile, ledger::Lux funds = kTestFunds);

}  // namespace dusk::app
