// Wallet files under a password.
#include <sodium.h>

#include <limits>

#include "crypto/chacha_rng.hpp"
#include "wallet/wallet_dat.hpp"
#include "walletcore/exports.hpp"
#include "walletcore/seed.hpp"

namespace dusk::walletcore {
namespace {

SecretBytes secret_at(In buffer) { return SecretBytes(read_buffer(buffer)); }

Status give(const wallet::WalletSecret& secret, Out seed, Out profiles, NewBuffer phrase) {
    put(secret.seed().reveal(), seed);
    *profiles = secret.profiles();
    write_buffer(secret.mnemonic() ? secret.mnemonic()->phrase().reveal() : ByteView(), phrase);
    return Status::ok;
}

}  // namespace

DUSK_EXPORT(keystore_seal)
Status keystore_seal(In seed, In phrase, std::uint32_t profiles, In password, std::uint32_t passes,
                     std::uint32_t memory_mib, In rng, NewBuffer file) {
    start();
    const wallet::KeystoreCost cost{.passes = passes, .memory_mib = memory_mib};
    if (!wallet::is_valid(cost)) return fail_with(Status::refused, "1 to 16 passes over 8 to 2048 MiB");
    if (profiles < 1 || profiles > std::numeric_limits<std::uint8_t>::max()) {
        return fail_with(Status::refused, "a wallet has 1 to 255 profiles");
    }
    std::optional<wallet::WalletSecret> secret;
    if (phrase == nullptr) {
        secret.emplace(seed_at(seed), static_cast<std::uint8_t>(profiles));
    } else {
        const SecretBytes words = secret_at(phrase);
        auto mnemonic = crypto::Mnemonic::parse(words.reveal_text());
        if (!mnemonic) return fail_with(Status::refused, to_string(mnemonic.error()));
        secret.emplace(*std::move(mnemonic), static_cast<std::uint8_t>(profiles));
    }
    crypto::ChaChaRng random(take<32>(fixed<32>(rng)));
    const auto text = wallet::seal_keystore(*secret, secret_at(password), cost, random);
    if (!text) return fail_with(Status::refused, to_string(text.error()));
    write_buffer(as_bytes(*text), file);
    return Status::ok;
}

DUSK_EXPORT(keystore_open)
Status keystore_open(In file, In password, Out seed, Out profiles, NewBuffer phrase) {
    start();
    const ByteView bytes = read_buffer(file);
    const SecretBytes word = secret_at(password);
    if (!wallet::looks_like_keystore(bytes) &&
        (wallet::looks_like_wallet_dat(bytes) || wallet::may_be_old_wallet_dat(bytes))) {
        const auto old = wallet::open_wallet_dat(bytes, word);
        if (!old) return fail_with(Status::refused, to_string(old.error()));
        return give(*old, seed, profiles, phrase);
    }
    const auto opened = wallet::open_keystore(bytes, word);
    if (!opened) return fail_with(Status::refused, to_string(opened.error()));
    return give(*opened, seed, profiles, phrase);
}

DUSK_EXPORT(argon2id)
Status argon2id(In password, In salt, std::uint32_t passes, std::uint32_t memory_kib, Out key) {
    start();
    const ByteView word = read_buffer(password);
    const auto* const text = reinterpret_cast<const char*>(word.data());
    constexpr std::size_t kKeySize = 32;
    if (crypto_pwhash_argon2id(key, kKeySize, text, word.size(), salt, passes, std::size_t{memory_kib} * 1024,
                               crypto_pwhash_argon2id_ALG_ARGON2ID13) != 0) {
        return fail_with(Status::refused, "at least one pass over at least 8 KiB, and as much memory as there is");
    }
    return Status::ok;
}

}  // namespace dusk::walletcore
