#include "phoenix/transfer_verifiers.hpp"

#include <algorithm>

#include "phoenix/devnet_verifier_data.hpp"
#include "phoenix/released_verifier_data.hpp"
#include "phoenix/transfer_circuit.hpp"
#include "plonk/development.hpp"

namespace dusk::phoenix {

using plonk::ProofError;
using plonk::VerifierData;

namespace {

// 28 + I: see transfer_public_inputs.
constexpr std::size_t kPublicInputs = 28;

bool is_transfer_circuit(const VerifierData& data, std::size_t inputs, ProofRules rules) {
    if (!std::ranges::equal(data.label, as_bytes(kTransferLabel))) return false;
    if (data.public_rows.size() != kPublicInputs + inputs) return false;
    return rules == ProofRules::released || data.rows == transfer_rows(inputs);
}

bool is_released(const Bytes& encoding) {
    return std::ranges::find(released_verifier_data(), encoding) != released_verifier_data().end();
}

TransferVerifyError refusal(ProofError error) {
    return error == ProofError::wrong_public_inputs ? TransferVerifyError::wrong_public_inputs
                                                    : TransferVerifyError::not_accepted;
}

}  // namespace

std::string_view to_string(VerifierDataError error) {
    switch (error) {
        case VerifierDataError::unknown_network:
            return "no verifier data are known for this network: its operator has to name them";
        case VerifierDataError::malformed:
            return "these are not verifier data";
        case VerifierDataError::released:
            return "these are the verifier data of the released network, against which false statements can be proven";
        case VerifierDataError::development:
            return "these verifier data rest on the development parameters, whose secret is public";
        case VerifierDataError::other_circuit:
            return "these verifier data are not of the sound transfer circuit for this number of inputs";
    }
    return "unknown error";
}

std::string_view to_string(TransferVerifyError error) {
    switch (error) {
        case TransferVerifyError::no_circuit:
            return "a transfer has 1 to 4 inputs";
        case TransferVerifyError::unknown_verifier_data:
            return "the network does not take transfers by these verifier data";
        case TransferVerifyError::malformed_proof:
            return "the proof does not decode";
        case TransferVerifyError::wrong_public_inputs:
            return "there are too many or too few public inputs";
        case TransferVerifyError::not_accepted:
            return "the proof does not prove this transfer";
    }
    return "unknown error";
}

Result<TransferVerifiers, VerifierDataError> TransferVerifiers::of_network(std::string_view network) {
    if (network == "rusk") return make(ProofRules::released, released_verifier_data());
    if (network == "devnet") return make(ProofRules::sound, devnet_verifier_data());
    return fail(VerifierDataError::unknown_network);
}

Result<TransferVerifiers, VerifierDataError> TransferVerifiers::sound(const Encodings& encodings) {
    auto verifiers = make(ProofRules::sound, encodings);
    if (!verifiers) return verifiers;
    for (const plonk::Verifier& verifier : verifiers->shared_->verifiers) {
        if (plonk::has_development_secret(verifier.data().opening_key)) return fail(VerifierDataError::development);
    }
    return verifiers;
}

Result<TransferVerifiers, VerifierDataError> TransferVerifiers::make(ProofRules rules, const Encodings& encodings) {
    auto shared = std::make_shared<Shared>(Shared{.rules = rules, .encodings = encodings, .verifiers = {}});
    for (std::size_t i = 0; i < encodings.size(); ++i) {
        if (rules == ProofRules::sound && is_released(encodings[i])) return fail(VerifierDataError::released);
        auto data = VerifierData::from_bytes(encodings[i]);
        if (!data) return fail(VerifierDataError::malformed);
        if (!is_transfer_circuit(*data, i + 1, rules)) return fail(VerifierDataError::other_circuit);
        shared->verifiers.emplace_back(std::move(*data),
                                       rules == ProofRules::released ? plonk::Rules::released : plonk::Rules::sound);
    }
    return TransferVerifiers(std::move(shared));
}

const plonk::Verifier* TransferVerifiers::verifier(std::size_t inputs) const {
    return inputs < 1 || inputs > shared_->verifiers.size() ? nullptr : &shared_->verifiers[inputs - 1];
}

ByteView TransferVerifiers::verifier_data(std::size_t inputs) const {
    return verifier(inputs) == nullptr ? ByteView() : ByteView(shared_->encodings[inputs - 1]);
}

Result<plonk::Proof, TransferVerifyError> TransferVerifiers::read_proof(ByteView proof) const {
    const auto decoded =
        rules() == ProofRules::released ? plonk::Proof::from_slice(proof) : plonk::Proof::from_slice_exact(proof);
    if (!decoded) return fail(TransferVerifyError::malformed_proof);
    return *decoded;
}

std::vector<Result<plonk::Proof, TransferVerifyError>> TransferVerifiers::read_proofs(
    std::span<const ByteView> proofs) const {
    const auto decoded = plonk::Proof::from_slices(proofs);
    std::vector<Result<plonk::Proof, TransferVerifyError>> out;
    out.reserve(proofs.size());
    for (std::size_t i = 0; i < proofs.size(); ++i) {
        const bool whole = rules() == ProofRules::released || proofs[i].size() == plonk::Proof::kSize;
        if (decoded[i] && whole) {
            out.emplace_back(*decoded[i]);
        } else {
            out.emplace_back(fail(TransferVerifyError::malformed_proof));
        }
    }
    return out;
}

Result<std::size_t, TransferVerifyError> TransferVerifiers::inputs_of(ByteView verifier_data) const {
    const auto& known = shared_->encodings;
    const auto* const found =
        std::ranges::find_if(known, [&](const Bytes& encoding) { return std::ranges::equal(encoding, verifier_data); });
    if (found == known.end()) return fail(TransferVerifyError::unknown_verifier_data);
    return static_cast<std::size_t>(found - known.begin()) + 1;
}

Result<void, TransferVerifyError> TransferVerifiers::verify(std::size_t inputs, ByteView proof,
                                                            std::span<const crypto::Fq> public_inputs) const {
    const plonk::Verifier* const verifier = this->verifier(inputs);
    if (verifier == nullptr) return fail(TransferVerifyError::no_circuit);
    const auto decoded = read_proof(proof);
    if (!decoded) return fail(decoded.error());
    const auto verified = verifier->verify(*decoded, public_inputs);
    if (!verified) return fail(refusal(verified.error()));
    return {};
}

Result<void, TransferVerifyError> TransferVerifiers::verify(ByteView verifier_data, ByteView proof,
                                                            std::span<const crypto::Fq> public_inputs) const {
    const auto inputs = inputs_of(verifier_data);
    if (!inputs) return fail(inputs.error());
    return verify(*inputs, proof, public_inputs);
}

}  // namespace dusk::phoenix
