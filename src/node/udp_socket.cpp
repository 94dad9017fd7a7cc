#include "node/udp_socket.hpp"

#include <arpa/inet.h>
#include <fmt/core.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "base/host_port.hpp"
#include "kadcast/packet.hpp"

namespace dusk::node {
namespace {

struct Endpoint {
    sockaddr_storage storage{};
    socklen_t size = sizeof(sockaddr_storage);

    [[nodiscard]] sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
};

Endpoint endpoint_of(const SocketAddress& address) {
    Endpoint out;
    if (const auto* four = std::get_if<ByteArray<4>>(&address.ip)) {
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(address.port);
        std::memcpy(&to.sin_addr, four->data(), four->size());
        std::memcpy(&out.storage, &to, sizeof(to));
        out.size = sizeof(to);
    } else {
        const auto& six = std::get<ByteArray<16>>(address.ip);
        sockaddr_in6 to{};
        to.sin6_family = AF_INET6;
        to.sin6_port = htons(address.port);
        std::memcpy(&to.sin6_addr, six.data(), six.size());
        std::memcpy(&out.storage, &to, sizeof(to));
        out.size = sizeof(to);
    }
    return out;
}

SocketAddress address_of(const sockaddr_storage& from) {
    SocketAddress out;
    if (from.ss_family == AF_INET) {
        sockaddr_in four{};
        std::memcpy(&four, &from, sizeof(four));
        ByteArray<4> ip{};
        std::memcpy(ip.data(), &four.sin_addr, ip.size());
        out = {.ip = ip, .port = ntohs(four.sin_port)};
    } else if (from.ss_family == AF_INET6) {
        sockaddr_in6 six{};
        std::memcpy(&six, &from, sizeof(six));
        ByteArray<16> ip{};
        std::memcpy(ip.data(), &six.sin6_addr, ip.size());
        out = kadcast::unmapped({.ip = ip, .port = ntohs(six.sin6_port)});
    }
    return out;
}

std::string reason(int error) { return std::error_code(error, std::generic_category()).message(); }

int open_handle(const SocketAddress& of) {
    return ::socket(is_ipv4(of) ? AF_INET : AF_INET6, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_UDP);
}

void set_flag(int handle, int level, int name, int value) {
    (void)::setsockopt(handle, level, name, &value, sizeof(value));
}

std::size_t ask_buffer(int handle, int name, std::size_t bytes) {
    set_flag(handle, SOL_SOCKET, name, static_cast<int>(std::min<std::size_t>(bytes, 1U << 30)));
    int given = 0;
    socklen_t size = sizeof(given);
    if (::getsockopt(handle, SOL_SOCKET, name, &given, &size) != 0 || given < 0) return 0;
    return static_cast<std::size_t>(given) / 2;  // the kernel doubles it, for its own needs
}

}  // namespace

// --- receiving ---

struct ReceiveBatch::Memory {
    struct Control {
        alignas(cmsghdr) std::array<std::uint8_t, CMSG_SPACE(sizeof(std::uint32_t))> bytes{};
    };
    Bytes content = Bytes(kMost * kadcast::kMostDatagramBytes);
    std::array<mmsghdr, kMost> messages{};
    std::array<iovec, kMost> parts{};
    std::array<sockaddr_storage, kMost> sources{};
    std::array<Control, kMost> controls{};
    std::array<Datagram, kMost> datagrams{};
    std::uint32_t drops = 0;

    void prepare() {
        for (std::size_t i = 0; i < kMost; ++i) {
            parts[i] = {.iov_base = content.data() + i * kadcast::kMostDatagramBytes,
                        .iov_len = kadcast::kMostDatagramBytes};
            msghdr& header = messages[i].msg_hdr;
            header = {};
            header.msg_name = &sources[i];
            header.msg_namelen = sizeof(sources[i]);
            header.msg_iov = &parts[i];
            header.msg_iovlen = 1;
            header.msg_control = controls[i].bytes.data();
            header.msg_controllen = controls[i].bytes.size();
        }
    }
    void read_drops(msghdr& header) {
        for (cmsghdr* at = CMSG_FIRSTHDR(&header); at != nullptr; at = CMSG_NXTHDR(&header, at)) {
            if (at->cmsg_level == SOL_SOCKET && at->cmsg_type == SO_RXQ_OVFL) {
                std::memcpy(&drops, CMSG_DATA(at), sizeof(drops));
            }
        }
    }
};

ReceiveBatch::ReceiveBatch() : memory_(std::make_unique<Memory>()) {}
ReceiveBatch::~ReceiveBatch() = default;

std::span<const Datagram> ReceiveBatch::receive(const UdpSocket& socket) {
    Memory& memory = *memory_;
    memory.prepare();
    int count = -1;
    do {
        count = ::recvmmsg(socket.handle(), memory.messages.data(), kMost, MSG_DONTWAIT, nullptr);
    } while (count < 0 && errno == EINTR);
    const auto received = static_cast<std::size_t>(std::max(count, 0));
    for (std::size_t i = 0; i < received; ++i) {
        memory.read_drops(memory.messages[i].msg_hdr);
        memory.datagrams[i] = {
            .source = address_of(memory.sources[i]),
            .bytes = ByteView(memory.content).subspan(i * kadcast::kMostDatagramBytes, memory.messages[i].msg_len)};
    }
    return std::span(memory.datagrams).first(received);
}

std::uint32_t ReceiveBatch::kernel_drops() const { return memory_->drops; }

// --- the socket ---

Result<UdpSocket, std::string> UdpSocket::bound(const SocketAddress& at) {
    const auto cannot = [&] { return fail(fmt::format("cannot listen on UDP {}: {}", at.to_text(), reason(errno))); };
    UdpSocket out(open_handle(at));
    if (out.handle_ < 0) return cannot();
    if (!is_ipv4(at)) set_flag(out.handle_, IPPROTO_IPV6, IPV6_V6ONLY, is_wildcard(at) ? 0 : 1);
    set_flag(out.handle_, SOL_SOCKET, SO_RXQ_OVFL, 1);
    Endpoint endpoint = endpoint_of(at);
    if (::bind(out.handle_, endpoint.get(), endpoint.size) != 0) return cannot();
    return out;
}

UdpSocket::~UdpSocket() {
    if (handle_ >= 0) (void)::close(handle_);
}

SocketAddress UdpSocket::local_address() const {
    Endpoint out;
    if (::getsockname(handle_, out.get(), &out.size) != 0) return {};
    return address_of(out.storage);
}

std::size_t UdpSocket::ask_receive_buffer(std::size_t bytes) const { return ask_buffer(handle_, SO_RCVBUF, bytes); }
std::size_t UdpSocket::ask_send_buffer(std::size_t bytes) const { return ask_buffer(handle_, SO_SNDBUF, bytes); }

SendProgress UdpSocket::send(std::span<const OutgoingDatagram> datagrams) const {
    constexpr std::size_t kAtOnce = 64;
    SendProgress out;
    std::array<mmsghdr, kAtOnce> messages{};
    std::array<std::array<iovec, 2>, kAtOnce> parts{};
    std::array<Endpoint, kAtOnce> targets{};
    while (out.done < datagrams.size()) {
        const auto some = datagrams.subspan(out.done, std::min(kAtOnce, datagrams.size() - out.done));
        for (std::size_t i = 0; i < some.size(); ++i) {
            targets[i] = endpoint_of(some[i].to);
            // The system reads what it sends and does not write there.
            parts[i] = {{{.iov_base = const_cast<std::uint8_t*>(some[i].head.data()), .iov_len = some[i].head.size()},
                         {.iov_base = const_cast<std::uint8_t*>(some[i].body.data()), .iov_len = some[i].body.size()}}};
            msghdr& header = messages[i].msg_hdr;
            header = {};
            header.msg_name = targets[i].get();
            header.msg_namelen = targets[i].size;
            header.msg_iov = parts[i].data();
            header.msg_iovlen = some[i].body.empty() ? 1 : 2;
        }
        const int count =
            ::sendmmsg(handle_, messages.data(), static_cast<unsigned>(some.size()), MSG_DONTWAIT | MSG_NOSIGNAL);
        if (count > 0) {
            out.done += static_cast<std::size_t>(count);
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            out.pause = SendPause::until_ready;
            return out;
        } else if (errno == ENOBUFS) {
            out.pause = SendPause::a_moment;
            return out;
        } else if (errno != EINTR) {
            ++out.done;
            ++out.failed;
        }
    }
    return out;
}

// --- addresses ---

std::optional<SocketAddress> source_towards(const SocketAddress& to) {
    const int handle = open_handle(to);
    if (handle < 0) return {};
    Endpoint endpoint = endpoint_of(to);
    Endpoint own;
    // Nothing is sent: the system chooses a route.
    const bool known =
        ::connect(handle, endpoint.get(), endpoint.size) == 0 && ::getsockname(handle, own.get(), &own.size) == 0;
    (void)::close(handle);
    if (!known) return {};
    return address_of(own.storage);
}

bool is_of_this_machine(const SocketAddress& address) {
    if (is_wildcard(address)) return false;
    SocketAddress any_port = address;
    any_port.port = 0;
    return UdpSocket::bound(any_port).has_value();
}

bool is_wildcard(const SocketAddress& address) {
    return std::visit([](const auto& ip) { return std::ranges::all_of(ip, [](auto byte) { return byte == 0; }); },
                      address.ip);
}

bool is_loopback(const SocketAddress& address) {
    if (const auto* four = std::get_if<ByteArray<4>>(&address.ip)) return (*four)[0] == 127;
    constexpr ByteArray<16> kLoopback{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    return std::get<ByteArray<16>>(address.ip) == kLoopback;
}

std::optional<SocketAddress> parse_socket_address(std::string_view text) {
    const auto parts = split_host_port(text);
    if (!parts) return {};
    const std::string host(parts->host);
    if (ByteArray<4> four{}; ::inet_pton(AF_INET, host.c_str(), four.data()) == 1) {
        return SocketAddress{.ip = four, .port = parts->port};
    }
    if (ByteArray<16> six{}; ::inet_pton(AF_INET6, host.c_str(), six.data()) == 1) {
        return SocketAddress{.ip = six, .port = parts->port};
    }
    return {};
}

}  // namespace dusk::node
