#include <fmt/core.h>

#include <cstdio>
#include <thread>

#include "app/net_commands.hpp"
#include "app/net_nodes.hpp"
#include "app/network_trace.hpp"

namespace dusk::app {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kPoll{200};
constexpr std::chrono::milliseconds kSettle{1000};  // a message has reached everybody, or will not

class Tracing {
  public:
    Tracing(const NetTrace& options, const std::vector<std::string>& addresses)
        : options_(options), trace_(addresses.size(), kSettle) {
        for (std::size_t i = 0; i < addresses.size(); ++i) {
            clients_.push_back(client_of(addresses[i]));
            names_.push_back(options.nodes.devnet.empty() ? addresses[i] : fmt::format("node {}", i));
        }
    }

    Result<void, Failure> begin() {
        for (std::size_t i = 0; i < clients_.size(); ++i) {
            const auto answer = ask_node(clients_[i], "/network/objects/0");
            if (!answer) return fail(answer.error());
            if (!answer->contains("objects")) return fail(not_a_node(clients_[i].address()));
            if (!options_.past) trace_.skip(i, count_of(*answer, "last"));
        }
        return {};
    }
    Outcome run() {
        const auto begun = SteadyClock::now();
        while (!is_done(SteadyClock::now() - begun)) {
            for (std::size_t i = 0; i < clients_.size(); ++i) poll(i);
            for (const TracedMessage& message : trace_.take(SteadyClock::now())) show(message);
            (void)std::fflush(stdout);
            std::this_thread::sleep_for(kPoll);
        }
        return {.text = "", .json = {{"messages", shown_}}};
    }

  private:
    [[nodiscard]] bool is_done(SteadyClock::duration passed) const {
        if (options_.count > 0 && shown_ >= options_.count) return true;
        return options_.seconds > 0 && std::chrono::duration<double>(passed).count() >= options_.seconds;
    }
    // A node that does not answer for a while is no reason to end. One that was started again counts anew.
    void poll(std::size_t i) {
        const std::uint64_t after = trace_.after(i);
        const auto answer = ask_node(clients_[i], fmt::format("/network/objects/{}", after));
        if (!answer) return;
        if (count_of(*answer, "last") < after) {
            trace_.skip(i, 0);
        } else {
            (void)trace_.add(i, *answer, SteadyClock::now());
        }
    }
    void show(const TracedMessage& message) {
        if (!options_.kind.empty() && message.kind != options_.kind) return;
        if (options_.count > 0 && shown_ >= options_.count) return;
        ++shown_;
        const std::string line =
            options_.json ? trace_json(message, names_).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)
                          : trace_line(message, names_);
        (void)std::fprintf(stdout, "%s\n", line.c_str());
    }

    const NetTrace& options_;
    std::vector<client::HttpClient> clients_{};
    std::vector<std::string> names_{};
    NetworkTrace trace_;
    std::uint64_t shown_ = 0;
};

}  // namespace

CommandResult trace_network(const NetTrace& options) {
    const auto addresses = addresses_of(options.nodes);
    if (!addresses) return fail(addresses.error());
    Tracing tracing(options, *addresses);
    if (const auto begun = tracing.begin(); !begun) return fail(begun.error());
    return tracing.run();
}

}  // namespace dusk::app
