// The commands of `dusk wallet` that make a wallet and change what it remembers.
#pragma once

#include <optional>

#include "app/wallet_folder.hpp"

namespace dusk::app {

// What a new wallet is told about the network.
struct WalletPlace {
    std::string network = "devnet";
    std::optional<unsigned> chain_id{};
    std::string node = "127.0.0.1:8080";
    std::uint64_t birthday = 0;  // no note is in a block below
};

struct WalletCreate {
    WalletOptions wallet{};
    WalletPlace place{};
    std::size_t words = 24;
    std::uint8_t profiles = 1;
    wallet::KeystoreCost cost{};
};
// A new recovery phrase in a new wallet.
[[nodiscard]] CommandResult wallet_create(const WalletCreate& command, RandomSource& random);

struct WalletRestore {
    WalletOptions wallet{};
    WalletPlace place{};
    PasswordSource phrase{};
    std::uint8_t profiles = 1;
    wallet::KeystoreCost cost{};
};
// The wallet of a recovery phrase.
[[nodiscard]] CommandResult wallet_restore(const WalletRestore& command, RandomSource& random);

struct WalletOpen {
    WalletOptions wallet{};
    WalletPlace place{};
    std::filesystem::path from{};
    wallet::KeystoreCost cost{};
};
// The wallet that a file of any kind holds, under the same password. The file stays.
[[nodiscard]] CommandResult wallet_open(const WalletOpen& command, RandomSource& random);

struct WalletWatch {
    WalletOptions wallet{};
    WalletPlace place{};
    std::string address{};
    std::string account{};
    PasswordSource view_key{};  // where the view key is read from
};
// A wallet without secret keys, that sees what a profile receives.
[[nodiscard]] CommandResult wallet_watch(const WalletWatch& command);

struct WalletProfiles {
    WalletOptions wallet{};
    unsigned add = 0;
};
// The profiles; adds some first.
[[nodiscard]] CommandResult wallet_profiles(const WalletProfiles& command, RandomSource& random);

struct WalletViewKey {
    WalletOptions wallet{};
    std::uint8_t profile = 0;
};
// Prints the key that sees what a profile receives.
[[nodiscard]] CommandResult wallet_view_key(const WalletViewKey& command);

struct WalletSettingsChange {
    WalletOptions wallet{};
    std::optional<std::string> network{};
    std::optional<unsigned> chain_id{};
    std::optional<std::string> node{};
    std::optional<std::string> prover{};
    std::optional<std::uint64_t> birthday{};
};
[[nodiscard]] CommandResult wallet_settings(const WalletSettingsChange& command);

struct WalletContacts {
    enum class What : std::uint8_t { list, add, remove };
    WalletOptions wallet{};
    What what = What::list;
    std::string name{};
    std::string address{};
};
[[nodiscard]] CommandResult wallet_contacts(const WalletContacts& command);

}  // namespace dusk::app
