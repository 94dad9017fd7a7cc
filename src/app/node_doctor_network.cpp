#include "app/node_doctor_network.hpp"

#include <fmt/core.h>

#include <fstream>
#include <optional>

#include "node/bootstrap_names.hpp"
#include "node/kadcast_ping.hpp"
#include "node/udp_socket.hpp"

namespace dusk::app {
namespace {

constexpr std::size_t kMostAsked = 3;

Finding address(const node::KadcastSettings& settings) {
    const std::string text = settings.public_address.to_text();
    if (node::is_loopback(settings.public_address)) {
        return {"address", Health::good, text + " is for nodes of this machine only"};
    }
    if (node::is_of_this_machine(settings.public_address)) {
        return {"address", Health::good, fmt::format("{} is of this machine; its UDP port must be open", text)};
    }
    if (!settings.listen_address) {
        return {"address", Health::bad,
                text +
                    " is not of this machine: correct kadcast.public_address, or behind NAT set "
                    "kadcast.listen_address"};
    }
    return {"address", Health::good,
            fmt::format("{} must forward its UDP port to {}", text, settings.listen_address->to_text())};
}

std::optional<Finding> buffers(const node::KadcastSettings& settings) {
    std::ifstream file("/proc/sys/net/core/rmem_max");
    std::size_t most = 0;
    if (!(file >> most)) return {};
    if (most >= settings.receive_buffer / 2) {
        return Finding{"buffers", Health::good, fmt::format("the kernel gives up to {} bytes", most)};
    }
    return Finding{"buffers", Health::warning,
                   fmt::format("the kernel gives {} bytes for datagrams, {} are wanted: sysctl -w net.core.rmem_max={}",
                               most, settings.receive_buffer, settings.receive_buffer)};
}

// Whether the node answers; the reason where it does not.
Result<void, std::string> ask(const node::KadcastSettings& settings, const std::string& name, const Clock& clock) {
    const auto found = node::look_up(name);
    if (!found) return fail(found.error());
    if (found->empty()) return fail(name + " has no address");
    const auto report = node::ping_node({.target = found->front(), .network = settings.network, .count = 1}, clock);
    if (!report) return fail(report.error());
    if (!report->answer) return fail(name + " does not answer");
    return {};
}

Finding bootstrap(const node::KadcastSettings& settings) {
    if (settings.bootstrap.empty()) {
        return {"bootstrap", Health::good, "there is nobody to begin with: others have to know this node"};
    }
    const SystemClock clock;
    std::string reasons;
    std::size_t asked = 0;
    std::size_t answered = 0;
    for (const std::string& name : settings.bootstrap) {
        if (asked == kMostAsked) break;
        ++asked;
        const auto answer = ask(settings, name, clock);
        if (answer) {
            ++answered;
        } else {
            reasons += "; " + answer.error();
        }
    }
    if (answered > 0) {
        return {"bootstrap", Health::good, fmt::format("{} of {} nodes asked answer{}", answered, asked, reasons)};
    }
    return {"bootstrap", Health::warning,
            fmt::format("none of {} nodes asked answers{}; dusk net ping --help says what may be the reason", asked,
                        reasons)};
}

}  // namespace

std::vector<Finding> examine_network(const node::KadcastSettings& settings) {
    std::vector<Finding> out{address(settings)};
    if (auto finding = buffers(settings)) out.push_back(*std::move(finding));
    out.push_back(bootstrap(settings));
    return out;
}

}  // namespace dusk::app
