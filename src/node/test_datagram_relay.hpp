// Stands before a node as an address translation or a bad line does: what comes to its port goes on to the node, or
// not.
#pragma once

#include <atomic>
#include <functional>
#include <thread>

#include "node/udp_socket.hpp"

namespace dusk::node {

class TestDatagramRelay {
  public:
    // Whether the datagram with this number, from 0, is lost.
    using IsLost = std::function<bool(std::uint64_t number)>;

    explicit TestDatagramRelay(IsLost is_lost = {}) : is_lost_(std::move(is_lost)) {
        (void)socket_.ask_receive_buffer(4'000'000);
    }
    ~TestDatagramRelay() {
        stop_ = true;
        if (thread_.joinable()) thread_.join();
    }
    TestDatagramRelay(const TestDatagramRelay&) = delete;
    TestDatagramRelay& operator=(const TestDatagramRelay&) = delete;

    [[nodiscard]] SocketAddress address() const { return socket_.local_address(); }
    void forward_to(const SocketAddress& target) {
        thread_ = std::thread([this, target] { run(target); });
    }
    [[nodiscard]] std::uint64_t lost() const { return lost_; }
    [[nodiscard]] std::uint64_t forwarded() const { return forwarded_; }

  private:
    void run(const SocketAddress& target) {
        ReceiveBatch batch;
        std::uint64_t number = 0;
        while (!stop_) {
            const auto some = batch.receive(socket_);
            for (const Datagram& one : some) {
                if (is_lost_ && is_lost_(number++)) {
                    ++lost_;
                    continue;
                }
                const OutgoingDatagram out{.to = target, .head = one.bytes, .body = {}};
                while (socket_.send({&out, 1}).pause != SendPause::none) std::this_thread::yield();
                ++forwarded_;
            }
            if (some.empty()) std::this_thread::sleep_for(std::chrono::microseconds(200));
        }
    }

    UdpSocket socket_ = UdpSocket::bound({.ip = ByteArray<4>{127, 0, 0, 1}, .port = 0}).value();
    IsLost is_lost_;
    std::atomic<bool> stop_{false};
    std::atomic<std::uint64_t> lost_{0}, forwarded_{0};
    std::thread thread_;
};

}  // namespace dusk::node
