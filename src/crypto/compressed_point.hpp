// The compressed form of a point, read as far as that takes no arithmetic: spec/crypto.md §3.
#pragma once

#include "crypto/g1.hpp"
#include "crypto/g2.hpp"

namespace dusk::crypto {

template <class Curve>
struct CompressedPoint {
    typename Curve::Coordinate x{};
    bool identity = false;
    bool largest = false;  // of the two roots

    // Errors: bad_length, bad_flags, not_canonical.
    [[nodiscard]] static Result<CompressedPoint, DecodeError> read(ByteView bytes);
};

}  // namespace dusk::crypto
