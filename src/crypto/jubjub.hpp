// The JubJub curve -u^2 + v^2 = 1 + d u^2 v^2 over Fq: points, encodings and archives. spec/crypto.md §5, §17.
//
// Cofactor 8, prime order r (the modulus of Fr). The rational torsion is cyclic of order 8.
//
// Invariants: a point satisfies the curve equation; an extended point has z != 0 and t1 t2 = u v / z. Points may
// lie outside the prime-order subgroup where their source does not exclude it (`from_bytes_lax`,
// `from_archive`). Points that contracts hand over unchecked are not of these types: crypto/schnorr_raw.hpp.
//
// EXACT: the archive of an extended point shows its projective coordinates, so equal points may have different
// archives, and some of them reach the state root. All operators here, `doubled` and `times_cofactor` follow the
// formulas of §5.4 bit for bit. Scalar multiplication is in crypto/jubjub_multiply.hpp (fast, coordinates
// unspecified) and crypto/jubjub_exact.hpp (coordinates as the network has them).
#pragma once

#include <array>
#include <span>
#include <vector>

#include "base/bytes.hpp"
#include "crypto/error.hpp"
#include "crypto/field.hpp"

namespace dusk::crypto {

class JubJubExtended;

// The constant d of the curve equation.
inline constexpr Fq kJubJubD =
    Fq::from_raw({0x01065fd6d6343eb1, 0x292d7f6d37579d26, 0xf5fd9207e6bd7fd4, 0x2a9318e74bfa2b48});

class JubJubAffine {
  public:
    static constexpr std::size_t kSize = 32;          // encoded
    static constexpr std::size_t kArchivedSize = 64;  // u, v as Montgomery limbs

    constexpr JubJubAffine() : v_(Fq::one()) {}  // the identity (0, 1)
    [[nodiscard]] static constexpr JubJubAffine identity() { return {}; }
    // The caller knows that (u, v) is on the curve.
    [[nodiscard]] static constexpr JubJubAffine from_coordinates_unchecked(const Fq& u, const Fq& v) {
        JubJubAffine out;
        out.u_ = u;
        out.v_ = v;
        return out;
    }

    // 32 bytes: v little-endian, its top bit replaced by the lowest bit of u. Two rules exist, and every type
    // of the protocol says which of them it uses (spec/crypto.md §5.3):
    // strict also requires r P = identity; the identity itself passes.
    // Errors: bad_length, not_canonical (v >= q, or the sign bit is set where u = 0), not_on_curve,
    // not_in_subgroup.
    [[nodiscard]] static Result<JubJubAffine, DecodeError> from_bytes_strict(ByteView bytes);
    // Any point of the curve. Errors: bad_length, not_canonical, not_on_curve.
    [[nodiscard]] static Result<JubJubAffine, DecodeError> from_bytes_lax(ByteView bytes);
    [[nodiscard]] ByteArray<kSize> to_bytes() const;

    // rkyv archive, 64 bytes (§17). Errors: bad_length, not_canonical (limbs not reduced), not_on_curve.
    [[nodiscard]] static Result<JubJubAffine, DecodeError> from_archive(ByteView archive);
    [[nodiscard]] ByteArray<kArchivedSize> to_archive() const;

    [[nodiscard]] constexpr const Fq& u() const { return u_; }
    [[nodiscard]] constexpr const Fq& v() const { return v_; }
    // What is absorbed when a point is hashed: u, v (§5.5).
    [[nodiscard]] constexpr std::array<Fq, 2> hash_inputs() const { return {u_, v_}; }

    [[nodiscard]] constexpr bool is_identity() const { return u_.is_zero() && v_ == Fq::one(); }
    [[nodiscard]] constexpr bool is_on_curve() const {
        const Fq u2 = u_.square();
        const Fq v2 = v_.square();
        return v2 - u2 - kJubJubD * u2 * v2 == Fq::one();
    }
    // r P is the identity. About one exponentiation (docs/design/jubjub-subgroup.md). Variable time.
    [[nodiscard]] bool is_torsion_free() const;
    // Torsion free and not the identity.
    [[nodiscard]] bool is_prime_order() const { return !is_identity() && is_torsion_free(); }

    constexpr JubJubAffine operator-() const { return from_coordinates_unchecked(-u_, v_); }
    friend constexpr bool operator==(const JubJubAffine&, const JubJubAffine&) = default;

  private:
    Fq u_, v_;
};

// The form in which a point is added: (v + u, v - u, z, 2 d t1 t2).
struct JubJubNiels {
    Fq v_plus_u = Fq::one();
    Fq v_minus_u = Fq::one();
    Fq z = Fq::one();
    Fq t2d;
    constexpr JubJubNiels operator-() const { return {v_minus_u, v_plus_u, z, -t2d}; }
};

// The same of an affine point (z = 1).
struct JubJubAffineNiels {
    Fq v_plus_u = Fq::one();
    Fq v_minus_u = Fq::one();
    Fq t2d;
    constexpr JubJubAffineNiels operator-() const { return {v_minus_u, v_plus_u, -t2d}; }
};

inline constexpr Fq kJubJub2D = kJubJubD + kJubJubD;

[[nodiscard]] constexpr JubJubAffineNiels to_niels(const JubJubAffine& p) {
    return {p.v() + p.u(), p.v() - p.u(), kJubJub2D * p.u() * p.v()};
}

class JubJubExtended {
  public:
    static constexpr std::size_t kArchivedSize = 160;  // u, v, z, t1, t2 as Montgomery limbs

    constexpr JubJubExtended() : v_(Fq::one()), z_(Fq::one()) {}  // the identity (0, 1, 1, 0, 0)
    [[nodiscard]] static constexpr JubJubExtended identity() { return {}; }
    // (u, v, 1, u, v). Of the affine identity this is (0, 1, 1, 0, 1): another archive than that of `identity()`.
    constexpr JubJubExtended(const JubJubAffine& p) : u_(p.u()), v_(p.v()), z_(Fq::one()), t1_(p.u()), t2_(p.v()) {}
    // The caller knows that the coordinates satisfy the invariants.
    [[nodiscard]] static constexpr JubJubExtended from_coordinates_unchecked(const Fq& u, const Fq& v, const Fq& z,
                                                                             const Fq& t1, const Fq& t2) {
        JubJubExtended out;
        out.u_ = u;
        out.v_ = v;
        out.z_ = z;
        out.t1_ = t1;
        out.t2_ = t2;
        return out;
    }

    // rkyv archive, 160 bytes (§17). Errors: bad_length, not_canonical (limbs not reduced), not_on_curve (the
    // invariants do not hold).
    [[nodiscard]] static Result<JubJubExtended, DecodeError> from_archive(ByteView archive);
    [[nodiscard]] ByteArray<kArchivedSize> to_archive() const;
    // The encoding of the affine point.
    [[nodiscard]] ByteArray<JubJubAffine::kSize> to_bytes() const { return to_affine().to_bytes(); }

    [[nodiscard]] constexpr const Fq& u() const { return u_; }
    [[nodiscard]] constexpr const Fq& v() const { return v_; }
    [[nodiscard]] constexpr const Fq& z() const { return z_; }
    [[nodiscard]] constexpr const Fq& t1() const { return t1_; }
    [[nodiscard]] constexpr const Fq& t2() const { return t2_; }

    // One inversion. Constant time.
    [[nodiscard]] JubJubAffine to_affine() const;
    [[nodiscard]] std::array<Fq, 2> hash_inputs() const { return to_affine().hash_inputs(); }

    [[nodiscard]] constexpr bool is_identity() const { return u_.is_zero() && v_ == z_; }
    // Whether the invariants hold, for coordinates from outside; false where z = 0.
    [[nodiscard]] bool is_on_curve() const;
    // r P is the identity. Variable time.
    [[nodiscard]] bool is_torsion_free() const { return to_affine().is_torsion_free(); }
    [[nodiscard]] bool is_prime_order() const { return !is_identity() && is_torsion_free(); }

    // Exact (§5.4).
    [[nodiscard]] constexpr JubJubExtended doubled() const {
        const Fq uu = u_.square();
        const Fq vv = v_.square();
        const Fq difference = vv - uu;
        // (u + v)^2 - u^2 - v^2 of the specification is 2 u v.
        return complete((u_ * v_).doubled(), vv + uu, difference, z_.square().doubled() - difference);
    }
    friend constexpr JubJubExtended operator+(const JubJubExtended& p, const JubJubNiels& n) {
        return add(p, n.v_plus_u, n.v_minus_u, (p.z_ * n.z).doubled(), p.t1_ * p.t2_ * n.t2d);
    }
    friend constexpr JubJubExtended operator-(const JubJubExtended& p, const JubJubNiels& n) {
        return subtract(p, n.v_plus_u, n.v_minus_u, (p.z_ * n.z).doubled(), p.t1_ * p.t2_ * n.t2d);
    }
    friend constexpr JubJubExtended operator+(const JubJubExtended& p, const JubJubAffineNiels& n) {
        return add(p, n.v_plus_u, n.v_minus_u, p.z_.doubled(), p.t1_ * p.t2_ * n.t2d);
    }
    friend constexpr JubJubExtended operator-(const JubJubExtended& p, const JubJubAffineNiels& n) {
        return subtract(p, n.v_plus_u, n.v_minus_u, p.z_.doubled(), p.t1_ * p.t2_ * n.t2d);
    }
    friend constexpr JubJubExtended operator+(const JubJubExtended& p, const JubJubExtended& q);
    friend constexpr JubJubExtended operator-(const JubJubExtended& p, const JubJubExtended& q);
    friend constexpr JubJubExtended operator+(const JubJubExtended& p, const JubJubAffine& q) {
        return p + to_niels(q);
    }
    friend constexpr JubJubExtended operator-(const JubJubExtended& p, const JubJubAffine& q) {
        return p - to_niels(q);
    }
    constexpr JubJubExtended& operator+=(const JubJubExtended& q) { return *this = *this + q; }
    constexpr JubJubExtended operator-() const { return from_coordinates_unchecked(-u_, v_, z_, -t1_, t2_); }
    // 8 P: three doublings.
    [[nodiscard]] constexpr JubJubExtended times_cofactor() const { return doubled().doubled().doubled(); }

    // Equality of the points, whatever their coordinates. Constant time.
    friend constexpr bool operator==(const JubJubExtended& p, const JubJubExtended& q) {
        const bool same_u = (p.u_ * q.z_ - q.u_ * p.z_).is_zero();
        const bool same_v = (p.v_ * q.z_ - q.v_ * p.z_).is_zero();
        return (static_cast<unsigned>(same_u) & static_cast<unsigned>(same_v)) != 0;
    }

  private:
    static constexpr JubJubExtended complete(const Fq& u, const Fq& v, const Fq& z, const Fq& t) {
        return from_coordinates_unchecked(u * t, v * z, z * t, u, v);
    }
    static constexpr JubJubExtended add(const JubJubExtended& p, const Fq& v_plus_u, const Fq& v_minus_u, const Fq& d,
                                        const Fq& c) {
        const Fq a = (p.v_ - p.u_) * v_minus_u;
        const Fq b = (p.v_ + p.u_) * v_plus_u;
        return complete(b - a, b + a, d + c, d - c);
    }
    static constexpr JubJubExtended subtract(const JubJubExtended& p, const Fq& v_plus_u, const Fq& v_minus_u,
                                             const Fq& d, const Fq& c) {
        const Fq a = (p.v_ - p.u_) * v_plus_u;
        const Fq b = (p.v_ + p.u_) * v_minus_u;
        return complete(b - a, b + a, d - c, d + c);
    }

    Fq u_, v_, z_, t1_, t2_;
};

[[nodiscard]] constexpr JubJubNiels to_niels(const JubJubExtended& p) {
    return {p.v() + p.u(), p.v() - p.u(), p.z(), p.t1() * p.t2() * kJubJub2D};
}
constexpr JubJubExtended operator+(const JubJubExtended& p, const JubJubExtended& q) { return p + to_niels(q); }
constexpr JubJubExtended operator-(const JubJubExtended& p, const JubJubExtended& q) { return p - to_niels(q); }

// The affine forms of all points with one inversion.
[[nodiscard]] std::vector<JubJubAffine> to_affine(std::span<const JubJubExtended> points);

// G, the generator of keys and signatures.
inline constexpr JubJubAffine kJubJubGenerator = JubJubAffine::from_coordinates_unchecked(
    Fq::from_raw({0x4df7b7ffec7beaca, 0x2e3ebb21fd6c54ed, 0xf1fbf02d0fd6cce6, 0x3fd2814c43ac65a6}), Fq::from_u64(18));
// G', the second generator (value blinders, nullifiers, double signatures).
inline constexpr JubJubAffine kJubJubGeneratorNums = JubJubAffine::from_coordinates_unchecked(
    Fq::from_raw({0x921710179df76377, 0x931e316a39fe4541, 0xbd9514c773fd4456, 0x5e67b8f316f414f7}),
    Fq::from_raw({0x6705b707162e3ef8, 0x9949ba0f82a5507a, 0x7b162dbeeb3b34fd, 0x43d80eb3b2f3eb1b}));

}  // namespace dusk::crypto
