#include "app/devnet_run.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <cstdlib>

#include "app/devnet_processes.hpp"
#include "app/free_port.hpp"
#include "app/test_wallets.hpp"
#include "app/web_page.hpp"
#include "base/clock.hpp"
#include "node/thread_pool.hpp"

namespace dusk::app {
namespace {

constexpr std::uint16_t kProverOffset = 100;  // from the first HTTP port to the prover's

// What the options and what is in the folder come to. The second: it is to be made.
Result<std::pair<DevnetShape, bool>, Failure> decide_shape(const DevnetOptions& options, const DevnetFolder& folder) {
    const auto kept = folder.shape();
    if (!kept && !options.fresh) return fail(kept.error());
    if (!kept || !*kept || options.fresh) {
        if (!folder.is_free()) {
            return file_failure(
                "folder_not_empty",
                fmt::format("{} is not empty and holds no devnet: name another folder", folder.path().string()));
        }
        DevnetShape out;
        out.instant = options.instant;
        out.nodes = options.instant ? 1 : options.nodes.value_or(out.nodes);
        out.block_time = options.instant ? 0 : options.block_time.value_or(out.block_time);
        out.accounts = options.accounts.value_or(out.accounts);
        out.genesis_timestamp = unix_seconds(SystemClock().wall_time());
        return std::pair(out, true);
    }
    if (!options.keep) {
        return file_failure("kept", fmt::format("{} holds a devnet: --keep goes on with it, --fresh replaces it",
                                                folder.path().string()));
    }
    const DevnetShape& is = **kept;
    if (options.nodes.value_or(is.nodes) != is.nodes || options.block_time.value_or(is.block_time) != is.block_time ||
        options.accounts.value_or(is.accounts) != is.accounts || (options.instant && !is.instant)) {
        const std::string pace = is.instant ? "instant blocks" : fmt::format("block time {}", is.block_time);
        return file_failure("other_shape",
                            fmt::format("the devnet in {} was made with {} nodes, {} and {} accounts: leave these "
                                        "options out, or make a new one with --fresh",
                                        folder.path().string(), is.nodes, pace, is.accounts));
    }
    return std::pair(is, false);
}

Result<std::vector<DevnetNode>, Failure> place_nodes(const DevnetOptions& options, const DevnetFolder& folder,
                                                     unsigned count) {
    std::vector<DevnetNode> out;
    std::set<std::uint16_t> taken;
    // The i-th port from the base on, else the next free one.
    const auto port = [&](std::uint32_t from, PortUse use) -> std::optional<std::uint16_t> {
        if (from > 65535) return std::nullopt;
        const auto found = free_port(static_cast<std::uint16_t>(from), use, taken);
        if (found) taken.insert(*found);
        return found;
    };
    for (unsigned i = 0; i < count; ++i) {
        const auto address = port(options.port_base + i, PortUse::nodes);
        const auto http = port(options.http_port_base + i, PortUse::http);
        if (!address || !http) return file_failure("no_port", "there are not enough free ports from the base on");
        out.push_back({.folder = folder.node(i),
                       .address = {.ip = ByteArray<4>{127, 0, 0, 1}, .port = *address},
                       .http = fmt::format("127.0.0.1:{}", *http)});
    }
    return out;
}

void introduce(const DevnetShape& shape, const DevnetFolder& folder, const std::vector<DevnetNode>& nodes,
               DevnetDisplay& display) {
    display.say(shape.instant
                    ? fmt::format("Devnet in {}: one node, a block for each transaction", folder.path().string())
                    : fmt::format("Devnet in {}: {} nodes, a block every {} s at best", folder.path().string(),
                                  shape.nodes, shape.block_time));
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        display.say(fmt::format("  node {}  {}  http://{}/status  log {}", i, nodes[i].address.to_text(), nodes[i].http,
                                (nodes[i].folder / "log").string()));
    }
    display.say(
        "Test wallets, each with 1000000 DUSK public and 1000000 DUSK shielded; everybody knows their phrases:");
    std::size_t number = 0;
    for (const TestWallet& wallet : test_wallets(shape.accounts)) {
        display.say(fmt::format("  {}. {}\n     {}", number++, wallet.phrase, wallet.profile.account()));
    }
}

// What there is to see and to try, once everything answers.
std::string invitation(const DevnetFolder& folder, const std::string& http) {
    const char* const name = std::getenv("DUSK_COMMAND");  // how people call this program here
    const std::string dusk = name == nullptr || *name == '\0' ? "dusk" : name;
    const std::string account = test_wallets(1).front().profile.account();
    const std::string faucet = fmt::format("{} devnet faucet {} --folder {}", dusk, account, folder.path().string());
    std::string out = "\nThe network runs.";
    if (web_page() != nullptr) out += fmt::format(" Open  http://{}/ui/", http);
    out += fmt::format(
        "\n\nTo try, in another terminal:\n"
        "  curl http://{}/status\n"
        "  {}\n"
        "  {} wallet create --default-node {}\n\n"
        "Ctrl-C stops everything.\n",
        http, faucet, dusk, http);
    return out;
}

std::vector<DevnetCompanion> companions_of(const DevnetOptions& options, const std::string& prover) {
    std::vector<DevnetCompanion> out;
    if (!prover.empty()) {
        out.push_back(
            {.name = "prover", .arguments = {"prover", "--listen", prover}, .nice = 10, .when_running = true});
    }
    if (options.activity) {
        std::vector<std::string> arguments{"devnet", "activity", "--folder", options.folder.string()};
        if (!prover.empty()) arguments.insert(arguments.end(), {"--prover", prover});
        out.push_back({.name = "activity", .arguments = std::move(arguments), .nice = 5, .when_running = true});
    }
    return out;
}

Result<void, Failure> run_in(const DevnetOptions& options, const DevnetFolder& folder, DevnetDisplay& display) {
    const auto decided = decide_shape(options, folder);
    if (!decided) return fail(decided.error());
    const auto& [shape, is_new] = *decided;
    const StopSignals signals;
    if (is_new) {
        node::ThreadPool threads;
        if (const auto made = folder.make(shape, threads); !made) return made;
    }
    const auto nodes = place_nodes(options, folder, shape.nodes);
    if (!nodes) return fail(nodes.error());
    std::string prover;
    if (options.prover) {
        const auto port =
            free_port(static_cast<std::uint16_t>(options.http_port_base + kProverOffset), PortUse::http, {});
        if (!port) return file_failure("no_port", "there is no free port for the prover");
        prover = fmt::format("127.0.0.1:{}", *port);
    }
    const DevnetNodesSetup setup{.log_filter = options.log_filter, .archive = options.archive, .prover = prover};
    if (const auto done = folder.configure(shape, *nodes, setup); !done) return done;
    introduce(shape, folder, *nodes, display);
    DevnetProcesses processes(folder, *nodes, companions_of(options, prover), display);
    processes.set_invitation(invitation(folder, nodes->front().http));
    auto result = processes.start_all();
    if (result) result = processes.watch(signals);
    display.end("Stopping");
    processes.stop_all();
    // After a failure the logs are of use.
    if (result && !options.keep) folder.remove();
    return result;
}

}  // namespace

CommandResult run_devnet(const DevnetOptions& options) {
    const DevnetFolder folder(options.folder);
    if (!folder.is_free()) {
        return file_failure("folder_not_empty", fmt::format("{} is not empty and holds no devnet: name another folder",
                                                            folder.path().string()));
    }
    DevnetDisplay display(stdout, !options.plain && ::isatty(STDOUT_FILENO) != 0);
    {
        const auto lock = folder.lock();
        if (!lock) return fail(lock.error());
        if (const auto ran = run_in(options, folder, display); !ran) return fail(ran.error());
    }
    if (!options.keep) {
        std::error_code ignored;
        std::filesystem::remove(options.folder / "lock", ignored);
        std::filesystem::remove(options.folder, ignored);
    }
    return Outcome{.text = "stopped\n", .json = {{"stopped", true}}};
}

}  // namespace dusk::app
