// How an object becomes datagrams, and what a node needs of them, for networks in which they are counted only.
#pragma once

#include "kadcast/object_encoder.hpp"

namespace dusk::sim {

struct Coding {
    std::size_t source = 0;          // datagrams that hold the object
    std::size_t repair = 0;          // and further ones that stand for any
    std::size_t datagram_bytes = 0;  // each, the mean

    [[nodiscard]] std::size_t datagrams() const { return source + repair; }

    // As Kadcast sends it (spec/network.md §4).
    [[nodiscard]] static Coding kadcast(std::size_t object_bytes, const dusk::kadcast::FecSettings& settings);
    // Cut into pieces that fit datagrams, under the same headers; all of them are needed.
    [[nodiscard]] static Coding plain(std::size_t object_bytes, const dusk::kadcast::FecSettings& settings);
};

}  // namespace dusk::sim
