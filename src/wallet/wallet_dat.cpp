#include "wallet/wallet_dat.hpp"

#include <algorithm>

#include "crypto/aes_gcm.hpp"
#include "crypto/blake3.hpp"
#include "crypto/pbkdf2.hpp"
#include "crypto/sha2.hpp"

namespace dusk::wallet {
namespace {

// magic ‖ file type 0x0200 ‖ reserved, then four bytes of version.
constexpr ByteArray<8> kStart{0x00, 0x72, 0x73, 0x6b, 0x02, 0x00, 0x00, 0x00};
constexpr ByteArray<4> kVersion{0, 0, 2, 0};
constexpr std::size_t kHeaderSize = kStart.size() + kVersion.size();
constexpr std::size_t kSaltSize = 32;
constexpr std::size_t kSeedSize = 64;
constexpr std::size_t kFileSize = kHeaderSize + kSaltSize + crypto::kGcmNonceSize + kSeedSize + 1 + crypto::kGcmTagSize;
constexpr std::size_t kOldFileSize = kHeaderSize + crypto::kCbcBlockSize + kSeedSize + crypto::kCbcBlockSize;
constexpr std::uint32_t kRounds = 10'000;
// Of the programs before rusk-wallet: the magic, then major and minor version.
constexpr ByteArray<3> kCliStart{0x15, 0x0c, 0x1d};
constexpr std::size_t kCliHeaderSize = kCliStart.size() + 2;
// The first of them wrote no header; some of its files begin with three bytes, of which two are 0.
constexpr std::size_t kLegacyPrefix = 3;
// IV, and a seed with or without its count, padded.
constexpr std::size_t kCbcSize = kOldFileSize - kHeaderSize;

Result<void, WalletDatError> require_size(std::size_t size, std::size_t expected) {
    if (size < expected) return fail(WalletDatError::truncated);
    if (size > expected) return fail(WalletDatError::trailing_bytes);
    return {};
}

// seed, then the number of profiles where the version has it.
Result<WalletSecret, WalletDatError> decode(ByteView plain) {
    if (plain.size() != kSeedSize && plain.size() != kSeedSize + 1) return fail(WalletDatError::bad_content);
    const std::uint8_t profiles = plain.size() == kSeedSize ? std::uint8_t{1} : std::max<std::uint8_t>(plain.back(), 1);
    return WalletSecret(crypto::WalletSeed(take<kSeedSize>(plain)), profiles);
}

Result<WalletSecret, WalletDatError> open_current(ByteView file, const SecretBytes& password) {
    if (const auto size = require_size(file.size(), kFileSize); !size) return fail(size.error());
    const ByteView salt = file.subspan(kHeaderSize, kSaltSize);
    const auto nonce = file.subspan(kHeaderSize + kSaltSize).first<crypto::kGcmNonceSize>();
    const auto plain = crypto::aes256_gcm_open(crypto::pbkdf2_sha256(password.reveal(), salt, kRounds), nonce,
                                               file.subspan(kHeaderSize + kSaltSize + nonce.size()));
    if (!plain) return fail(WalletDatError::wrong_password);
    return decode(plain->reveal());
}

// IV, then AES-256-CBC.
Result<WalletSecret, WalletDatError> open_cbc(ByteView sealed, const crypto::AesKey& key) {
    if (const auto size = require_size(sealed.size(), kCbcSize); !size) return fail(size.error());
    const auto iv = sealed.first<crypto::kCbcBlockSize>();
    const auto plain = crypto::aes256_cbc_open(key, iv, sealed.subspan(iv.size()));
    if (!plain) return fail(WalletDatError::wrong_password);
    return decode(plain->reveal());
}

Result<WalletSecret, WalletDatError> open_old(ByteView file, const SecretBytes& password) {
    return open_cbc(file.subspan(kHeaderSize), crypto::AesKey(crypto::sha256(password.reveal())));
}

crypto::AesKey old_key(const SecretBytes& password) { return crypto::AesKey(crypto::blake3(password.reveal())); }

// Versions 1.0, without a count, and 2.0, with it: the sizes are the same.
Result<WalletSecret, WalletDatError> open_cli(ByteView file, const SecretBytes& password) {
    if (file.size() < kCliHeaderSize) return fail(WalletDatError::truncated);
    const bool is_known = (file[3] == 1 || file[3] == 2) && file[4] == 0;
    if (!is_known) return fail(WalletDatError::unsupported_version);
    return open_cbc(file.subspan(kCliHeaderSize), old_key(password));
}

bool starts_with(ByteView file, ByteView start) {
    return file.size() >= start.size() && equal(file.first(start.size()), start);
}

// The files without a header, by their length.
bool is_legacy(ByteView file) {
    const bool has_prefix = file.size() == kLegacyPrefix + kCbcSize && file[1] == 0 && file[2] == 0;
    return file.size() == kCbcSize || has_prefix;
}

}  // namespace

std::string_view to_string(WalletDatError error) {
    switch (error) {
        case WalletDatError::not_a_wallet_dat:
            return "this is not a wallet.dat file";
        case WalletDatError::unsupported_version:
            return "this form of wallet.dat is not read here: a later rusk-wallet wrote it; import the recovery phrase";
        case WalletDatError::truncated:
            return "the wallet.dat file is cut short: its end is missing";
        case WalletDatError::trailing_bytes:
            return "the wallet.dat file is damaged: bytes follow behind its end";
        case WalletDatError::wrong_password:
            return "the password is wrong, or the wallet.dat file is damaged";
        case WalletDatError::bad_content:
            return "the wallet.dat file decrypts, but holds no seed";
    }
    return "unknown error of a wallet.dat file";
}

bool looks_like_wallet_dat(ByteView file) {
    return starts_with(file, ByteView(kStart).first(4)) || starts_with(file, kCliStart);
}

bool may_be_old_wallet_dat(ByteView file) { return !looks_like_wallet_dat(file) && is_legacy(file); }

Result<WalletSecret, WalletDatError> open_wallet_dat(ByteView file, const SecretBytes& password) {
    if (starts_with(file, kCliStart)) return open_cli(file, password);
    if (may_be_old_wallet_dat(file)) return open_cbc(file.last(kCbcSize), old_key(password));
    if (!looks_like_wallet_dat(file)) return fail(WalletDatError::not_a_wallet_dat);
    if (file.size() < kHeaderSize) return fail(WalletDatError::truncated);
    if (!starts_with(file, kStart)) return fail(WalletDatError::unsupported_version);
    const ByteView version = file.subspan(kStart.size(), kVersion.size());
    if (equal(version, kVersion)) return open_current(file, password);
    const bool older = std::ranges::lexicographical_compare(version, kVersion);
    if (!older) return fail(WalletDatError::unsupported_version);
    return open_old(file, password);
}

}  // namespace dusk::wallet
