#include "app/genesis_cli.hpp"

#include <memory>

#include "app/genesis_commands.hpp"
#include "app/test_wallets.hpp"
#include "node/thread_pool.hpp"

namespace dusk::app {
namespace {

constexpr const char* kFooter =
    R"(A genesis file says who owns what before the first block: a text (TOML) that people may write, in the
format of the released node's snapshots. The state that it makes has a root, the same on every machine.
Nodes with the same root, network and time of genesis are one network.

  dusk genesis new my.toml                          ten test wallets with funds, four of which stake
  dusk genesis new my.toml --provisioners 1         the same with one that stakes
  dusk genesis new my.toml --account KEY=1000 --shielded ADDRESS=2.5 --stake KEY=1000000
  dusk genesis info my.toml                         what it holds, and the root
  dusk genesis build my.toml state                  makes the state in the folder `state`
  dusk genesis info state                           what the state holds (`dusk db` works on it, too)

Networks (docs/networks.md): devnet has our contracts' verifier data, rusk the released ones. The same file
has another root on each.
  dusk genesis new rusk.toml --network rusk         the released node's local network
  dusk genesis build rusk.toml state --network rusk

Existing files and folders are never replaced without --force.

Exit status:
  0 done                    4 a genesis file or state is not what it should be
  1 something else failed   5 a file is missing, unreadable, in the way or cannot be written
  2 wrong usage)";

void add_path(CLI::App& app, std::filesystem::path& path, const std::string& name, const std::string& what) {
    app.add_option(name, path, what)->required()->type_name("");
}

void add_network(CLI::App& app, std::string& network) {
    app.add_option("--network", network, "devnet or rusk")->type_name("NAME")->capture_default_str();
}

// `run` gets the command and all threads of the machine.
template <class Command, class Describe, class Run>
void add_command(CLI::App& genesis, Chosen& chosen, const std::string& name, const std::string& what, Describe describe,
                 Run run) {
    CLI::App* app = genesis.add_subcommand(name, what);
    const auto command = std::make_shared<Command>();
    describe(*app, *command);
    app->add_flag("--json", chosen.json, "Print one JSON object, errors too");
    app->callback([&chosen, command, run] {
        chosen.command = [command, run] {
            node::ThreadPool threads;
            return run(*command, threads);
        };
    });
}

void describe_new(CLI::App& app, GenesisNew& command) {
    add_path(app, command.file, "FILE", "The genesis file to write");
    add_network(app, command.network);
    const auto entries = [&](const std::string& name, std::vector<std::string>& list, const std::string& what) {
        return app.add_option(name, list, what)->allow_extra_args(false);
    };
    entries("--account", command.accounts, "A public account and its balance; may be repeated")
        ->type_name("ACCOUNT=DUSK");
    entries("--shielded", command.notes, "A shielded address and the value of a note; may be repeated")
        ->type_name("ADDRESS=DUSK");
    entries("--stake", command.stakes, "A provisioner and its stake; may be repeated")->type_name("ACCOUNT=DUSK");
    app.add_option("--owner", command.owner, "Who owns the contracts; else the Dusk key")->type_name("ACCOUNT");
    app.add_option("--provisioners", command.provisioners,
                   "How many of the test wallets stake, where nothing is listed")
        ->type_name("N")
        ->check(CLI::Range(std::size_t{0}, kTestWallets))
        ->capture_default_str();
    app.add_flag_callback("--force", [&command] { command.overwrite = Overwrite::allow; }, "Replace an existing file");
}

}  // namespace

void add_genesis_commands(CLI::App& dusk, Chosen& chosen) {
    CLI::App* genesis = dusk.add_subcommand("genesis", "The first state of a network: write, build, look at");
    genesis->require_subcommand(1);
    add_command<GenesisNew>(*genesis, chosen, "new", "Write a genesis file", describe_new,
                            [](const GenesisNew& command, Executor&) { return new_genesis(command); });
    add_command<GenesisBuild>(
        *genesis, chosen, "build", "Make the state of a genesis file in a new store",
        [](CLI::App& app, GenesisBuild& command) {
            add_path(app, command.file, "FILE", "The genesis file");
            add_path(app, command.folder, "DIR", "The folder of the state store: empty, or made");
            add_network(app, command.network);
            app.add_option("--timestamp", command.timestamp, "The time of the genesis block, unix seconds")
                ->type_name("SECONDS")
                ->capture_default_str();
        },
        build_genesis);
    add_command<GenesisInfo>(
        *genesis, chosen, "info", "Show what a genesis file or a state holds, and its root",
        [](CLI::App& app, GenesisInfo& command) {
            add_path(app, command.path, "PATH", "A genesis file, or the folder of a state store");
            add_network(app, command.network);
        },
        genesis_info);
    genesis->footer(kFooter);  // after the commands, which would inherit it
}

}  // namespace dusk::app
