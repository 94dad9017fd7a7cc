// Which verifier data a network takes Phoenix transfers by, and no others. An equation that holds says nothing by
// itself: a verifier of any release accepts proofs of false statements against the verifier data of a circuit that can
// be cheated (spec/plonk-sound.md §1, docs/networks.md).
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "phoenix/transfer_request.hpp"
#include "plonk/verifier.hpp"

namespace dusk::phoenix {

// By which circuits a network judges transfers.
enum class ProofRules : std::uint8_t {
    released,  // those of the released network, which can be cheated: `rusk` only, to follow its chain
    sound,     // those of phoenix/transfer_circuit.hpp: every network of ours
};

// Why a network has no such verifiers.
enum class VerifierDataError : std::uint8_t {
    unknown_network,  // not "rusk", not "devnet": its operator says which verifier data it has
    malformed,        // no verifier data, by the strict reading
    released,         // those of the released network, which a sound network never takes
    development,      // over the development parameters, whose secret is public: only "devnet" takes them
    other_circuit,    // not of the sound transfer circuit for so many inputs: label, rows or public inputs differ
};
[[nodiscard]] std::string_view to_string(VerifierDataError error);

// Why a transfer is refused.
enum class TransferVerifyError : std::uint8_t {
    no_circuit,             // not 1 to 4 inputs
    unknown_verifier_data,  // not among those of the network, whatever its equation says
    malformed_proof,        // not 1008 bytes of a proof
    wrong_public_inputs,    // not 28 + inputs of them
    not_accepted,           // the proof does not prove this
};
[[nodiscard]] std::string_view to_string(TransferVerifyError error);

// The verifiers of one network, for 1 to 4 inputs. Immutable, shared by copies; about 70 kB each.
class TransferVerifiers {
  public:
    using Encodings = std::array<Bytes, TransferRequest::kMaxInputs>;

    // "rusk": rules and data of the released network. "devnet": sound, with the pinned data. Error: unknown_network.
    [[nodiscard]] static Result<TransferVerifiers, VerifierDataError> of_network(std::string_view network);
    // A network with parameters of its own, always by the sound rules. Errors: malformed, released,
    // development, other_circuit.
    [[nodiscard]] static Result<TransferVerifiers, VerifierDataError> sound(const Encodings& encodings);

    [[nodiscard]] ProofRules rules() const { return shared_->rules; }
    // Null for another number of inputs.
    [[nodiscard]] const plonk::Verifier* verifier(std::size_t inputs) const;
    // The encoding that contracts of the network hold; empty for another number of inputs.
    [[nodiscard]] ByteView verifier_data(std::size_t inputs) const;
    // For how many inputs these verifier data are; an error is a refusal. Error: unknown_verifier_data.
    [[nodiscard]] Result<std::size_t, TransferVerifyError> inputs_of(ByteView verifier_data) const;

    // A proof of 1008 bytes and the public inputs of `transfer_public_inputs`. The released rules ignore what follows
    // the proof, as that network does; the sound ones refuse it. Errors: all but unknown_verifier_data.
    [[nodiscard]] Result<void, TransferVerifyError> verify(std::size_t inputs, ByteView proof,
                                                           std::span<const crypto::Fq> public_inputs) const;
    // Reads a proof by the rules of the network. Error: malformed_proof.
    [[nodiscard]] Result<plonk::Proof, TransferVerifyError> read_proof(ByteView proof) const;
    // The same for each, faster together.
    [[nodiscard]] std::vector<Result<plonk::Proof, TransferVerifyError>> read_proofs(
        std::span<const ByteView> proofs) const;
    // `verify` for who names the verifier data by their bytes, as contracts do. Errors: all but no_circuit.
    [[nodiscard]] Result<void, TransferVerifyError> verify(ByteView verifier_data, ByteView proof,
                                                           std::span<const crypto::Fq> public_inputs) const;

  private:
    struct Shared {
        ProofRules rules;
        Encodings encodings;
        std::vector<plonk::Verifier> verifiers;
    };
    [[nodiscard]] static Result<TransferVerifiers, VerifierDataError> make(ProofRules rules,
                                                                           const Encodings& encodings);
    explicit TransferVerifiers(std::shared_ptr<const Shared> shared) : shared_(std::move(shared)) {}

    std::shared_ptr<const Shared> shared_;
};

}  // namespace dusk::phoenix
