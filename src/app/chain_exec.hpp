// What `dusk chain exec` does: blocks on a genesis state, one after the other, with all that comes out.
//
// A file of blocks is one JSON object for each line. Keys, transactions and roots are hexadecimal; numbers may be
// texts:
//
//     {"height": 1, "generator": KEY, "voters": [[KEY, CREDITS], …], "slashes": [KEY, …], "transactions": [TX, …],
//      "state_root": ROOT, "event_bloom": BLOOM}
//     {"block": BLOCK, "voters": [[KEY, CREDITS], …]}
//     {"block": BLOCK}
//
// The first form is executed as by whoever makes a block: what cannot be executed is reported and left out; the last
// two members may be missing, and are compared if they are there. The second is a block as it is sent; it is verified.
// In the third form, which `dusk db chain export` writes, the voters are found with the attestation of the block before
// and the stakes of its time, so that block stands before it in the file, from genesis on.
#pragma once

#include "app/outcome.hpp"
#include "base/executor.hpp"

namespace dusk::app {

struct ChainExec {
    std::string genesis{};  // a genesis file; "devnet" or "rusk": the official local network's
    std::filesystem::path blocks{};
    std::filesystem::path state{};              // where the state store is made; empty: in a temporary folder
    std::string network = "devnet";             // whose contracts and proof rules
    std::filesystem::path transfer_contract{};  // instead of that of the network
    std::optional<unsigned> chain_id{};         // that of the network unless it says otherwise
    bool events = false;                        // show them too
};

// Errors: file, usage, bad_input (a block that is no block, or is not what it says; `details` has what was executed).
[[nodiscard]] CommandResult chain_exec(const ChainExec& command, RandomSource& random, Executor& executor);

}  // namespace dusk::app
