// Proxies in front of a node that tell from whom the requests are that they hand on: `http.trusted_proxies` and
// `http.proxy_header` of the configuration (docs/operate/node.md).
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "node/address_range.hpp"

namespace dusk::node {

// Without any that is trusted, a request is from whose connection it is.
struct ProxySettings {
    std::vector<AddressRange> trusted{};
    std::string header = "X-Forwarded-For";  // that they write; or "Forwarded" (RFC 7239)

    [[nodiscard]] bool trusts(const boost::asio::ip::address& address) const {
        return std::ranges::any_of(trusted, [&](const AddressRange& range) { return range.contains(address); });
    }
    [[nodiscard]] bool is_forwarded() const { return header == "Forwarded"; }
};

}  // namespace dusk::node
