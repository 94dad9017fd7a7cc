// What a server counts of its connections.
#pragma once

#include <cstddef>
#include <cstdint>

namespace dusk::rpc {

struct ConnectionCounts {
    std::size_t open = 0;                  // without WebSockets
    std::uint64_t too_many = 0;            // refused, for there were as many as may be
    std::uint64_t too_many_of_client = 0;  // refused, for the client had as many as one may have
};

}  // namespace dusk::rpc
