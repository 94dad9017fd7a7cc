#include "crypto/computed_g2.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "crypto/bls_key_cache.hpp"
#include "crypto/bls_signature.hpp"
#include "crypto/chacha_rng.hpp"

namespace dusk::crypto {
namespace {

RawG2 raw_form(const G2Affine& point) { return RawG2::from_archive(point.to_archive()).value(); }

// x.c0 and y.c0 with p added so often.
RawG2 with_multiples(const G2Affine& point, int of_x, int of_y) {
    auto numbers = raw_form(point).numbers();
    const auto raise = [](UnreducedFp& number, int times) {
        UnreducedFp::Limbs limbs = number.limbs();
        for (; times > 0; --times) {
            std::uint64_t carry = 0;
            for (std::size_t i = 0; i < 6; ++i) limbs[i] = detail::add_carry(limbs[i], FpParams::modulus[i], carry);
        }
        number = UnreducedFp(limbs);
    };
    raise(numbers[0], of_x);
    raise(numbers[2], of_y);
    return {numbers, 0};
}

G2Affine random_point(RandomSource& random) { return (G2Projective::generator() * Fq::random(random)).to_affine(); }

TEST(ComputedG2, OfReducedLimbsIsTheOrdinaryResult) {
    ChaChaRng random(std::uint64_t{1});
    for (int i = 0; i < 20; ++i) {
        const G2Affine point = random_point(random);
        const Fq scalar = i == 0 ? Fq::zero() : Fq::random(random);
        const ComputedG2 product = ComputedG2::product(raw_form(point), scalar);
        EXPECT_EQ(product, ComputedG2((G2Projective(point) * scalar).to_affine()));
        EXPECT_EQ(product.raw(), raw_form(*product.point()));
        const std::array summands{product, ComputedG2(point), ComputedG2()};
        EXPECT_EQ(ComputedG2::sum(summands), ComputedG2((G2Projective(point) * (scalar + Fq::one())).to_affine()));
    }
    EXPECT_EQ(ComputedG2::sum({}), ComputedG2());
    EXPECT_EQ(ComputedG2().raw(), raw_form(G2Affine::identity()));
}

// Valid keys with both coordinates near W/2: x + y loses a carry in the first addition of many of them.
TEST(ComputedG2, LostCarriesLeaveTheCurve) {
    ChaChaRng random(std::uint64_t{2});
    int lost = 0;
    int kept = 0;
    for (int i = 0; i < 400 && (lost < 3 || kept < 3); ++i) {
        const BlsSecretKey secret = BlsSecretKey::random(random);
        const BlsPublicKey plain = secret.public_key();
        const auto key = BlsPublicKey::from_raw(with_multiples(plain.point(), 4, 4));
        if (!key) continue;
        EXPECT_EQ(*key, plain);
        ASSERT_NE(key->unreduced(), nullptr);
        const auto message = as_bytes("message");
        const BlsMultisigSignature signature = secret.sign_multisig(plain, message);
        const auto expected = BlsMultisigPublicKey::aggregate({&plain, 1}).value();
        const auto aggregate = BlsMultisigPublicKey::aggregate({&*key, 1}).value();
        EXPECT_TRUE(expected.verify(signature, message));
        if (aggregate == expected) {
            EXPECT_TRUE(aggregate.verify(signature, message));
            ++kept;
        } else {
            EXPECT_EQ(aggregate.verify(signature, message).error(), BlsError::invalid_point);
            ++lost;
        }
        // In either order the cache knows the two forms of the key apart, and one bad summand spoils the sum.
        const std::array both{plain, *key};
        const auto sum = BlsMultisigPublicKey::aggregate(both).value();
        for (const bool plain_first : {true, false}) {
            BlsKeyCache cache(5);
            const std::array order{plain_first ? plain : *key, plain_first ? *key : plain};
            for (int round = 0; round < 2; ++round) {
                EXPECT_EQ(cache.aggregate({&order[0], 1}), plain_first ? expected : aggregate);
                EXPECT_EQ(cache.aggregate({&order[1], 1}), plain_first ? aggregate : expected);
                EXPECT_EQ(cache.aggregate(order), sum);
                EXPECT_EQ(cache.size(), 2);
            }
        }
        if (aggregate != expected) {
            EXPECT_EQ(sum.verify(signature, message).error(), BlsError::invalid_point);
        }
    }
    EXPECT_GE(lost, 3);
    EXPECT_GE(kept, 3);
}

}  // namespace
}  // namespace dusk::crypto
