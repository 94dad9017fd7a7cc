#include "crypto/field.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/cpu.hpp"
#include "crypto/unreduced.hpp"

namespace dusk::crypto {
namespace {

// Uniform elements, with the ends of the range of canonical and of Montgomery integers mixed in.
template <class F>
F any() {
    const Limbs4 limbs = *rc::gen::container<Limbs4>(rc::gen::arbitrary<std::uint64_t>());
    switch (*rc::gen::inRange(0, 16)) {
        case 0:
            return F::zero();
        case 1:
            return -F::one();
        case 2:
            return F::from_montgomery({1, 0, 0, 0});
        case 3:
            return -F::from_montgomery({1, 0, 0, 0});
        case 4:
            return F::from_u64(limbs[0]);
        default:
            return F::from_raw(limbs);
    }
}

// Runs a property with every set of instructions that the CPU has.
template <class Property>
void on_every_path(const Property& property) {
    const CpuFeatures all = cpu_features();
    property();
    set_cpu_features({});
    try {
        property();
    } catch (...) {
        set_cpu_features(all);
        throw;
    }
    set_cpu_features(all);
}

template <class F>
void ring_laws() {
    const F a = any<F>();
    const F b = any<F>();
    const F c = any<F>();
    on_every_path([&] {
        RC_ASSERT(a + b == b + a);
        RC_ASSERT((a + b) + c == a + (b + c));
        RC_ASSERT(a - b == a + (-b));
        RC_ASSERT(a - a == F::zero());
        RC_ASSERT(a * b == b * a);
        RC_ASSERT((a * b) * c == a * (b * c));
        RC_ASSERT(a * (b + c) == a * b + a * c);
        RC_ASSERT(a * F::one() == a);
        RC_ASSERT(a.square() == a * a);
        RC_ASSERT(a.doubled() == a + a);
    });
}
RC_GTEST_PROP(Field, FqIsARing, ()) { ring_laws<Fq>(); }
RC_GTEST_PROP(Field, FrIsARing, ()) { ring_laws<Fr>(); }

// Another implementation: product first, then the reduction, without the shortcuts for the modulus.
template <class F>
void multiplies_like_unreduced() {
    const F a = any<F>();
    const F b = any<F>();
    on_every_path([&] { RC_ASSERT((a * b).montgomery() == (unreduced(a) * unreduced(b)).limbs()); });
}
RC_GTEST_PROP(Field, FqMultipliesLikeTheSlowPath, ()) { multiplies_like_unreduced<Fq>(); }
RC_GTEST_PROP(Field, FrMultipliesLikeTheSlowPath, ()) { multiplies_like_unreduced<Fr>(); }

template <class F, std::size_t N>
void dot_is_a_sum_of_products() {
    std::array<F, N> a;
    std::array<F, N> b;
    F expected;
    for (std::size_t i = 0; i < N; ++i) {
        a[i] = any<F>();
        b[i] = any<F>();
        expected += a[i] * b[i];
    }
    on_every_path([&] { RC_ASSERT((F::dot(std::span<const F, N>(a), std::span<const F, N>(b))) == expected); });
}
RC_GTEST_PROP(Field, DotIsASumOfProducts, ()) {
    dot_is_a_sum_of_products<Fq, 1>();
    dot_is_a_sum_of_products<Fq, 2>();
    dot_is_a_sum_of_products<Fq, 3>();
    dot_is_a_sum_of_products<Fq, 5>();
    dot_is_a_sum_of_products<Fq, 6>();
    dot_is_a_sum_of_products<Fr, 6>();
}
TEST(Field, DotOfTheLargestOperands) {
    const Fq top = -Fq::from_montgomery({1, 0, 0, 0});
    const std::array<Fq, 6> a{top, top, top, top, top, top};
    on_every_path(
        [&] { EXPECT_EQ(Fq::dot(std::span<const Fq, 6>(a), std::span<const Fq, 6>(a)), top * top * Fq::from_u64(6)); });
}

template <class F>
void encodings_round_trip() {
    const F a = any<F>();
    RC_ASSERT(F::from_bytes(a.to_bytes()).value() == a);
    RC_ASSERT(F::from_archive(a.to_archive()).value() == a);
    RC_ASSERT(F::from_raw(a.to_integer()) == a);
    ByteArray<32> be = a.to_be_bytes();
    std::ranges::reverse(be);
    RC_ASSERT(be == a.to_bytes());
}
RC_GTEST_PROP(Field, FqEncodingsRoundTrip, ()) { encodings_round_trip<Fq>(); }
RC_GTEST_PROP(Field, FrEncodingsRoundTrip, ()) { encodings_round_trip<Fr>(); }

template <class F>
void inverts() {
    const F a = any<F>();
    on_every_path([&] {
        const auto inverse = a.invert();
        RC_ASSERT(inverse.has_value() == !a.is_zero());
        RC_ASSERT(a.invert_vartime() == inverse);
        if (inverse) RC_ASSERT(a * *inverse == F::one());
    });
}
RC_GTEST_PROP(Field, FqInverts, ()) { inverts<Fq>(); }
RC_GTEST_PROP(Field, FrInverts, ()) { inverts<Fr>(); }

TEST(Field, InvertsSmallAndLargeIntegers) {
    for (std::uint64_t i = 1; i < 2000; ++i) {
        for (const Fq& x : {Fq::from_u64(i), -Fq::from_u64(i), Fq::pow_of_2(i), Fq::from_montgomery({i, 0, 0, 0})}) {
            ASSERT_EQ(x * x.invert().value(), Fq::one());
            ASSERT_EQ(x * x.invert_vartime().value(), Fq::one());
        }
    }
}

template <class F>
void inverts_all() {
    std::vector<F> elements;
    for (std::size_t n = *rc::gen::inRange<std::size_t>(0, 20); n > 0; --n) elements.push_back(any<F>());
    std::vector<F> inverses = elements;
    F::invert_all(inverses);
    for (std::size_t i = 0; i < elements.size(); ++i) {
        RC_ASSERT(inverses[i] == elements[i].invert().value_or(F::zero()));
    }
}
RC_GTEST_PROP(Field, FqInvertsAll, ()) { inverts_all<Fq>(); }
RC_GTEST_PROP(Field, FrInvertsAll, ()) { inverts_all<Fr>(); }

template <class F>
void takes_roots() {
    const F a = any<F>();
    const auto root = a.square().sqrt();
    RC_ASSERT(root == a || root == -a);
    // Euler's criterion.
    Limbs4 half = F::kModulus;
    half[0] -= 1;
    for (std::size_t i = 0; i < 4; ++i) half[i] = (half[i] >> 1) | (i < 3 ? half[i + 1] << 63 : 0);
    const bool is_square = a.is_zero() || a.pow_vartime(half) == F::one();
    RC_ASSERT(a.sqrt().has_value() == is_square);
    if (is_square) RC_ASSERT(a.sqrt()->square() == a);
}
RC_GTEST_PROP(Field, FqTakesRoots, ()) { takes_roots<Fq>(); }
RC_GTEST_PROP(Field, FrTakesRoots, ()) { takes_roots<Fr>(); }

RC_GTEST_PROP(Field, TakesRootsOfRatios, ()) {
    const Fq u = any<Fq>();
    const Fq v = any<Fq>();
    const auto root = sqrt_ratio(u, v);
    if (v.is_zero()) {
        RC_ASSERT(!root);
        return;
    }
    RC_ASSERT(root.has_value() == (u * v).sqrt().has_value());
    if (root) RC_ASSERT(root->square() * v == u);
}

TEST(Field, TakesRootsOfAllRootsOfUnity) {
    for (unsigned log2_order = 0; log2_order <= kTwoAdicityOfFq; ++log2_order) {
        const Fq x = root_of_unity(log2_order);
        Fq power = x;
        for (unsigned i = 0; i < log2_order; ++i) power = power.square();
        EXPECT_EQ(power, Fq::one());
        EXPECT_EQ(x.sqrt().has_value(), log2_order < kTwoAdicityOfFq);
        if (log2_order < kTwoAdicityOfFq) {
            EXPECT_EQ(x.sqrt()->square(), x);
        }
    }
    EXPECT_EQ(root_of_unity(0), Fq::one());
    EXPECT_EQ(root_of_unity(1), -Fq::one());
}

RC_GTEST_PROP(Field, PowersMultiply, ()) {
    const Fq a = any<Fq>();
    const auto m = *rc::gen::inRange<std::uint64_t>(0, 300);
    const auto n = *rc::gen::arbitrary<std::uint64_t>();
    const auto pow = [&](std::uint64_t e) { return a.pow_vartime({&e, 1}); };
    Fq expected = Fq::one();
    for (std::uint64_t i = 0; i < m; ++i) expected *= a;
    RC_ASSERT(pow(m) == expected);
    RC_ASSERT(pow(n >> 1) * pow(n - (n >> 1)) == pow(n));
    RC_ASSERT(Fq::pow_of_2(n >> 1) * Fq::pow_of_2(n - (n >> 1)) == Fq::pow_of_2(n));
    RC_ASSERT(a.pow_vartime(Fq::kModulus) == a);
}

RC_GTEST_PROP(Field, BitOperationsActOnIntegers, ()) {
    const Fq a = any<Fq>();
    const Fq b = any<Fq>();
    RC_ASSERT((a & a) == a);
    RC_ASSERT((a ^ a) == Fq::zero());
    RC_ASSERT((a & Fq::zero()) == Fq::zero());
    // x + y = (x xor y) + 2 (x and y), as integers and hence in the field.
    RC_ASSERT((a ^ b) + (a & b).doubled() == a + b);
}

TEST(Field, DecodesBelowTheModulusOnly) {
    ByteArray<32> bytes;
    for (std::size_t i = 0; i < 4; ++i) store_le(bytes.data() + 8 * i, Fq::kModulus[i]);
    EXPECT_EQ(Fq::from_bytes(bytes), fail(DecodeError::not_canonical));
    bytes[0] -= 1;
    EXPECT_EQ(Fq::from_bytes(bytes), -Fq::one());
    EXPECT_EQ(Fq::from_bytes(std::span(bytes).first(31)), fail(DecodeError::bad_length));
    EXPECT_EQ(Fq::from_bytes(Bytes(33)), fail(DecodeError::bad_length));
    bytes.fill(0xff);
    EXPECT_EQ(Fr::from_bytes(bytes), fail(DecodeError::not_canonical));
}

// The archive of 1 are the limbs of 2^256; those of the modulus are not reduced, one less are.
TEST(Field, ArchivesHoldReducedMontgomeryLimbs) {
    ByteArray<32> two_to_256{};
    for (std::size_t i = 0; i < 4; ++i) store_le(two_to_256.data() + 8 * i, Fq::pow_of_2(256).to_integer()[i]);
    EXPECT_EQ(Fq::one().to_archive(), two_to_256);
    EXPECT_EQ(Fr::zero().to_archive(), ByteArray<32>{});
    ByteArray<32> limbs;
    for (std::size_t i = 0; i < 4; ++i) store_le(limbs.data() + 8 * i, Fr::kModulus[i]);
    EXPECT_EQ(Fr::from_archive(limbs), fail(DecodeError::not_canonical));
    --limbs[0];
    EXPECT_EQ(Fr::from_archive(limbs)->to_archive(), limbs);
    EXPECT_EQ(Fr::from_archive(Bytes(32, 0xff)), fail(DecodeError::not_canonical));
    EXPECT_EQ(Fr::from_archive(Bytes(31)), fail(DecodeError::bad_length));
    EXPECT_EQ(Fr::from_archive(Bytes(33)), fail(DecodeError::bad_length));
}

TEST(Field, OrderIsOfMontgomeryLimbs) {
    // The Montgomery form of 1 is large, that of 2^-256 is 1.
    const Fq small = Fq::from_montgomery({1, 0, 0, 0});
    EXPECT_EQ(montgomery_order(small, Fq::one()), std::strong_ordering::less);
    EXPECT_EQ(montgomery_order(Fq::one(), small), std::strong_ordering::greater);
    EXPECT_EQ(montgomery_order(small, small), std::strong_ordering::equal);
}

TEST(Field, ArithmeticIsConstexpr) {
    static_assert(Fq::from_u64(3) * Fq::from_u64(5) == Fq::from_u64(15));
    static_assert(Fr::from_u64(3) - Fr::from_u64(5) == -Fr::from_u64(2));
}

}  // namespace
}  // namespace dusk::crypto
