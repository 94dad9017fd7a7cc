// An IP address with a port.
#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "base/bytes.hpp"

namespace dusk {

struct SocketAddress {
    std::variant<ByteArray<4>, ByteArray<16>> ip{};  // in network order
    std::uint16_t port = 0;

    // "192.168.1.2:9000", "[2001:db8::1]:9000" (RFC 5952).
    [[nodiscard]] std::string to_text() const;

    friend auto operator<=>(const SocketAddress&, const SocketAddress&) = default;
};

}  // namespace dusk
