#include "answers.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstring>

namespace dusk::attack {
namespace {

sockaddr_in address_of(const ByteArray<4>& ip, std::uint16_t port) {
    sockaddr_in out{};
    out.sin_family = AF_INET;
    out.sin_port = htons(port);
    std::memcpy(&out.sin_addr, ip.data(), ip.size());
    return out;
}

void send(int handle, const sockaddr_in& to, const Bytes& bytes) {
    (void)::sendto(handle, bytes.data(), bytes.size(), 0, reinterpret_cast<const sockaddr*>(&to), sizeof(to));
}

}  // namespace

Answers::Answers(std::span<const Flood::Source> sources, std::span<const std::uint16_t> ports) {
    for (const Flood::Source& source : sources) {
        const int handle = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        const sockaddr_in own = address_of(source.ip, source.header.port);
        if (handle < 0 || ::bind(handle, reinterpret_cast<const sockaddr*>(&own), sizeof(own)) != 0) {
            if (handle >= 0) (void)::close(handle);
            continue;
        }
        listeners_.push_back({handle, source.header});
        for (const std::uint16_t port : ports) {
            send(handle, address_of({127, 0, 0, 1}, port), kadcast::to_bytes(source.header, kadcast::Ping{}));
        }
    }
    thread_ = std::thread([this] { listen(); });
}

Answers::~Answers() {
    is_over_ = true;
    thread_.join();
    for (const Listener& listener : listeners_) (void)::close(listener.handle);
}

void Answers::listen() {
    std::vector<pollfd> watched;
    for (const Listener& listener : listeners_)
        watched.push_back({.fd = listener.handle, .events = POLLIN, .revents = 0});
    while (!is_over_) {
        if (::poll(watched.data(), watched.size(), 20) <= 0) continue;
        for (std::size_t i = 0; i < watched.size(); ++i) {
            if ((watched[i].revents & POLLIN) != 0) answer(listeners_[i]);
        }
    }
}

void Answers::answer(const Listener& listener) {
    std::array<std::uint8_t, 2048> buffer{};
    sockaddr_in from{};
    socklen_t size = sizeof(from);
    const ssize_t received =
        ::recvfrom(listener.handle, buffer.data(), buffer.size(), 0, reinterpret_cast<sockaddr*>(&from), &size);
    if (received <= 0) return;
    const auto packet = kadcast::read_packet(ByteView(buffer).first(static_cast<std::size_t>(received)));
    if (!packet) return;
    from.sin_port = htons(packet->header.port);
    if (std::holds_alternative<kadcast::Ping>(packet->body)) {
        send(listener.handle, from, kadcast::to_bytes(listener.header, kadcast::Pong{}));
    } else if (std::holds_alternative<kadcast::FindNodes>(packet->body)) {
        send(listener.handle, from, kadcast::to_bytes(listener.header, kadcast::Nodes{}));
    } else {
        return;
    }
    ++count_;
}

}  // namespace dusk::attack
