#include "attacks.hpp"

#include <array>
#include <stdexcept>

#include "crypto/poseidon.hpp"
#include "crypto/schnorr_bound.hpp"
#include "draws.hpp"
#include "plonk/bits.hpp"
#include "plonk/points.hpp"
#include "plonk/scalar_bits.hpp"
#include "plonk/signature.hpp"

namespace dusk::vectors {
namespace {

using crypto::Fq;
using crypto::Fr;
using crypto::JubJubAffine;
using crypto::JubJubExtended;
using crypto::Limbs4;
using plonk::Composer;
using plonk::kZero;
using plonk::Witness;
using Forced = Composer::Forced;

constexpr std::uint32_t kFirst = 6;  // the first witness of a circuit's own

// The integer x + modulus, for small x.
Limbs4 alias(std::uint64_t x) {
    Limbs4 out = Fq::kModulus;
    out[0] += x;  // the lowest limb of the modulus is 2^64 - 2^32 + 1 and x is far below 2^32
    return out;
}

JubJubAffine point_of_order_two() { return JubJubAffine::from_coordinates_unchecked(Fq::zero(), -Fq::one()); }

Fq power_of_two(std::uint64_t n) { return Fq::pow_of_2(n); }

// One attack at its place in the list, which is part of the seed.
struct Case {
    bool honest;
    Draws draws;
};
using Build = void (*)(Composer&, Case&);

void truncate_random(Composer& c, Case& k) { plonk::truncate<250>(c, c.append(k.draws.field())); }
void truncate_five(Composer& c, Case& /*k*/) { plonk::truncate<250>(c, c.append(Fq::from_u64(5))); }
void logic_random(Composer& c, Case& k) { plonk::logic_xor<125>(c, c.append(k.draws.field()), kZero); }
void decompose_255(Composer& c, Case& /*k*/) { plonk::decompose<255>(c, c.append(Fq::from_u64(5))); }
void decompose_256(Composer& c, Case& /*k*/) { plonk::decompose<256>(c, c.append(Fq::from_u64(5))); }
void public_generator(Composer& c, Case& /*k*/) {
    (void)mul_generator(c, c.public_input(Fq::zero()), crypto::kJubJubGenerator);
}
void private_generator(Composer& c, Case& /*k*/) {
    (void)mul_generator(c, c.append(Fq::zero()), crypto::kJubJubGenerator);
}
void two_plus_three(Composer& c, Case& /*k*/) {
    const Witness two = c.append(Fq::from_u64(2));
    const Witness three = c.append(Fq::from_u64(3));
    (void)c.evaluated_output({.l = Fq::one(), .r = Fq::one(), .o = -Fq::one()}, two, three, kZero);
}
void bit_two(Composer& c, Case& k) {
    const auto p = append_constant_point(c, crypto::kJubJubGenerator);
    (void)select_identity(c, c.append(Fq::from_u64(k.honest ? 1 : 2)), p);
}
void torsion(Composer& c, Case& k) {
    const JubJubExtended p = k.draws.point();
    (void)append_torsion_free_point(c, k.honest ? p : p + point_of_order_two());
}
void off_curve(Composer& c, Case& k) {
    const JubJubAffine p = k.draws.point().to_affine();
    (void)c.append(p.u());
    (void)append_torsion_free_point(c, p);
}

template <bool kIdentity>
void signature(Composer& c, Case& k) {
    const Fr secret = k.draws.scalar();
    const Fq message = k.draws.field();
    const Fr chosen_u = k.draws.scalar();
    const Fr challenge = crypto::poseidon::truncate(k.draws.field());
    JubJubAffine pk = crypto::multiply_generator(secret).to_affine();
    Fr u;
    JubJubAffine r;
    if (k.honest) {
        const auto made = crypto::schnorr::bound::sign(crypto::schnorr::SecretKey(secret), k.draws.source(), message);
        u = made.u();
        r = made.r().affine();
    } else if (kIdentity) {
        pk = JubJubAffine();
    } else {
        u = chosen_u;
        r = (crypto::multiply_generator(u) + crypto::multiply(pk, challenge)).to_affine();
    }
    const Witness wu = c.append(to_fq(u));
    const auto wr = append_point(c, r);
    const auto wpk = plonk::TorsionFreeWitnessPoint::unchecked(append_point(c, pk));
    verify_signature(c, wu, wr, wpk, c.public_input(message));
}

void double_torsion(Composer& c, Case& k) {
    const Fr secret = k.draws.scalar();
    const Fq message = k.draws.field();
    const JubJubAffine pk = crypto::multiply_generator(secret).to_affine();
    JubJubAffine pk_prime = crypto::multiply_generator_nums(secret).to_affine();
    Fr u;
    JubJubAffine r;
    JubJubAffine r_prime;
    if (k.honest) {
        const auto made =
            crypto::schnorr::bound::sign_double(crypto::schnorr::SecretKey(secret), k.draws.source(), message);
        u = made.u();
        r = made.r().affine();
        r_prime = made.r_prime().affine();
    } else {
        // An even challenge cancels the point of order two.
        pk_prime = (JubJubExtended(pk_prime) + point_of_order_two()).to_affine();
        Fr challenge = Fr::one();
        while (challenge.is_odd()) {
            const Fr nonce = k.draws.scalar();
            r = crypto::multiply_generator(nonce).to_affine();
            r_prime = crypto::multiply_generator_nums(nonce).to_affine();
            challenge = crypto::schnorr::bound::challenge_double(r, r_prime, pk, pk_prime, message);
            u = nonce - challenge * secret;
        }
    }
    const Witness wu = c.append(to_fq(u));
    const auto wr = append_point(c, r);
    const auto wr_prime = append_point(c, r_prime);
    const auto a = append_point(c, pk);
    const auto b = append_point(c, pk_prime);
    const auto checked = assert_torsion_free(c, a);
    const auto checked_prime = assert_torsion_free(c, b);
    verify_signature_double(c, wu, wr, wr_prime, checked, checked_prime, c.public_input(message));
}

void range_65(Composer& c, Case& k) { plonk::range<65>(c, c.append(power_of_two(k.honest ? 64 : 65))); }

// ---- forced witnesses

using Force = Forced (*)(Case&);

plonk::CircuitTable run(const BuildCircuit& build) {
    Composer composer(Composer::Mode::check);
    build(composer);
    return std::move(composer).finish().value();
}

// The first witness behind the start of the last gadget of this name.
std::uint32_t first_witness(const plonk::CircuitTable& table, std::string_view gadget) {
    std::uint32_t out = 0;
    for (std::string previous; const auto& mark : table.gadgets.marks()) {
        if (mark.path.ends_with(gadget) && mark.path.size() > previous.size()) out = mark.witness;
        previous = mark.path;
    }
    return out;
}

Forced nothing(Case& /*k*/) { return {}; }
Forced low_77(Case& /*k*/) { return {{kFirst + 1, Fq::from_u64(77)}}; }
Forced five_alias(Case& /*k*/) {
    const Limbs4 integer = alias(5);
    const std::uint32_t high = kFirst + 2 + 125;  // behind the accumulators of the low part's range
    return {{kFirst + 1, plonk::slice(integer, 0, 250)}, {high, plonk::slice(integer, 250, 255)}};
}
Forced other_accumulators(Case& /*k*/) {
    const auto table =
        run([](Composer& c) { plonk::logic_xor<125>(c, c.append(Fq::from_u64(0x123456789abcdef0)), kZero); });
    Forced out;
    for (std::uint32_t i = kFirst + 1; i < kFirst + 501; ++i) out[i] = table.values[i];
    return out;
}
template <std::uint32_t kBits>
Forced bits_alias(Case& /*k*/) {
    Forced out;
    for (std::uint32_t i = 0; i < kBits; ++i) out[kFirst + 1 + 2 * i] = Fq::from_u64(plonk::bit_of(alias(5), i));
    return out;
}

// The witnesses of a fixed-base run over the binary digits of an integer.
void force_run(Forced& out, std::uint32_t first, const Limbs4& integer) {
    std::vector<JubJubExtended> multiples{JubJubExtended(crypto::kJubJubGenerator)};
    while (multiples.size() < 256) multiples.push_back(multiples.back().doubled());
    const auto affine = to_affine(multiples);
    JubJubExtended sum;
    Fq scalar;
    const auto put = [&](const Fq& value) { out[first++] = value; };
    const auto put_sum = [&] {
        const JubJubAffine point = sum.to_affine();
        put(point.u());
        put(point.v());
        put(scalar);
    };
    for (std::size_t i = 256; i-- > 0;) {
        put_sum();
        const bool digit = plonk::bit_of(integer, i) != 0;
        put(digit ? affine[i].u() * affine[i].v() : Fq::zero());
        scalar = scalar.doubled() + (digit ? Fq::one() : Fq::zero());
        if (digit) sum = sum + affine[i];
    }
    put_sum();
}

// Behind the ranges of the canonical scalar: 126 accumulators, a difference, 126 accumulators.
constexpr std::uint32_t kRun = kFirst + 1 + 126 + 1 + 126;
Forced wrapped_digits(Case& /*k*/) {
    Forced out;
    force_run(out, kRun, Fq::kModulus);
    return out;
}
Forced digits_of_the_order(Case& /*k*/) {
    Forced out{{kFirst, to_fq(-Fr::one()) + Fq::one()}};
    force_run(out, kRun, Fr::kModulus);
    return out;
}
Forced nine(Case& /*k*/) { return {{kFirst + 2, Fq::from_u64(9)}}; }
Forced shifted_u(Case& k) { return {{kFirst + 1, k.draws.point().to_affine().u() + Fq::one()}}; }
Forced chosen_challenge(Case& k) {
    (void)k.draws.scalar();
    (void)k.draws.field();
    (void)k.draws.scalar();
    const Fq challenge = to_fq(crypto::poseidon::truncate(k.draws.field()));
    const auto table = run([](Composer& c) {
        Case other{.honest = false, .draws = Draws(0)};
        signature<false>(c, other);
    });
    return {{first_witness(table, "truncation"), challenge}};
}

struct Named {
    std::string_view name;
    Build build;
    Force force;
};
constexpr std::array kAttacks{
    Named{"truncate_other_low", truncate_random, low_77},
    Named{"truncate_alias", truncate_five, five_alias},
    Named{"logic_other_input", logic_random, other_accumulators},
    Named{"decomposition_255_alias", decompose_255, bits_alias<255>},
    Named{"decomposition_256_alias", decompose_256, bits_alias<256>},
    Named{"mul_generator_wrap", public_generator, wrapped_digits},
    Named{"mul_generator_not_reduced", private_generator, digits_of_the_order},
    Named{"evaluated_output", two_plus_three, nine},
    Named{"select_identity_bit_2", bit_two, nothing},
    Named{"torsion_free_order_2", torsion, nothing},
    Named{"torsion_free_off_curve", off_curve, shifted_u},
    Named{"schnorr_other_challenge", signature<false>, chosen_challenge},
    Named{"schnorr_identity_key", signature<true>, nothing},
    Named{"schnorr_double_torsion", double_torsion, nothing},
    Named{"range_bits_odd", range_65, nothing},
};

}  // namespace

Attack attack(std::string_view name, std::uint64_t seed) {
    for (std::size_t i = 0; i < kAttacks.size(); ++i) {
        if (kAttacks[i].name != name) continue;
        const std::uint64_t own_seed = seed ^ (static_cast<std::uint64_t>(i + 1) << 24);
        const auto builder = [build = kAttacks[i].build, own_seed](bool honest) {
            return [=](Composer& c) {
                Case k{.honest = honest, .draws = Draws(own_seed)};
                build(c, k);
            };
        };
        Case k{.honest = false, .draws = Draws(own_seed)};
        return {.honest = builder(true), .dishonest = builder(false), .forced = kAttacks[i].force(k)};
    }
    throw std::runtime_error("no attack of the name " + std::string(name));
}

}  // namespace dusk::vectors
