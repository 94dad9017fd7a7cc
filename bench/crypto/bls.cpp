#include "crypto/bls_batch.hpp"
#include "crypto/bls_key_cache.hpp"
#include "crypto/bls_signature.hpp"
#include "crypto/chacha_rng.hpp"
#include "crypto/hash_to_curve.hpp"
#include "crypto/pairing.hpp"
#include "harness.hpp"

namespace dusk::bench {
namespace {

using namespace crypto;

constexpr std::size_t kCommittee = 64;

// 64 signers of one message, as in the official rows.
struct Committee {
    std::vector<BlsSecretKey> secrets;
    std::vector<BlsPublicKey> keys;
    std::vector<BlsMultisigSignature> shares;
    Bytes message = Bytes(48, 3);

    explicit Committee(RandomSource& random) {
        for (std::size_t i = 0; i < kCommittee; ++i) {
            secrets.push_back(BlsSecretKey::random(random));
            keys.push_back(secrets.back().public_key());
            shares.push_back(secrets.back().sign_multisig(keys.back(), message));
        }
    }
};

// The official `verify` tests again whether decoded points are in the subgroup; our types know it from decoding. The
// row from bytes includes that decoding and its tests.
void single_rows(Bench& bench, const Committee& committee) {
    const BlsSecretKey& secret = committee.secrets[0];
    const BlsPublicKey& key = committee.keys[0];
    const Bytes& message = committee.message;
    const BlsSignature signature = secret.sign(message);
    const auto key_bytes = key.to_bytes();
    const auto signature_bytes = signature.to_bytes();
    bench.run("BLS: sign", "bls_sign", 1, 11, [&] { keep(secret.sign(message)); });
    bench.run("BLS: sign a share", "bls_sign_multisig_share", 1, 11, [&] { keep(secret.sign_multisig(key, message)); });
    bench.run("BLS: verify", "bls_verify", 1, 11, [&] { keep(key.verify(signature, message)); });
    bench.run("BLS: decode and verify", "bls_verify", 1, 11, [&] {
        keep(BlsPublicKey::from_bytes(key_bytes)->verify(*BlsSignature::from_bytes(signature_bytes), message));
    });
    bench.run("BLS: hash to G1", "bls_hash_to_g1", 1, 11, [&] { keep(bls_message_point(message, BlsVersion::v2)); });
    bench.run("BLS: decode a key", "bls_public_key_decode", 1, 11, [&] { keep(BlsPublicKey::from_bytes(key_bytes)); });
    bench.run("BLS: decode a signature", "bls_signature_decode", 1, 11,
              [&] { keep(BlsSignature::from_bytes(signature_bytes)); });
}

// Everything different: nothing in the batch can be shared but the final exponentiation.
void batch_rows(Bench& bench, const Committee& committee, RandomSource& random) {
    std::vector<Bytes> messages;
    messages.reserve(kCommittee);
    for (std::size_t i = 0; i < kCommittee; ++i) messages.emplace_back(48, static_cast<std::uint8_t>(i));
    std::vector<BlsClaim> different;
    std::vector<BlsClaim> one_message;
    for (std::size_t i = 0; i < kCommittee; ++i) {
        const BlsSecretKey& secret = committee.secrets[i];
        different.push_back({committee.keys[i], secret.sign(messages[i]), messages[i]});
        one_message.push_back({committee.keys[i], secret.sign(committee.message), committee.message});
    }
    std::vector<BlsClaim> one_bad = different;
    one_bad[20].signature = one_bad[21].signature;
    bench.run("BLS: verify in a batch of 64, each", "bls_verify", kCommittee, 9,
              [&] { keep(bls_verify_batch(different, random)); });
    bench.run("BLS: verify in a batch of 64 with one message, each", "bls_verify", kCommittee, 9,
              [&] { keep(bls_verify_batch(one_message, random)); });
    bench.run("BLS: verify in a batch of 64 with a bad one, each", "bls_verify", kCommittee, 9,
              [&] { keep(bls_verify_batch(one_bad, random)); });
}

void aggregate_rows(Bench& bench, const Committee& committee) {
    const BlsMultisigSignature signature = bls_aggregate(committee.shares);
    bench.run("BLS: aggregate 64 signatures", "bls_aggregate_64_signatures", 1, 11,
              [&] { keep(bls_aggregate(committee.shares)); });
    bench.run("BLS: aggregate 64 keys and verify", "bls_aggregate_64_keys_and_verify_1_thread", 1, 9,
              [&] { keep(BlsMultisigPublicKey::aggregate(committee.keys)->verify(signature, committee.message)); });
    BlsKeyCache cache(kCommittee);
    keep(cache.aggregate(committee.keys));
    bench.run("BLS: aggregate 64 known keys and verify", "bls_aggregate_64_keys_and_verify_1_thread", 1, 9,
              [&] { keep(cache.aggregate(committee.keys)->verify(signature, committee.message)); });
}

void group_rows(Bench& bench, RandomSource& random) {
    const Fq scalar = Fq::random(random);
    const G1Projective p = G1Projective::generator() * Fq::random(random);
    const G2Projective q = G2Projective::generator() * Fq::random(random);
    const G1Affine p_affine = p.to_affine();
    const G2Affine q_affine = q.to_affine();
    const G2Prepared prepared(q_affine);
    bench.run("G1: multiply", "g1_mul", 1, 11, [&] { keep(p * scalar); });
    bench.run("G2: multiply", "g2_mul", 1, 11, [&] { keep(q * scalar); });
    bench.run("pairing", "pairing", 1, 11, [&] { keep(pairing_product_is_one({&p_affine, 1}, {&q_affine, 1})); });
    const std::array<PairingTerm, 2> terms{PairingTerm{p_affine, &prepared}, PairingTerm{p_affine, &prepared}};
    bench.run("product of two pairings, prepared", "two_pairing_product_prepared_is_one", 1, 11,
              [&] { keep(pairing_product_is_one(terms)); });
}

void rows(Bench& bench) {
    ChaChaRng random(7);
    const Committee committee(random);
    single_rows(bench, committee);
    batch_rows(bench, committee, random);
    aggregate_rows(bench, committee);
    group_rows(bench, random);
}

const Registered registered("crypto", rows);

}  // namespace
}  // namespace dusk::bench
