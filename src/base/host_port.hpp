// The text of an address with a port: "127.0.0.1:8080", "[::1]:8080". Whether the host is an address is not looked at.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace dusk {

struct HostPort {
    std::string_view host;  // a part of the text, without brackets
    std::uint16_t port = 0;
};

// Nothing where there is no port from 0 to 65535, or a host with colons has no brackets.
[[nodiscard]] std::optional<HostPort> split_host_port(std::string_view text);

}  // namespace dusk
