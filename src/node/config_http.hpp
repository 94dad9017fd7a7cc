// The table [http] of a configuration.
#pragma once

#include "node/config_section.hpp"

namespace dusk::node {

// The rest of it: headers, cors_origins, policy.
void read_http(Section& http, HttpSettings& out);
// trusted_proxies, proxy_header
void read_proxies(Section& http, ProxySettings& out);

}  // namespace dusk::node
