// attack-sender: throws datagrams at nodes of this machine, as fast as one thread sends, each from an address of
// 127.0.0.0/8. Says what it sent as one JSON object.
#include <arpa/inet.h>
#include <fmt/core.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <array>
#include <chrono>
#include <cstring>
#include <optional>
#include <thread>

#include "answers.hpp"
#include "base/hex.hpp"

namespace dusk::attack {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kGreeting{500};  // until those who are greeted have asked back

struct Options {
    std::string kind{};
    std::vector<std::uint16_t> ports{};
    double seconds = 10;
    double rate = 0;  // datagrams a second; 0: as fast as it goes
    bool answers = false;
    std::string previous{};
    std::vector<std::string> signers{};
    FloodSettings flood{};
};

struct Sent {
    std::uint64_t datagrams = 0, bytes = 0;
    std::uint64_t answers = 0;
    double seconds = 0;
};

// Datagrams that leave with one call of the system, each with the address that it comes from.
class Volley {
  public:
    static constexpr std::size_t kMost = 64;

    explicit Volley(const std::vector<std::uint16_t>& ports) {
        for (const std::uint16_t port : ports) {
            sockaddr_in to{};
            to.sin_family = AF_INET;
            to.sin_port = htons(port);
            to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
            targets_.push_back(to);
        }
        handle_ = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    }
    Volley(const Volley&) = delete;
    Volley& operator=(const Volley&) = delete;
    ~Volley() {
        if (handle_ >= 0) (void)::close(handle_);
    }

    void add(const Shot& shot) {
        std::ranges::copy(shot.bytes, content_[count_].begin());
        parts_[count_] = {.iov_base = content_[count_].data(), .iov_len = shot.bytes.size()};
        msghdr& header = messages_[count_].msg_hdr;
        header = {};
        sockaddr_in& to = targets_[turn_++ % targets_.size()];
        header.msg_name = &to;
        header.msg_namelen = sizeof(to);
        header.msg_iov = &parts_[count_];
        header.msg_iovlen = 1;
        header.msg_control = controls_[count_].bytes.data();
        header.msg_controllen = controls_[count_].bytes.size();
        cmsghdr* const said = CMSG_FIRSTHDR(&header);
        said->cmsg_level = IPPROTO_IP;
        said->cmsg_type = IP_PKTINFO;
        said->cmsg_len = CMSG_LEN(sizeof(in_pktinfo));
        in_pktinfo from{};
        std::memcpy(&from.ipi_spec_dst, shot.from.data(), shot.from.size());
        std::memcpy(CMSG_DATA(said), &from, sizeof(from));
        bytes_ += shot.bytes.size();
        ++count_;
    }
    // Counts what the system took.
    void send(Sent& sent) {
        const int taken = ::sendmmsg(handle_, messages_.data(), static_cast<unsigned>(count_), 0);
        if (taken > 0) {
            sent.datagrams += static_cast<std::uint64_t>(taken);
            sent.bytes += bytes_ * static_cast<std::uint64_t>(taken) / count_;
        }
        count_ = bytes_ = 0;
    }

  private:
    struct Control {
        alignas(cmsghdr) std::array<std::uint8_t, CMSG_SPACE(sizeof(in_pktinfo))> bytes{};
    };
    int handle_ = -1;
    std::vector<sockaddr_in> targets_{};
    std::array<std::array<std::uint8_t, 1500>, kMost> content_{};
    std::array<mmsghdr, kMost> messages_{};
    std::array<iovec, kMost> parts_{};
    std::array<Control, kMost> controls_{};
    std::size_t count_ = 0, bytes_ = 0, turn_ = 0;
};

Sent shoot(const Options& options) {
    Flood flood(options.flood);
    const Flood::Maker make = Flood::maker(options.kind);
    Volley volley(options.ports);
    std::optional<Answers> answers;
    if (options.answers) {
        answers.emplace(flood.sources(), options.ports);
        std::this_thread::sleep_for(kGreeting);
    }
    const auto begin = SteadyClock::now();
    const auto passed = [&] { return std::chrono::duration<double>(SteadyClock::now() - begin).count(); };
    Sent sent;
    while ((sent.seconds = passed()) < options.seconds) {
        if (options.rate > 0 && static_cast<double>(sent.datagrams) > options.rate * sent.seconds) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
            continue;
        }
        for (std::size_t i = 0; i < Volley::kMost; ++i) volley.add((flood.*make)());
        volley.send(sent);
    }
    if (answers) sent.answers = answers->count();
    return sent;
}

int run(int argc, char** argv) {
    Options options;
    CLI::App app("Throws datagrams at nodes of this machine");
    app.add_option("KIND", options.kind, "random, pings, questions, unfinished, noise, votes or candidates")
        ->required()
        ->check([](const std::string& kind) { return Flood::maker(kind) ? "" : "there is no such kind"; });
    app.add_option("--to", options.ports, "Ports on 127.0.0.1, separated by commas")->required()->delimiter(',');
    app.add_option("--seconds", options.seconds);
    app.add_option("--rate", options.rate, "Datagrams a second; 0: as fast as it goes");
    app.add_option("--sources", options.flood.sources)->check(CLI::Range(1, 100'000));
    app.add_flag("--answers", options.answers, "The sources answer when they are asked whether they are there");
    app.add_option("--seed", options.flood.seed);
    app.add_option("--round", options.flood.round);
    app.add_option("--previous", options.previous, "Hash of the block before, in hexadecimal");
    app.add_option("--signers", options.signers, "Keys in base58 that votes and candidates claim to be signed by")
        ->delimiter(',');
    CLI11_PARSE(app, argc, argv);
    if (!options.previous.empty()) {
        const auto hash = from_hex(options.previous);
        if (!hash || hash->size() != ledger::BlockHash::kSize) {
            fmt::print(stderr, "--previous: 64 hexadecimal digits\n");
            return 2;
        }
        options.flood.previous.bytes = take<ledger::BlockHash::kSize>(*hash);
    }
    for (const std::string& text : options.signers) {
        const auto key = crypto::BlsPublicKey::from_base58(text);
        if (!key) {
            fmt::print(stderr, "--signers: {} is no key\n", text);
            return 2;
        }
        options.flood.signers.push_back(*key);
    }
    const Sent sent = shoot(options);
    fmt::print("{{\"kind\": \"{}\", \"datagrams\": {}, \"bytes\": {}, \"answers\": {}, \"seconds\": {:.3f}}}\n",
               options.kind, sent.datagrams, sent.bytes, sent.answers, sent.seconds);
    return 0;
}

}  // namespace
}  // namespace dusk::attack

int main(int argc, char** argv) { return dusk::attack::run(argc, argv); }
