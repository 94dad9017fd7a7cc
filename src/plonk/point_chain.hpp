// Sums of points one after the other, which get their affine forms together, with one inversion.
#pragma once

#include <vector>

#include "base/secret.hpp"
#include "crypto/jubjub.hpp"

namespace dusk::plonk {

class PointChain {
  public:
    explicit PointChain(std::size_t expected) { points_.reserve(expected); }

    // The rational formulas of the variable-base rows, for coordinates off the curve too: they ask nothing of them.
    // Where such a sum does not exist it is the identity; the rows then fail.
    template <class Niels>
    const crypto::JubJubExtended& add(const crypto::JubJubExtended& p, const Niels& q) {
        points_.push_back(p + q);
        if (points_.back().z().is_zero()) [[unlikely]]
            points_.back() = crypto::JubJubExtended();
        return points_.back();
    }

    using Affine = std::vector<crypto::JubJubAffine, WipingAllocator<crypto::JubJubAffine>>;
    [[nodiscard]] Affine to_affine() const;

  private:
    std::vector<crypto::JubJubExtended, WipingAllocator<crypto::JubJubExtended>> points_;
};

}  // namespace dusk::plonk
