// Straus' method for a few points: tables of odd multiples, one row of doublings for all.
#pragma once

#include <array>
#include <span>

#include "crypto/g1.hpp"
#include "crypto/g1_batch_portable.hpp"

namespace dusk::crypto {

// As msm_vartime; the spans have equal lengths. Best up to about 30 points; memory 1.5 KiB per point.
[[nodiscard]] G1Projective straus_msm_vartime(std::span<const G1Affine> points, std::span<const Fq> scalars);

// P, 3P, … 15P and x² times them: 1.5 KiB. For points that are used often it is made once.
class OddMultiples {
  public:
    static constexpr std::size_t kCount = 8;
    using Points = std::array<PortableG1::Point, kCount>;

    OddMultiples() = default;  // of the identity
    explicit OddMultiples(const G1Affine& point) { make({&point, 1}, {this, 1}); }
    // For several points with four inversions per 32 of them; the spans have equal lengths.
    static void make(std::span<const G1Affine> points, std::span<OddMultiples> out);

    [[nodiscard]] bool is_identity() const { return is_zero(low_[0].y); }
    [[nodiscard]] const Points& low() const { return low_; }
    [[nodiscard]] const Points& high() const { return high_; }

  private:
    Points low_{};
    Points high_{};
};

// Σ scalarᵢ · pointᵢ over the tables of the points, without allocation, with 110 kB of stack: at most kMaxStrausTables
// of them; the spans have equal lengths. About 12 us per point and 60 us.
inline constexpr std::size_t kMaxStrausTables = 32;
[[nodiscard]] G1Projective straus_msm_vartime(std::span<const OddMultiples* const> tables, std::span<const Fq> scalars);

}  // namespace dusk::crypto
