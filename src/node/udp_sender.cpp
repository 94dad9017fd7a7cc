#include "node/udp_sender.hpp"

#include <unistd.h>

#include <algorithm>

#include "node/timer_point.hpp"

namespace dusk::node {
namespace {

namespace asio = boost::asio;

constexpr std::size_t kAtOnce = 64;
constexpr int kMostRounds = 16;  // before others have their turn on the thread
constexpr auto kMoment = std::chrono::milliseconds(1);

}  // namespace

asio::posix::stream_descriptor watch(asio::io_context& context, const UdpSocket& socket) {
    return {context, ::dup(socket.handle())};
}

UdpSender::UdpSender(asio::io_context& context, const UdpSocket* four, const UdpSocket* six, SendQueue queue,
                     const Clock& clock)
    : four_(four),
      six_(six),
      four_ready_(four == nullptr ? asio::posix::stream_descriptor(context) : watch(context, *four)),
      six_ready_(six == nullptr ? asio::posix::stream_descriptor(context) : watch(context, *six)),
      timer_(context),
      queue_(std::move(queue)),
      clock_(clock) {}

// One call of the system for each round: datagrams of one family.
SendPause UdpSender::send_some() {
    const auto some = queue_.next(kAtOnce, clock_.monotonic_time());
    if (some.empty()) return SendPause::none;
    const bool four = is_ipv4(some.front().to);
    const auto end = std::ranges::find_if(some, [four](const auto& one) { return is_ipv4(one.to) != four; });
    const auto run = some.first(static_cast<std::size_t>(end - some.begin()));
    const UdpSocket* const socket = four ? four_ : six_;
    const SendProgress progress =
        socket == nullptr ? SendProgress{.done = run.size(), .failed = run.size()} : socket->send(run);
    for (const OutgoingDatagram& one : run.first(progress.done)) counts_.bytes += one.size();
    counts_.datagrams += progress.done - progress.failed;
    counts_.failures += progress.failed;
    queue_.done(progress.done);
    if (progress.pause == SendPause::until_ready) go_on_when_ready(four);
    blocked_ = progress.pause != SendPause::none;
    if (progress.pause == SendPause::a_moment) go_on_at(clock_.monotonic_time() + kMoment);
    return progress.pause;
}

void UdpSender::flush() {
    if (blocked_ || stopped_) return;
    for (int round = 0; round < kMostRounds; ++round) {
        if (send_some() != SendPause::none) return;
        const MonotonicTime now = clock_.monotonic_time();
        const MonotonicTime ready = queue_.ready(now);
        if (ready == MonotonicTime::max()) return;
        if (ready > now) return go_on_at(ready);
    }
    go_on_at(clock_.monotonic_time());
}

void UdpSender::go_on_when_ready(bool is_ipv4) {
    auto& socket = is_ipv4 ? four_ready_ : six_ready_;
    socket.async_wait(asio::posix::stream_descriptor::wait_write, [this](const auto& error) {
        if (error) return;
        blocked_ = false;
        flush();
    });
}

void UdpSender::go_on_at(MonotonicTime time) {
    timer_.expires_at(timer_point(time));
    timer_.async_wait([this](const auto& error) {
        if (error) return;
        blocked_ = false;
        flush();
    });
}

void UdpSender::stop() {
    stopped_ = true;
    timer_.cancel();
    boost::system::error_code ignored;
    four_ready_.close(ignored);
    six_ready_.close(ignored);
}

}  // namespace dusk::node
