// How much a node takes from one source, and from all that it does not know together. Far above what honest nodes send.
#pragma once

#include <cstdint>
#include <unordered_map>

#include "base/clock.hpp"
#include "base/socket_address.hpp"

namespace dusk::kadcast {

struct SourceLimitSettings {
    std::uint64_t bytes_of_known = std::uint64_t{64} << 20;      // a second, for each node of the routing table
    std::uint64_t bytes_of_strangers = std::uint64_t{16} << 20;  // a second, for all others together
    std::uint64_t requests_of_source = 50;                       // pings and questions a second; 200 at once
    std::uint64_t newcomers = 100;                               // nodes that come into the table, a second
};

}  // namespace dusk::kadcast
