#include "app/devnet_run.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <ctime>

#include "app/child_process.hpp"
#include "app/devnet_display.hpp"
#include "app/free_port.hpp"
#include "app/public_files.hpp"
#include "app/test_wallets.hpp"
#include "base/clock.hpp"
#include "client/http_client.hpp"
#include "node/thread_pool.hpp"

namespace dusk::app {
namespace {

using SteadyClock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr auto kStopPatience = 20s;
constexpr auto kShortLife = 10s;         // a node that ends sooner after its start
constexpr unsigned kMostShortLives = 5;  // in a row, before the devnet gives up

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

// SIGINT, SIGTERM and SIGCHLD come one after the other, when they are asked for.
class Signals {
  public:
    Signals() {
        ::sigemptyset(&set_);
        for (const int signal : {SIGINT, SIGTERM, SIGCHLD}) ::sigaddset(&set_, signal);
        ::pthread_sigmask(SIG_BLOCK, &set_, &before_);
    }
    Signals(const Signals&) = delete;
    Signals& operator=(const Signals&) = delete;
    ~Signals() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

    // Whether somebody asks to stop, within this time; a child that ends makes it shorter.
    [[nodiscard]] bool wait_for_stop(std::chrono::milliseconds time) const {
        const timespec limit{.tv_sec = time.count() / 1000, .tv_nsec = time.count() % 1000 * 1'000'000};
        const int signal = ::sigtimedwait(&set_, nullptr, &limit);
        return signal == SIGINT || signal == SIGTERM;
    }

  private:
    sigset_t set_{};
    sigset_t before_{};
};

class Devnet {
  public:
    Devnet(const DevnetFolder& folder, std::vector<DevnetNode> nodes, DevnetDisplay& display)
        : folder_(folder), display_(display) {
        for (DevnetNode& node : nodes) {
            client::HttpClient client(node.http, {.patience = 500ms});
            running_.push_back({.node = std::move(node), .client = std::move(client)});
        }
    }

    Result<void, Failure> start_all() {
        for (std::size_t i = 0; i < running_.size(); ++i) {
            if (const auto done = start(i); !done) return done;
        }
        return write_running();
    }
    // Until somebody asks to stop.
    Result<void, Failure> watch(const Signals& signals) {
        auto next_look = SteadyClock::now();
        while (!signals.wait_for_stop(200ms)) {
            if (const auto done = restart_ended(); !done) return done;
            if (SteadyClock::now() < next_look) continue;
            next_look = SteadyClock::now() + 500ms;
            look();
        }
        return {};
    }
    void stop_all() {
        for (const Running& one : running_) {
            if (one.process) one.process->send(SIGTERM);
        }
        const auto end = SteadyClock::now() + kStopPatience;
        for (Running& one : running_) {
            while (one.process && !one.process->ended() && SteadyClock::now() < end) ::usleep(20'000);
            one.process.reset();
        }
        std::error_code ignored;
        std::filesystem::remove(folder_.running_file(), ignored);
    }

  private:
    struct Running {
        DevnetNode node;
        client::HttpClient client;
        std::optional<ChildProcess> process{};
        SteadyClock::time_point started{};
        unsigned short_lives = 0;
    };

    Result<void, Failure> start(std::size_t i) {
        Running& one = running_[i];
        auto process = ChildProcess::start({.program = own_program(),
                                            .arguments = {"node", "--config", (one.node.folder / "node.toml").string()},
                                            .environment = {{"DUSK_CONSENSUS_KEYS_PASS", std::string(kDevnetPassword)},
                                                            {"RUSK_MINIMUM_BLOCK_TIME", ""},
                                                            {"RUSK_CONSENSUS_SPIN_TIME", ""},
                                                            {"KADCAST_BOOTSTRAP", ""},
                                                            {"KADCAST_PUBLIC_ADDRESS", ""},
                                                            {"KADCAST_LISTEN_ADDRESS", ""}},
                                            .log = one.node.folder / "log"});
        if (!process) return fail(Failure{.exit = ExitCode::failure, .code = "start", .message = process.error()});
        one.process.emplace(std::move(*process));
        one.started = SteadyClock::now();
        return {};
    }
    Result<void, Failure> restart_ended() {
        bool changed = false;
        for (std::size_t i = 0; i < running_.size(); ++i) {
            Running& one = running_[i];
            const auto how = one.process ? one.process->ended() : std::nullopt;
            if (!how) continue;
            const bool is_killed = *how == "signal 9";  // by somebody: no fault of the node
            const bool is_short = !is_killed && SteadyClock::now() - one.started < kShortLife;
            one.short_lives = is_short ? one.short_lives + 1 : 0;
            const std::string log = (one.node.folder / "log").string();
            if (one.short_lives >= kMostShortLives) {
                return fail(Failure{.exit = ExitCode::failure,
                                    .code = "node_failed",
                                    .message = fmt::format("node {} ends again and again ({}): see {}", i, *how, log)});
            }
            display_.say(fmt::format("node {} ended ({}) and is started again; its log: {}", i, *how, log));
            if (const auto done = start(i); !done) return done;
            changed = true;
        }
        return changed ? write_running() : Result<void, Failure>();
    }
    void look() {
        std::vector<DevnetNodeView> views;
        for (Running& one : running_) {
            const auto reply = one.client.get("/status");
            views.push_back(reply ? DevnetNodeView::from_json(reply->text()) : DevnetNodeView());
        }
        display_.show(views, SteadyClock::now());
    }
    Result<void, Failure> write_running() const {
        auto nodes = nlohmann::ordered_json::array();
        for (const Running& one : running_) {
            nodes.push_back({{"pid", one.process ? one.process->pid() : 0},
                             {"address", one.node.address.to_text()},
                             {"http", one.node.http},
                             {"folder", one.node.folder.string()}});
        }
        const nlohmann::ordered_json json{{"pid", ::getpid()}, {"nodes", nodes}};
        return write_public_file(folder_.running_file(), as_bytes(json.dump(2) + "\n"), Overwrite::allow);
    }

    const DevnetFolder& folder_;
    DevnetDisplay& display_;
    std::vector<Running> running_;
};

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
    display.say("More for any address: dusk devnet faucet ADDRESS. Ctrl-C stops the devnet.");
}

Result<void, Failure> run_in(const DevnetOptions& options, const DevnetFolder& folder, DevnetDisplay& display) {
    const auto decided = decide_shape(options, folder);
    if (!decided) return fail(decided.error());
    const auto& [shape, is_new] = *decided;
    // Before any thread begins: one that does not hold them back would end the process.
    const Signals signals;
    if (is_new) {
        node::ThreadPool threads;
        if (const auto made = folder.make(shape, threads); !made) return made;
    }
    const auto nodes = place_nodes(options, folder, shape.nodes);
    if (!nodes) return fail(nodes.error());
    if (const auto done = folder.configure(shape, *nodes, options.log_filter, options.archive); !done) return done;
    introduce(shape, folder, *nodes, display);
    Devnet devnet(folder, *nodes, display);
    auto result = devnet.start_all();
    if (result) result = devnet.watch(signals);
    display.end("Stopping");
    devnet.stop_all();
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
