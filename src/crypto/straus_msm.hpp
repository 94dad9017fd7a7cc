// Straus' method for a few points: tables of odd multiples, one row of doublings for all.
#pragma once

#include <array>
#include <span>

#include "crypto/g1.hpp"

namespace dusk::crypto {

// As msm_vartime; the spans have equal lengths. Best up to about 10 points; memory 3 KiB per point.
[[nodiscard]] G1Projective straus_msm_vartime(std::span<const G1Affine> points, std::span<const Fq> scalars);

// P, 3P, … 15P and x² times them: 1.5 KiB. For points that are used often it is made once.
class OddMultiples {
  public:
    static constexpr std::size_t kCount = 8;

    OddMultiples() = default;  // of the identity
    explicit OddMultiples(const G1Affine& point) { make({&point, 1}, {this, 1}); }
    // For several points with one inversion per sixteen of them; the spans have equal lengths.
    static void make(std::span<const G1Affine> points, std::span<OddMultiples> out);

    [[nodiscard]] bool is_identity() const { return low_[0].is_identity(); }
    [[nodiscard]] const std::array<G1Affine, kCount>& low() const { return low_; }
    [[nodiscard]] const std::array<G1Affine, kCount>& high() const { return high_; }

  private:
    std::array<G1Affine, kCount> low_;
    std::array<G1Affine, kCount> high_;
};

// Σ scalarᵢ · pointᵢ over the tables of the points, without allocation: at most kMaxStrausTables of them; the spans
// have equal lengths. About 20 us per point and 30 us.
inline constexpr std::size_t kMaxStrausTables = 32;
[[nodiscard]] G1Projective straus_msm_vartime(std::span<const OddMultiples* const> tables, std::span<const Fq> scalars);

}  // namespace dusk::crypto
