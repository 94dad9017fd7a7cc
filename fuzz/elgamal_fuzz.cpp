// ElGamal ciphertexts: accepted are two points of prime order and nothing else, by bytes and by points alike, and they
// keep their bytes. What is encrypted decrypts.
#include "crypto/chacha_rng.hpp"
#include "crypto/elgamal.hpp"
#include "crypto/jubjub_map.hpp"
#include "round_trip.hpp"

namespace {

using namespace dusk;
using namespace dusk::crypto;
using elgamal::Encryption;
using fuzz::require;

void check_ciphertext(ByteView bytes) {
    const auto decoded = fuzz::check_bytes<Encryption>(bytes);
    if (bytes.size() != Encryption::kSize) return;
    const auto c1 = JubJubAffine::from_bytes_lax(bytes.first(JubJubAffine::kSize));
    const auto c2 = JubJubAffine::from_bytes_lax(bytes.subspan(JubJubAffine::kSize));
    require(decoded.has_value() == (c1 && c2 && c1->is_prime_order() && c2->is_prime_order()));
    if (!c1 || !c2) return;
    const auto from_points = Encryption::from_points(*c1, *c2);
    require(decoded ? from_points == *decoded : !from_points);
    if (!decoded) return;

    const Fr key = Fr::hash_to_scalar(bytes);
    const JubJubAffine plaintext = decoded->decrypt(key);
    require(plaintext == decoded->decrypt_with_shared(multiply(*c1, key)));
    // To the same plaintext, with c1 in the place of the generator and r = 1, belongs the same ciphertext.
    require(elgamal::encrypt(multiply(*c1, key), plaintext, Fr::one(), *c1).encryption == *decoded);
}

void check_encryption(ByteView bytes) {
    const auto wide = [&](std::size_t i) { return Fr::hash_to_scalar(bytes.first(std::min(bytes.size(), i))); };
    const Fr key = wide(16);
    const Fr r = wide(32);
    const JubJubExtended public_key = multiply_generator(key);
    const std::uint64_t value = bytes.size() < 8 ? 0 : load_le<std::uint64_t>(bytes.data());
    const auto made = elgamal::encrypt_u64(public_key, value, r);
    const JubJubAffine plaintext = made.encryption.decrypt(key);
    require(unmap_from_point(plaintext) == value && plaintext == map_to_point(value));
    require(made.encryption.decrypt_with_shared(made.shared) == plaintext);
    require(Encryption::from_bytes(made.encryption.to_bytes()) == made.encryption);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    check_ciphertext({data, size});
    check_encryption({data, size});
    return 0;
}
