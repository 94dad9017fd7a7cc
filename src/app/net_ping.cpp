#include <fmt/core.h>

#include <algorithm>
#include <charconv>

#include "app/net_commands.hpp"
#include "base/hex.hpp"
#include "ledger/network.hpp"
#include "node/bootstrap_names.hpp"
#include "node/kadcast_ping.hpp"
#include "node/udp_socket.hpp"

namespace dusk::app {
namespace {

// A name of a network of this program, or the number of any.
std::optional<std::uint8_t> network_id_of(const std::string& text) {
    if (const auto* named = ledger::network_named(text)) return named->kadcast_id;
    std::uint8_t id = 0;
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (wrong != std::errc() || end != text.data() + text.size()) return {};
    return id;
}

double milliseconds(std::chrono::microseconds time) { return static_cast<double>(time.count()) / 1000; }

std::string what_to_check(const NetPing& options, const node::PingReport& report) {
    std::string out = fmt::format(
        R"({} did not answer. It was asked to answer to UDP {}. Look at this, in this order:
  - does the node run, and is {} its kadcast.public_address? (there: dusk net peers, ss -lun)
  - is its network id {}? A node of another one does not answer; --network says which it is
  - does a firewall let UDP to that port in there, and UDP to port {} in here? The answer may come from another port
    than the question went to, so that a rule for replies is not enough; --listen names a port that you opened
)",
        options.address, report.own.to_text(), options.address, options.network, report.own.port);
    if (!node::is_loopback(report.own)) {
        out +=
            "  - is there address translation between? A node drops what does not come from the address that the "
            "question\n"
            "    names: --public says which address others see, and its port has to be forwarded to --listen\n";
    }
    if (report.others > 0) out += fmt::format("{} datagrams came that were no answer of it.\n", report.others);
    return out;
}

Outcome outcome_of(const NetPing& options, const node::PingReport& report) {
    const auto& answer = *report.answer;
    const auto [least, most] = std::ranges::minmax(report.round_trips);
    std::chrono::microseconds sum{0};
    Outcome out;
    auto times = nlohmann::ordered_json::array();
    for (const auto& one : report.round_trips) {
        out.text += fmt::format("answer from {}: {:.2f} ms\n", options.address, milliseconds(one));
        times.push_back(one.count());
        sum += one;
    }
    const std::string version =
        fmt::format("{}.{}.{}", answer.version.major, answer.version.minor, answer.version.patch);
    out.text += fmt::format(
        "{} of {} answered; least {:.2f} ms, mean {:.2f} ms, most {:.2f} ms\n"
        "version {}, network id {}, id {}, nonce {} with {} bits of work{}\n",
        report.round_trips.size(), report.sent, milliseconds(least),
        milliseconds(sum) / static_cast<double>(report.round_trips.size()), milliseconds(most), version,
        answer.header.network, to_hex(ByteView(answer.header.id.bytes)), to_hex(ByteView(answer.header.nonce)),
        answer.difficulty, answer.difficulty < kadcast::kProducedDifficulty ? " (nodes do 20 for themselves)" : "");
    out.json = {{"address", options.address},
                {"own_address", report.own.to_text()},
                {"sent", report.sent},
                {"round_trips_us", times},
                {"version", version},
                {"network_id", static_cast<unsigned>(answer.header.network)},
                {"id", to_hex(ByteView(answer.header.id.bytes))},
                {"nonce", to_hex(ByteView(answer.header.nonce))},
                {"difficulty", answer.difficulty}};
    return out;
}

Result<std::optional<SocketAddress>, Failure> own_address(const std::string& text, const char* option) {
    if (text.empty()) return std::nullopt;
    const auto out = node::parse_socket_address(text);
    if (!out) return usage(fmt::format("{} is an address with a port, such as 192.0.2.1:9000", option));
    return out;
}

}  // namespace

CommandResult ping(const NetPing& options) {
    const auto network = network_id_of(options.network);
    if (!network) return usage("--network is a name (devnet, rusk) or a number from 0 to 255");
    if (!node::is_node_name(options.address)) return usage("ADDRESS is a name or an address with a port");
    const auto listen = own_address(options.listen_address, "--listen");
    if (!listen) return fail(listen.error());
    const auto outside = own_address(options.public_address, "--public");
    if (!outside) return fail(outside.error());
    const auto targets = node::look_up(options.address);
    if (!targets || targets->empty()) {
        return fail(Failure{.exit = ExitCode::failure,
                            .code = "no_address",
                            .message = targets ? options.address + " has no address" : targets.error()});
    }
    const SystemClock clock;
    const auto report = node::ping_node({.target = targets->front(),
                                         .network = *network,
                                         .listen_address = *listen,
                                         .public_address = *outside,
                                         .count = options.count,
                                         .patience = std::chrono::milliseconds(options.patience)},
                                        clock);
    if (!report) return fail(Failure{.exit = ExitCode::failure, .code = "no_route", .message = report.error()});
    if (report->answer) return outcome_of(options, *report);
    return fail(Failure{.exit = ExitCode::failure,
                        .code = "no_answer",
                        .message = fmt::format("no answer from {}", options.address),
                        .report = what_to_check(options, *report),
                        .details = {{"own_address", report->own.to_text()}, {"sent", report->sent}}});
}

}  // namespace dusk::app
