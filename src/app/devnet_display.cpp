#include "app/devnet_display.hpp"

#include <fmt/core.h>
#include <sys/ioctl.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace dusk::app {
namespace {

constexpr std::array<std::string_view, 3> kSteps{"proposal", "validation", "ratification"};
constexpr std::size_t kHeadLines = 3;

std::string_view step_name(unsigned step) { return step < kSteps.size() ? kSteps[step] : "-"; }

std::string rate(double per_second) {
    if (per_second >= 1e6) return fmt::format("{:.1f}M", per_second / 1e6);
    if (per_second >= 1e3) return fmt::format("{:.1f}k", per_second / 1e3);
    return fmt::format("{:.1f}", per_second);
}

std::string place_of(const DevnetNodeView& node) {
    if (node.idle) return "idle";
    if (!node.place) return node.in_sync ? "-" : "catching up";
    return fmt::format("{}/{} {}", node.place->round, node.place->iteration, step_name(node.place->step));
}

// What the nodes come to together.
struct Sum {
    const DevnetNodeView* best;  // the highest
    std::uint64_t final_height = 0;
    std::uint64_t mempool = 0;
    std::uint64_t proofs = 0;
    std::size_t answering = 0;

    explicit Sum(const std::vector<DevnetNodeView>& nodes)
        : best(&*std::ranges::max_element(nodes, {}, [](const DevnetNodeView& n) { return n.height; })) {
        for (const DevnetNodeView& node : nodes) {
            final_height = std::max(final_height, node.final_height);
            mempool = std::max(mempool, node.mempool);
            proofs += node.proofs;
            answering += node.answers ? 1 : 0;
        }
    }
};

std::string rates_line(const DevnetRates& rates) {
    return fmt::format("{} tx/s  {} gas/s  {} proofs/s", rate(rates.transactions), rate(rates.gas), rate(rates.proofs));
}

std::string row(std::size_t i, const DevnetNodeView& node) {
    if (!node.answers) return fmt::format("{:>4}  does not answer", i);
    return fmt::format("{:>4} {:>8} {:>8} {:>8} {:>6}  {:<24}{}", i, node.height, node.final_height, node.mempool,
                       node.peers, place_of(node), node.stalled ? " stalled" : "");
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
        out.place = Place{number(*consensus, "round"), static_cast<unsigned>(number(*consensus, "iteration")),
                          static_cast<unsigned>(number(*consensus, "step"))};
    }
    out.in_sync = flag("in_sync");
    out.stalled = flag("stalled");
    out.idle = flag("idle");
    out.mempool = number(json, "mempool");
    out.peers = number(json, "peers");
    out.transactions = number(json, "transactions_spent");
    out.gas = number(json, "gas_spent");
    out.proofs = number(json, "proofs_checked");
    return out;
}

std::string devnet_line(const std::vector<DevnetNodeView>& nodes, const DevnetRates& rates) {
    const Sum sum(nodes);
    return fmt::format("height {}  final {}  round {}  mempool {}  {}  nodes {}/{}", sum.best->height, sum.final_height,
                       place_of(*sum.best), sum.mempool, rates_line(rates), sum.answering, nodes.size());
}

std::vector<std::string> devnet_picture(const std::vector<DevnetNodeView>& nodes, const DevnetRates& rates,
                                        std::size_t columns, std::size_t rows) {
    const Sum sum(nodes);
    std::vector<std::string> out{fmt::format("height {}  final {}  mempool {}  nodes {}/{}", sum.best->height,
                                             sum.final_height, sum.mempool, sum.answering, nodes.size()),
                                 rates_line(rates),
                                 fmt::format("{:>4} {:>8} {:>8} {:>8} {:>6}  {}", "node", "height", "final", "mempool",
                                             "peers", "round/iteration step")};
    const bool is_cut = rows > kHeadLines && nodes.size() > rows - kHeadLines;
    const std::size_t shown = is_cut ? rows - kHeadLines - 1 : nodes.size();
    for (std::size_t i = 0; i < shown; ++i) out.push_back(row(i, nodes[i]));
    if (is_cut) out.push_back(fmt::format("     and {} more", nodes.size() - shown));
    for (std::string& line : out) {
        if (line.size() > columns) line.resize(columns);
        line.erase(line.find_last_not_of(' ') + 1);
    }
    return out;
}

// Over what was drawn before, line by line: a terminal that is cleared first flickers.
void DevnetDisplay::draw(const std::vector<std::string>& lines) {
    std::string text = drawn_ > 0 ? fmt::format("\x1b[{}A", drawn_) : std::string();
    for (const std::string& line : lines) text += fmt::format("\r\x1b[2K{}\n", line);
    text += "\x1b[J";
    (void)std::fwrite(text.data(), 1, text.size(), out_);
    (void)std::fflush(out_);
}

void DevnetDisplay::say(const std::string& line) {
    if (is_terminal_) {
        draw({line});
        drawn_ = 0;
        return;
    }
    (void)std::fprintf(out_, "%s\n", line.c_str());
    (void)std::fflush(out_);
}

void DevnetDisplay::count(const std::vector<DevnetNodeView>& nodes, std::chrono::steady_clock::time_point now) {
    const Sum sum(nodes);
    // Counts of a node begin anew when it does.
    const auto grown = [](std::uint64_t value, std::uint64_t before) {
        return value > before ? static_cast<double>(value - before) : 0.0;
    };
    if (before_ && now - before_->at >= std::chrono::seconds(5)) {
        const double seconds = std::chrono::duration<double>(now - before_->at).count();
        rates_ = {.transactions = grown(sum.best->transactions, before_->transactions) / seconds,
                  .gas = grown(sum.best->gas, before_->gas) / seconds,
                  .proofs = grown(sum.proofs, before_->proofs) / seconds};
        before_.reset();
    }
    if (!before_) before_ = Totals{now, sum.best->transactions, sum.best->gas, sum.proofs};
}

void DevnetDisplay::show(const std::vector<DevnetNodeView>& nodes, std::chrono::steady_clock::time_point now) {
    if (nodes.empty()) return;
    count(nodes, now);
    if (!is_terminal_) {
        const std::uint64_t final_height = Sum(nodes).final_height;
        if (said_ == final_height && now - said_at_ < std::chrono::seconds(10)) return;
        said_ = final_height;
        said_at_ = now;
        return say(devnet_line(nodes, rates_));
    }
    winsize size{};
    const bool is_known = ::ioctl(::fileno(out_), TIOCGWINSZ, &size) == 0 && size.ws_col > 0 && size.ws_row > 0;
    // A line as wide as the terminal, or a picture as high, would move what is above.
    const std::size_t columns = is_known ? std::max(size.ws_col - 1, 1) : 79;
    const std::size_t rows = is_known ? std::max<std::size_t>(size.ws_row - 1, kHeadLines + 1) : 23;
    const auto lines = devnet_picture(nodes, rates_, columns, rows);
    draw(lines);
    drawn_ = lines.size();
}

}  // namespace dusk::app
