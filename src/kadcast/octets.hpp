// Arithmetic of octets as the RaptorQ code has it (RFC 6330 §5.7): the field of 256 elements, modulo
// x^8 + x^4 + x^3 + x^2 + 1. Addition is exclusive or.
#pragma once

#include "base/bytes.hpp"

namespace dusk::kadcast::octets {

[[nodiscard]] std::uint8_t multiply(std::uint8_t a, std::uint8_t b);
// Of one that is not 0.
[[nodiscard]] std::uint8_t inverse(std::uint8_t a);

// row += factor * other, element by element; both have the same size.
void add_multiple(MutableByteView row, ByteView other, std::uint8_t factor);
// row = factor * row.
void scale(MutableByteView row, std::uint8_t factor);

}  // namespace dusk::kadcast::octets
