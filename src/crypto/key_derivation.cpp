#include "crypto/key_derivation.hpp"

#include <algorithm>
#include <charconv>

#include "crypto/hkdf.hpp"
#include "crypto/sha2.hpp"

namespace dusk::crypto {
namespace {

constexpr std::size_t kLamportPieces = 255;
constexpr std::size_t kLamportSize = 32 * kLamportPieces;

// A number of 48 bytes, big-endian, reduced.
Secret<Fq> reduce(const SecretArray<48>& big_endian) {
    SecretArray<64> wide;
    std::ranges::reverse_copy(big_endian.reveal(), wide.reveal().begin());
    return Secret<Fq>(Fq::from_bytes_wide(wide.reveal()));
}

// HKDF_mod_r of the EIP. The salt is hashed before every try; zero is tried again.
Secret<Fq> hkdf_mod_r(ByteView input_key) {
    SecretBytes input(input_key);
    input.append(ByteArray<1>{});
    Bytes salt = to_vector(as_bytes("BLS-SIG-KEYGEN-SALT-"));
    Secret<Fq> key;
    do {
        salt = to_vector(sha256(salt));
        SecretArray<48> wide;
        hkdf_expand(hkdf_extract(salt, input.reveal()), ByteArray<2>{0, 48}, wide.reveal());
        key = reduce(wide);
    } while (key.reveal().is_zero());
    return key;
}

// Appends the hashes of the 255 pieces of a Lamport secret key.
void append_lamport_half(SecretBytes& out, ByteView salt, ByteView input_key) {
    SecretBytes pieces(kLamportSize);
    hkdf_expand(hkdf_extract(salt, input_key), {}, pieces.reveal());
    for (std::size_t i = 0; i < kLamportPieces; ++i) out.append(sha256(ByteView(pieces.reveal()).subspan(32 * i, 32)));
}

}  // namespace

ChaChaRng wallet_rng(const WalletSeed& seed, std::uint8_t index, std::string_view tag) {
    ByteArray<8> wide_index{};
    wide_index[0] = index;
    Sha256 hash;
    hash.update(seed.reveal());
    hash.update(wide_index);
    hash.update(as_bytes(tag));
    const SecretArray<32> key(hash.finish());
    return ChaChaRng(key.reveal());
}

Secret<Fq> derive_bls_secret(const WalletSeed& seed, std::uint8_t index) {
    ChaChaRng rng = wallet_rng(seed, index, "SK");
    return Secret<Fq>(Fq::random(rng));
}

Secret<PhoenixScalars> derive_phoenix_secret(const WalletSeed& seed, std::uint8_t index) {
    ChaChaRng rng = wallet_rng(seed, index, "SSK");
    const Secret<Fr> a(Fr::random(rng));
    const Secret<Fr> b(Fr::random(rng));
    return Secret<PhoenixScalars>({.a = a.reveal(), .b = b.reveal()});
}

std::string_view to_string(Eip2333Error error) {
    switch (error) {
        case Eip2333Error::short_seed:
            return "the seed has less than 32 bytes";
        case Eip2333Error::bad_path:
            return R"(the path is not "m" followed by one or more "/index" with an index from 0 to 4294967295)";
    }
    return "unknown error of a key derivation";
}

Result<Secret<Fq>, Eip2333Error> eip2333_master(ByteView seed) {
    if (seed.size() < 32) return fail(Eip2333Error::short_seed);
    return hkdf_mod_r(seed);
}

Secret<Fq> eip2333_child(const Secret<Fq>& parent, std::uint32_t index) {
    ByteArray<4> salt;
    store_be(salt.data(), index);
    SecretArray<32> input(parent.reveal().to_be_bytes());
    SecretBytes lamport;
    append_lamport_half(lamport, salt, input.reveal());
    for (auto& byte : input.reveal()) byte = static_cast<std::uint8_t>(~byte);
    append_lamport_half(lamport, salt, input.reveal());
    const SecretArray<32> compressed(sha256(lamport.reveal()));
    return hkdf_mod_r(compressed.reveal());
}

Result<std::vector<std::uint32_t>, Eip2333Error> parse_eip2333_path(std::string_view path) {
    if (!path.starts_with("m/")) return fail(Eip2333Error::bad_path);
    path.remove_prefix(1);
    std::vector<std::uint32_t> indexes;
    while (!path.empty()) {
        path.remove_prefix(1);  // the slash
        std::string_view digits = path.substr(0, path.find('/'));
        path.remove_prefix(digits.size());
        if (digits.starts_with('+')) digits.remove_prefix(1);
        std::uint32_t index = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), index);
        if (error != std::errc{} || end != digits.data() + digits.size()) return fail(Eip2333Error::bad_path);
        indexes.push_back(index);
    }
    return indexes;
}

Result<Secret<Fq>, Eip2333Error> eip2333_derive(const Secret<Fq>& master, std::string_view path) {
    const auto indexes = parse_eip2333_path(path);
    if (!indexes) return fail(indexes.error());
    Secret<Fq> key = master.clone();
    for (const std::uint32_t index : *indexes) key = eip2333_child(key, index);
    return key;
}

}  // namespace dusk::crypto
