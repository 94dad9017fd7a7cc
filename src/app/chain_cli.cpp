#include "app/chain_cli.hpp"

#include <memory>

#include "app/chain_exec.hpp"
#include "crypto/os_random.hpp"
#include "node/thread_pool.hpp"

namespace dusk::app {
namespace {

constexpr const char* kFooter = R"(A file of blocks has one JSON object on each line:

  {"height": 1, "generator": KEY, "voters": [[KEY, CREDITS]], "slashes": [KEY], "transactions": [TX],
   "state_root": ROOT, "event_bloom": BLOOM}
  {"block": BLOCK, "voters": [[KEY, CREDITS]]}

all in hexadecimal. The first is executed as by whoever makes a block: what cannot be executed is reported and left
out. state_root and event_bloom may be missing; they are compared where they are given. The second is a block as it is
sent, and is verified. Voters are those who attested the block before; none at height 1. Where a block of the second
form has no list of voters they are found by its attestation and the stakes; then the file begins with block 0, as
`dusk db chain export` writes it.

Examples:
  dusk chain exec --genesis devnet --blocks blocks.jsonl
  dusk chain exec --genesis my.toml --network rusk --blocks blocks.jsonl --json --events

Exit status:
  0 done                    4 a block is none, or is not what it says
  1 something else failed   5 a file is missing, unreadable or cannot be written
  2 wrong usage)";

}  // namespace

void add_chain_commands(CLI::App& dusk, Chosen& chosen) {
    CLI::App* chain = dusk.add_subcommand("chain", "Blocks: execute and replay them");
    chain->require_subcommand(1);
    CLI::App* app = chain->add_subcommand("exec", "Execute a file of blocks on a genesis state");
    const auto command = std::make_shared<ChainExec>();
    app->add_option("--genesis", command->genesis, "A genesis file; devnet or rusk: that of the official local network")
        ->required()
        ->type_name("FILE");
    app->add_option("--blocks", command->blocks, "The file of blocks")->required()->type_name("FILE");
    app->add_option("--state", command->state, "Keep the states in this folder")->type_name("DIR");
    app->add_option("--network", command->network, "Whose contracts and proof rules: devnet or rusk")
        ->type_name("NAME")
        ->capture_default_str();
    app->add_option("--transfer-contract", command->transfer_contract, "Another transfer contract than the network's")
        ->type_name("FILE");
    app->add_option("--chain-id", command->chain_id, "Another chain id than that of the network")
        ->type_name("N")
        ->check(CLI::Range(0u, 255u));
    app->add_flag("--events", command->events, "With all events (in the JSON)");
    app->add_flag("--json", chosen.json, "Print one JSON object, errors too");
    app->callback([&chosen, command] {
        chosen.command = [command] {
            crypto::OsRandom random;
            node::ThreadPool threads;
            return chain_exec(*command, random, threads);
        };
    });
    chain->footer(kFooter);  // after the command, which would inherit it
}

}  // namespace dusk::app
