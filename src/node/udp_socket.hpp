// A UDP socket that reads and writes many datagrams with one call of the system. It never waits: who has to wait asks
// the event loop about `handle`.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "base/socket_address.hpp"

namespace dusk::node {

struct Datagram {
    SocketAddress source{};
    ByteView bytes{};  // in the memory of the batch
};

// What leaves as one datagram: both parts, without a copy of either.
struct OutgoingDatagram {
    SocketAddress to{};
    ByteView head{};
    ByteView body{};

    [[nodiscard]] std::size_t size() const { return head.size() + body.size(); }
};

class UdpSocket;

// Memory for the datagrams of one call: 32 of the largest, 2 MiB of addresses of which those are used that were needed.
class ReceiveBatch {
  public:
    static constexpr std::size_t kMost = 32;

    ReceiveBatch();
    ~ReceiveBatch();
    ReceiveBatch(const ReceiveBatch&) = delete;
    ReceiveBatch& operator=(const ReceiveBatch&) = delete;

    // What is there now, at most kMost; valid until the next call. An IPv4 address that comes as IPv6 is one of IPv4.
    [[nodiscard]] std::span<const Datagram> receive(const UdpSocket& socket);
    // Datagrams that the kernel dropped since the socket was opened, for want of room in its buffer.
    [[nodiscard]] std::uint32_t kernel_drops() const;

  private:
    struct Memory;
    std::unique_ptr<Memory> memory_;
};

enum class SendPause : std::uint8_t {
    none,         // all were taken
    until_ready,  // the kernel's buffer is full: go on when the socket can be written
    a_moment,     // the device's queue is full: go on a little later
};
struct SendProgress {
    std::size_t done = 0;    // datagrams that are dealt with, from the first on
    std::size_t failed = 0;  // of them those that the system refused: no route, not allowed, too large
    SendPause pause = SendPause::none;
};

class UdpSocket {
  public:
    // Listens and sends. Port 0 takes a free one; a wildcard of IPv6 takes IPv4 as well. The error is a sentence.
    [[nodiscard]] static Result<UdpSocket, std::string> bound(const SocketAddress& at);
    UdpSocket(UdpSocket&& other) noexcept : handle_(std::exchange(other.handle_, -1)) {}
    UdpSocket& operator=(UdpSocket&& other) noexcept {
        std::swap(handle_, other.handle_);
        return *this;
    }
    ~UdpSocket();

    [[nodiscard]] int handle() const { return handle_; }
    [[nodiscard]] SocketAddress local_address() const;

    // Asks for room in the kernel; gives what there is then, in bytes as they were asked for.
    [[nodiscard]] std::size_t ask_receive_buffer(std::size_t bytes) const;
    [[nodiscard]] std::size_t ask_send_buffer(std::size_t bytes) const;

    // In order; all are of the socket's family.
    [[nodiscard]] SendProgress send(std::span<const OutgoingDatagram> datagrams) const;

  private:
    explicit UdpSocket(int handle) : handle_(handle) {}

    int handle_;
};

// The address that datagrams of this machine have on their way to `to`; nothing where there is no way.
[[nodiscard]] std::optional<SocketAddress> source_towards(const SocketAddress& to);
// Whether an interface of this machine has the IP address.
[[nodiscard]] bool is_of_this_machine(const SocketAddress& address);

[[nodiscard]] inline bool is_ipv4(const SocketAddress& address) {
    return std::holds_alternative<ByteArray<4>>(address.ip);
}
// 0.0.0.0 or [::].
[[nodiscard]] bool is_wildcard(const SocketAddress& address);
// 127.0.0.0/8 or [::1].
[[nodiscard]] bool is_loopback(const SocketAddress& address);

// An address and a port, as `SocketAddress::to_text` writes them; no name.
[[nodiscard]] std::optional<SocketAddress> parse_socket_address(std::string_view text);

}  // namespace dusk::node
