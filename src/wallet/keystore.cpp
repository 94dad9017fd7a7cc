#include "wallet/keystore.hpp"

#include <fmt/core.h>
#include <sodium.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/base64.hpp"
#include "base/hex.hpp"
#include "crypto/sha2.hpp"

namespace dusk::wallet {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kFormat = "dusk-keystore";
constexpr int kVersion = 1;
constexpr std::string_view kKdf = "argon2id";
constexpr std::string_view kCipher = "xchacha20-poly1305";
constexpr std::size_t kSaltSize = crypto_pwhash_argon2id_SALTBYTES;
constexpr std::size_t kNonceSize = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagSize = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::uint32_t kLeastMemory = 8;
constexpr std::size_t kMiB = 1024 * 1024;

enum SecretKind : std::uint8_t { kEntropy = 1, kSeed = 2 };

using Key = SecretArray<crypto_aead_xchacha20poly1305_ietf_KEYBYTES>;

[[maybe_unused]] const int sodium_ready = sodium_init();

// Everything that is read before the password is tried. It is authenticated with the ciphertext.
struct Header {
    KeystoreCost cost;
    ByteArray<kSaltSize> salt;
    ByteArray<kNonceSize> nonce;

    [[nodiscard]] std::string bound_text() const {
        return fmt::format("{}/{}/{}/{}/{}/{}/{}/{}", kFormat, kVersion, kKdf, cost.passes, cost.memory_mib,
                           to_hex(salt), kCipher, to_hex(nonce));
    }
    [[nodiscard]] std::string checksum(ByteView ciphertext) const {
        crypto::Sha256 hash;
        hash.update(as_bytes(bound_text()));
        hash.update(ciphertext);
        return to_hex(hash.finish());
    }
    [[nodiscard]] Result<Key, KeystoreError> key(const SecretBytes& password) const {
        Key key;
        // An empty password is a text too, not a null pointer.
        const std::string_view text = password.empty() ? std::string_view("") : password.reveal_text();
        if (crypto_pwhash_argon2id(key.reveal().data(), key.reveal().size(), text.data(), text.size(), salt.data(),
                                   cost.passes, cost.memory_mib * kMiB, crypto_pwhash_argon2id_ALG_ARGON2ID13) != 0) {
            return fail(KeystoreError::no_memory);
        }
        return key;
    }
};

SecretBytes encode(const WalletSecret& secret) {
    SecretBytes plain;
    plain.append(ByteArray<2>{secret.mnemonic() ? kEntropy : kSeed, secret.profiles()});
    plain.append(secret.mnemonic() ? secret.mnemonic()->entropy().reveal() : ByteView(secret.seed().reveal()));
    return plain;
}

std::optional<WalletSecret> decode(ByteView plain) {
    if (plain.size() < 2 || plain[1] == 0) return std::nullopt;
    const ByteView content = plain.subspan(2);
    if (plain[0] == kEntropy) {
        auto mnemonic = crypto::Mnemonic::from_entropy(content);
        if (mnemonic) return WalletSecret(std::move(*mnemonic), plain[1]);
    } else if (plain[0] == kSeed && content.size() == crypto::WalletSeed().reveal().size()) {
        return WalletSecret(crypto::WalletSeed(take<64>(content)), plain[1]);
    }
    return std::nullopt;
}

// The text at a path of objects; empty where there is none.
std::string text_at(const Json& json, std::initializer_list<const char*> path) {
    const Json* at = &json;
    for (const char* key : path) {
        if (!at->is_object() || !at->contains(key)) return {};
        at = &at->at(key);
    }
    return at->is_string() ? at->get<std::string>() : std::string();
}

std::optional<std::uint32_t> number_at(const Json& json, const char* outer, const char* inner) {
    if (!json.contains(outer) || !json.at(outer).is_object() || !json.at(outer).contains(inner)) return std::nullopt;
    const Json& value = json.at(outer).at(inner);
    if (!value.is_number_unsigned()) return std::nullopt;
    const auto number = value.get<std::uint64_t>();
    if (number > UINT32_MAX) return std::nullopt;
    return static_cast<std::uint32_t>(number);
}

template <std::size_t N>
bool read_array(const std::string& base64, ByteArray<N>& out) {
    const auto bytes = from_base64(base64);
    if (!bytes || bytes->size() != N) return false;
    out = take<N>(*bytes);
    return true;
}

std::string_view trimmed(ByteView file) {
    std::string_view text(reinterpret_cast<const char*>(file.data()), file.size());
    constexpr std::string_view kSpace = " \t\r\n";
    while (!text.empty() && kSpace.contains(text.front())) text.remove_prefix(1);
    while (!text.empty() && kSpace.contains(text.back())) text.remove_suffix(1);
    return text;
}

}  // namespace

std::string_view to_string(KeystoreError error) {
    switch (error) {
        case KeystoreError::not_a_keystore:
            return "this is not a wallet file of dusk";
        case KeystoreError::truncated:
            return "the wallet file is cut short: its end is missing";
        case KeystoreError::unknown_version:
            return "the wallet file was written by a later version of dusk";
        case KeystoreError::bad_cost:
            return "the wallet file asks for more memory or time than dusk ever does";
        case KeystoreError::damaged:
            return "the wallet file is damaged: its checksum differs from its content";
        case KeystoreError::wrong_password:
            return "the password is wrong";
        case KeystoreError::bad_content:
            return "the wallet file decrypts, but holds no wallet secret";
        case KeystoreError::no_memory:
            return "the system gives less memory than Argon2id takes for this wallet file (kdf.memory_mib in it)";
    }
    return "unknown error of a wallet file";
}

bool is_valid(const KeystoreCost& cost) {
    return cost.passes >= 1 && cost.passes <= kHighestCost.passes && cost.memory_mib >= kLeastMemory &&
           cost.memory_mib <= kHighestCost.memory_mib;
}

bool looks_like_keystore(ByteView file) {
    const std::string_view text = trimmed(file);
    return text.starts_with('{') && text.substr(0, 64).contains(kFormat);
}

std::optional<KeystoreCost> cost_of_keystore(ByteView file) {
    const Json json = Json::parse(trimmed(file), nullptr, false);
    if (!json.is_object()) return {};
    const auto passes = number_at(json, "kdf", "passes");
    const auto memory = number_at(json, "kdf", "memory_mib");
    if (!passes || !memory) return {};
    const KeystoreCost cost{.passes = *passes, .memory_mib = *memory};
    return is_valid(cost) ? std::optional(cost) : std::nullopt;
}

Result<std::string, KeystoreError> seal_keystore(const WalletSecret& secret, const SecretBytes& password,
                                                 const KeystoreCost& cost, RandomSource& random) {
    Header header{.cost = cost, .salt = {}, .nonce = {}};
    random.fill(header.salt);
    random.fill(header.nonce);
    const SecretBytes plain = encode(secret);
    const std::string bound = header.bound_text();
    const auto key = header.key(password);
    if (!key) return fail(key.error());
    Bytes ciphertext(plain.size() + kTagSize);
    crypto_aead_xchacha20poly1305_ietf_encrypt(ciphertext.data(), nullptr, plain.reveal().data(), plain.size(),
                                               as_bytes(bound).data(), bound.size(), nullptr, header.nonce.data(),
                                               key->reveal().data());
    const Json json{
        {"format", kFormat},
        {"version", kVersion},
        {"kdf",
         {{"name", kKdf}, {"passes", cost.passes}, {"memory_mib", cost.memory_mib}, {"salt", to_base64(header.salt)}}},
        {"cipher", {{"name", kCipher}, {"nonce", to_base64(header.nonce)}}},
        {"ciphertext", to_base64(ciphertext)},
        {"checksum", header.checksum(ciphertext)}};
    return json.dump(2) + "\n";
}

Result<WalletSecret, KeystoreError> open_keystore(ByteView file, const SecretBytes& password) {
    const std::string_view text = trimmed(file);
    const Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded() || !json.is_object()) {
        const bool cut = looks_like_keystore(file) && !text.ends_with('}');
        const bool ours = looks_like_keystore(file);
        return fail(cut ? KeystoreError::truncated : ours ? KeystoreError::damaged : KeystoreError::not_a_keystore);
    }
    if (text_at(json, {"format"}) != kFormat) return fail(KeystoreError::not_a_keystore);
    if (!json.contains("version") || !json.at("version").is_number_unsigned()) return fail(KeystoreError::damaged);
    if (json.at("version") != kVersion) return fail(KeystoreError::unknown_version);

    Header header{};
    const auto passes = number_at(json, "kdf", "passes");
    const auto memory = number_at(json, "kdf", "memory_mib");
    const auto ciphertext = from_base64(text_at(json, {"ciphertext"}));
    if (!passes || !memory || !ciphertext || text_at(json, {"kdf", "name"}) != kKdf ||
        text_at(json, {"cipher", "name"}) != kCipher || !read_array(text_at(json, {"kdf", "salt"}), header.salt) ||
        !read_array(text_at(json, {"cipher", "nonce"}), header.nonce)) {
        return fail(KeystoreError::damaged);
    }
    header.cost = {.passes = *passes, .memory_mib = *memory};
    if (header.checksum(*ciphertext) != text_at(json, {"checksum"}) || ciphertext->size() < kTagSize) {
        return fail(KeystoreError::damaged);
    }
    if (!is_valid(header.cost)) return fail(KeystoreError::bad_cost);

    const std::string bound = header.bound_text();
    const auto key = header.key(password);
    if (!key) return fail(key.error());
    SecretBytes plain(ciphertext->size() - kTagSize);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain.reveal().data(), nullptr, nullptr, ciphertext->data(),
                                                   ciphertext->size(), as_bytes(bound).data(), bound.size(),
                                                   header.nonce.data(), key->reveal().data()) != 0) {
        return fail(KeystoreError::wrong_password);
    }
    auto secret = decode(plain.reveal());
    if (!secret) return fail(KeystoreError::bad_content);
    return std::move(*secret);
}

}  // namespace dusk::wallet
