// Batches of additions of affine points of G1, eight at a time with AVX-512 IFMA: see bucket_sums.hpp.
// Only where cpu_features().avx512_ifma says so.
#pragma once

#if defined(__x86_64__)

#include <blst.h>

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "crypto/bucket_sums.hpp"

namespace dusk::crypto {

struct IfmaG1 {
    // Coordinates in Montgomery form with radix 2^416, limbs of 52 bits, values in [0, 1.62 p) (fp8.hpp). The identity
    // has the highest bit of the last limb of x set, and all else zero.
    struct alignas(64) Point {
        std::array<std::uint64_t, 8> x;
        std::array<std::uint64_t, 8> y;
    };

    static Point identity();
    static void copy(const Point& from, bool negate, Point& to);
    static G1Projective to_projective(const Point& point);
    static void load(std::span<const G1Affine> points, Point* out);

    // Five multiplications, a squaring and its part of one inversion per addition; 1.5 KiB of buffers per eight.
    class Adder {
      public:
        void add(std::span<const Addition<Point>> additions);

      private:
        // What the second pass needs of the first one, for eight additions side by side.
        struct alignas(64) Step {
            std::array<std::array<std::uint64_t, 8>, 8> denominator;
            std::array<std::array<std::uint64_t, 8>, 8> product_before;  // of the denominators of the steps before
            std::array<std::array<std::uint64_t, 8>, 8> left_x;
            // Lanes that are no sum of two different points.
            std::uint8_t doublings;
            std::uint8_t left_only;
            std::uint8_t right_only;
            std::uint8_t cancelled;
        };
        std::vector<Step> steps_;
    };
};

}  // namespace dusk::crypto

#endif
