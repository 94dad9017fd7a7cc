// How well the sender of a message is known: what of many is handled first.
#pragma once

#include <cstdint>

namespace dusk::node {

enum class Standing : std::uint8_t {
    peer,      // a node of the routing table that answered what it was asked: it is where it says
    stranger,  // anybody else
};

}  // namespace dusk::node
