#include "app/command_line.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <numeric>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "app/chain_cli.hpp"
#include "app/contract_cli.hpp"
#include "app/contract_replay_cli.hpp"
#include "app/crs_cli.hpp"
#include "app/db_cli.hpp"
#include "app/devnet_cli.hpp"
#include "app/genesis_cli.hpp"
#include "app/keys_cli.hpp"
#include "app/net_cli.hpp"
#include "app/node_cli.hpp"
#include "app/prover_cli.hpp"
#include "app/tx_cli.hpp"
#include "app/wallet_cli.hpp"

namespace dusk::app {
namespace {

constexpr const char* kFooter = R"(Examples:
  dusk devnet                           a network on this machine, with funded test wallets and the web page
  dusk wallet create                    a wallet; it asks the first node of a devnet unless you name another
  dusk wallet ui                        balances, history and payments on the whole terminal
  dusk contract new my-token            a contract to build, test and deploy
  dusk node doctor --config node.toml   whether a node has all that it needs
  dusk node --config node.toml          run it
  dusk net peers                        whom a running node knows

Every command and subcommand has a --help, most with examples. The first steps are in docs/first-steps.md,
nodes in docs/operate.)";

// Whether all of it was written shows at the flush before the end.
void print(std::FILE* to, const std::string& text) { (void)std::fwrite(text.data(), 1, text.size(), to); }

int status(ExitCode code) { return static_cast<int>(code); }

int report(const Failure& failure, bool json) {
    if (json) {
        nlohmann::ordered_json out{{"error", {{"code", failure.code}, {"message", failure.message}}},
                                   {"exit_status", status(failure.exit)}};
        out.update(failure.details);
        print(stdout, out.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
    } else {
        print(stdout, failure.report);
        (void)std::fflush(stdout);
        print(stderr, fmt::format("dusk: {}\n", failure.message));
        if (!failure.suggested_word.empty() && ::isatty(STDERR_FILENO) != 0) {
            print(stderr, fmt::format("Is it \"{}\"?\n", failure.suggested_word));
        }
    }
    return status(failure.exit);
}

// The outcome may hold secret keys: it is wiped when it is printed, and so is the text made of it and the buffer of
// the standard output.
int report(Outcome outcome, bool json) {
    if (json) {
        if (!outcome.warnings.empty()) outcome.json["warnings"] = outcome.warnings;
        std::string text = outcome.json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace);
        text.push_back('\n');
        print(stdout, text);
        wipe_text(text);
    } else {
        for (const std::string& warning : outcome.warnings) print(stderr, fmt::format("warning: {}\n", warning));
        print(stdout, outcome.text);
    }
    wipe_outcome(outcome);
    // A full disk behind the standard output is an error like any other.
    const bool written = std::fflush(stdout) == 0;
    if (written) return status(ExitCode::ok);
    return report(Failure{.exit = ExitCode::file, .code = "output", .message = "the standard output cannot be written"},
                  false);
}

// The innermost command that was named.
const CLI::App& named(const CLI::App& app) {
    const auto below = app.get_subcommands();
    return below.empty() ? app : named(*below.front());
}

// How many letters have to be added, left out or exchanged.
std::size_t edits(std::string_view from, std::string_view to) {
    std::vector<std::size_t> row(to.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < from.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i + 1);
        for (std::size_t j = 0; j < to.size(); ++j) {
            const std::size_t exchanged = diagonal + (from[i] == to[j] ? 0 : 1);
            diagonal = std::exchange(row[j + 1], std::min({row[j + 1] + 1, row[j] + 1, exchanged}));
        }
    }
    return row.back();
}

// The command that was meant, if one is two letters away at most.
std::string meant(const CLI::App& app, const std::string& word) {
    std::string nearest;
    std::size_t least = 3;
    for (const CLI::App* const command : app.get_subcommands({})) {
        if (word.size() > 2 * command->get_name().size()) continue;
        const std::size_t count = edits(word, command->get_name());
        if (count < std::min(least, word.size())) {
            least = count;
            nearest = command->get_name();
        }
    }
    return nearest;
}

int report_usage(const CLI::App& app, const CLI::ParseError& error, bool json) {
    std::string message = error.what();
    if (error.get_name() == "RequiredError" && !named(app).get_subcommands({}).empty()) {
        const auto unknown = app.remaining(true);
        if (unknown.empty() && !json) {
            print(stderr, named(app).help());
            return status(ExitCode::usage);
        }
        message = "a command is missing";
        if (!unknown.empty()) {
            message = fmt::format("there is no command \"{}\"", unknown.front());
            const std::string nearest = meant(named(app), unknown.front());
            if (!nearest.empty()) message += fmt::format(", but \"{}\"", nearest);
        }
    }
    return report(Failure{.exit = ExitCode::usage, .code = "usage", .message = message + " (--help shows the usage)"},
                  json);
}

}  // namespace

int run(int argc, const char* const* argv) {
    CLI::App app{"dusk: a node, wallet and tools for the Dusk network", "dusk"};
    app.set_version_flag("--version", "dusk " DUSK_VERSION);
    app.require_subcommand(1);
    Chosen chosen;
    add_wallet_commands(app, chosen);
    add_node_commands(app, chosen);
    add_devnet_commands(app, chosen);
    add_net_commands(app, chosen);
    add_contract_commands(app, chosen);
    add_replay_command(app, chosen);
    add_prover_command(app, chosen);
    add_keys_commands(app, chosen);
    add_tx_commands(app, chosen);
    add_chain_commands(app, chosen);
    add_db_commands(app, chosen);
    add_genesis_commands(app, chosen);
    add_crs_commands(app, chosen);
    app.footer(kFooter);  // after the subcommands, which would inherit it

    const std::span<const char* const> words(argv, static_cast<std::size_t>(argc));
    const bool json = std::ranges::any_of(words, [](std::string_view word) { return word == "--json"; });
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) {
            app.exit(error);  // --help, --version
            return status(ExitCode::ok);
        }
        return report_usage(app, error, json);
    }
    try {
        auto result = chosen.command();
        return result ? report(std::move(*result), chosen.json) : report(result.error(), chosen.json);
    } catch (const std::exception& error) {
        return report(Failure{.exit = ExitCode::failure, .code = "failure", .message = error.what()}, chosen.json);
    }
}

}  // namespace dusk::app
