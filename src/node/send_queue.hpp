// What waits to be sent, without a socket. Three classes, each in the order of its coming:
//
//     small      control packets, and objects of few chunks: votes, requests. They go first, and at once
//     broadcast  large objects for the network: candidates, transactions
//     answer     large objects for one node, and blocks that somebody asked for, however small
//
// Large objects are spread over time, so that they do not fill the kernel's buffers of those who receive them. An
// object for several nodes goes to a few of them at once, those with the largest part of the network behind them first.
// Blocks go one by one with a pause in between: released nodes hand on what comes together in any order, and a block
// that comes before its parent may be lost to them for minutes.
#pragma once

#include <deque>
#include <memory>
#include <span>
#include <vector>

#include "base/clock.hpp"
#include "kadcast/overlay.hpp"
#include "node/udp_socket.hpp"

namespace dusk::node {

struct PacingSettings {
    std::uint64_t bytes_per_second = 40'000'000;                    // of large objects, to all nodes together
    std::uint64_t bytes_per_second_of_node = 10'000'000;            // and to one of them
    std::uint64_t burst = 64 * 1375;                                // bytes that may go at once
    std::chrono::nanoseconds pause = std::chrono::milliseconds(3);  // between two blocks that were asked for
    std::size_t targets_at_once = 4;                                // that an object goes to in turn
    std::size_t small_chunks = 16;                                  // of a small object, at most
    std::size_t most_bytes = std::size_t{64} << 20;  // that wait in each class of large ones, for each node anew
    std::size_t most_small_bytes = std::size_t{8} << 20;
};

class SendQueue {
  public:
    SendQueue(const kadcast::Header& header, const PacingSettings& settings) : header_(header), settings_(settings) {}

    // False where there is no room: it is not sent.
    bool add(kadcast::SendPacket packet);
    bool add(kadcast::SendObject object, bool is_block = false);

    // Up to `most` datagrams that may go now, in order. They stay valid until `done`, which says how many of them, from
    // the first on, are dealt with.
    [[nodiscard]] std::span<const OutgoingDatagram> next(std::size_t most, MonotonicTime now);
    void done(std::size_t count);

    // When `next` gives something, at the earliest; never while nothing waits.
    [[nodiscard]] MonotonicTime ready(MonotonicTime now) const;
    [[nodiscard]] bool empty() const;
    // Bytes that wait.
    [[nodiscard]] std::size_t size() const;

  private:
    using Prefix = ByteArray<kadcast::kBroadcastPrefixBytes>;
    struct Leg {  // an object on its way to one node
        SocketAddress to{};
        Prefix prefix{};
        std::size_t next_chunk = 0;
    };
    // A packet, or an object with its legs: those with the largest part of the network behind them first.
    struct Entry {
        SocketAddress to{};
        Bytes packet{};
        std::shared_ptr<const kadcast::EncodedObject> object{};
        std::vector<Leg> legs{};
        std::vector<std::size_t> open{};  // legs that are not complete
        std::size_t turn = 0;             // which of the open ones is next
        bool is_block = false;

        [[nodiscard]] bool has_begun() const { return legs.front().next_chunk > 0; }  // the first leg does
    };
    struct Lane {
        std::deque<std::shared_ptr<Entry>> entries{};
        std::size_t bytes = 0;
    };

    // The next datagram of the lane, which is not empty, goes to `taken_`.
    void take(Lane& lane, MonotonicTime now);
    void take_chunk(Entry& entry);
    // What so many bytes to so many nodes at once use up: more than they are where the nodes are few.
    [[nodiscard]] std::int64_t cost_of(std::size_t bytes, std::size_t nodes) const;
    void refill(MonotonicTime now);
    // From when on the next answer may go; there is one.
    [[nodiscard]] MonotonicTime answer_from() const;

    kadcast::Header header_;
    PacingSettings settings_;
    Lane small_, broadcasts_, answers_;
    std::vector<OutgoingDatagram> taken_{};          // handed out and not dealt with
    std::vector<std::shared_ptr<Entry>> keepers_{};  // of what they point to, one for each
    std::int64_t tokens_ = 0;                        // bytes of large objects that may go; below 0 when more went
    MonotonicTime refilled_{};
    MonotonicTime pause_until_{};  // for blocks
};

}  // namespace dusk::node
