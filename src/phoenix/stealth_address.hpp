// A one-time address: who watches the chain cannot tell whose it is (spec/crypto.md §11.2).
#pragma once

#include "phoenix/point_rule.hpp"

namespace dusk::phoenix {

// The projective coordinates of a point that is computed here. They show in archives only (§5.4, §17, trap).
enum class Coordinates : std::uint8_t {
    affine,     // z = 1, as if the bytes had been decoded: what every note on the wire becomes
    reference,  // those that the reference computes, at about twice the cost. Genesis puts them into the state.
};

class StealthAddress {
  public:
    static constexpr std::size_t kSize = 64;
    static constexpr std::size_t kArchivedSize = 320;

    StealthAddress() = default;  // both points are the identity
    StealthAddress(const crypto::JubJubExtended& r, const crypto::JubJubExtended& note_pk) : r_(r), note_pk_(note_pk) {}

    // Exactly 64 bytes, R ‖ note_pk; the identity passes. Errors: bad_length, and those of the point decoder.
    [[nodiscard]] static Result<StealthAddress, crypto::DecodeError> from_bytes(ByteView bytes,
                                                                                PointRule rule = PointRule::strict);
    [[nodiscard]] ByteArray<kSize> to_bytes() const;
    // rkyv, 320 bytes: R, note_pk extended, with the coordinates that they have.
    [[nodiscard]] ByteArray<kArchivedSize> to_archive() const;
    // Errors: bad_length, not_canonical, not_on_curve.
    [[nodiscard]] static Result<StealthAddress, crypto::DecodeError> from_archive(ByteView archive);

    [[nodiscard]] const crypto::JubJubExtended& r() const { return r_; }              // R = r G
    [[nodiscard]] const crypto::JubJubExtended& note_pk() const { return note_pk_; }  // H(r A) G + B

    bool operator==(const StealthAddress&) const = default;  // of the points, whatever their coordinates

  private:
    crypto::JubJubExtended r_, note_pk_;
};

}  // namespace dusk::phoenix
