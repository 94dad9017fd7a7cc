#include "plonk/point_chain.hpp"

namespace dusk::plonk {

using crypto::Fq;
using crypto::JubJubAffine;
using crypto::JubJubExtended;

PointChain::Affine PointChain::to_affine() const {
    std::vector<Fq, WipingAllocator<Fq>> inverses;
    inverses.reserve(points_.size());
    for (const JubJubExtended& p : points_) inverses.push_back(p.z());
    Fq::invert_all(inverses);
    Affine out;
    out.reserve(points_.size());
    for (std::size_t i = 0; i < points_.size(); ++i) {
        out.push_back(
            JubJubAffine::from_coordinates_unchecked(points_[i].u() * inverses[i], points_[i].v() * inverses[i]));
    }
    return out;
}

}  // namespace dusk::plonk
