// Schnorr multi-signatures of the network's library, in two rounds: spec/crypto.md §7. The result is a signature of
// one field element under the sum of the keys.
//
// NOT safe by itself: keys are summed without coefficients, so a signer who chooses his key after the others can forge
// for the sum. Use it only among keys whose owners have proved that they know the secret key. The node does not use it.
#pragma once

#include <span>

#include "crypto/schnorr.hpp"

namespace dusk::crypto::schnorr::multisig {

enum class Error : std::uint8_t {
    duplicated_nonce,    // two signers have the same R or the same S
    mismatched_lengths,  // as many R as S are needed
};
[[nodiscard]] std::string_view to_string(Error error);

// The nonces of one signer for one signature. They must never be used for a second one.
struct Nonces {
    Secret<Fr> r, s;
    JubJubAffine r_point, s_point;  // r G and s G, sent to all signers
};

// What the signers know of one another after round 1, in one common order.
struct Session {
    std::span<const PublicKey> keys;
    std::span<const JubJubAffine> r_points, s_points;
    Fq message;
};

// Round 1: r, then s, 64 bytes of randomness each.
[[nodiscard]] Nonces sign_round_1(RandomSource& random);
// Round 2: the share z of one signer.
[[nodiscard]] Result<Fr, Error> sign_round_2(const SecretKey& secret, const Nonces& nonces, const Session& session);
// The signature from the shares of all signers, which `aggregate_key(keys).verify` then judges.
// Error: mismatched_lengths.
[[nodiscard]] Result<Signature, Error> combine(std::span<const Fr> shares, const Session& session);
// The sum of the keys.
[[nodiscard]] PublicKey aggregate_key(std::span<const PublicKey> keys);

}  // namespace dusk::crypto::schnorr::multisig
