#include "walletcore/prover.hpp"

#include <utility>

#include "crypto/blake3.hpp"
#include "crypto/msm.hpp"
#include "phoenix/devnet_verifier_data.hpp"
#include "phoenix/transfer_circuit.hpp"
#include "plonk/uncommitted_key.hpp"
#include "plonk/verifier.hpp"
#include "walletcore/coset_work.hpp"

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
    combined_.clear();
    proving_.reset();
    proof_.reset();
    pending_.clear();
    commitments_.clear();
}

void TransferProver::wait_for(std::span<const std::span<const crypto::Fq>> polynomials) {
    pending_.assign(polynomials.begin(), polynomials.end());
    commitments_.assign(pending_.size(), crypto::G1Affine());
}

// The commitments are known: those of the network. That they are commitments to these polynomials under these powers
// takes one sum and not thirteen: of a combination that nobody could foresee.
Result<void, std::string> TransferProver::begin_key(std::size_t inputs, const ByteArray<32>& rng) {
    forget_job();
    if (inputs < 1 || inputs > TransferRequest::kMaxInputs) return refuse("a transfer has 1 to 4 inputs");
    circuit_.reset();
    const auto table = phoenix::run_transfer_circuit(Composer::Mode::keys, TransferRequest::blank(inputs));
    if (!table) return refuse(to_string(table.error()));
    auto key = plonk::make_uncommitted_key(as_bytes(phoenix::kTransferLabel), *table, serial());
    if (!key) return refuse(to_string(key.error()));
    making_ = std::make_unique<plonk::ProverKey>(*std::move(key));
    inputs_ = inputs;
    const plonk::VerifierKey pinned_key = pinned_data(inputs).key;
    if (making_->verifier_key.rows != pinned_key.rows) return refuse(kOtherKey);
    making_->verifier_key = pinned_key;
    crypto::ChaChaRng random(rng);
    std::vector<plonk::ScaledPolynomial> terms;
    std::vector<crypto::Fq> factors;
    for (const plonk::Polynomial& polynomial : making_->polynomials) {
        factors.push_back(crypto::Fq::random(random));
        terms.push_back({polynomial, factors.back()});
    }
    combined_ = plonk::sum(terms, making_->size(), serial());
    combined_commitment_ = crypto::msm_vartime(pinned_key.commitments, factors, serial()).to_affine();
    const std::array<std::span<const crypto::Fq>, 1> one{combined_};
    wait_for(one);
    return {};
}

Result<void, std::string> TransferProver::finish_key() {
    const bool is_that_of_the_network = commitments_[0] == combined_commitment_;
    const std::unique_ptr<plonk::ProverKey> made = std::move(making_);
    forget_job();
    if (!is_that_of_the_network) return refuse(kOtherKey);
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
    auto staged = plonk::StagedProof::begin(
        {.key = &circuit_->key, .domain = &circuit_->domain, .sigmas = circuit_->sigmas, .gives_cosets = true}, *table,
        proving_->random, serial());
    if (!staged) return refuse(to_string(staged.error()));
    proving_->staged.emplace(*std::move(staged));
    wait_for(proving_->staged->pending());
    return {};
}

Result<void, std::string> TransferProver::resume() {
    if (making_) return finish_key();
    if (!proving_ || !proving_->staged) return refuse("nothing is being made");
    return resume_proof();
}

Result<void, std::string> TransferProver::resume_proof() {
    plonk::StagedProof& staged = *proving_->staged;
    if (staged.waits_for_cosets()) {
        for (const plonk::SecretPolynomial& coset : proving_->cosets) {
            if (coset.empty()) return refuse("the quotient is missing on a coset");
        }
        staged.resume_with_cosets(std::exchange(proving_->cosets, {}));
        wait_for(staged.pending());
        return {};
    }
    if (const auto done = staged.resume(commitments_); !done) {
        std::string why(to_string(done.error()));
        if (const std::string where = phoenix::what_is_false(proving_->request); !where.empty()) why += ": " + where;
        forget_job();
        return refuse(why);
    }
    wait_for(staged.pending());
    return pending_.empty() && !staged.waits_for_cosets() ? finish_proof() : Result<void, std::string>();
}

std::optional<SecretBytes> TransferProver::coset_work() const {
    if (!proving_ || !proving_->staged || !proving_->staged->waits_for_cosets()) return std::nullopt;
    return write_coset_work(proving_->staged->columns(), proving_->staged->challenges());
}

Result<plonk::SecretPolynomial, std::string> TransferProver::coset_quotient(ByteView bytes, std::size_t coset) const {
    const auto work = read_coset_work(bytes);
    if (!work) return refuse("these are no columns of a proof");
    if (coset >= plonk::kCosets) return refuse("there are four cosets");
    if (!circuit_) return refuse("there is no key");
    return plonk::CosetQuotient(circuit_->key, nullptr, circuit_->domain, work->columns, work->challenges, serial())
        .remainder(coset);
}

Result<void, std::string> TransferProver::give_coset(std::size_t coset, ByteView coefficients) {
    if (!proving_ || !proving_->staged || !proving_->staged->waits_for_cosets()) return refuse("no proof waits for it");
    if (coset >= plonk::kCosets) return refuse("there are four cosets");
    auto read = read_coefficients(coefficients, circuit_->key.size());
    if (!read) return refuse("these are no coefficients of a quotient");
    proving_->cosets[coset] = *std::move(read);
    return {};
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
