// Batches of additions of affine points of G1 with blst's field arithmetic: see bucket_sums.hpp.
#pragma once

#include <blst.h>

#include <span>
#include <vector>

#include "crypto/bucket_sums.hpp"

namespace dusk::crypto {

struct PortableG1 {
    using Point = blst_p1_affine;

    static Point identity() { return {}; }
    static void copy(const Point& from, bool negate, Point& to);
    static G1Projective to_projective(const Point& point);
    static void load(std::span<const G1Affine> points, Point* out);

    // Five multiplications, a squaring and its part of one inversion per addition.
    class Adder {
      public:
        void add(std::span<const Addition<Point>> additions);

      private:
        enum class Kind : std::uint8_t { sum, doubling, left, right, identity };
        struct Step {
            blst_fp denominator;
            blst_fp product_before;  // of the denominators of the steps before this one
            Kind kind;
        };
        static Kind classify(const Addition<Point>& addition, blst_fp& denominator);
        static void finish(const Addition<Point>& addition, Kind kind, const blst_fp& inverse);

        std::vector<Step> steps_;
    };
};

}  // namespace dusk::crypto
