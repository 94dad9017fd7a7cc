#include "app/tx_cli.hpp"

#include <memory>

#include "app/tx_build_cli.hpp"
#include "app/tx_commands.hpp"
#include "crypto/os_random.hpp"
#include "node/thread_pool.hpp"

namespace dusk::app {
namespace {

constexpr const char* kFooter =
    R"(A transaction is a file, of bytes or of hexadecimal digits, or the digits themselves; in any format.

Examples:
  dusk tx decode transfer.tx                            what it says
  dusk tx inspect 0302…                                 and which rules it breaks
  dusk tx verify transfer.tx --network rusk             and whether its signature or proof holds
  dusk tx build transfer --key my.wallet --nonce 1 --to ACCOUNT --value 12.5 --gas-limit 3000000 --out transfer.tx
  dusk tx notes --genesis my.toml --key my.wallet --out my.notes      the notes that the wallet can spend
  dusk tx build --help                                  every kind, paid by an account or by notes

`verify` needs no state: balances, nonces and notes are not looked at.

Exit status:
  0 done                       4 no transaction, or one that is refused
  1 something else failed      5 a file is missing, unreadable, in the way or cannot be written
  2 wrong usage                3 wrong password)";

void add_read(CLI::App& tx, Chosen& chosen, const std::string& name, const std::string& what,
              const std::function<CommandResult(const ReadTx&)>& run) {
    CLI::App* app = tx.add_subcommand(name, what);
    const auto command = std::make_shared<ReadTx>();
    app->add_option("TRANSACTION", command->transaction, "A file, or hexadecimal digits")->required()->type_name("");
    add_network_options(*app, command->network, command->chain_id);
    app->add_flag("--json", chosen.json, "Print one JSON object, errors too");
    app->callback([&chosen, command, run] { chosen.command = [command, run] { return run(*command); }; });
}

}  // namespace

void add_tx_commands(CLI::App& dusk, Chosen& chosen) {
    CLI::App* tx = dusk.add_subcommand("tx", "Transactions: read, check, make");
    tx->require_subcommand(1);
    add_read(*tx, chosen, "decode", "Show what a transaction says", decode_tx);
    add_read(*tx, chosen, "inspect", "And which rules it breaks", inspect_tx);
    add_read(*tx, chosen, "verify", "Check everything that needs no state", [](const ReadTx& command) {
        crypto::OsRandom random;
        node::ThreadPool threads;
        return verify_tx(command, random, threads);
    });
    add_tx_build_commands(*tx, chosen);
    tx->footer(kFooter);  // after the commands, which would inherit it
}

}  // namespace dusk::app
