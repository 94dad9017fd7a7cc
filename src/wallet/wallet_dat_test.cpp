#include "wallet/wallet_dat.hpp"

#include <gtest/gtest.h>
#include <openssl/evp.h>

#include "crypto/aes_gcm.hpp"
#include "crypto/blake3.hpp"
#include "crypto/pbkdf2.hpp"
#include "crypto/sha2.hpp"

namespace dusk::wallet {
namespace {

SecretBytes password(std::string_view text) { return SecretBytes(text); }

Bytes wallet_dat(const ByteArray<64>& seed, std::uint8_t profiles, std::string_view pw) {
    Bytes file{0x00, 0x72, 0x73, 0x6b, 0x02, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x00};
    const ByteArray<32> salt{9};
    const ByteArray<12> nonce{8};
    Bytes plain = to_vector(seed);
    plain.push_back(profiles);
    append(file, salt);
    append(file, nonce);
    append(file, crypto::aes256_gcm_seal(crypto::pbkdf2_sha256(as_bytes(pw), salt, 10'000), nonce, plain));
    return file;
}

TEST(WalletDat, OpensAndTellsWhatIsWrong) {
    const ByteArray<64> seed{1, 2, 3};
    const Bytes file = wallet_dat(seed, 2, "pw");
    ASSERT_EQ(file.size(), 137u);
    const auto opened = open_wallet_dat(file, password("pw"));
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->seed().reveal(), seed);
    EXPECT_EQ(opened->profiles(), 2);
    EXPECT_FALSE(opened->mnemonic());
    EXPECT_EQ(open_wallet_dat(wallet_dat(seed, 0, "pw"), password("pw"))->profiles(), 1);

    EXPECT_EQ(open_wallet_dat(file, password("other")).error(), WalletDatError::wrong_password);
    for (std::size_t size = 0; size < file.size(); ++size) {
        const auto cut = open_wallet_dat(ByteView(file).first(size), password("pw"));
        EXPECT_EQ(cut.error(), size < 4 ? WalletDatError::not_a_wallet_dat : WalletDatError::truncated) << size;
    }
    Bytes longer = file;
    longer.push_back(0);
    EXPECT_EQ(open_wallet_dat(longer, password("pw")).error(), WalletDatError::trailing_bytes);
    Bytes newer = file;
    newer[10] = 3;
    EXPECT_EQ(open_wallet_dat(newer, password("pw")).error(), WalletDatError::unsupported_version);
    Bytes other_type = file;
    other_type[5] = 1;
    EXPECT_EQ(open_wallet_dat(other_type, password("pw")).error(), WalletDatError::unsupported_version);
    Bytes older = file;
    older[10] = 1;
    EXPECT_EQ(open_wallet_dat(older, password("pw")).error(), WalletDatError::trailing_bytes);
    older.resize(12 + 96);
    EXPECT_EQ(open_wallet_dat(older, password("pw")).error(), WalletDatError::wrong_password);
}

// IV and AES-256-CBC of a content, behind a header.
Bytes cbc_file(ByteView header, const ByteArray<32>& key, ByteView content) {
    const ByteArray<16> iv{4, 5};
    Bytes file = to_vector(header);
    append(file, iv);
    Bytes sealed(content.size() + 16);
    int begun = 0;
    int ended = 0;
    EVP_CIPHER_CTX* const context = EVP_CIPHER_CTX_new();
    EXPECT_EQ(EVP_EncryptInit_ex(context, EVP_aes_256_cbc(), nullptr, key.data(), iv.data()), 1);
    EXPECT_EQ(EVP_EncryptUpdate(context, sealed.data(), &begun, content.data(), static_cast<int>(content.size())), 1);
    EXPECT_EQ(EVP_EncryptFinal_ex(context, sealed.data() + begun, &ended), 1);
    EVP_CIPHER_CTX_free(context);
    append(file, ByteView(sealed).first(static_cast<std::size_t>(begun + ended)));
    return file;
}

TEST(WalletDat, OpensWhatOlderProgramsWrote) {
    const ByteArray<64> seed{1, 2, 3};
    Bytes counted = to_vector(seed);
    counted.push_back(3);
    const ByteArray<32> key = crypto::blake3(as_bytes("pw"));
    struct Case {
        Bytes file;
        int profiles;
    };
    const Bytes header_1{0x00, 0x72, 0x73, 0x6b, 0x02, 0x00, 0x00, 0x00, 0x00, 0x00, 0x01, 0x00};
    const std::vector<Case> cases{{cbc_file(header_1, crypto::sha256(as_bytes("pw")), counted), 3},
                                  {cbc_file(Bytes{0x15, 0x0c, 0x1d, 2, 0}, key, counted), 3},
                                  {cbc_file(Bytes{0x15, 0x0c, 0x1d, 1, 0}, key, seed), 1},
                                  {cbc_file(Bytes{7, 0, 0}, key, seed), 1},
                                  {cbc_file({}, key, seed), 1}};
    for (const Case& one : cases) {
        const auto opened = open_wallet_dat(one.file, password("pw"));
        ASSERT_TRUE(opened) << one.file.size();
        EXPECT_EQ(opened->seed().reveal(), seed);
        EXPECT_EQ(opened->profiles(), one.profiles);
        const auto wrong = open_wallet_dat(one.file, password("pW"));
        ASSERT_FALSE(wrong);
        EXPECT_TRUE(wrong.error() == WalletDatError::wrong_password || wrong.error() == WalletDatError::bad_content);
    }
    EXPECT_EQ(open_wallet_dat(Bytes{0x15, 0x0c, 0x1d, 3, 0}, password("pw")).error(),
              WalletDatError::unsupported_version);
    EXPECT_EQ(open_wallet_dat(Bytes{0x15, 0x0c, 0x1d, 2, 0, 9}, password("pw")).error(), WalletDatError::truncated);
    EXPECT_EQ(open_wallet_dat(Bytes(95, 1), password("pw")).error(), WalletDatError::not_a_wallet_dat);
}

}  // namespace
}  // namespace dusk::wallet
