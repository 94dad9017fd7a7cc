// Key files of every kind on the disk: recognised, opened, written.
#pragma once

#include <optional>

#include "app/outcome.hpp"

namespace dusk::app {

enum class KeyFileKind : std::uint8_t { wallet, wallet_dat, consensus_keys, consensus_public_key, unknown };

// By its content; a name that ends in ".keys" or ".cpk" decides where the content does not.
[[nodiscard]] KeyFileKind kind_of(const std::filesystem::path& path, ByteView content);

// "others may read …" where the file's mode is wider than 0600; empty else.
[[nodiscard]] std::string mode_warning(const std::filesystem::path& path);

// A wallet file of ours or a wallet.dat.
[[nodiscard]] Result<wallet::WalletSecret, Failure> open_wallet(const std::filesystem::path& path, ByteView content,
                                                                const SecretBytes& password);

// <name>.keys and <name>.cpk beside it. Accepts the name with or without ".keys".
struct ConsensusKeyPaths {
    std::filesystem::path keys;
    std::filesystem::path public_key;
};
[[nodiscard]] ConsensusKeyPaths consensus_key_paths(const std::filesystem::path& name);

// Both files, or on an error both names as they were: the public key is put in place first, so that nothing costs a
// secret key that was there.
[[nodiscard]] Result<ConsensusKeyPaths, Failure> write_consensus_keys(const std::filesystem::path& name,
                                                                      const crypto::ConsensusKeys& keys,
                                                                      const SecretBytes& password, Overwrite overwrite,
                                                                      RandomSource& random);

struct LoadedConsensusKeys {
    crypto::ConsensusKeys keys;
    // Where the copy of a file of the old format lies, which was written anew; empty where nothing was done.
    std::filesystem::path old_copy{};
    // Why a file of the old format was not written anew. The keys are good all the same.
    std::optional<Failure> not_renewed{};
};

// What a node does at its start: reads the keys, and rewrites a file of the old format in the current one. Its content
// first goes to "<name>.keys.old", so that nothing is lost whatever happens. Where nothing can be written, as from a
// read-only mount, the node starts with what it read.
[[nodiscard]] Result<LoadedConsensusKeys, Failure> load_consensus_keys(const std::filesystem::path& path,
                                                                       const SecretBytes& password,
                                                                       RandomSource& random);

}  // namespace dusk::app
