#include "app/opened_keys.hpp"

#include "app/key_files.hpp"
#include "wallet/profile.hpp"

namespace dusk::app {
Result<OpenedKeys, Failure> open_keys(const SigningKey& key) {
    const auto content = read_key_file(key.file);
    if (!content) return fail(failure_of(content.error()));
    const KeyFileKind kind = kind_of(key.file, content->reveal());
    const bool is_wallet = kind == KeyFileKind::wallet || kind == KeyFileKind::wallet_dat;
    if (!is_wallet && kind != KeyFileKind::consensus_keys) {
        return refused(key.file.string() + ": no secret key is in this file");
    }
    const auto password = read_password(key.password, PasswordUse::open_existing, "Password for " + key.file.string());
    if (!password) return fail(failure_of(password.error()));
    if (is_wallet) {
        const auto wallet = open_wallet(key.file, content->reveal(), *password);
        if (!wallet) return fail(wallet.error());
        wallet::Profile profile = wallet::derive_profile(wallet->seed(), key.profile);
        return OpenedKeys{.account = std::move(profile.bls), .notes = std::move(profile.phoenix)};
    }
    auto keys = crypto::open_consensus_keys(content->reveal(), password->reveal());
    if (!keys) return fail(failure_of(keys.error(), key.file));
    return OpenedKeys{.account = std::move(keys->keys.secret_key), .notes = {}};
}

Result<phoenix::SecretKey, Failure> open_note_key(const SigningKey& key) {
    auto keys = open_keys(key);
    if (!keys) return fail(keys.error());
    if (!keys->notes) return refused(key.file.string() + ": the keys of a provisioner hold no notes, a wallet does");
    return *std::move(keys->notes);
}

}  // namespace dusk::app
