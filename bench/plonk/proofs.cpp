// Keys, proofs and verification of the transfer circuits with 1 to 4 inputs, on one thread and on all.
#include <fmt/core.h>

#include <optional>

#include "harness.hpp"
#include "node/thread_pool.hpp"
#include "phoenix/transfer_circuit.hpp"
#include "phoenix/transfer_prover.hpp"
#include "plonk/batch_verifier.hpp"
#include "transfer_requests.hpp"

namespace dusk::bench {
namespace {

using namespace plonk;
using phoenix::TransferRequest;

struct Threads {
    std::string text;  // behind the names of rows
    Executor& executor;
};

std::string row_name(std::string_view what, std::size_t inputs, const Threads& threads) {
    return fmt::format("{}, {} inputs{}", what, inputs, threads.text);
}

void proofs(Bench& bench, std::size_t inputs, const PublicParameters& parameters, const Threads& threads) {
    const std::string keys = row_name("keys", inputs, threads);
    const std::string prove = row_name("prove", inputs, threads);
    if (!bench.wants(keys) && !bench.wants(prove)) return;
    std::optional<ProverKey> key;
    const auto make = [&] { key = phoenix::make_transfer_key(inputs, parameters, threads.executor).value(); };
    bench.run(keys, fmt::format("compile {}{}", inputs, threads.text), 1, 1, make);
    if (!bench.wants(prove)) return;

    if (!key) make();
    const TransferRequest request = transfer_request(inputs);
    crypto::ChaChaRng random(inputs);
    Prover prover(std::make_shared<const ProverKey>(std::move(*key)));
    const auto run = [&] { keep(phoenix::prove_transfer(prover, request, random, threads.executor).value()); };
    const std::string official = fmt::format("prove {}{}", inputs, threads.text);
    bench.run(prove, official, 1, 1, run);
    // What `dusk prover` does with enough memory.
    const std::string cached = row_name("prove with cached cosets", inputs, threads);
    if (!threads.text.empty() || !bench.wants(cached)) return;
    prover.cache_cosets(threads.executor);
    bench.run(cached, official, 1, 1, run);
}

void verification(Bench& bench, const PublicParameters& parameters, Executor& executor) {
    constexpr std::size_t kInputs = 2;
    constexpr std::size_t kBatch = 64;
    const std::string one = "verify, 2 inputs";
    const std::string all = "decode and verify, 2 inputs";
    const std::string batch = "verify in a batch of 64, each";
    if (!bench.wants(one) && !bench.wants(all) && !bench.wants(batch)) return;

    crypto::ChaChaRng random(1);
    const TransferRequest request = transfer_request(kInputs);
    const Prover prover(
        std::make_shared<const ProverKey>(phoenix::make_transfer_key(kInputs, parameters, executor).value()));
    const VerifierData data = prover.key().verifier_data(parameters.opening_key());
    const Bytes data_bytes = data.to_bytes();
    const Verifier verifier(data);
    const std::vector<Fq> inputs = transfer_public_inputs(request);
    std::vector<Proof> proofs;
    proofs.reserve(4);
    for (int i = 0; i < 4; ++i) proofs.push_back(phoenix::prove_transfer(prover, request, random, executor).value());
    const auto bytes = proofs[0].to_bytes();
    bench.run(one, "verify 2", 1, 15, [&] { keep(verifier.verify(proofs[0], inputs).has_value()); });
    bench.run(all, "decode_and_verify 2", 1, 15,
              [&] { keep(verify_as_network(Version::v3, data_bytes, bytes, inputs)); });
    SerialExecutor serial;
    std::vector<Claim> claims;
    claims.reserve(kBatch);
    for (std::size_t i = 0; i < kBatch; ++i)
        claims.push_back({.verifier = &verifier, .proof = &proofs[i % proofs.size()], .public_inputs = inputs});
    bench.run(batch, "verify 2", kBatch, 9, [&] { keep(find_bad_claims(claims, random, serial).empty()); });
}

void rows(Bench& bench) {
    node::ThreadPool pool;
    SerialExecutor serial;
    crypto::ChaChaRng random(1);
    const PublicParameters parameters = PublicParameters::setup(std::size_t{1} << 17, random, pool);
    verification(bench, parameters, pool);
    for (std::size_t inputs = 1; inputs <= TransferRequest::kMaxInputs; ++inputs) {
        proofs(bench, inputs, parameters, {.text = "", .executor = serial});
        proofs(bench, inputs, parameters, {.text = ", all threads", .executor = pool});
    }
}

const Registered registered("plonk", rows);

}  // namespace
}  // namespace dusk::bench
