#include "vm/queries/plonk_verifiers.hpp"

#include "crypto/blake3.hpp"

namespace dusk::vm {
namespace {

constexpr std::size_t kMaxBytes = 32 << 20;
constexpr std::size_t kSeenPerVerifier = 8;
constexpr std::size_t kVerifierBytes = 80'000;    // without what grows with the public inputs
constexpr std::size_t kBytesPerPublicInput = 40;  // a row and a point of the domain

}  // namespace

PlonkVerifiers::PlonkVerifiers(plonk::Version version, std::size_t capacity)
    : version_(version), seen_(kSeenPerVerifier * capacity, kMaxBytes), verifiers_(capacity, kMaxBytes) {}

bool PlonkVerifiers::verify(ByteView verifier_data, ByteView proof, std::span<const crypto::Fq> public_inputs) {
    const auto read_proof = plonk::Proof::from_slice(proof);
    if (!read_proof) return false;
    const auto key = crypto::blake3(verifier_data);
    if (const auto known = verifiers_.get(key)) {
        return (*known)->verify(*read_proof, public_inputs, version_).has_value();
    }
    auto data = plonk::VerifierData::from_slice_lenient(verifier_data);
    if (!data || public_inputs.size() != data->public_rows.size()) return false;
    const bool again = seen_.get(key).has_value();
    const std::size_t bytes = kVerifierBytes + data->label.size() + kBytesPerPublicInput * data->public_rows.size();
    const auto verifier = std::make_shared<const plonk::Verifier>(std::move(*data), plonk::Rules::released);
    if (again) {
        verifiers_.put(key, verifier, bytes);
    } else {
        seen_.put(key, {}, sizeof key);
    }
    return verifier->verify(*read_proof, public_inputs, version_).has_value();
}

}  // namespace dusk::vm
