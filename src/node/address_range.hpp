// Addresses that have their first bits in common, as operators write them: "192.0.2.1", "10.0.0.0/8", "2001:db8::/32".
#pragma once

#include <boost/asio/ip/address.hpp>
#include <optional>
#include <string_view>

#include "base/bytes.hpp"

namespace dusk::node {

// IPv4 as mapped into IPv6, so that a client of either kind of socket is the same one.
[[nodiscard]] ByteArray<16> address_bytes(const boost::asio::ip::address& address);

struct AddressRange {
    ByteArray<16> first{};  // as `address_bytes`
    unsigned bits = 128;    // of it, from the first on

    [[nodiscard]] bool contains(const boost::asio::ip::address& address) const;
};

// Nothing: it is none. A length of 0 is none: it would mean everybody.
[[nodiscard]] std::optional<AddressRange> parse_address_range(std::string_view text);

}  // namespace dusk::node
