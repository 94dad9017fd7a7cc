// What one client may take, so that others find something left (docs/operate/node.md): requests over time, and
// connections at once. A client is an IPv4 address or the 64 bits of an IPv6 address that name a network, since whoever
// has one address there has them all.
//
// Each client has a bucket of tokens that fills at a steady rate; a request takes as many as its kind costs. What is
// remembered of clients is bounded: when there are too many, those whose buckets are fullest are forgotten, and find a
// full one when they come again.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "node/http_settings.hpp"

namespace dusk::rpc {

class ClientKey {
  public:
    explicit ClientKey(const boost::asio::ip::address& address);
    friend auto operator<=>(const ClientKey&, const ClientKey&) = default;

  private:
    ByteArray<16> bytes_{};  // IPv4 as mapped into IPv6
};

// Tokens of a request. Calls that feed and drivers take the node's threads for long.
[[nodiscard]] std::uint32_t cost_of(node::RequestClass kind);

// On one thread.
class ClientLimits {
  public:
    static constexpr std::size_t kMostClients = 65'536;

    explicit ClientLimits(const node::ClientSettings& settings, std::size_t most_clients = kMostClients)
        : settings_(settings), most_clients_(most_clients) {}

    // `client` may be unspecified (0.0.0.0): then nothing is counted. Nothing: it may ask, and has `cost` tokens less.
    // Else when it may, in whole seconds from 1 on.
    [[nodiscard]] std::optional<std::chrono::seconds> take(const boost::asio::ip::address& client, std::uint32_t cost,
                                                           MonotonicTime now);
    // Clients whose bucket is not full, or was not long ago.
    [[nodiscard]] std::size_t clients() const { return full_at_.size(); }

  private:
    void forget(MonotonicTime now);

    node::ClientSettings settings_;
    std::size_t most_clients_;
    std::map<ClientKey, MonotonicTime> full_at_{};  // when the bucket is full again
};

// Counts connections of clients at once.
class ClientConnections {
  public:
    // `most` is 0: no limit.
    ClientConnections(std::size_t most, bool counts_loopback) : most_(most), counts_loopback_(counts_loopback) {}

    // Whether it may have one more, which then counts until `leave`.
    [[nodiscard]] bool enter(const boost::asio::ip::address& client);
    void leave(const boost::asio::ip::address& client);

  private:
    [[nodiscard]] bool counts(const boost::asio::ip::address& client) const;

    std::size_t most_;
    bool counts_loopback_;
    std::map<ClientKey, std::size_t> connections_{};  // only those that have some
};

}  // namespace dusk::rpc
