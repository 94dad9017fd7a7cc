#include "wallet/wallet_dat.hpp"

#include <algorithm>

#include "crypto/aes_gcm.hpp"
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

Result<WalletSecret, WalletDatError> open_old(ByteView file, const SecretBytes& password) {
    if (const auto size = require_size(file.size(), kOldFileSize); !size) return fail(size.error());
    const crypto::AesKey key(crypto::sha256(password.reveal()));
    const auto iv = file.subspan(kHeaderSize).first<crypto::kCbcBlockSize>();
    const auto plain = crypto::aes256_cbc_open(key, iv, file.subspan(kHeaderSize + iv.size()));
    if (!plain) return fail(WalletDatError::wrong_password);
    return decode(plain->reveal());
}

}  // namespace

std::string_view to_string(WalletDatError error) {
    switch (error) {
        case WalletDatError::not_a_wallet_dat:
            return "this is not a wallet.dat file";
        case WalletDatError::unsupported_version:
            return "this form of wallet.dat is not read here; open it once with rusk-wallet 0.3, which rewrites it, or "
                   "import the recovery phrase";
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
    return file.size() >= 4 && equal(file.first(4), ByteView(kStart).first(4));
}

Result<WalletSecret, WalletDatError> open_wallet_dat(ByteView file, const SecretBytes& password) {
    if (!looks_like_wallet_dat(file)) return fail(WalletDatError::not_a_wallet_dat);
    if (file.size() < kHeaderSize) return fail(WalletDatError::truncated);
    if (!equal(file.first(kStart.size()), kStart)) return fail(WalletDatError::unsupported_version);
    const ByteView version = file.subspan(kStart.size(), kVersion.size());
    if (equal(version, kVersion)) return open_current(file, password);
    const bool older = std::ranges::lexicographical_compare(version, kVersion);
    if (!older) return fail(WalletDatError::unsupported_version);
    return open_old(file, password);
}

}  // namespace dusk::wallet
