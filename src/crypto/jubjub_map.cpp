#include "crypto/jubjub_map.hpp"

#include "crypto/blake2b.hpp"

namespace dusk::crypto {

JubJubAffine hash_to_point(ByteView message) {
    Blake2b256 prefix;
    prefix.update(message);
    for (std::uint64_t counter = 0;; ++counter) {
        ByteArray<8> suffix;
        store_le(suffix.data(), counter);
        Blake2b256 hash = prefix;
        hash.update(suffix);
        const auto point = JubJubAffine::from_bytes_strict(hash.finish());
        if (point && !point->is_identity()) return *point;
    }
}

JubJubAffine map_to_point(std::uint64_t value) {
    constexpr Fq kStep = Fq::from_raw({0, 1, 0, 0});
    for (Fq v = Fq::from_u64(value);; v += kStep) {
        const auto point = JubJubAffine::from_bytes_strict(v.to_bytes());
        if (point && !point->is_identity()) return *point;
    }
}

std::uint64_t unmap_from_point(const JubJubAffine& point) { return load_le<std::uint64_t>(point.to_bytes().data()); }

}  // namespace dusk::crypto
