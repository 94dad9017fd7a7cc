#include "node/kadcast_ping.hpp"

#include <fmt/core.h>
#include <poll.h>

#include "node/udp_socket.hpp"

namespace dusk::node {
namespace {

unsigned difficulty_of(const kadcast::Header& header) {
    unsigned bits = 0;
    while (bits < 64 && kadcast::meets_difficulty(header.id, header.nonce, bits + 1)) ++bits;
    return bits;
}

bool wait_for_datagram(const UdpSocket& socket, std::chrono::nanoseconds time) {
    pollfd watched{.fd = socket.handle(), .events = POLLIN, .revents = 0};
    const auto milliseconds = std::chrono::ceil<std::chrono::milliseconds>(time).count();
    return milliseconds > 0 && ::poll(&watched, 1, static_cast<int>(milliseconds)) > 0;
}

class Pinger {
  public:
    Pinger(const PingSettings& settings, const UdpSocket& socket, const SocketAddress& own, const Clock& clock)
        : settings_(settings),
          socket_(socket),
          clock_(clock),
          ping_(kadcast::to_bytes(kadcast::header_of(kadcast::Identity::of(own, settings.network)), kadcast::Ping{})) {
        report_.own = own;
        report_.listening = socket.local_address();
    }

    PingReport run() {
        for (report_.sent = 0; report_.sent < settings_.count; ++report_.sent) {
            asked_ = clock_.monotonic_time();
            is_open_ = true;
            const OutgoingDatagram out{.to = settings_.target, .head = ping_, .body = {}};
            (void)socket_.send({&out, 1});
            listen_until(asked_ + settings_.patience, true);
            if (report_.sent + 1 < settings_.count) listen_until(asked_ + settings_.interval, false);
        }
        return std::move(report_);
    }

  private:
    void take(const Datagram& datagram) {
        const auto packet = kadcast::read_packet(datagram.bytes);
        const kadcast::Pong* pong = packet ? std::get_if<kadcast::Pong>(&packet->body) : nullptr;
        const bool is_from_target = packet &&
                                    SocketAddress{datagram.source.ip, packet->header.port} == settings_.target &&
                                    kadcast::is_sent_from(packet->header, settings_.target);
        if (pong == nullptr || !is_from_target || !is_open_) {
            ++report_.others;
            return;
        }
        is_open_ = false;
        report_.round_trips.push_back(
            std::chrono::duration_cast<std::chrono::microseconds>(clock_.monotonic_time() - asked_));
        report_.answer = {
            .header = packet->header, .version = pong->version, .difficulty = difficulty_of(packet->header)};
    }
    void listen_until(MonotonicTime end, bool for_answer) {
        while (clock_.monotonic_time() < end && (is_open_ || !for_answer)) {
            if (!wait_for_datagram(socket_, end - clock_.monotonic_time())) continue;
            for (const Datagram& datagram : batch_.receive(socket_)) take(datagram);
        }
    }

    const PingSettings& settings_;
    const UdpSocket& socket_;
    const Clock& clock_;
    Bytes ping_;
    ReceiveBatch batch_{};
    MonotonicTime asked_{};
    bool is_open_ = false;  // an answer is waited for
    PingReport report_{};
};

}  // namespace

Result<PingReport, std::string> ping_node(const PingSettings& settings, const Clock& clock) {
    auto at = settings.listen_address ? settings.listen_address : source_towards(settings.target);
    if (!at) return fail(fmt::format("there is no way to {} from here", settings.target.to_text()));
    if (!settings.listen_address) at->port = 0;
    const auto socket = UdpSocket::bound(*at);
    if (!socket) return fail(socket.error());
    SocketAddress own = settings.public_address.value_or(socket->local_address());
    if (own.port == 0) own.port = socket->local_address().port;
    if (is_wildcard(own)) {
        const auto source = source_towards(settings.target);
        if (source) own.ip = source->ip;
    }
    if (own.ip.index() != settings.target.ip.index()) {
        return fail(std::string("the own address and that of the node are not of the same family"));
    }
    return Pinger(settings, *socket, own, clock).run();
}

}  // namespace dusk::node
