// A poor network in front of nodes on this machine: takes datagrams on one port for each node, loses some of them, and
// hands the others on later. Nodes are reached by the relay's port, and listen on another one.
//
//     interop-relay --loss 0.05 --delay-ms 100 --seed 1 PUBLIC:LISTEN...      ports on 127.0.0.1
//
// The source address of what is handed on is 127.0.0.1 as before, which identifiers are made of (spec/network.md §1);
// the source port is not that of the sender, which nobody looks at. SIGTERM and SIGINT end it; the last line says how
// many datagrams there were, as JSON.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <deque>
#include <optional>
#include <random>
#include <span>
#include <string_view>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kBatch = 64;                            // datagrams of one system call
constexpr std::size_t kMostBytes = std::size_t{1} << 16;      // of a datagram
constexpr std::size_t kMostWaiting = std::size_t{512} << 20;  // bytes on their way; more are lost
constexpr int kSocketBuffer = 16 << 20;

struct Pair {
    std::uint16_t from = 0;
    std::uint16_t to = 0;
};

struct Options {
    double loss = 0;
    std::chrono::milliseconds delay{0};
    std::uint64_t seed = 1;
    std::vector<Pair> pairs;
};

struct Counts {
    std::uint64_t taken = 0, lost = 0, handed_on = 0, overflowed = 0, failed = 0;
};

struct Waiting {
    Clock::time_point due;
    std::uint16_t to = 0;
    std::vector<char> bytes;
};

template <class Number>
std::optional<Number> number_of(std::string_view text) {
    Number out{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (error != std::errc() || end != text.data() + text.size()) return {};
    return out;
}

std::optional<Pair> pair_of(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return {};
    const auto from = number_of<std::uint16_t>(text.substr(0, colon));
    const auto to = number_of<std::uint16_t>(text.substr(colon + 1));
    if (!from || !to) return {};
    return Pair{.from = *from, .to = *to};
}

std::optional<Options> options_of(std::span<char*> words) {
    Options out;
    for (std::size_t at = 0; at < words.size(); ++at) {
        const std::string_view word = words[at];
        if (!word.starts_with("--")) {
            const auto pair = pair_of(word);
            if (!pair) return {};
            out.pairs.push_back(*pair);
            continue;
        }
        if (++at == words.size()) return {};
        const std::string_view value = words[at];
        if (word == "--loss") {
            const auto loss = number_of<double>(value);
            if (!loss || *loss < 0 || *loss > 1) return {};
            out.loss = *loss;
        } else if (word == "--delay-ms") {
            const auto delay = number_of<unsigned>(value);
            if (!delay) return {};
            out.delay = std::chrono::milliseconds(*delay);
        } else if (word == "--seed") {
            const auto seed = number_of<std::uint64_t>(value);
            if (!seed) return {};
            out.seed = *seed;
        } else {
            return {};
        }
    }
    if (out.pairs.empty()) return {};
    return out;
}

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in out{};
    out.sin_family = AF_INET;
    out.sin_port = htons(port);
    out.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return out;
}

// Port 0: any.
int bound_socket(std::uint16_t port) {
    const int out = ::socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (out < 0) return -1;
    for (const int what : {SO_RCVBUF, SO_SNDBUF, SO_RCVBUFFORCE, SO_SNDBUFFORCE}) {
        ::setsockopt(out, SOL_SOCKET, what, &kSocketBuffer, sizeof kSocketBuffer);
    }
    const sockaddr_in address = loopback(port);
    if (::bind(out, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return out;
    std::fprintf(stderr, "port %u: %s\n", static_cast<unsigned>(port), std::strerror(errno));
    ::close(out);
    return -1;
}

class Relay {
  public:
    explicit Relay(const Options& options) : options_(options), random_(options.seed), buffer_(kBatch * kMostBytes) {}

    bool open() {
        out_ = bound_socket(0);
        if (out_ < 0) return false;
        for (const Pair& pair : options_.pairs) {
            const int in = bound_socket(pair.from);
            if (in < 0) return false;
            polled_.push_back({.fd = in, .events = POLLIN, .revents = 0});
        }
        return true;
    }

    void run(int signals) {
        polled_.push_back({.fd = signals, .events = POLLIN, .revents = 0});
        while ((polled_.back().revents & POLLIN) == 0) {
            const std::optional<timespec> rest = until_next();
            if (::ppoll(polled_.data(), polled_.size(), rest ? &*rest : nullptr, nullptr) < 0 && errno != EINTR) return;
            hand_on();
            for (std::size_t at = 0; at < options_.pairs.size(); ++at) {
                if (polled_[at].revents != 0) take(polled_[at].fd, options_.pairs[at].to);
            }
        }
    }

    [[nodiscard]] const Counts& counts() const { return counts_; }

  private:
    [[nodiscard]] std::optional<timespec> until_next() const {
        if (waiting_.empty()) return {};
        const auto rest = std::max(waiting_.front().due - Clock::now(), Clock::duration::zero());
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(rest);
        return timespec{.tv_sec = seconds.count(), .tv_nsec = (rest - seconds).count()};
    }

    void take(int socket, std::uint16_t to) {
        std::array<mmsghdr, kBatch> messages{};
        std::array<iovec, kBatch> parts{};
        for (std::size_t at = 0; at < kBatch; ++at) {
            parts[at] = {.iov_base = &buffer_[at * kMostBytes], .iov_len = kMostBytes};
            messages[at].msg_hdr.msg_iov = &parts[at];
            messages[at].msg_hdr.msg_iovlen = 1;
        }
        const int count = ::recvmmsg(socket, messages.data(), kBatch, MSG_DONTWAIT, nullptr);
        const auto due = Clock::now() + options_.delay;
        for (int at = 0; at < count; ++at) {
            ++counts_.taken;
            if (chance_(random_) < options_.loss) {
                ++counts_.lost;
                continue;
            }
            const char* const begin = &buffer_[static_cast<std::size_t>(at) * kMostBytes];
            const std::size_t size = messages[static_cast<std::size_t>(at)].msg_len;
            if (bytes_ + size > kMostWaiting) {
                ++counts_.overflowed;
                continue;
            }
            bytes_ += size;
            waiting_.push_back({.due = due, .to = to, .bytes = {begin, begin + size}});
        }
    }

    // The delay is the same for all, so that they are due in the order in which they came.
    void hand_on() {
        while (!waiting_.empty() && waiting_.front().due <= Clock::now()) {
            std::array<mmsghdr, kBatch> messages{};
            std::array<iovec, kBatch> parts{};
            std::array<sockaddr_in, kBatch> targets{};
            const auto now = Clock::now();
            std::size_t count = 0;
            for (; count < std::min(kBatch, waiting_.size()) && waiting_[count].due <= now; ++count) {
                Waiting& one = waiting_[count];
                parts[count] = {.iov_base = one.bytes.data(), .iov_len = one.bytes.size()};
                targets[count] = loopback(one.to);
                messages[count].msg_hdr.msg_name = &targets[count];
                messages[count].msg_hdr.msg_namelen = sizeof targets[count];
                messages[count].msg_hdr.msg_iov = &parts[count];
                messages[count].msg_hdr.msg_iovlen = 1;
            }
            const int sent = ::sendmmsg(out_, messages.data(), static_cast<unsigned>(count), 0);
            if (sent < 0 && (errno == EAGAIN || errno == EINTR)) return;
            // A node that does not run refuses what is sent to it; that one is gone, as it would be.
            const std::size_t done = sent < 0 ? 1 : static_cast<std::size_t>(sent);
            (sent < 0 ? counts_.failed : counts_.handed_on) += done;
            for (std::size_t at = 0; at < done; ++at) {
                bytes_ -= waiting_.front().bytes.size();
                waiting_.pop_front();
            }
        }
    }

    Options options_;
    Counts counts_;
    std::mt19937_64 random_;
    std::uniform_real_distribution<double> chance_{0, 1};
    std::vector<pollfd> polled_;
    int out_ = -1;
    std::vector<char> buffer_;
    std::deque<Waiting> waiting_;
    std::size_t bytes_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
    const auto options = options_of(std::span(argv, static_cast<std::size_t>(argc)).subspan(1));
    if (!options) {
        std::fputs("interop-relay [--loss SHARE] [--delay-ms N] [--seed N] PUBLIC:LISTEN...\n", stderr);
        return 2;
    }
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    ::sigprocmask(SIG_BLOCK, &ends, nullptr);
    Relay relay(*options);
    if (!relay.open()) return 1;
    relay.run(::signalfd(-1, &ends, SFD_CLOEXEC));
    const Counts& counts = relay.counts();
    std::printf("{\"taken\": %lu, \"lost\": %lu, \"handed_on\": %lu, \"overflowed\": %lu, \"failed\": %lu}\n",
                counts.taken, counts.lost, counts.handed_on, counts.overflowed, counts.failed);
    return 0;
}
