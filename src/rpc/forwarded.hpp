// Whom a request is from, where a proxy that the operator trusts hands it on (docs/operate/node.md).
#pragma once

#include <span>

#include "node/proxy_settings.hpp"

namespace dusk::rpc {

// `from`: whose connection it is. `lines`: the values of the header `proxies.header`, in the order in which they came.
// Read is only what a trusted proxy added: from the end on, up to the first address that is no trusted proxy's. What is
// no address ends it there: then the request counts as that of whoever handed it on. At most 16 addresses are read.
[[nodiscard]] boost::asio::ip::address client_of(const boost::asio::ip::address& from,
                                                 std::span<const std::string_view> lines,
                                                 const node::ProxySettings& proxies);

}  // namespace dusk::rpc
