// What the network computes from points of G2 with any limbs: spec/crypto.md §18, docs/design/raw-bls-keys.md.
#pragma once

#include <span>
#include <variant>

#include "crypto/field.hpp"
#include "crypto/raw_point.hpp"

namespace dusk::crypto {

// A point of the subgroup with limbs below p, or limbs that are no such point: the arithmetic of the network loses
// carries of unreduced limbs, and what it then calls a product lies anywhere.
class ComputedG2 {
  public:
    ComputedG2() = default;  // the identity
    explicit ComputedG2(const G2Affine& point) : value_(point) {}

    // scalar·point, double-and-add with the limbs as they are, in affine form. `point` is not the identity. About 1 ms.
    [[nodiscard]] static ComputedG2 product(const RawG2& point, const Fq& scalar);
    // The sum in affine form: of points as everywhere, of anything else with the limbs as they are, points first. With
    // something else among the summands the network's own sum depends on how its threads group them.
    [[nodiscard]] static ComputedG2 sum(std::span<const ComputedG2> summands);

    // Null when the outcome is not a point of the subgroup with limbs below p.
    [[nodiscard]] const G2Affine* point() const { return std::get_if<G2Affine>(&value_); }
    [[nodiscard]] RawG2 raw() const;
    friend bool operator==(const ComputedG2&, const ComputedG2&) = default;

  private:
    static ComputedG2 from_raw(const RawG2& raw);

    std::variant<G2Affine, RawG2> value_;
};

}  // namespace dusk::crypto
