// Running the circuit of a transaction: what a prover does before its first commitment.
#include <fmt/core.h>

#include "harness.hpp"
#include "phoenix/transfer_circuit.hpp"

namespace dusk::bench {
namespace {

void rows(Bench& bench) {
    using plonk::Composer;
    for (const std::size_t inputs : {1U, 2U, 3U, 4U}) {
        const auto request = phoenix::TransferRequest::blank(inputs);
        for (const auto& [name, mode] :
             {std::pair("to prove", Composer::Mode::prove), {"for keys", Composer::Mode::keys}}) {
            bench.run(fmt::format("transfer circuit {}, {} inputs", name, inputs), fmt::format("synthesis {}", inputs),
                      1, 11, [&] {
                          Composer composer(mode, phoenix::transfer_rows(inputs));
                          transfer_circuit(composer, request);
                          keep(std::move(composer).finish());
                      });
        }
    }
}

const Registered registered("plonk", rows);

}  // namespace
}  // namespace dusk::bench
