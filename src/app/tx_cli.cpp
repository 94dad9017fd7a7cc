#include "app/tx_cli.hpp"

#include <memory>

#include "app/tx_build.hpp"
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
  dusk tx build call --key my.wallet --nonce 2 --contract ID --function set --arg-hex 05 --gas-limit 5000000 --out call.tx
  dusk tx build deploy --key my.wallet --nonce 3 --bytecode token.wasm --gas-limit 50000000 --gas-price 2000 --out d.tx

`verify` needs no state: balances, nonces and notes are not looked at.

Exit status:
  0 done                       4 no transaction, or one that is refused
  1 something else failed      5 a file is missing, unreadable, in the way or cannot be written
  2 wrong usage                3 wrong password)";

void add_network(CLI::App& app, std::string& network, std::optional<unsigned>& chain_id) {
    app.add_option("--network", network, "devnet or rusk")->type_name("NAME")->capture_default_str();
    app.add_option("--chain-id", chain_id, "Another chain id than that of the network")
        ->type_name("N")
        ->check(CLI::Range(0u, 255u));
}

void add_read(CLI::App& tx, Chosen& chosen, const std::string& name, const std::string& what,
              const std::function<CommandResult(const ReadTx&)>& run) {
    CLI::App* app = tx.add_subcommand(name, what);
    const auto command = std::make_shared<ReadTx>();
    app->add_option("TRANSACTION", command->transaction, "A file, or hexadecimal digits")->required()->type_name("");
    add_network(*app, command->network, command->chain_id);
    app->add_flag("--json", chosen.json, "Print one JSON object, errors too");
    app->callback([&chosen, command, run] { chosen.command = [command, run] { return run(*command); }; });
}

void add_money(CLI::App& app, BuildTx& command) {
    app.add_option("--to", command.receiver, "Who gets the value (the sender)")->type_name("ACCOUNT");
    app.add_option("--value", command.value, "What the receiver gets, in DUSK (0)")->type_name("DUSK");
}

// What every transaction has.
CLI::App* add_build(CLI::App& build, Chosen& chosen, const std::string& name, const std::string& what,
                    const std::shared_ptr<BuildTx>& command) {
    CLI::App* app = build.add_subcommand(name, what);
    app->add_option("--key", command->key.file, "A wallet, or the keys of a provisioner")
        ->required()
        ->type_name("FILE");
    app->add_option("--profile", command->key.profile, "Of the wallet (0)")->type_name("N");
    auto* file = app->add_option("--password-file", command->key.password.file, "Read the password from this file");
    app->add_option("--password-fd", command->key.password.descriptor, "Read it from this open file descriptor")
        ->type_name("N")
        ->excludes(file)
        ->check(CLI::NonNegativeNumber);
    file->type_name("FILE");
    app->add_option("--nonce", command->nonce, "One more than the account's")->required()->type_name("N");
    add_money(*app, *command);
    app->add_option("--gas-limit", command->gas_limit, "Gas at most")->required()->type_name("N");
    app->add_option("--gas-price", command->gas_price, "Lux for each gas (1)")->type_name("LUX");
    app->add_option("--refund", command->refund, "Who gets back what is not spent (the sender)")->type_name("ACCOUNT");
    add_network(*app, command->network, command->chain_id);
    app->add_option("--out", command->out, "The file to write")->required()->type_name("FILE");
    app->add_flag("--aegis", command->aegis, "In the form that wallets submit, not that of blocks");
    app->add_flag_callback("--force", [command] { command->overwrite = Overwrite::allow; }, "Replace an existing file");
    app->add_flag("--json", chosen.json, "Print one JSON object, errors too");
    app->callback([&chosen, command] { chosen.command = [command] { return build_tx(*command); }; });
    return app;
}

void add_build_commands(CLI::App& tx, Chosen& chosen) {
    CLI::App* build = tx.add_subcommand("build", "Make and sign a Moonlight transaction, offline");
    build->require_subcommand(1);
    add_build(*build, chosen, "transfer", "Pay somebody", std::make_shared<BuildTx>());

    const auto memo = std::make_shared<BuildTx>();
    add_build(*build, chosen, "memo", "Pay with a memo, or only write one", memo)
        ->add_option("--memo", memo->memo, "At most 512 bytes")
        ->required()
        ->type_name("TEXT");

    const auto call = std::make_shared<BuildTx>();
    call->call.emplace();
    CLI::App* calls = add_build(*build, chosen, "call", "Call a contract", call);
    calls->add_option("--contract", call->call->contract, "Its id")->required()->type_name("HEX");
    calls->add_option("--function", call->call->function, "What to call")->required()->type_name("NAME");
    calls->add_option("--arg-hex", call->call->arguments, "The argument's bytes (none)")->type_name("HEX");
    calls->add_option("--deposit", call->deposit, "What the contract may take, in DUSK (0)")->type_name("DUSK");

    const auto deploy = std::make_shared<BuildTx>();
    deploy->deploy.emplace();
    CLI::App* deploys = add_build(*build, chosen, "deploy", "Put a contract on the chain", deploy);
    deploys->add_option("--bytecode", deploy->deploy->bytecode, "The module")->required()->type_name("FILE");
    deploys->add_option("--owner-hex", deploy->deploy->owner, "Its owner (the key of the sender)")->type_name("HEX");
    deploys->add_option("--init-hex", deploy->deploy->init, "The argument of its init")->type_name("HEX");
    deploys->add_option("--deploy-nonce", deploy->deploy->nonce, "For another id of the same contract (0)")
        ->type_name("N");
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
    add_build_commands(*tx, chosen);
    tx->footer(kFooter);  // after the commands, which would inherit it
}

}  // namespace dusk::app
