// What `dusk keys` does, command by command. Files are read and written; nothing is printed here.
#pragma once

#include "app/outcome.hpp"

namespace dusk::app {

// Every command that opens or writes a protected file.
struct KeyOptions {
    PasswordSource password{};
    Overwrite overwrite = Overwrite::refuse;
};

struct CreateWallet {
    KeyOptions common{};
    std::filesystem::path file{};
    std::size_t words = 24;
    std::uint8_t profiles = 1;
    wallet::KeystoreCost cost{};
};
// A new recovery phrase in a new wallet file.
[[nodiscard]] CommandResult create_wallet(const CreateWallet& command, RandomSource& random);

struct CreateConsensus {
    KeyOptions common{};
    std::filesystem::path name{};
};
// New random keys of a provisioner.
[[nodiscard]] CommandResult create_consensus(const CreateConsensus& command, RandomSource& random);

struct ShowKeys {
    KeyOptions common{};
    std::filesystem::path file{};
    std::uint8_t profiles = 0;  // how many; 0: as many as the file says
};
// The public parts of a key file of any kind.
[[nodiscard]] CommandResult show_keys(const ShowKeys& command);

struct ImportPhrase {
    KeyOptions common{};
    PasswordSource phrase{};
    std::filesystem::path file{};
    std::uint8_t profiles = 1;
    wallet::KeystoreCost cost{};
};
// A wallet file from a recovery phrase.
[[nodiscard]] CommandResult import_phrase(const ImportPhrase& command, RandomSource& random);

struct ImportWalletDat {
    KeyOptions common{};
    std::filesystem::path from{};
    std::filesystem::path file{};
    wallet::KeystoreCost cost{};
};
// A wallet file from a wallet.dat, under the same password.
[[nodiscard]] CommandResult import_wallet_dat(const ImportWalletDat& command, RandomSource& random);

struct ImportConsensus {
    KeyOptions common{};
    std::filesystem::path from{};
    std::filesystem::path name{};  // empty: rewrite `from` in place where it is of the old format
};
// Consensus keys of either format to the current one, under the same password.
[[nodiscard]] CommandResult import_consensus(const ImportConsensus& command, RandomSource& random);

struct ExportPhrase {
    KeyOptions common{};
    std::filesystem::path file{};
};
// The recovery phrase of a wallet, in the clear.
[[nodiscard]] CommandResult export_phrase(const ExportPhrase& command);

struct ExportConsensus {
    KeyOptions common{};
    std::filesystem::path file{};
    std::filesystem::path name{};
    std::uint8_t profile = 0;
};
// A profile's BLS key as a provisioner's key file, under the wallet's password.
[[nodiscard]] CommandResult export_consensus(const ExportConsensus& command, RandomSource& random);

struct ExportProfile {
    KeyOptions common{};
    std::filesystem::path file{};
    std::uint8_t profile = 0;
};
// All keys of a profile, secret ones in the clear.
[[nodiscard]] CommandResult export_profile(const ExportProfile& command);

}  // namespace dusk::app
