#include "vm/queries/kzg_opening.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "vm/queries/sample_arguments.hpp"

namespace dusk::vm {
namespace {

using crypto::Fq;
using crypto::G1Affine;
using crypto::G1Projective;

bool verify(const KzgStatement& s) { return verify_kzg_opening(s.commitment, s.z, s.y, s.proof); }

// Openings of polynomials that are not constant come from the official crate: tests/vectors/vm/query_proofs.
RC_GTEST_PROP(KzgOpening, AcceptsConstantsOnly, (std::uint64_t seed)) {
    const KzgStatement valid = sample_kzg(seed);
    RC_ASSERT(verify(valid));
    KzgStatement other = valid;
    other.y[31] ^= 1;
    RC_ASSERT(!verify(other));
    other = valid;
    other.proof = G1Affine::generator().to_compressed();
    RC_ASSERT(!verify(other));
    other = valid;
    other.z[31] ^= 1;  // a constant has its value everywhere
    RC_ASSERT(verify(other));
}

TEST(KzgOpening, RefusesNumbersAtOrAboveTheOrder) {
    KzgStatement zero{.commitment = G1Affine::identity().to_compressed(),
                      .z = {},
                      .y = {},
                      .proof = G1Affine::identity().to_compressed()};
    EXPECT_TRUE(verify(zero));
    ByteArray<32> order = (-Fq::one()).to_be_bytes();
    zero.z = order;
    EXPECT_TRUE(verify(zero));
    order[31] += 1;
    zero.z = order;
    EXPECT_FALSE(verify(zero));
    zero.z = {};
    zero.y = order;  // congruent to the right value
    EXPECT_FALSE(verify(zero));
}

TEST(KzgOpening, RefusesWhatIsNoPointOfTheSubgroup) {
    const KzgStatement valid = sample_kzg(1);
    ByteArray<48> outside{};
    for (std::uint8_t x = 1;; ++x) {
        outside = {0x80};
        outside[47] = x;
        const auto point = G1Affine::from_compressed_unchecked(outside);
        if (point && !point->is_in_subgroup()) break;
    }
    for (const ByteArray<48>& bad : {outside, ByteArray<48>{}, ByteArray<48>{0xe0}, ByteArray<48>{0x40}}) {
        KzgStatement other = valid;
        other.commitment = bad;
        EXPECT_FALSE(verify(other));
        other = valid;
        other.proof = bad;
        EXPECT_FALSE(verify(other));
    }
}

}  // namespace
}  // namespace dusk::vm
