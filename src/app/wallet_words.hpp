// Options that commands of `dusk wallet` share.
#pragma once

#include <memory>

#include "app/core_dump.hpp"
#include "app/keys_cli.hpp"
#include "app/wallet_folder.hpp"
#include "crypto/os_random.hpp"
#include "node/thread_pool.hpp"

namespace dusk::app {

inline void add_password_options(CLI::App& app, PasswordSource& source, const std::string& name,
                                 const std::string& what) {
    auto* file = app.add_option("--" + name + "-file", source.file, "Read the " + what + " from this file");
    file->type_name("FILE");
    app.add_option("--" + name + "-fd", source.descriptor, "Read the " + what + " from this open file descriptor")
        ->type_name("N")
        ->excludes(file)
        ->check(CLI::NonNegativeNumber);
}

// What every command has.
inline void add_wallet_options(CLI::App& app, WalletOptions& options, Chosen& chosen) {
    app.add_option("--wallet", options.folder, "The folder of the wallet ($DUSK_WALLET, or ~/.dusk/wallet)")
        ->type_name("DIR");
    app.add_option("--node", options.node, "The node to ask, instead of the one in the settings")->type_name("URL");
    app.add_option("--ca", options.authorities,
                   "Certificates (PEM) of authorities that https is trusted by, instead of the system's")
        ->type_name("FILE")
        ->check(CLI::ExistingFile);
    add_password_options(app, options.password, "password", "password");
    app.add_flag("--json", chosen.json, "Print one JSON object, errors too");
}

inline void add_profile_option(CLI::App& app, std::uint8_t& profile) {
    app.add_option("--profile", profile, "Index of the profile (0)")->type_name("I")->check(CLI::Range(0, 254));
}

// One command: `describe` adds its own options, `run` does it. No core file holds its secrets.
template <class Command, class Describe, class Run>
CLI::App* add_wallet_command(CLI::App& group, Chosen& chosen, const std::string& name, const std::string& what,
                             Describe describe, Run run) {
    CLI::App* app = group.add_subcommand(name, what);
    const auto command = std::make_shared<Command>();
    describe(*app, *command);
    add_wallet_options(*app, command->wallet, chosen);
    app->callback([&chosen, command, run] {
        chosen.command = [command, run]() -> CommandResult {
            forbid_core_dumps();
            crypto::OsRandom random;
            node::ThreadPool threads;
            return run(*command, random, threads);
        };
    });
    return app;
}

}  // namespace dusk::app
