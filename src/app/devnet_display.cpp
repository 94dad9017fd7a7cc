#include "app/devnet_display.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace dusk::app {
namespace {

constexpr std::array<std::string_view, 3> kSteps{"proposal", "validation", "ratification"};

std::string_view step_name(unsigned step) { return step < kSteps.size() ? kSteps[step] : "-"; }

std::string rate(double per_second) {
    if (per_second >= 1e6) return fmt::format("{:.1f}M", per_second / 1e6);
    if (per_second >= 1e3) return fmt::format("{:.1f}k", per_second / 1e3);
    return fmt::format("{:.1f}", per_second);
}

}  // namespace

DevnetNodeView DevnetNodeView::from_json(std::string_view text) {
    const auto json = nlohmann::json::parse(text, nullptr, false);
    DevnetNodeView out;
    if (!json.is_object()) return out;
    const auto number = [](const nlohmann::json& in, const char* key) -> std::uint64_t {
        const auto at = in.find(key);
        return at != in.end() && at->is_number_unsigned() ? at->get<std::uint64_t>() : 0;
    };
    const auto flag = [&](const char* key) {
        const auto at = json.find(key);
        return at != json.end() && at->is_boolean() && at->get<bool>();
    };
    out.answers = json.contains("height");
    out.height = number(json, "height");
    out.final_height = number(json, "final_height");
    if (const auto consensus = json.find("consensus"); consensus != json.end() && consensus->is_object()) {
        out.round = number(*consensus, "round");
        out.iteration = static_cast<unsigned>(number(*consensus, "iteration"));
        out.step = static_cast<unsigned>(number(*consensus, "step"));
    }
    out.in_sync = flag("in_sync");
    out.stalled = flag("stalled");
    out.mempool = number(json, "mempool");
    out.peers = number(json, "peers");
    out.transactions = number(json, "transactions_spent");
    out.gas = number(json, "gas_spent");
    out.proofs = number(json, "proofs_checked");
    return out;
}

void DevnetDisplay::erase() {
    for (; drawn_ > 0; --drawn_) (void)std::fputs("\x1b[1A\x1b[2K", out_);
}

void DevnetDisplay::say(const std::string& line) {
    erase();
    (void)std::fprintf(out_, "%s\n", line.c_str());
    (void)std::fflush(out_);
}

void DevnetDisplay::show(const std::vector<DevnetNodeView>& nodes, std::chrono::steady_clock::time_point now) {
    const auto best = std::ranges::max_element(nodes, {}, [](const DevnetNodeView& n) { return n.height; });
    std::uint64_t final_height = 0;
    std::uint64_t proofs = 0;
    std::size_t answering = 0;
    for (const DevnetNodeView& node : nodes) {
        final_height = std::max(final_height, node.final_height);
        proofs += node.proofs;
        answering += node.answers ? 1 : 0;
    }
    // Counts of a node begin anew when it does.
    const auto grown = [](std::uint64_t value, std::uint64_t before) {
        return value > before ? static_cast<double>(value - before) : 0.0;
    };
    if (before_ && now - before_->at >= std::chrono::seconds(5)) {
        const double seconds = std::chrono::duration<double>(now - before_->at).count();
        transactions_rate_ = grown(best->transactions, before_->transactions) / seconds;
        gas_rate_ = grown(best->gas, before_->gas) / seconds;
        proofs_rate_ = grown(proofs, before_->proofs) / seconds;
        before_.reset();
    }
    if (!before_) before_ = Totals{now, best->transactions, best->gas, proofs};
    const std::string summary = fmt::format(
        "height {}  final {}  round {} iteration {} {}  mempool {}  {} tx/s  {} gas/s  {} proofs/s  nodes {}/{}",
        best->height, final_height, best->round, best->iteration, step_name(best->step), best->mempool,
        rate(transactions_rate_), rate(gas_rate_), rate(proofs_rate_), answering, nodes.size());
    if (!is_terminal_) {
        if (said_ == final_height && now - said_at_ < std::chrono::seconds(10)) return;
        said_ = final_height;
        said_at_ = now;
        say(summary);
        return;
    }
    erase();
    (void)std::fprintf(out_, "%s\n", summary.c_str());
    drawn_ = 1;
    for (std::size_t i = 0; i < nodes.size(); ++i, ++drawn_) {
        const DevnetNodeView& node = nodes[i];
        const std::string line =
            node.answers ? fmt::format("  node {}  height {}  final {}  round {}/{} {}  peers {}{}{}", i, node.height,
                                       node.final_height, node.round, node.iteration, step_name(node.step), node.peers,
                                       node.in_sync ? "" : "  catching up", node.stalled ? "  stalled" : "")
                         : fmt::format("  node {}  does not answer", i);
        (void)std::fprintf(out_, "%s\n", line.c_str());
    }
    (void)std::fflush(out_);
}

}  // namespace dusk::app
