#include "app/devnet_processes.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>

#include "app/public_files.hpp"

namespace dusk::app {
namespace {

using namespace std::chrono_literals;

constexpr auto kStopPatience = 20s;  // for nodes
constexpr auto kCompanionPatience = 3s;
constexpr auto kShortLife = 10s;         // of a process that ends sooner after its start
constexpr unsigned kMostShortLives = 5;  // in a row

ChildCommand node_command(const DevnetNode& node) {
    return {.program = own_program(),
            .arguments = {"node", "--config", (node.folder / "node.toml").string()},
            .environment = {{"DUSK_CONSENSUS_KEYS_PASS", std::string(kDevnetPassword)},
                            {"RUSK_MINIMUM_BLOCK_TIME", ""},
                            {"RUSK_CONSENSUS_SPIN_TIME", ""},
                            {"KADCAST_BOOTSTRAP", ""},
                            {"KADCAST_PUBLIC_ADDRESS", ""},
                            {"KADCAST_LISTEN_ADDRESS", ""}},
            .log = node.folder / "log"};
}

}  // namespace

std::optional<std::string> DevnetProcesses::Process::ended() {
    const auto how = process ? process->ended() : std::nullopt;
    if (!how) return {};
    const bool is_killed = *how == "signal 9";  // by somebody: no fault of the process
    const bool is_short = !is_killed && SteadyClock::now() - started < kShortLife;
    short_lives = is_short ? short_lives + 1 : 0;
    return how;
}

bool DevnetProcesses::Process::is_hopeless() const { return short_lives >= kMostShortLives; }

DevnetProcesses::DevnetProcesses(const DevnetFolder& folder, std::vector<DevnetNode> nodes,
                                 std::vector<DevnetCompanion> companions, DevnetDisplay& display)
    : folder_(folder), display_(display) {
    for (DevnetNode& node : nodes) {
        client::HttpClient client(node.http, {.patience = 500ms});
        const std::string name = fmt::format("node {}", nodes_.size());
        nodes_.push_back({{.command = node_command(node), .name = name}, std::move(node), std::move(client)});
    }
    for (DevnetCompanion& one : companions) {
        ChildCommand command{.program = own_program(),
                             .arguments = std::move(one.arguments),
                             .log = folder.path() / (one.name + ".log"),
                             .nice = one.nice};
        companions_.push_back({{.command = std::move(command), .name = "the " + one.name}, one.when_running});
    }
}

Result<void, Failure> DevnetProcesses::start(Process& one) {
    auto process = ChildProcess::start(one.command);
    if (!process) return fail(Failure{.exit = ExitCode::failure, .code = "start", .message = process.error()});
    one.process.emplace(std::move(*process));
    one.started = SteadyClock::now();
    return {};
}

Result<void, Failure> DevnetProcesses::start_all() {
    for (Node& one : nodes_) {
        if (const auto done = start(one); !done) return done;
    }
    for (Companion& one : companions_) {
        if (one.waits) continue;
        if (const auto done = start(one); !done) return done;
    }
    return write_running();
}

Result<void, Failure> DevnetProcesses::watch(const StopSignals& signals) {
    auto next_look = SteadyClock::now();
    while (!signals.wait_for_stop(200ms)) {
        if (const auto done = restart_ended(); !done) return done;
        care_for_companions();
        if (SteadyClock::now() < next_look) continue;
        next_look = SteadyClock::now() + 500ms;
        look();
    }
    return {};
}

Result<void, Failure> DevnetProcesses::restart_ended() {
    bool changed = false;
    for (Node& one : nodes_) {
        const auto how = one.ended();
        if (!how) continue;
        const std::string log = one.command.log.string();
        if (one.is_hopeless()) {
            return fail(Failure{.exit = ExitCode::failure,
                                .code = "node_failed",
                                .message = fmt::format("{} ends again and again ({}): see {}", one.name, *how, log)});
        }
        display_.say(fmt::format("{} ended ({}) and is started again; its log: {}", one.name, *how, log));
        if (const auto done = start(one); !done) return done;
        changed = true;
    }
    return changed ? write_running() : Result<void, Failure>();
}

void DevnetProcesses::care_for_companions() {
    for (Companion& one : companions_) {
        if (one.waits) {
            one.waits = !all_answer_;
            if (!one.waits) static_cast<void>(start(one));
            continue;
        }
        const auto how = one.ended();
        if (!how) continue;
        one.process.reset();
        const std::string log = one.command.log.string();
        display_.say(one.is_hopeless()
                         ? fmt::format("{} ends again and again ({}); the devnet goes on without it: see {}", one.name,
                                       *how, log)
                         : fmt::format("{} ended ({}) and is started again; its log: {}", one.name, *how, log));
        if (!one.is_hopeless()) static_cast<void>(start(one));
    }
}

void DevnetProcesses::look() {
    std::vector<DevnetNodeView> views;
    for (Node& one : nodes_) {
        const auto reply = one.client.get("/status");
        views.push_back(reply ? DevnetNodeView::from_json(reply->text()) : DevnetNodeView());
    }
    if (!all_answer_ && std::ranges::all_of(views, &DevnetNodeView::answers)) {
        all_answer_ = true;
        if (!invitation_.empty()) display_.say(invitation_);
    }
    display_.show(views, SteadyClock::now());
}

void DevnetProcesses::stop_all() {
    for (const Companion& one : companions_) {
        if (one.process) one.process->send(SIGTERM);
    }
    for (const Node& one : nodes_) {
        if (one.process) one.process->send(SIGTERM);
    }
    const auto wait = [](Process& one, SteadyClock::time_point end) {
        while (one.process && !one.process->ended() && SteadyClock::now() < end) ::usleep(20'000);
        one.process.reset();
    };
    const auto now = SteadyClock::now();
    // One that is in the middle of a proof loses nothing.
    for (Companion& one : companions_) wait(one, now + kCompanionPatience);
    for (Node& one : nodes_) wait(one, now + kStopPatience);
    std::error_code ignored;
    std::filesystem::remove(folder_.running_file(), ignored);
}

Result<void, Failure> DevnetProcesses::write_running() const {
    auto nodes = nlohmann::ordered_json::array();
    for (const Node& one : nodes_) {
        nodes.push_back({{"pid", one.process ? one.process->pid() : 0},
                         {"address", one.node.address.to_text()},
                         {"http", one.node.http},
                         {"folder", one.node.folder.string()}});
    }
    const nlohmann::ordered_json json{{"pid", ::getpid()}, {"nodes", nodes}};
    return write_public_file(folder_.running_file(), as_bytes(json.dump(2) + "\n"), Overwrite::allow);
}

}  // namespace dusk::app
