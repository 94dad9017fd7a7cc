// dusk-interop transfers --inputs I --count N --seed S --crs-seed C
//     Makes random transfers, proves them and prints {"cases": [{name, verifier_data, proof,
//     public_inputs}]}. Progress goes to the standard error.
// dusk-interop parameters --crs-seed C --out FILE
//     The development parameters of a seed, 2^17 + 10 powers, in the raw format.
// Both use every core. Seeds are numbers below 2^64: keys, notes and blinders come from `seed`, the secret of the
// parameters from `crs-seed`.
#include <fmt/core.h>

#include <charconv>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "base/hex.hpp"
#include "node/thread_pool.hpp"
#include "phoenix/transfer_circuit.hpp"
#include "phoenix/transfer_prover.hpp"
#include "plonk/transfers.hpp"
#include "plonk/verifier.hpp"

namespace {

using namespace dusk;
using crypto::ChaChaRng;
using nlohmann::json;

constexpr std::size_t kDegree = std::size_t{1} << 17;

class Options {
  public:
    Options(int argc, char** argv) {
        for (int i = 2; i + 1 < argc; i += 2) values_[argv[i]] = argv[i + 1];
    }
    [[nodiscard]] const std::string& text(const std::string& name) const {
        const auto found = values_.find(name);
        if (found == values_.end()) throw std::runtime_error(name + " is missing");
        return found->second;
    }
    [[nodiscard]] std::uint64_t number(const std::string& name) const {
        const std::string& digits = text(name);
        std::uint64_t out = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
        if (error != std::errc() || end != digits.data() + digits.size())
            throw std::runtime_error(name + " is not a number");
        return out;
    }

  private:
    std::map<std::string, std::string> values_;
};

plonk::PublicParameters make_parameters(std::uint64_t seed, Executor& executor) {
    ChaChaRng random(seed);
    return plonk::PublicParameters::setup(kDegree, random, executor);
}

std::vector<std::string> hex_of(const std::vector<crypto::Fq>& values) {
    std::vector<std::string> out;
    out.reserve(values.size());
    for (const crypto::Fq& value : values) out.push_back(to_hex(value.to_bytes()));
    return out;
}

void write_parameters(const Options& options) {
    node::ThreadPool pool;
    const Bytes bytes = make_parameters(options.number("--crs-seed"), pool).to_raw_bytes();
    std::ofstream file(options.text("--out"), std::ios::binary);
    file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    if (!file.flush()) throw std::runtime_error("the parameters cannot be written");
}

void prove_transfers(const Options& options) {
    const std::uint64_t inputs = options.number("--inputs");
    const std::uint64_t count = options.number("--count");
    if (inputs < 1 || inputs > phoenix::TransferRequest::kMaxInputs) throw std::runtime_error("1 to 4 inputs");
    node::ThreadPool pool;
    const auto parameters = make_parameters(options.number("--crs-seed"), pool);
    auto key = phoenix::make_transfer_key(inputs, parameters, pool);
    if (!key) throw std::runtime_error(std::string(to_string(key.error())));
    const plonk::VerifierData data = key->verifier_data(parameters.opening_key());
    const std::string data_hex = to_hex(data.to_bytes());
    const plonk::Prover prover(std::make_shared<const plonk::ProverKey>(std::move(*key)));
    const plonk::Verifier verifier(data);
    fmt::print(stderr, "  {} inputs: keys are made\n", inputs);

    ChaChaRng random(options.number("--seed"));
    json cases = json::array();
    for (std::uint64_t i = 0; i < count; ++i) {
        const auto start = std::chrono::steady_clock::now();
        const phoenix::TransferRequest request = interop::random_transfer(inputs, random);
        const auto proof = phoenix::prove_transfer(prover, request, random, pool);
        if (!proof) throw std::runtime_error(fmt::format("transfer {} is not proven: {}", i, proof.error().where));
        const auto public_inputs = transfer_public_inputs(request);
        if (!verifier.verify(*proof, public_inputs)) throw std::runtime_error("our verifier refuses our proof");
        cases.push_back({{"name", fmt::format("{} inputs, transfer {}", inputs, i)},
                         {"verifier_data", data_hex},
                         {"proof", to_hex(proof->to_bytes())},
                         {"public_inputs", hex_of(public_inputs)}});
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
        fmt::print(stderr, "  {} inputs: proof {} of {} in {:.1f} s\n", inputs, i + 1, count, took.count());
    }
    fmt::print("{}\n", json{{"cases", cases}}.dump());
}

}  // namespace

int main(int argc, char** argv) {
    try {
        const std::string_view verb = argc > 1 ? argv[1] : "";
        if (verb == "transfers") {
            prove_transfers({argc, argv});
        } else if (verb == "parameters") {
            write_parameters({argc, argv});
        } else {
            fmt::print(stderr,
                       "usage: dusk-interop transfers --inputs I --count N --seed S --crs-seed C\n"
                       "       dusk-interop parameters --crs-seed C --out FILE\n");
            return 2;
        }
    } catch (const std::exception& error) {
        fmt::print(stderr, "dusk-interop: {}\n", error.what());
        return 1;
    }
    return 0;
}
