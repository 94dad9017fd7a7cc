#include "crypto/pairing.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/hex.hpp"
#include "crypto/blake3.hpp"

namespace dusk::crypto {
namespace {

Fq scalar(std::uint64_t seed) { return Fq::hash_to_scalar(ByteView(reinterpret_cast<std::uint8_t*>(&seed), 8)); }
G1Affine g1(const Fq& k) { return (G1Projective::generator() * k).to_affine(); }
G2Affine g2(const Fq& k) { return (G2Projective::generator() * k).to_affine(); }

// Pairs whose exponents a_i b_i add up to zero, but for `error`.
struct Pairs {
    std::vector<G1Affine> ps;
    std::vector<G2Affine> qs;

    Pairs(std::size_t count, std::uint64_t seed, const Fq& error) {
        Fq sum = -error;
        for (std::size_t i = 0; i + 1 < count; ++i) {
            const Fq a = scalar(seed + 2 * i);
            const Fq b = scalar(seed + 2 * i + 1);
            sum += a * b;
            ps.push_back(g1(a));
            qs.push_back(g2(b));
        }
        ps.push_back(g1(-sum));
        qs.push_back(G2Affine::generator());
    }
};

TEST(Pairing, ProductsCancelExactlyWhenTheExponentsDo) {
    for (const std::size_t count : {1, 2, 3, 5, 16, 17, 40}) {
        const Pairs cancel(count, 10 * count, Fq::zero());
        EXPECT_TRUE(pairing_product_is_one(cancel.ps, cancel.qs)) << count;
        const Pairs off(count, 10 * count, Fq::one());
        EXPECT_FALSE(pairing_product_is_one(off.ps, off.qs)) << count;
    }
}

TEST(Pairing, TheIdentityOnEitherSideContributesOne) {
    const G1Affine p = g1(scalar(1));
    const G2Affine q = g2(scalar(2));
    EXPECT_TRUE(pairing_product_is_one({}, {}));
    EXPECT_TRUE(MillerValue().is_one());
    EXPECT_TRUE(pairing_product_is_one(std::array{p}, std::array{G2Affine::identity()}));
    EXPECT_TRUE(pairing_product_is_one(std::array{G1Affine::identity()}, std::array{q}));
    EXPECT_FALSE(pairing_product_is_one(std::array{p}, std::array{q}));
    Pairs pairs(3, 5, Fq::zero());
    pairs.ps.insert(pairs.ps.begin() + 1, G1Affine::identity());
    pairs.qs.insert(pairs.qs.begin() + 1, q);
    pairs.ps.push_back(p);
    pairs.qs.push_back(G2Affine::identity());
    EXPECT_TRUE(pairing_product_is_one(pairs.ps, pairs.qs));
}

TEST(Pairing, TheShorterSideCounts) {
    const G1Affine p = g1(scalar(1));
    EXPECT_TRUE(pairing_product_is_one(std::array{p, p}, {}));
    const G2Affine q = g2(scalar(2));
    EXPECT_TRUE(pairing_product_is_one(std::array{p, -p, p}, std::array{q, q}));
}

RC_GTEST_PROP(Pairing, IsBilinear, ()) {
    const Fq a = scalar(*rc::gen::arbitrary<std::uint64_t>());
    const Fq b = scalar(*rc::gen::arbitrary<std::uint64_t>());
    const G1Affine p = g1(scalar(3));
    const G2Affine q = g2(scalar(4));
    const G1Affine ap = (G1Projective(p) * a).to_affine();
    const G2Affine bq = (G2Projective(q) * b).to_affine();
    const G1Affine abp = (G1Projective(p) * (a * b)).to_affine();
    RC_ASSERT(pairing_product_is_one(std::array{ap, -abp}, std::array{bq, q}));
}

RC_GTEST_PROP(Pairing, LoopsTogetherAreThoseOfThePartsMultiplied, ()) {
    const auto count = *rc::gen::inRange<std::size_t>(1, 6);
    const auto error = *rc::gen::inRange<std::uint64_t>(0, 2);
    const Pairs pairs(count, *rc::gen::arbitrary<std::uint64_t>(), Fq::from_u64(error));
    MillerValue product;
    for (std::size_t i = 0; i < count; ++i) {
        const G2Prepared q(pairs.qs[i]);
        const PairingTerm term{pairs.ps[i], &q};
        product *= miller_loop({&term, 1});
    }
    RC_ASSERT(product.is_one() == (error == 0));
    RC_ASSERT(pairing_product_is_one(pairs.ps, pairs.qs) == (error == 0));
}

// Digests of what the official crate writes for these points.
TEST(Pairing, PreparedPointsHaveTheOfficialRawForm) {
    const auto digest = [](const G2Affine& q) { return to_hex(blake3(G2Prepared(q).to_raw_bytes())); };
    const std::string generator = "6dba2dd2a30ba976d19170d998789ff8fa22e0998fd47ccde8bb051e0fdd3531";
    EXPECT_EQ(digest(G2Affine::generator()), generator);
    EXPECT_EQ(digest(G2Affine::identity()), generator);
    EXPECT_EQ(digest(g2(Fq::from_u64(123456789))), "e31116455d32ba285b470a27d1671fcbf142c715224b6d535d0768bda1b26dc5");
    EXPECT_EQ(G2Prepared::generator().to_raw_bytes().size(), G2Prepared::kRawSize);
}

}  // namespace
}  // namespace dusk::crypto
