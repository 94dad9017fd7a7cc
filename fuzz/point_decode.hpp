// What must hold of every decoder of G1 and G2.
#pragma once

#include "crypto/curve_point.hpp"
#include "require.hpp"

namespace dusk::fuzz {

// A point has one encoding in each form, and every form reads back.
template <class Affine>
void check_point(const Affine& point) {
    require(point.is_on_curve() && point.is_in_subgroup());
    require(Affine::from_compressed(point.to_compressed()) == point);
    require(Affine::from_uncompressed(point.to_uncompressed()) == point);
    require(Affine::from_archive(point.to_archive()) == point);
}

template <class Affine>
void check_decoders(ByteView bytes) {
    const auto on_curve = Affine::from_compressed_unchecked(bytes);
    const auto point = Affine::from_compressed(bytes);
    require(!point || on_curve);
    if (on_curve) {
        require(on_curve->is_on_curve());
        require(equal(on_curve->to_compressed(), bytes));
        require(on_curve->is_in_subgroup() == point.has_value());
    }
    if (point) check_point(*point);
    if (const auto uncompressed = Affine::from_uncompressed(bytes)) {
        require(equal(uncompressed->to_uncompressed(), bytes));
        check_point(*uncompressed);
    }
    // Padding, and the coordinates of an identity, are not looked at.
    const auto archived = Affine::from_archive(bytes);
    require(archived ||
            (archived.error() == crypto::DecodeError::bad_length) == (bytes.size() != Affine::kArchivedSize));
    if (archived) {
        check_point(*archived);
        const auto raw = archived->to_raw_bytes();
        const std::size_t same = archived->is_identity() ? 0 : raw.size();
        require(equal(ByteView(raw).first(same), bytes.first(same)));
    }
}

}  // namespace dusk::fuzz
