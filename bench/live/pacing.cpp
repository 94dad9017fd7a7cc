// bench-pacing: at which rates large messages arrive complete, between nodes of src/node over sockets of this machine.
// `./dev bench live pacing` runs it. One line of JSON for each setting.
//
//     one    one node sends to another
//     three  three nodes send to a fourth at once, each something else
//     all    one of 16 sends to all; who has it passes it on
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>

#include "crypto/chacha_rng.hpp"
#include "node/kadcast_transport.hpp"

namespace {

using namespace dusk;
using namespace std::chrono_literals;
using SteadyClock = std::chrono::steady_clock;
namespace asio = boost::asio;

constexpr std::size_t kMegabyte = 1'000'000;
constexpr std::size_t kNodesOfAll = 16;

struct Setting {
    std::string way;
    std::size_t buffer = 0;
    std::uint64_t of_all = 0;   // bytes a second
    std::uint64_t of_node = 0;  // and to one node
};

// A candidate of about so many bytes, none like another: transactions that deploy up to a megabyte each.
node::MessagePtr message_of(std::size_t bytes, std::uint64_t number) {
    crypto::ChaChaRng random(number);
    const auto key = crypto::BlsSecretKey::random(random);
    ledger::CandidateMessage out;
    out.block.header.height = ledger::Height{number};
    for (std::size_t left = bytes; left > 0; left -= std::min(left, kMegabyte)) {
        Bytes code(std::min(left, kMegabyte));
        random.fill(code);
        ledger::MoonlightPayload payload{.sender = key.public_key(),
                                         .receiver = key.public_key(),
                                         .value = {},
                                         .deposit = {},
                                         .fee = {{}, {}, key.public_key()},
                                         .nonce = {1},
                                         .data = ledger::ContractDeploy::of(std::move(code), {}, {}, 0)};
        auto signed_one = ledger::MoonlightTransaction::sign(std::move(payload), key).value();
        out.block.transactions.push_back({.transaction = {std::move(signed_one)}});
    }
    return std::make_shared<const ledger::Message>(ledger::Message{.payload = std::move(out)});
}

std::uint64_t number_of(const ledger::Message& message) {
    return std::get<ledger::CandidateMessage>(message.payload).block.header.height.value;
}

class Network {
  public:
    Network(const Setting& setting, std::size_t count) : passes_on_(setting.way == "all") {
        for (std::size_t i = 0; i < count; ++i) add(setting);
        const bool known = reached(20s, [&] {
            return std::ranges::all_of(nodes_, [&](const auto& one) { return one->alive_peers().size() == count - 1; });
        });
        if (!known) throw std::runtime_error("the nodes do not find each other");
    }

    // Arrivals, and the time until the last one of them.
    struct Outcome {
        std::size_t arrived = 0;
        double seconds = 0;
    };
    Outcome run(const Setting& setting, const std::vector<node::MessagePtr>& messages, std::chrono::nanoseconds limit) {
        arrived_ = 0;
        first_number_ = number_of(*messages[0]);  // what comes of earlier ones is late
        std::size_t wanted = messages.size();
        last_ = SteadyClock::now();
        const auto begin = last_;
        if (setting.way == "all") {
            wanted = nodes_.size() - 1;
            nodes_[0]->broadcast(messages[0]);
        } else {
            for (std::size_t i = 0; i < messages.size(); ++i) nodes_[i + 1]->send(nodes_[0]->self(), messages[i]);
        }
        (void)reached(limit, [&] { return arrived_ >= wanted; });
        return {.arrived = arrived_, .seconds = std::chrono::duration<double>(last_ - begin).count()};
    }
    // Sums over all nodes.
    [[nodiscard]] node::TransportCounts counts() const {
        node::TransportCounts out;
        for (const auto& one : nodes_) {
            const auto counts = one->view()->counts;
            out.kernel_drops += counts.kernel_drops;
            out.limited += counts.limited;
            out.dropped += counts.dropped;
            out.datagrams_received += counts.datagrams_received;
        }
        return out;
    }
    void rest(std::chrono::milliseconds time) {
        (void)reached(time, [] { return false; });
    }

  private:
    void add(const Setting& setting) {
        node::KadcastSettings settings{
            .public_address = {.ip = ByteArray<4>{127, 0, 0, 1}, .port = 0},
            .network = 100,
            .pacing = {.bytes_per_second = setting.of_all, .bytes_per_second_of_node = setting.of_node},
            .receive_buffer = setting.buffer,
            .difficulty = 8};
        if (!nodes_.empty()) settings.bootstrap = {nodes_[0]->self().to_text()};
        const std::size_t index = nodes_.size();
        nodes_.push_back(std::make_unique<node::KadcastTransport>(
            loop_, settings, clock_,
            [this, index](std::span<const node::Received> messages, node::Standing) {
                for (const node::Received& one : messages) take(index, one.message);
            },
            Logger()));
        if (const auto started = nodes_.back()->start(); !started) throw std::runtime_error(started.error());
    }
    void take(std::size_t index, const node::MessagePtr& message) {
        if (passes_on_ && index == 0) return;  // what it sent came back
        if (number_of(*message) < first_number_) return;
        if (!seen_.emplace(index, number_of(*message)).second) return;
        ++arrived_;
        last_ = SteadyClock::now();
        if (passes_on_) nodes_[index]->broadcast(message);
    }
    bool reached(std::chrono::nanoseconds limit, const std::function<bool()>& condition) {
        const auto end = SteadyClock::now() + limit;
        const auto guard = asio::make_work_guard(loop_);
        while (!condition()) {
            if (SteadyClock::now() > end) return false;
            loop_.restart();
            loop_.run_for(2ms);
        }
        return true;
    }

    asio::io_context loop_{1};
    SystemClock clock_;
    bool passes_on_;
    std::size_t arrived_ = 0;
    std::uint64_t first_number_ = 0;
    std::set<std::pair<std::size_t, std::uint64_t>> seen_{};  // by whom
    SteadyClock::time_point last_{};
    std::vector<std::unique_ptr<node::KadcastTransport>> nodes_{};
};

// `times` messages of a size, one after the other.
nlohmann::ordered_json measure(const Setting& setting, std::size_t bytes, std::size_t times) {
    const std::size_t senders = setting.way == "three" ? 3 : 1;
    const std::size_t receivers = setting.way == "all" ? kNodesOfAll - 1 : 1;
    Network network(setting, senders + receivers);
    const double alone = 1.15 * static_cast<double>(bytes) / static_cast<double>(setting.of_node);
    const auto limit = std::chrono::duration_cast<std::chrono::nanoseconds>(
        std::chrono::duration<double>(2 + 3 * alone * (setting.way == "all" ? 5 : 1)));
    std::size_t arrived = 0;
    std::vector<double> seconds;
    static std::uint64_t number = 0;
    for (std::size_t i = 0; i < times; ++i) {
        std::vector<node::MessagePtr> messages;
        for (std::size_t sender = 0; sender < senders; ++sender) messages.push_back(message_of(bytes, ++number));
        const auto outcome = network.run(setting, messages, limit);
        arrived += outcome.arrived;
        seconds.push_back(outcome.seconds);
        network.rest(20ms);
    }
    network.rest(400ms);  // counts are of a moment ago
    std::ranges::sort(seconds);
    const auto counts = network.counts();
    return {{"way", setting.way},
            {"buffer", setting.buffer},
            {"of_all", setting.of_all},
            {"of_node", setting.of_node},
            {"bytes", bytes},
            {"sent", times * std::max(senders, receivers)},
            {"arrived", arrived},
            {"median_ms", 1000 * seconds[seconds.size() / 2]},
            {"most_ms", 1000 * seconds.back()},
            {"kernel_drops", counts.kernel_drops},
            {"limited", counts.limited},
            {"not_sent", counts.dropped},
            {"datagrams", counts.datagrams_received}};
}

// Threads that do nothing but take the processor, until they are destroyed.
class Burners {
  public:
    explicit Burners(unsigned count) {
        for (unsigned i = 0; i < count; ++i) {
            threads_.emplace_back([this] {
                while (!over_.load(std::memory_order_relaxed)) {
                }
            });
        }
    }
    Burners(const Burners&) = delete;
    Burners& operator=(const Burners&) = delete;
    ~Burners() {
        over_ = true;
        for (auto& thread : threads_) thread.join();
    }

  private:
    std::atomic<bool> over_ = false;
    std::vector<std::thread> threads_{};
};

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("Which rates of sending large messages arrive complete");
    std::vector<std::string> ways{"one", "three", "all"};
    std::vector<std::size_t> buffers{212'992, 5'000'000};
    std::vector<std::uint64_t> rates{5, 10, 20, 40, 60};
    std::vector<std::size_t> sizes{100'000, 1'000'000, 10'000'000};
    unsigned share = 4, burners = 0;
    app.add_option("--ways", ways)->delimiter(',')->check(CLI::IsMember({"one", "three", "all"}));
    app.add_option("--buffers", buffers, "bytes asked of the kernel")->delimiter(',');
    app.add_option("--rates", rates, "megabytes a second to one node")->delimiter(',');
    app.add_option("--share", share, "so many times as much to all together");
    app.add_option("--bytes", sizes, "of a message")->delimiter(',');
    app.add_option("--burners", burners, "threads that take the processor meanwhile");
    CLI11_PARSE(app, argc, argv);
    const Burners busy(burners);
    try {
        for (const auto& way : ways) {
            for (const auto buffer : buffers) {
                for (const auto rate : rates) {
                    for (const auto bytes : sizes) {
                        const Setting setting{.way = way,
                                              .buffer = buffer,
                                              .of_all = rate * share * kMegabyte,
                                              .of_node = rate * kMegabyte};
                        const std::size_t times = bytes <= 100'000 ? 20 : bytes <= kMegabyte ? 8 : 2;
                        auto row = measure(setting, bytes, way == "all" ? std::max<std::size_t>(times / 2, 2) : times);
                        row["burners"] = burners;
                        fmt::print("{}\n", row.dump());
                        (void)std::fflush(stdout);
                    }
                }
            }
        }
    } catch (const std::exception& wrong) {
        fmt::print(stderr, "bench-pacing: {}\n", wrong.what());
        return 1;
    }
    return 0;
}
