// Objects, their chunks and their senders, for tests.
#pragma once

#include <random>

#include "base/socket_address.hpp"
#include "kadcast/object_encoder.hpp"

namespace dusk::kadcast {

inline Bytes sample_object(std::size_t size, std::uint32_t seed = 1) {
    std::mt19937 random(seed);
    Bytes out(size);
    for (auto& byte : out) byte = static_cast<std::uint8_t>(random());
    return out;
}

inline std::vector<Bytes> sample_frames(ByteView object, const FecSettings& settings = {}) {
    const EncodedObject encoded = encode_object(object, settings).value();
    std::vector<Bytes> out;
    for (std::size_t i = 0; i < encoded.chunks(); ++i) out.push_back(to_vector(encoded.frame(i)));
    return out;
}

inline SocketAddress sample_source(std::uint16_t number) { return {ByteArray<4>{10, 1, 2, 3}, number}; }

// Where things stand in a frame.
inline constexpr std::size_t kInfoAt = 32;
inline constexpr std::size_t kBlockAt = 44;
inline constexpr std::size_t kSymbolAt = 48;

}  // namespace dusk::kadcast
