// Shows that secrets steer neither branches nor addresses: every secret is marked as undefined memory, so that
// valgrind's memcheck reports each jump and each load that depends on one. Run by `./dev ctime` (DUSK_CPU=portable:
// memcheck knows no AVX-512; and DUSK_CPU=scalar, the code with MULX). What becomes public by design is declassified
// (base/declassify.hpp).
//
// Not here: the scanner of notes on eight AVX-512 lanes, which runs the same steps as the scalar code; AES-GCM, Argon2
// and the ciphers of OpenSSL and libsodium, which answer for themselves; key derivation, whose only secrets pass
// through hashes; multi-scalar multiplication, which takes variable time on purpose (docs/design/msm.md).
#include <fmt/core.h>
#include <valgrind/memcheck.h>

#include <cstdlib>

#include "base/base64.hpp"
#include "base/declassify.hpp"
#include "crypto/bls_signature.hpp"
#include "crypto/chacha_rng.hpp"
#include "crypto/elgamal.hpp"
#include "crypto/jubjub_multiply.hpp"
#include "crypto/schnorr.hpp"
#include "crypto/schnorr_bound.hpp"
#include "phoenix/note.hpp"

namespace {

using namespace dusk;
using namespace dusk::crypto;

template <class T>
T secret(T value) {
    VALGRIND_MAKE_MEM_UNDEFINED(&value, sizeof value);
    return value;
}

template <class T>
void publish(T& value) {
    VALGRIND_MAKE_MEM_DEFINED(&value, sizeof value);
}

// Nonces are secrets too.
class SecretDraws final : public RandomSource {
  public:
    void fill(MutableByteView out) override {
        inner_.fill(out);
        VALGRIND_MAKE_MEM_UNDEFINED(out.data(), out.size());
    }

  private:
    ChaChaRng inner_{1};
};

Fr some_scalar(std::uint64_t seed) {
    ChaChaRng random(seed);
    return Fr::random(random);
}

// The length of the text, and with it the padding at its end, is public.
void base64_text() {
    const Bytes bytes = to_vector(some_scalar(1).to_bytes());
    VALGRIND_MAKE_MEM_UNDEFINED(bytes.data(), bytes.size());
    std::string text = to_base64(bytes);
    VALGRIND_MAKE_MEM_DEFINED(&text[text.size() - 2], 2);
    Result<Bytes, Base64Error> back = from_base64(text);
    if (!back) std::abort();
    VALGRIND_MAKE_MEM_DEFINED(back->data(), back->size());
}

void field_operations() {
    const Fr k = secret(some_scalar(2));
    Fr out = k * k + k - k.square();
    std::array inverse{k};
    Fr::invert_all(inverse);
    out += inverse[0];
    publish(out);
    ByteArray<32> bytes = k.to_bytes();
    publish(bytes);
}

void fixed_base() {
    JubJubAffine out = multiply_generator(secret(some_scalar(3))).to_affine();
    publish(out);
    out = multiply_generator_nums(secret(some_scalar(4))).to_affine();
    publish(out);
}

void variable_base() {
    const JubJubExtended point = multiply_generator(some_scalar(5));
    JubJubAffine out = dhke(secret(some_scalar(6)), point);
    publish(out);
}

void schnorr_signatures() {
    SecretDraws random;
    const schnorr::SecretKey key(secret(some_scalar(7)));
    const Fq message = Fq::from_u64(8);
    auto single = key.sign(random, message);
    publish(single);
    auto twofold = key.sign_double(random, message);
    publish(twofold);
    auto bound = schnorr::bound::sign_double(key, random, message);
    publish(bound);
    const schnorr::SecretKeyVarGen other(schnorr::SecretKey(secret(some_scalar(8))),
                                         CheckedPoint::of(kJubJubGeneratorNums));
    auto own_generator = other.sign(random, message);
    publish(own_generator);
    own_generator = schnorr::bound::sign_var_gen(other, random, message);
    publish(own_generator);
}

// The value and the order of the result are public.
void elgamal_encryption() {
    const JubJubExtended key = multiply_generator(some_scalar(10));
    const JubJubExtended plaintext = multiply_generator(some_scalar(11));
    auto encrypted = elgamal::encrypt(key, plaintext, secret(some_scalar(12)));
    publish(encrypted);
    JubJubAffine decrypted = encrypted.encryption.decrypt(secret(some_scalar(13)));
    publish(decrypted);
}

// The keys of the sender and the receiver, and what they do to notes. Whether a note is owned is public, as far as the
// time goes: the wallet goes on with it. Reading a note's value is not here: AES-GCM is OpenSSL's.
void phoenix_notes() {
    ChaChaRng random(14);
    const phoenix::PublicKey receiver = phoenix::SecretKey(some_scalar(15), some_scalar(16)).public_key();
    const phoenix::SecretKey key(secret(some_scalar(15)), secret(some_scalar(16)));
    phoenix::PublicKey public_key = key.public_key();
    publish(public_key);
    const phoenix::Note note =
        phoenix::Note::transparent(random, receiver, receiver, 17, {some_scalar(18), some_scalar(19)});
    bool owned = key.owns(note.stealth_address());
    publish(owned);
    if (!owned) std::abort();
    const Secret<Fr> note_key = key.note_secret_key(note.stealth_address());
    Fr revealed = note_key.reveal();
    publish(revealed);
    Fq nullifier = note.nullifier(key);
    publish(nullifier);
}

void bls_signatures() {
    ChaChaRng random(9);
    const BlsSecretKey key{Secret<Fq>(secret(Fq::random(random)))};
    BlsPublicKey public_key = key.public_key();
    publish(public_key);
    auto signature = key.sign(as_bytes("message"));
    publish(signature);
    auto share = key.sign_multisig(public_key, as_bytes("message"));
    publish(share);
}

}  // namespace

int main() {
    if (RUNNING_ON_VALGRIND == 0) {
        fmt::print(stderr, "ctime: run me under valgrind: ./dev ctime\n");
        return EXIT_FAILURE;
    }
    declassify_hook = [](const void* object, std::size_t size) { VALGRIND_MAKE_MEM_DEFINED(object, size); };
    base64_text();
    field_operations();
    fixed_base();
    variable_base();
    schnorr_signatures();
    elgamal_encryption();
    bls_signatures();
    phoenix_notes();
    if (VALGRIND_COUNT_ERRORS != 0) return EXIT_FAILURE;
    fmt::print(
        "ctime: no branch and no address depends on a secret in base64, the fields, multiplications on JubJub, "
        "Schnorr, ElGamal, BLS and Phoenix keys\n");
    return EXIT_SUCCESS;
}
