#include "crypto/consensus_keys.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/base64.hpp"
#include "crypto/aes_gcm.hpp"
#include "crypto/pbkdf2.hpp"
#include "crypto/sha2.hpp"

namespace dusk::crypto {
namespace {

constexpr std::size_t kSaltSize = 32;
constexpr std::uint32_t kRounds = 10'000;
constexpr std::string_view kSecretField = "secret_key_bls";
constexpr std::string_view kPublicField = "public_key_bls";
// {"secret_key_bls":"…","public_key_bls":"…"} with 44 and 128 characters of base64.
constexpr std::size_t kSmallestPlaintext = 213;

using Json = nlohmann::json;
// The decrypted text holds the secret: every string that the parser makes wipes itself.
using SecretString = std::basic_string<char, std::char_traits<char>, WipingAllocator<char>>;
using SecretJson = nlohmann::basic_json<std::map, std::vector, SecretString, bool, std::int64_t, std::uint64_t, double,
                                        WipingAllocator>;

struct Envelope {
    ByteArray<kSaltSize> salt;
    ByteArray<kGcmNonceSize> nonce;
    Bytes sealed;
};

template <std::size_t N>
std::optional<ByteArray<N>> base64_array(const Json& json, const char* key) {
    if (!json.contains(key) || !json.at(key).is_string()) return std::nullopt;
    const auto bytes = from_base64(json.at(key).get_ref<const std::string&>());
    if (!bytes || bytes->size() != N) return std::nullopt;
    return take<N>(*bytes);
}

// None: the file is not of the current format.
std::optional<Envelope> parse_envelope(ByteView file) {
    const Json json = Json::parse(file.begin(), file.end(), nullptr, false);
    if (!json.is_object()) return std::nullopt;
    const auto salt = base64_array<kSaltSize>(json, "salt");
    const auto nonce = base64_array<kGcmNonceSize>(json, "iv");
    if (!salt || !nonce || !json.contains("key_pair") || !json.at("key_pair").is_array()) return std::nullopt;
    Envelope envelope{.salt = *salt, .nonce = *nonce, .sealed = {}};
    for (const Json& byte : json.at("key_pair")) {
        if (!byte.is_number_unsigned() || byte.get<std::uint64_t>() > 0xff) return std::nullopt;
        envelope.sealed.push_back(byte.get<std::uint8_t>());
    }
    return envelope;
}

// The first `size` bytes of a field; what follows them is ignored. None: absent, not base64 or shorter.
std::optional<SecretBytes> inner_field(const SecretJson& json, std::string_view key, std::size_t size) {
    const auto field = json.find(key);
    if (field == json.end() || !field->is_string()) return std::nullopt;
    auto bytes = from_base64(field->get_ref<const SecretString&>());
    if (!bytes) return std::nullopt;
    SecretBytes out(ByteView(*bytes).first(std::min(bytes->size(), size)));
    wipe(*bytes);
    if (out.size() < size) return std::nullopt;
    return out;
}

Result<ConsensusKeys, ConsensusKeysError> parse_keys(const SecretBytes& plaintext) {
    const SecretJson json = SecretJson::parse(plaintext.reveal_text(), nullptr, false);
    if (!json.is_object()) return fail(ConsensusKeysError::damaged);
    const auto secret = inner_field(json, kSecretField, BlsSecretKey::kSize);
    const auto public_bytes = inner_field(json, kPublicField, BlsPublicKey::kSize);
    if (!secret || !public_bytes) return fail(ConsensusKeysError::damaged);
    auto secret_key = BlsSecretKey::from_bytes(secret->reveal());
    if (!secret_key) return fail(ConsensusKeysError::bad_secret_key);
    auto public_key = BlsPublicKey::from_bytes(public_bytes->reveal());
    if (!public_key) return fail(ConsensusKeysError::bad_public_key);
    return ConsensusKeys{.secret_key = std::move(*secret_key), .public_key = *public_key};
}

// The right key shows itself in a field name: a changed byte spoils at most two blocks, and no wrong key yields one.
ConsensusKeysError diagnose(const SecretBytes& decrypted) {
    const std::string_view text = decrypted.reveal_text();
    const bool readable = text.contains(kSecretField) || text.contains(kPublicField);
    return readable ? ConsensusKeysError::damaged : ConsensusKeysError::wrong_password;
}

Result<ConsensusKeys, ConsensusKeysError> open_current(const Envelope& envelope, ByteView password) {
    if (envelope.sealed.size() < kSmallestPlaintext + kGcmTagSize) return fail(ConsensusKeysError::truncated);
    const AesKey key = pbkdf2_sha256(password, envelope.salt, kRounds);
    const auto plaintext = aes256_gcm_open(key, envelope.nonce, envelope.sealed);
    if (!plaintext) return fail(diagnose(aes256_gcm_unverified(key, envelope.nonce, envelope.sealed)));
    return parse_keys(*plaintext);
}

Result<ConsensusKeys, ConsensusKeysError> open_old(ByteView file, ByteView password) {
    if (file.size() < kCbcBlockSize + kSmallestPlaintext || file.size() % kCbcBlockSize != 0) {
        return fail(ConsensusKeysError::truncated);
    }
    const auto iv = file.first<kCbcBlockSize>();
    const ByteView ciphertext = file.subspan(kCbcBlockSize);
    const AesKey key(sha256(password));
    const auto plaintext = aes256_cbc_open(key, iv, ciphertext);
    if (plaintext) {
        auto keys = parse_keys(*plaintext);
        // A wrong password gives a valid padding once in some 250 times.
        if (keys || keys.error() != ConsensusKeysError::damaged) return keys;
    }
    return fail(diagnose(aes256_cbc_unpadded(key, iv, ciphertext)));
}

bool is_text(ByteView file) {
    return std::ranges::all_of(file,
                               [](std::uint8_t c) { return (c >= 0x20 && c < 0x7f) || (c >= '\t' && c <= '\r'); });
}

// Text that starts like JSON, but is not of the format: its end is missing, or something in it is wrong.
ConsensusKeysError diagnose_text(ByteView file) {
    while (!file.empty() && file.back() <= ' ') file = file.first(file.size() - 1);
    return !file.empty() && file.back() == '}' ? ConsensusKeysError::damaged : ConsensusKeysError::truncated;
}

bool starts_as_json(ByteView file) {
    const auto first = std::ranges::find_if(file, [](std::uint8_t c) { return c > ' '; });
    return first != file.end() && *first == '{' && is_text(file);
}

}  // namespace

std::string_view to_string(ConsensusKeysError error) {
    switch (error) {
        case ConsensusKeysError::truncated:
            return "the key file is cut short: its end is missing";
        case ConsensusKeysError::damaged:
            return "the key file is damaged: it is not as it was written";
        case ConsensusKeysError::wrong_password:
            return "the password is wrong, or the beginning of the key file is damaged";
        case ConsensusKeysError::bad_secret_key:
            return "the key file decrypts, but its secret key is not a BLS key";
        case ConsensusKeysError::bad_public_key:
            return "the key file decrypts, but its public key is not a BLS key";
    }
    return "unknown error of a key file";
}

Result<OpenedConsensusKeys, ConsensusKeysError> open_consensus_keys(ByteView file, ByteView password) {
    if (const auto envelope = parse_envelope(file)) {
        auto keys = open_current(*envelope, password);
        if (!keys) return fail(keys.error());
        return OpenedConsensusKeys{.keys = std::move(*keys), .format = ConsensusKeysFormat::current};
    }
    if (starts_as_json(file)) return fail(diagnose_text(file));
    auto keys = open_old(file, password);
    if (!keys) return fail(keys.error());
    return OpenedConsensusKeys{.keys = std::move(*keys), .format = ConsensusKeysFormat::old};
}

std::string seal_consensus_keys(const ConsensusKeys& keys, ByteView password, RandomSource& random) {
    ByteArray<kSaltSize> salt;
    ByteArray<kGcmNonceSize> nonce;
    random.fill(salt);
    random.fill(nonce);

    const auto append_field = [](SecretBytes& out, std::string_view before, std::string_view key, ByteView value) {
        std::string text = to_base64(value);
        out.append(as_bytes(before));
        out.append(as_bytes(key));
        out.append(as_bytes("\":\""));
        out.append(as_bytes(text));
        wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
    };
    SecretBytes plaintext;
    append_field(plaintext, "{\"", kSecretField, keys.secret_key.to_bytes().reveal());
    append_field(plaintext, "\",\"", kPublicField, keys.public_key.to_bytes());
    plaintext.append(as_bytes("\"}"));

    const Bytes sealed = aes256_gcm_seal(pbkdf2_sha256(password, salt, kRounds), nonce, plaintext.reveal());
    return fmt::format(R"({{"salt":"{}","iv":"{}","key_pair":{}}})", to_base64(salt), to_base64(nonce),
                       Json(sealed).dump());
}

bool looks_like_consensus_keys(ByteView file) {
    if (starts_as_json(file)) {
        const std::string_view text(reinterpret_cast<const char*>(file.data()), file.size());
        return text.contains("\"key_pair\"") || text.contains("\"salt\"");
    }
    return file.size() >= kCbcBlockSize + kSmallestPlaintext && file.size() % kCbcBlockSize == 0;
}

}  // namespace dusk::crypto
