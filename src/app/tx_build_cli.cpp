#include "app/tx_build_cli.hpp"

#include <memory>

#include "app/tx_build.hpp"
#include "app/tx_notes.hpp"
#include "crypto/os_random.hpp"
#include "node/thread_pool.hpp"

namespace dusk::app {
namespace {

constexpr const char* kNotesFooter =
    R"(Writes the notes of a wallet that are not spent, with the paths to them in the tree of notes, so that
`dusk tx build … --notes FILE` can spend them on a machine that knows nothing else (docs/formats/notes.md).
The file holds no key, but shows which notes are yours: only you can read it. Notes of the file that were
spent since then cannot be spent again; after at most 4320 blocks its openings are too old.

Examples:
  dusk tx notes --genesis my.toml --key my.wallet --out my.notes
  dusk chain exec --genesis my.toml --blocks blocks.jsonl --state chain
  dusk tx notes --state chain --root HEX --key my.wallet --out my.notes)";

constexpr const char* kBuildFooter =
    R"(Who pays:
  --nonce N      the public account of the profile: one more than the nonce of its last transaction
  --notes FILE   shielded notes of the profile (`dusk tx notes` writes the file): a proof is made, which takes
                 seconds, and half a minute more the first time. Few notes that are enough are chosen, at most
                 four; --note names them. The change and unspent gas come back as notes.

Millions of gas that are enough, paid by an account / by notes:
  transfer 2 / 11   stake 32 / 41   unstake and withdraw to the account 34 / 43, to a note 64 / 73   convert 30 / 13
  deploy: 100 for each byte, at least 5 million, and what init takes; at least 2000 lux for each gas
  blob: at least a million for each

Examples:
  dusk tx build transfer --key my.wallet --nonce 1 --to ACCOUNT --value 12.5 --gas-limit 3000000 --out a.tx
  dusk tx build transfer --key my.wallet --notes my.notes --to ADDRESS --value 12.5 --gas-limit 12000000 --out b.tx
  dusk tx build stake --key my.wallet --notes my.notes --amount 1000 --gas-limit 50000000 --out stake.tx
  dusk tx build unstake --key my.wallet --nonce 2 --amount 1000 --gas-limit 40000000 --out unstake.tx
  dusk tx build convert --key my.wallet --notes my.notes --amount 10 --gas-limit 20000000 --out public.tx
  dusk tx build deploy --key my.wallet --nonce 3 --bytecode token.wasm --gas-limit 50000000 --gas-price 2000 --out d.tx

What is built is checked as a node checks it, but for balance, nonce and whether notes are spent.)";

// `prefix`: "" of the key that pays, or "owner-" and so on.
void add_key(CLI::App& app, SigningKey& key, const std::string& prefix, const std::string& what) {
    const std::string name = prefix.empty() ? "--key" : "--" + prefix + "key";
    auto* option = app.add_option(name, key.file, what)->type_name("FILE");
    if (prefix.empty()) option->required();
    const std::string of = prefix.empty() ? "" : ", of " + name;
    app.add_option("--" + prefix + "profile", key.profile, "Of the wallet (0)" + of)->type_name("N");
    auto* file =
        app.add_option("--" + prefix + "password-file", key.password.file, "Read the password from this file" + of);
    file->type_name("FILE");
    app.add_option("--" + prefix + "password-fd", key.password.descriptor,
                   "Read it from this open file descriptor" + of)
        ->type_name("N")
        ->excludes(file)
        ->check(CLI::NonNegativeNumber);
}

void add_output(CLI::App& app, Chosen& chosen, std::filesystem::path& out, Overwrite& overwrite) {
    app.add_option("--out", out, "The file to write")->required()->type_name("FILE");
    app.add_flag_callback("--force", [&overwrite] { overwrite = Overwrite::allow; }, "Replace an existing file");
    app.add_flag("--json", chosen.json, "Print one JSON object, errors too");
}

// What every transaction has.
CLI::App* add_build(CLI::App& build, Chosen& chosen, const std::string& name, const std::string& what,
                    const std::shared_ptr<BuildTx>& command) {
    CLI::App* app = build.add_subcommand(name, what);
    add_key(*app, command->key, "", "A wallet, or the keys of a provisioner");
    auto* nonce = app->add_option("--nonce", command->nonce, "The account pays: one more than its nonce");
    nonce->type_name("N");
    const auto notes = std::make_shared<BuildFromNotes>();
    auto* file = app->add_option("--notes", notes->file, "Notes pay: a file of `dusk tx notes`");
    file->type_name("FILE")->excludes(nonce);
    app->add_option("--note", notes->positions, "Which of them, by position; may be repeated")
        ->type_name("N")
        ->expected(1)
        ->take_all()
        ->needs(file);
    app->add_option("--gas-limit", command->gas_limit, "Gas at most")->required()->type_name("N");
    app->add_option("--gas-price", command->gas_price, "Lux for each gas (1)")->type_name("LUX");
    app->add_option("--refund", command->refund, "Who gets back what is not spent (the account that pays)")
        ->type_name("ACCOUNT")
        ->excludes(file);
    add_network_options(*app, command->network, command->chain_id);
    app->add_flag("--aegis", command->aegis, "In the form that wallets submit, not that of blocks");
    app->add_flag("--transparent", notes->transparent, "The receiver's note shows its value")->needs(file);
    add_output(*app, chosen, command->out, command->overwrite);
    app->callback([&chosen, command, notes, file] {
        if (file->count() > 0) command->notes = *notes;
        chosen.command = [command] {
            crypto::OsRandom random;
            node::ThreadPool threads;
            return build_tx(*command, random, threads);
        };
    });
    return app;
}

CLI::App* add_payment(CLI::App& build, Chosen& chosen, const std::string& name, const std::string& what,
                      const std::shared_ptr<BuildTx>& command) {
    CLI::App* app = add_build(build, chosen, name, what, command);
    app->add_option("--to", command->receiver, "Who gets the value (the sender); notes pay a shielded address")
        ->type_name("KEY");
    app->add_option("--value", command->value, "What the receiver gets, in DUSK (0)")->type_name("DUSK");
    return app;
}

template <class Kind>
Kind& kind_of(BuildTx& command) {
    return command.kind.emplace<Kind>();
}

void add_payments(CLI::App& build, Chosen& chosen) {
    add_payment(build, chosen, "transfer", "Pay somebody", std::make_shared<BuildTx>());

    const auto memo = std::make_shared<BuildTx>();
    auto& text = kind_of<BuildMemo>(*memo);
    add_payment(build, chosen, "memo", "Pay with a memo, or only write one", memo)
        ->add_option("--memo", text.text, "At most 512 bytes")
        ->required()
        ->type_name("TEXT");

    const auto calling = std::make_shared<BuildTx>();
    auto& call = kind_of<BuildCall>(*calling);
    CLI::App* app = add_payment(build, chosen, "call", "Call a contract", calling);
    app->add_option("--contract", call.contract, "Its id")->required()->type_name("HEX");
    app->add_option("--function", call.function, "What to call")->required()->type_name("NAME");
    app->add_option("--arg-hex", call.arguments, "The argument's bytes (none)")->type_name("HEX");
    app->add_option("--deposit", call.deposit, "What the contract may take, in DUSK (0)")->type_name("DUSK");

    const auto deploying = std::make_shared<BuildTx>();
    auto& deploy = kind_of<BuildDeploy>(*deploying);
    app = add_payment(build, chosen, "deploy", "Put a contract on the chain", deploying);
    app->add_option("--bytecode", deploy.bytecode, "The module")->required()->type_name("FILE");
    app->add_option("--owner-hex", deploy.owner, "Its owner (the public account of the profile)")->type_name("HEX");
    app->add_option("--init-hex", deploy.init, "The argument of its init")->type_name("HEX");
    app->add_option("--deploy-nonce", deploy.nonce, "For another id of the same contract (0)")->type_name("N");
}

void add_blobs(CLI::App& build, Chosen& chosen) {
    const auto command = std::make_shared<BuildTx>();
    auto& blobs = kind_of<BuildBlobs>(*command);
    CLI::App* app = add_payment(build, chosen, "blob", "Publish blobs", command);
    app->add_option("--blob", blobs.contents, "4096 big-endian numbers of 32 bytes; up to six times")
        ->required()
        ->type_name("FILE")
        ->expected(1)
        ->take_all();
    app->add_option("--setup", blobs.setup, "The file trusted_setup.txt of Ethereum's KZG libraries")
        ->required()
        ->type_name("FILE");
}

void add_stake(CLI::App& build, Chosen& chosen, const std::string& name, const std::string& what,
               const std::string& amount, BuildStake::Action action) {
    const auto command = std::make_shared<BuildTx>();
    auto& stake = kind_of<BuildStake>(*command);
    stake.action = action;
    CLI::App* app = add_build(build, chosen, name, what, command);
    app->add_option("--amount", stake.amount, amount)->required()->type_name("DUSK");
    add_key(*app, stake.account, "account-", "Whose stake it is (the key that pays)");
    add_key(*app, stake.owner, "owner-", "Who may take the stake out (the account itself)");
    if (action == BuildStake::Action::stake) return;
    app->add_option_function<std::string>(
           "--paid-to",
           [&stake](const std::string& place) {
               stake.paid_to = place == "notes" ? BuildStake::PaidTo::notes : BuildStake::PaidTo::account;
           },
           "Where it goes, of the profile (to what pays for the transaction)")
        ->type_name("PLACE")
        ->check(CLI::IsMember({"account", "notes"}));
}

void add_stakes(CLI::App& build, Chosen& chosen) {
    using enum BuildStake::Action;
    add_stake(build, chosen, "stake", "Stake, to take part in consensus", "What is staked or added, in DUSK", stake);
    add_stake(build, chosen, "unstake", "Take out of a stake", "What is taken out, in DUSK", unstake);
    add_stake(build, chosen, "withdraw", "Take out of the rewards of a stake", "What is taken out, in DUSK", withdraw);

    const auto command = std::make_shared<BuildTx>();
    auto& convert = kind_of<BuildConvert>(*command);
    add_build(build, chosen, "convert", "Turn notes into a public balance, or a public balance into a note", command)
        ->add_option("--amount", convert.amount, "How much, in DUSK")
        ->required()
        ->type_name("DUSK");
}

void add_notes(CLI::App& tx, Chosen& chosen) {
    CLI::App* app = tx.add_subcommand("notes", "Find the notes of a wallet in a state of this machine");
    const auto command = std::make_shared<FindNotes>();
    add_key(*app, command->key, "", "The wallet");
    auto* state = app->add_option("--state", command->state, "The folder of a state (dusk chain exec, dusk genesis)");
    state->type_name("DIR");
    app->add_option("--root", command->root, "Which state of the folder (the main one)")->type_name("HEX");
    app->add_option("--genesis", command->genesis,
                    "Or a genesis file; devnet or rusk: that of the official local network")
        ->type_name("FILE")
        ->excludes(state);
    app->add_option("--network", command->network, "Whose contracts a genesis file is built with: devnet or rusk")
        ->type_name("NAME")
        ->capture_default_str();
    add_output(*app, chosen, command->out, command->overwrite);
    app->callback([&chosen, command] {
        chosen.command = [command] {
            node::ThreadPool threads;
            return find_notes(*command, threads);
        };
    });
    app->footer(kNotesFooter);
}

}  // namespace

void add_network_options(CLI::App& app, std::string& network, std::optional<unsigned>& chain_id) {
    app.add_option("--network", network, "devnet or rusk")->type_name("NAME")->capture_default_str();
    app.add_option("--chain-id", chain_id, "Another chain id than that of the network")
        ->type_name("N")
        ->check(CLI::Range(0u, 255u));
}

void add_tx_build_commands(CLI::App& tx, Chosen& chosen) {
    add_notes(tx, chosen);
    CLI::App* build = tx.add_subcommand("build", "Make a transaction offline: signed, or paid by notes and proven");
    build->require_subcommand(1);
    build->footer(kBuildFooter);  // before the commands, which inherit it
    add_payments(*build, chosen);
    add_blobs(*build, chosen);
    add_stakes(*build, chosen);
}

}  // namespace dusk::app
