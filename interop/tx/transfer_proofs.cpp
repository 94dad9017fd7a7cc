#include "tx/transfer_proofs.hpp"

#include <fmt/core.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "base/hex.hpp"
#include "crypto/blake3.hpp"
#include "crypto/chacha_rng.hpp"
#include "phoenix/devnet_verifier_data.hpp"
#include "phoenix/transfer_builder.hpp"
#include "phoenix/transfer_circuit.hpp"
#include "phoenix/transfer_prover.hpp"
#include "plonk/development.hpp"

namespace dusk::interop {
namespace {

namespace fs = std::filesystem;
using crypto::Fq;
using phoenix::TransferRequest;

ByteArray<32> hash_of_statement(const TransferRequest& request, const std::vector<Fq>& public_inputs) {
    Bytes bytes = phoenix::devnet_verifier_data()[request.inputs.size() - 1];
    for (const Fq& value : public_inputs) {
        const auto encoded = value.to_bytes();
        bytes.insert(bytes.end(), encoded.begin(), encoded.end());
    }
    return crypto::blake3(bytes);
}

Bytes read_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// All of it or nothing: a run may be interrupted.
void write_file(const fs::path& path, ByteView bytes) {
    const fs::path part = path.string() + ".part";
    std::ofstream file(part, std::ios::binary);
    file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (!file) throw std::runtime_error(part.string() + " cannot be written");
    fs::rename(part, path);
}

}  // namespace

TransferProofs::TransferProofs(fs::path folder, Executor& executor)
    : folder_(std::move(folder)),
      executor_(&executor),
      verifiers_(phoenix::TransferVerifiers::of_network("devnet").value()) {
    fs::create_directories(folder_);
}

const plonk::Prover& TransferProofs::prover(std::size_t inputs) {
    if (const auto found = provers_.find(inputs); found != provers_.end()) return found->second;
    const auto start = std::chrono::steady_clock::now();
    if (!parameters_) parameters_ = plonk::development_parameters(*executor_);
    auto key = phoenix::make_transfer_key(inputs, *parameters_, *executor_);
    if (!key) throw std::runtime_error(std::string(to_string(key.error())));
    plonk::Prover prover(std::make_shared<const plonk::ProverKey>(*std::move(key)));
    prover.cache_cosets(*executor_);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    fmt::print(stderr, "  prover key for {} inputs made in {:.0f} s\n", inputs, took.count());
    return provers_.emplace(inputs, std::move(prover)).first->second;
}

Bytes TransferProofs::prove(TransferRequest request, const phoenix::SecretKey& sender) {
    const std::size_t inputs = request.inputs.size();
    const auto public_inputs = phoenix::transfer_public_inputs(request);
    const ByteArray<32> statement = hash_of_statement(request, public_inputs);
    const auto holds = [&](ByteView proof) { return verifiers_.verify(inputs, proof, public_inputs).has_value(); };
    const fs::path path = folder_ / to_hex(statement);
    if (Bytes kept = read_file(path); holds(kept)) return kept;
    crypto::ChaChaRng random(statement);
    phoenix::sign_request(request, sender, random);
    const auto proof = phoenix::prove_transfer(prover(inputs), request, random, *executor_);
    if (!proof) throw std::runtime_error(fmt::format("a transfer is not proven: {}", proof.error().where));
    const Bytes bytes = to_vector(proof->to_bytes());
    if (!holds(bytes)) throw std::runtime_error("our verifier refuses our proof");
    write_file(path, bytes);
    return bytes;
}

}  // namespace dusk::interop
