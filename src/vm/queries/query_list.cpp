#include "vm/queries/query_list.hpp"

#include "crypto/keccak.hpp"
#include "crypto/poseidon_unreduced.hpp"
#include "crypto/raw_point.hpp"
#include "crypto/schnorr_raw.hpp"
#include "crypto/sha2.hpp"
#include "vm/queries/groth16.hpp"
#include "vm/queries/kzg_opening.hpp"
#include "vm/queries/secp256k1_recovery.hpp"

namespace dusk::vm {
namespace {

// The archived sizes are those of the types.
std::optional<crypto::BlsPublicKey> valid_key(const BlsKeyWords& words) {
    const auto key = crypto::BlsPublicKey::from_raw(crypto::RawG2::from_archive(bytes_of(words)).value());
    return key ? std::optional(*key) : std::nullopt;
}

template <class Signature>
std::optional<Signature> valid_signature(const BlsSignatureWords& words) {
    const auto signature = Signature::from_raw(crypto::RawG1::from_archive(bytes_of(words)).value());
    return signature ? std::optional(*signature) : std::nullopt;
}

}  // namespace

Result<ScalarWords, QueryError> HashQuery::answer(const Bytes& argument, QueryContext& /*context*/) {
    return crypto::Fq::hash_to_scalar(argument).montgomery();
}

Result<ByteArray<32>, QueryError> Keccak256Query::answer(const Bytes& argument, QueryContext& /*context*/) {
    return crypto::keccak256(argument);
}

Result<ByteArray<32>, QueryError> Sha256Query::answer(const Bytes& argument, QueryContext& /*context*/) {
    return crypto::sha256(argument);
}

Result<ScalarWords, QueryError> PoseidonHashQuery::answer(const Argument& argument, QueryContext& /*context*/) {
    std::vector<crypto::UnreducedFq> elements;
    elements.reserve(argument.size());
    for (const ScalarWords& words : argument) elements.emplace_back(words);
    const auto digest = crypto::poseidon::digest_unreduced(elements);
    if (!digest) return fail(QueryError::aborted);  // nothing to hash: no argument buffer holds too much
    return digest->limbs();
}

Result<bool, QueryError> VerifyPlonkQuery::answer(const PlonkStatement& argument, QueryContext& context) {
    // The released verifier multiplies each input by reduced numbers and encodes it: both see the reduced number.
    std::vector<crypto::Fq> public_inputs;
    public_inputs.reserve(argument.public_inputs.size());
    for (const ScalarWords& words : argument.public_inputs) {
        public_inputs.push_back(crypto::reduced(crypto::UnreducedFq(words)));
    }
    return context.verifiers.verify(argument.verifier_data, argument.proof, public_inputs);
}

Result<bool, QueryError> VerifyGroth16Bn254Query::answer(const Groth16Statement& argument, QueryContext& /*context*/) {
    return verify_groth16_bn254(argument.key, argument.proof, argument.inputs);
}

Result<bool, QueryError> VerifySchnorrQuery::answer(const SchnorrStatement& argument, QueryContext& /*context*/) {
    const auto verified =
        crypto::schnorr::verify_raw(bytes_of(argument.key), bytes_of(argument.signature), bytes_of(argument.message));
    if (!verified && verified.error() == crypto::schnorr::RawVerifyError::aborted) return fail(QueryError::aborted);
    return verified.has_value();
}

Result<bool, QueryError> VerifyBlsQuery::answer(const BlsStatement& argument, QueryContext& context) {
    const auto signature = valid_signature<crypto::BlsSignature>(argument.signature);
    if (!signature) return false;
    const auto key = valid_key(argument.key);
    return key && key->verify(*signature, argument.message, context.bls_version).has_value();
}

Result<bool, QueryError> VerifyBlsMultisigQuery::answer(const BlsMultisigStatement& argument, QueryContext& context) {
    const auto signature = valid_signature<crypto::BlsMultisigSignature>(argument.signature);
    if (!signature) return false;
    std::vector<crypto::BlsPublicKey> keys;
    keys.reserve(argument.keys.size());
    for (const BlsKeyWords& words : argument.keys) {
        const auto key = valid_key(words);
        if (!key) return false;
        keys.push_back(*key);
    }
    const auto sum = crypto::BlsMultisigPublicKey::aggregate(keys, context.bls_version);
    return sum && sum->verify(*signature, argument.message, context.bls_version).has_value();
}

Result<bool, QueryError> VerifyKzgProofQuery::answer(const KzgStatement& argument, QueryContext& /*context*/) {
    return verify_kzg_opening(argument.commitment, argument.z, argument.y, argument.proof);
}

Result<std::optional<ByteArray<65>>, QueryError> Secp256k1RecoverQuery::answer(const RecoverableSignature& argument,
                                                                               QueryContext& /*context*/) {
    return secp256k1_recover(argument.digest, argument.signature);
}

}  // namespace dusk::vm
