#include "rpc/client_limits.hpp"

#include <algorithm>
#include <vector>

namespace dusk::rpc {
namespace {

namespace ip = boost::asio::ip;

// An IPv4 client of an IPv6 socket is the same one.
ip::address plain(const ip::address& address) {
    if (address.is_v6() && address.to_v6().is_v4_mapped()) return ip::make_address_v4(ip::v4_mapped, address.to_v6());
    return address;
}

}  // namespace

ClientKey::ClientKey(const ip::address& address) {
    const ip::address from = plain(address);
    const auto bytes =
        from.is_v4() ? ip::make_address_v6(ip::v4_mapped, from.to_v4()).to_bytes() : from.to_v6().to_bytes();
    std::ranges::copy_n(bytes.begin(), from.is_v4() ? 16 : 8, bytes_.begin());
}

std::uint32_t cost_of(node::RequestClass kind) {
    const bool is_long = kind == node::RequestClass::feeder_query || kind == node::RequestClass::upload_driver;
    return is_long ? 50 : 1;
}

std::optional<std::chrono::seconds> ClientLimits::take(const ip::address& client, std::uint32_t cost,
                                                       MonotonicTime now) {
    // Parts of a request that was counted as a whole come from nowhere.
    if (!settings_.limited || client.is_unspecified() || (!settings_.loopback && plain(client).is_loopback()))
        return {};
    const ClientKey key(client);
    const std::chrono::nanoseconds token = std::chrono::nanoseconds(std::chrono::seconds(1)) / settings_.rps;
    const std::chrono::nanoseconds bucket = token * std::max(settings_.burst, cost);
    const auto known = full_at_.find(key);
    const MonotonicTime full_at = std::max(known == full_at_.end() ? now : known->second, now) + token * cost;
    if (full_at - now > bucket) return std::chrono::ceil<std::chrono::seconds>(full_at - now - bucket);
    if (known != full_at_.end()) {
        known->second = full_at;
        return {};
    }
    if (full_at_.size() >= most_clients_) forget(now);
    full_at_.emplace(key, full_at);
    return {};
}

// Those with a full bucket, and where they are few the half whose buckets are fullest: the next time comes after as
// many new clients.
void ClientLimits::forget(MonotonicTime now) {
    std::erase_if(full_at_, [&](const auto& one) { return one.second <= now; });
    if (full_at_.size() <= most_clients_ / 2) return;
    std::vector<MonotonicTime> times;
    times.reserve(full_at_.size());
    for (const auto& [key, time] : full_at_) times.push_back(time);
    const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
    std::ranges::nth_element(times, middle);
    std::erase_if(full_at_, [&](const auto& one) { return one.second <= *middle; });
}

bool ClientConnections::counts(const ip::address& client) const {
    return most_ > 0 && (counts_loopback_ || !plain(client).is_loopback());
}

bool ClientConnections::enter(const ip::address& client) {
    if (!counts(client)) return true;
    std::size_t& count = connections_[ClientKey(client)];
    if (count >= most_) return false;  // it has some: no empty entry stays
    ++count;
    return true;
}

void ClientConnections::leave(const ip::address& client) {
    if (!counts(client)) return;
    const auto at = connections_.find(ClientKey(client));
    if (at != connections_.end() && --at->second == 0) connections_.erase(at);
}

}  // namespace dusk::rpc
