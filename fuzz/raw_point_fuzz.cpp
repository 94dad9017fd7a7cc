// Points as contracts hand them over: nothing crashes, the fast test and the exact one agree wherever the fast one
// decides, and what is valid is the point that the reduced limbs stand for. The first byte picks the group.
#include "crypto/raw_point.hpp"
#include "point_decode.hpp"

namespace {

using namespace dusk;
using namespace dusk::crypto;
using fuzz::require;

template <class Curve>
void check(ByteView bytes) {
    using Raw = RawPoint<Curve>;
    const Raw slice = Raw::from_slice_unchecked(bytes);
    const auto archive = Raw::from_archive(bytes);
    require(archive.has_value() == (bytes.size() == AffinePoint<Curve>::kArchivedSize));
    for (const Raw& raw : {slice, archive.value_or(slice)}) {
        const auto compressed = raw.to_compressed();
        const auto point = raw.validated();
        require(point.has_value() == raw.is_valid());
        require(raw.is_valid() == is_valid_by_exact_arithmetic(raw));
        require((compressed[0] & 0x80) != 0);
        if (point) {
            require(!point->is_identity());
            require(point->to_compressed() == compressed);
            fuzz::check_point(*point);
        }
        if (const auto unchecked = raw.to_affine_unchecked(); unchecked && raw.infinity() == 0) {
            require(!point || *unchecked == *point);
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const ByteView bytes(data + 1, size - 1);
    if ((data[0] & 1) == 0) {
        check<G1Curve>(bytes);
    } else {
        check<G2Curve>(bytes);
    }
    return 0;
}
