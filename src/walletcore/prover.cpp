#include "walletcore/prover.hpp"

#include "crypto/blake3.hpp"
#include "phoenix/devnet_verifier_data.hpp"
#include "phoenix/transfer_circuit.hpp"
#include "plonk/uncommitted_key.hpp"
#include "plonk/verifier.hpp"

namespace dusk::walletcore {
namespace {

using phoenix::TransferRequest;
using plonk::Composer;

std::unexpected<std::string> refuse(std::string_view why) { return fail(std::string(why)); }

const Bytes& pinned(std::size_t inputs) { return phoenix::devnet_verifier_data()[inputs - 1]; }

// Circuit and parameters follow from the verifier data.
plonk::KeyOrigin origin_of(std::size_t inputs) { return crypto::blake3(pinned(inputs)); }

plonk::VerifierData pinned_data(std::size_t inputs) { return plonk::VerifierData::from_bytes(pinned(inputs)).value(); }

SerialExecutor& serial() {
    static SerialExecutor executor;
    return executor;
}

constexpr std::string_view kOtherKey =
    "the key is not that of the network: the powers of the public parameters are others";

}  // namespace

void TransferProver::forget_job() {
    making_.reset();
    proving_.reset();
    proof_.reset();
    pending_.clear();
    commitments_.clear();
}

void TransferProver::wait_for(std::span<const std::span<const crypto::Fq>> polynomials) {
    pending_.assign(polynomials.begin(), polynomials.end());
    commitments_.assign(pending_.size(), crypto::G1Affine());
}

Result<void, std::string> TransferProver::begin_key(std::size_t inputs) {
    forget_job();
    if (inputs < 1 || inputs > TransferRequest::kMaxInputs) return refuse("a transfer has 1 to 4 inputs");
    circuit_.reset();
    const auto table = phoenix::run_transfer_circuit(Composer::Mode::keys, TransferRequest::blank(inputs));
    if (!table) return refuse(to_string(table.error()));
    auto key = plonk::make_uncommitted_key(as_bytes(phoenix::kTransferLabel), *table, serial());
    if (!key) return refuse(to_string(key.error()));
    making_ = std::make_unique<plonk::ProverKey>(*std::move(key));
    inputs_ = inputs;
    std::vector<std::span<const crypto::Fq>> columns;
    for (const plonk::Polynomial& polynomial : making_->polynomials) {
        if (!polynomial.empty()) columns.emplace_back(polynomial);
    }
    wait_for(columns);
    return {};
}

Result<void, std::string> TransferProver::finish_key() {
    std::size_t next = 0;
    for (std::size_t i = 0; i < plonk::kKeyColumns; ++i) {
        if (!making_->polynomials[i].empty()) making_->verifier_key.commitments[i] = commitments_[next++];
    }
    const std::unique_ptr<plonk::ProverKey> made = std::move(making_);
    forget_job();
    if (made->verifier_key != pinned_data(inputs_).key) return refuse(kOtherKey);
    circuit_ = std::make_unique<const Circuit>(std::move(*made), serial());
    return {};
}

Result<void, std::string> TransferProver::load_key(std::size_t inputs, ByteView stored) {
    forget_job();
    if (inputs < 1 || inputs > TransferRequest::kMaxInputs) return refuse("a transfer has 1 to 4 inputs");
    auto key = plonk::read_stored_key(stored, origin_of(inputs), serial());
    if (!key) return refuse(to_string(key.error()));
    if (key->verifier_key != pinned_data(inputs).key) return refuse(kOtherKey);
    circuit_ = std::make_unique<const Circuit>(*std::move(key), serial());
    inputs_ = inputs;
    return {};
}

std::optional<Bytes> TransferProver::stored_key() const {
    if (!circuit_) return std::nullopt;
    return plonk::write_stored_key(circuit_->key, origin_of(inputs_));
}

Result<void, std::string> TransferProver::begin_proof(ByteView request, const ByteArray<32>& rng) {
    forget_job();
    auto read = TransferRequest::from_bytes(request);
    if (!read) return refuse(to_string(read.error()));
    if (!circuit_ || read->inputs.size() != inputs_) return refuse("there is no key for this number of inputs");
    proving_ = std::unique_ptr<Proving>(new Proving{.request = *std::move(read), .random = crypto::ChaChaRng(rng)});
    const auto table = phoenix::run_transfer_circuit(Composer::Mode::prove, proving_->request);
    if (!table) return refuse(to_string(table.error()));
    auto staged =
        plonk::StagedProof::begin({.key = &circuit_->key, .domain = &circuit_->domain, .sigmas = circuit_->sigmas},
                                  *table, proving_->random, serial());
    if (!staged) return refuse(to_string(staged.error()));
    proving_->staged.emplace(*std::move(staged));
    wait_for(proving_->staged->pending());
    return {};
}

Result<void, std::string> TransferProver::resume() {
    if (making_) return finish_key();
    if (!proving_ || !proving_->staged) return refuse("nothing is being made");
    plonk::StagedProof& staged = *proving_->staged;
    if (const auto done = staged.resume(commitments_); !done) {
        std::string why(to_string(done.error()));
        if (const std::string where = phoenix::what_is_false(proving_->request); !where.empty()) why += ": " + where;
        forget_job();
        return refuse(why);
    }
    wait_for(staged.pending());
    return pending_.empty() ? finish_proof() : Result<void, std::string>();
}

Result<void, std::string> TransferProver::finish_proof() {
    const plonk::Proof made = proving_->staged->proof();
    const auto inputs = phoenix::transfer_public_inputs(proving_->request);
    forget_job();
    if (const auto good = plonk::Verifier(pinned_data(inputs_)).verify(made, inputs); !good) {
        return refuse("the proof does not verify: a worker computed a wrong sum");
    }
    proof_ = made;
    return {};
}

std::optional<plonk::Proof> TransferProver::proof() const { return proof_; }

}  // namespace dusk::walletcore
