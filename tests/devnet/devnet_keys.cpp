// devnet_keys [--print]: makes the keys of the transfer circuits over the development parameters and compares their
// verifier data with those in src/phoenix/devnet_verifier_data.cpp, or prints that file.
#include <fmt/core.h>

#include <string_view>

#include "base/hex.hpp"
#include "node/thread_pool.hpp"
#include "phoenix/devnet_verifier_data.hpp"
#include "phoenix/transfer_prover.hpp"
#include "plonk/development.hpp"

namespace {

using dusk::Bytes;
using dusk::phoenix::TransferRequest;

std::array<Bytes, TransferRequest::kMaxInputs> make() {
    dusk::node::ThreadPool pool;
    const auto parameters = dusk::plonk::development_parameters(pool);
    std::array<Bytes, TransferRequest::kMaxInputs> out;
    for (std::size_t i = 0; i < out.size(); ++i) {
        const auto key = dusk::phoenix::make_transfer_key(i + 1, parameters, pool);
        if (key) out[i] = key->verifier_data(parameters.opening_key()).to_bytes();
    }
    return out;
}

void print(const std::array<Bytes, TransferRequest::kMaxInputs>& data) {
    constexpr std::size_t kLine = 108;
    fmt::print(
        "// Printed by `devnet_keys --print`.\n#include \"phoenix/devnet_verifier_data.hpp\"\n\n"
        "#include \"base/hex.hpp\"\n\nnamespace dusk::phoenix {{\nnamespace {{\n\n"
        "constexpr std::array<std::string_view, TransferRequest::kMaxInputs> kHex{{\n");
    for (const Bytes& bytes : data) {
        const std::string hex = dusk::to_hex(bytes);
        for (std::size_t at = 0; at < hex.size(); at += kLine)
            fmt::print("    \"{}\"{}\n", hex.substr(at, kLine), at + kLine < hex.size() ? "" : ",");
    }
    fmt::print(
        "}};\n\n}}  // namespace\n\n"
        "const std::array<Bytes, TransferRequest::kMaxInputs>& devnet_verifier_data() {{\n"
        "    static const auto data = [] {{\n        std::array<Bytes, TransferRequest::kMaxInputs> out;\n"
        "        for (std::size_t i = 0; i < out.size(); ++i) out[i] = from_hex(kHex[i]).value();\n"
        "        return out;\n    }}();\n    return data;\n}}\n\n}}  // namespace dusk::phoenix\n");
}

}  // namespace

int main(int argc, char** argv) {
    const auto made = make();
    if (argc > 1 && std::string_view(argv[1]) == "--print") {
        print(made);
        return 0;
    }
    const auto& pinned = dusk::phoenix::devnet_verifier_data();
    std::size_t failed = 0;
    for (std::size_t i = 0; i < made.size(); ++i) {
        if (!made[i].empty() && made[i] == pinned[i]) continue;
        fmt::print("FAILED the verifier data for {} inputs are others\n", i + 1);
        ++failed;
    }
    fmt::print("devnet-keys: {} passed, {} failed\n", made.size() - failed, failed);
    return failed == 0 ? 0 : 1;
}
