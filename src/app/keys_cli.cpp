#include "app/keys_cli.hpp"

#include <memory>

#include "app/core_dump.hpp"
#include "app/keys_commands.hpp"
#include "crypto/os_random.hpp"

namespace dusk::app {
namespace {

constexpr const char* kFooter = R"(Two kinds of secret:
  A wallet file holds a recovery phrase. Every profile of the wallet follows from it: a shielded
  address (private payments) and a public account (open payments, staking).
  Consensus keys are what a node signs with: NAME.keys (secret) and NAME.cpk (public).

Examples:
  dusk keys create wallet my.wallet                      a new wallet with 24 words
  dusk keys export phrase my.wallet                      its words, to write on paper
  dusk keys show my.wallet --profiles 3                  addresses of the first three profiles
  dusk keys import phrase my.wallet                      the same wallet again, from its words
  dusk keys import wallet-dat ~/.dusk/rusk-wallet/wallet.dat my.wallet
  dusk keys export consensus my.wallet provisioner       keys for a node, from profile 0
  dusk keys create consensus provisioner                 keys for a node, from nothing but chance
  dusk keys show provisioner.keys --json --password-fd 3 3<<<"$secret"

The password is asked for at the terminal, or read from a file (--password-file) or a file
descriptor (--password-fd). It is never an argument: other users see those. Existing files are
never replaced without --force.

Exit status:
  0 done                    3 wrong password
  1 something else failed   4 a file or phrase is truncated, damaged or of another kind
  2 wrong usage             5 a file is missing, unreadable, in the way or cannot be written)";

// Settings of one command, alive as long as the parser.
template <class Command>
std::shared_ptr<Command> keep() {
    return std::make_shared<Command>();
}

void add_source(CLI::App& app, PasswordSource& source, const std::string& option, const std::string& what) {
    auto* file = app.add_option("--" + option + "-file", source.file, "Read the " + what + " from this file");
    auto* descriptor = app.add_option("--" + option + "-fd", source.descriptor,
                                      "Read the " + what + " from this open file descriptor");
    file->type_name("FILE")->excludes(descriptor);
    descriptor->type_name("N")->excludes(file)->check(CLI::NonNegativeNumber);
}

void add_common(CLI::App& app, KeyOptions& common, Chosen& chosen) {
    add_source(app, common.password, "password", "password");
    app.add_flag("--json", chosen.json, "Print one JSON object, errors too");
}

void add_force(CLI::App& app, KeyOptions& common) {
    app.add_flag_callback("--force", [&common] { common.overwrite = Overwrite::allow; }, "Replace existing files");
}

void add_cost(CLI::App& app, wallet::KeystoreCost& cost) {
    app.add_option("--kdf-memory", cost.memory_mib, "Memory that guessing the password costs, in MiB")
        ->type_name("MIB")
        ->check(CLI::Range(8u, wallet::kHighestCost.memory_mib))
        ->capture_default_str();
    app.add_option("--kdf-passes", cost.passes, "Passes over that memory")
        ->type_name("N")
        ->check(CLI::Range(1u, wallet::kHighestCost.passes))
        ->capture_default_str();
}

void add_profiles(CLI::App& app, std::uint8_t& profiles, const std::string& what) {
    app.add_option("--profiles", profiles, what)->type_name("N")->check(CLI::Range(1, 255));
}

void add_path(CLI::App& app, std::filesystem::path& path, const std::string& name, const std::string& what) {
    app.add_option(name, path, what)->required()->type_name("");
}

CLI::App* add_group(CLI::App& keys, const std::string& name, const std::string& what) {
    CLI::App* group = keys.add_subcommand(name, what);
    group->require_subcommand(1);
    return group;
}

// One command below a group. `describe` adds what only this command has.
template <class Command, class Describe, class Run>
void add_command(CLI::App& group, Chosen& chosen, const std::string& name, const std::string& what, Describe describe,
                 Run run) {
    CLI::App* app = group.add_subcommand(name, what);
    const auto command = keep<Command>();
    describe(*app, *command);
    add_common(*app, command->common, chosen);
    app->callback([&chosen, command, run] {
        chosen.command = [command, run] {
            forbid_core_dumps();
            return run(*command);
        };
    });
}

template <class Command>
auto with_random(CommandResult (*function)(const Command&, RandomSource&)) {
    return [function](const Command& command) {
        crypto::OsRandom random;
        return function(command, random);
    };
}

void add_create(CLI::App& keys, Chosen& chosen) {
    CLI::App* create = add_group(keys, "create", "Make new keys");
    add_command<CreateWallet>(
        *create, chosen, "wallet", "A new recovery phrase in a new wallet file",
        [](CLI::App& app, CreateWallet& command) {
            add_path(app, command.file, "FILE", "The wallet file to write");
            app.add_option("--words", command.words, "Length of the recovery phrase")
                ->type_name("N")
                ->check(CLI::IsMember({12, 15, 18, 21, 24}))
                ->capture_default_str();
            add_profiles(app, command.profiles, "How many profiles to use at first (1)");
            add_cost(app, command.cost);
            add_force(app, command.common);
        },
        with_random(create_wallet));
    add_command<CreateConsensus>(
        *create, chosen, "consensus", "New random keys of a provisioner",
        [](CLI::App& app, CreateConsensus& command) {
            add_path(app, command.name, "NAME", "Writes NAME.keys and NAME.cpk");
            add_force(app, command.common);
        },
        with_random(create_consensus));
}

void add_show(CLI::App& keys, Chosen& chosen) {
    add_command<ShowKeys>(
        keys, chosen, "show", "The public parts of a key file of any kind",
        [](CLI::App& app, ShowKeys& command) {
            add_path(app, command.file, "FILE", "A wallet file, wallet.dat, NAME.keys or NAME.cpk");
            add_profiles(app, command.profiles, "Show this many profiles instead of those in use");
        },
        show_keys);
}

void add_import(CLI::App& keys, Chosen& chosen) {
    CLI::App* import = add_group(keys, "import", "Bring keys from elsewhere");
    add_command<ImportPhrase>(
        *import, chosen, "phrase", "A wallet file from a recovery phrase (asked for, or on the standard input)",
        [](CLI::App& app, ImportPhrase& command) {
            add_path(app, command.file, "FILE", "The wallet file to write");
            add_source(app, command.phrase, "phrase", "recovery phrase");
            add_profiles(app, command.profiles, "How many profiles to use at first (1)");
            add_cost(app, command.cost);
            add_force(app, command.common);
        },
        with_random(import_phrase));
    add_command<ImportWalletDat>(
        *import, chosen, "wallet-dat", "A wallet file from a wallet.dat of rusk-wallet, under the same password",
        [](CLI::App& app, ImportWalletDat& command) {
            add_path(app, command.from, "FROM", "The wallet.dat to read");
            add_path(app, command.file, "FILE", "The wallet file to write");
            add_cost(app, command.cost);
            add_force(app, command.common);
        },
        with_random(import_wallet_dat));
    add_command<ImportConsensus>(
        *import, chosen, "consensus", "Consensus keys of the old or the current format, under the same password",
        [](CLI::App& app, ImportConsensus& command) {
            add_path(app, command.from, "FROM", "The key file to read");
            app.add_option("NAME", command.name,
                           "Writes NAME.keys and NAME.cpk; without it FROM is renewed in place where it is of the old "
                           "format, and FROM.old keeps what it was")
                ->type_name("");
            add_force(app, command.common);
        },
        with_random(import_consensus));
}

void add_export(CLI::App& keys, Chosen& chosen) {
    CLI::App* group = add_group(keys, "export", "Take keys out of a wallet file");
    const auto add_profile = [](CLI::App& app, std::uint8_t& profile) {
        app.add_option("--profile", profile, "Index of the profile")
            ->type_name("I")
            ->check(CLI::Range(0, 255))
            ->capture_default_str();
    };
    add_command<ExportPhrase>(
        *group, chosen, "phrase", "Print the recovery phrase",
        [](CLI::App& app, ExportPhrase& command) { add_path(app, command.file, "FILE", "The wallet file"); },
        export_phrase);
    add_command<ExportConsensus>(
        *group, chosen, "consensus", "A profile's keys for a node, under the wallet's password",
        [&](CLI::App& app, ExportConsensus& command) {
            add_path(app, command.file, "FILE", "The wallet file");
            add_path(app, command.name, "NAME", "Writes NAME.keys and NAME.cpk");
            add_profile(app, command.profile);
            add_force(app, command.common);
        },
        with_random(export_consensus));
    add_command<ExportProfile>(
        *group, chosen, "profile", "Print all keys of a profile, secret ones too",
        [&](CLI::App& app, ExportProfile& command) {
            add_path(app, command.file, "FILE", "The wallet file");
            add_profile(app, command.profile);
        },
        export_profile);
}

}  // namespace

void add_keys_commands(CLI::App& dusk, Chosen& chosen) {
    CLI::App* keys = dusk.add_subcommand("keys", "Wallets, recovery phrases and provisioner keys");
    keys->require_subcommand(1);
    add_create(*keys, chosen);
    add_show(*keys, chosen);
    add_import(*keys, chosen);
    add_export(*keys, chosen);
    keys->footer(kFooter);  // after the commands, which would inherit it
}

}  // namespace dusk::app
