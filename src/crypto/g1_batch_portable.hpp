// Batches of additions of affine points of G1 with blst's field arithmetic: see bucket_sums.hpp.
#pragma once

#include <span>
#include <vector>

#include "crypto/bucket_sums.hpp"
#include "crypto/fp.hpp"

namespace dusk::crypto {

struct PortableG1 {
    // Coordinates below p; zeros are the identity. In two cache lines wherever it lies.
    struct alignas(32) Point {
        Fp x;
        Fp y;
    };

    static Point identity() { return {}; }
    static void copy(const Point& from, bool negate, Point& to);
    static G1Projective to_projective(const Point& point);
    static void load(std::span<const G1Affine> points, Point* out);

    enum class Kind : std::uint8_t { sum, doubling, left, right, identity };
    // What the second pass over a batch needs of the first one.
    struct Step {
        Fp denominator;
        Fp product_before;  // of the denominators of the steps before this one
        Kind kind;
    };
    // Five multiplications, a squaring and its part of one inversion per addition. At least as many steps as additions.
    static void add(std::span<const Addition<Point>> additions, std::span<Step> steps);

    // The same with steps of its own.
    class Adder {
      public:
        void add(std::span<const Addition<Point>> additions);

      private:
        std::vector<Step> steps_;
    };
};

}  // namespace dusk::crypto
