// What `dusk tx decode`, `inspect` and `verify` do.
#pragma once

#include "app/outcome.hpp"
#include "base/executor.hpp"

namespace dusk::app {

struct ReadTx {
    std::string transaction{};           // a file, or hexadecimal digits
    std::string network = "devnet";      // by whose proof rules
    std::optional<unsigned> chain_id{};  // that of the network unless it says otherwise
};
// What the transaction says. Errors: file, bad_input.
[[nodiscard]] CommandResult decode_tx(const ReadTx& command);
// The same, and every rule that a pool or a block would refuse it for, as far as no state is needed; signature, proof
// and the proofs of blobs are not checked.
[[nodiscard]] CommandResult inspect_tx(const ReadTx& command);
// All of these rules, and those. Errors: also bad_input with the code of the rule that is broken.
[[nodiscard]] CommandResult verify_tx(const ReadTx& command, RandomSource& random, Executor& executor);

}  // namespace dusk::app
