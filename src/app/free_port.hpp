// Ports of this machine that nobody uses.
#pragma once

#include <cstdint>
#include <optional>
#include <set>

namespace dusk::app {

enum class PortUse : std::uint8_t {
    http,   // TCP
    nodes,  // UDP
};

// The first port from `from` on that is free on 127.0.0.1 now and not in `taken`; nothing above 65535.
[[nodiscard]] std::optional<std::uint16_t> free_port(std::uint16_t from, PortUse use,
                                                     const std::set<std::uint16_t>& taken = {});

}  // namespace dusk::app
