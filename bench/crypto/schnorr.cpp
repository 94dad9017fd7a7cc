#include "crypto/schnorr.hpp"

#include "crypto/chacha_rng.hpp"
#include "harness.hpp"

namespace dusk::bench {
namespace {

using namespace crypto;

// The official `verify` tests again whether decoded points have prime order; our types know it from decoding. The rows
// from bytes include that decoding and its tests.
void rows(Bench& bench) {
    ChaChaRng random(7);
    const Fq message = Fq::random(random);
    const schnorr::SecretKey secret = schnorr::SecretKey::random(random);
    const schnorr::PublicKey key(secret);
    const schnorr::PublicKeyDouble key_double(secret);
    const auto signature = secret.sign(random, message);
    const auto signature_double = secret.sign_double(random, message);
    bench.run("Schnorr: sign", "schnorr_sign", 1, 11, [&] { keep(secret.sign(random, message)); });
    bench.run("Schnorr: verify", "schnorr_verify", 1, 11, [&] { keep(key.verify(signature, message)); });
    bench.run("Schnorr: sign double", "schnorr_double_sign", 1, 11, [&] { keep(secret.sign_double(random, message)); });
    bench.run("Schnorr: verify double", "schnorr_double_verify", 1, 11,
              [&] { keep(key_double.verify(signature_double, message)); });

    const auto key_bytes = key.to_bytes();
    const auto signature_bytes = signature.to_bytes();
    bench.run("Schnorr: decode and verify", "schnorr_verify", 1, 11, [&] {
        keep(schnorr::PublicKey::from_bytes(key_bytes)->verify(*schnorr::Signature::from_bytes(signature_bytes),
                                                               message));
    });
    const auto key_double_bytes = key_double.to_bytes();
    const auto signature_double_bytes = signature_double.to_bytes();
    bench.run("Schnorr: decode and verify double", "schnorr_double_verify", 1, 11, [&] {
        keep(schnorr::PublicKeyDouble::from_bytes(key_double_bytes)
                 ->verify(*schnorr::SignatureDouble::from_bytes(signature_double_bytes), message));
    });
}

const Registered registered("crypto", rows);

}  // namespace
}  // namespace dusk::bench
