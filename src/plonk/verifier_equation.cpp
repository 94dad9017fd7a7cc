#include "plonk/verifier_equation.hpp"

#include <algorithm>

#include "plonk/identities.hpp"

namespace dusk::plonk {
namespace {

// Public inputs whose denominators are inverted together.
constexpr std::size_t kInversionBatch = 64;

// The polynomials opened at z besides the linearisation, with the powers v, v^2, … in this order.
struct Opened {
    Fq Evaluations::* value;
    int wire;  // or -1
    KeyColumn column;
};
constexpr std::array<Opened, 11> kOpened{{{&Evaluations::a, 0, {}},
                                          {&Evaluations::b, 1, {}},
                                          {&Evaluations::c, 2, {}},
                                          {&Evaluations::d, 3, {}},
                                          {&Evaluations::sigma_1, -1, KeyColumn::sigma_1},
                                          {&Evaluations::sigma_2, -1, KeyColumn::sigma_2},
                                          {&Evaluations::sigma_3, -1, KeyColumn::sigma_3},
                                          {&Evaluations::q_arith, -1, KeyColumn::q_arith},
                                          {&Evaluations::q_c, -1, KeyColumn::q_c},
                                          {&Evaluations::q_l, -1, KeyColumn::q_l},
                                          {&Evaluations::q_r, -1, KeyColumn::q_r}}};
std::span<const Opened> opened(Version version) { return std::span(kOpened).first(version == Version::v1 ? 7 : 11); }

Fq copy_product(const Evaluations& e, const Challenges& c) {
    return (e.a + c.beta * e.sigma_1 + c.gamma) * (e.b + c.beta * e.sigma_2 + c.gamma) *
           (e.c + c.beta * e.sigma_3 + c.gamma);
}

}  // namespace

EquationDomain::EquationDomain(unsigned log2)
    : log2_size(log2),
      omega(crypto::root_of_unity(log2)),
      size_inverse(Fq::from_u64(std::uint64_t{1} << log2).invert_vartime().value()) {}

Result<AtChallenge, ProofError> at_challenge(const EquationDomain& domain, std::span<const Fq> public_points,
                                             std::span<const Fq> public_inputs, const Evaluations& evaluations,
                                             const Challenges& challenges, Rules rules) {
    const Fq& z = challenges.z;
    const auto from_one = (z - Fq::one()).invert_vartime();
    if (!from_one) return fail(ProofError::degenerate_challenge);
    AtChallenge out;
    out.z_n = z;
    for (unsigned i = 0; i < domain.log2_size; ++i) out.z_n = out.z_n.square();
    out.z_h = out.z_n - Fq::one();
    const Fq lagrange = out.z_h * domain.size_inverse;
    out.l1 = lagrange * *from_one;

    Fq sum;
    const std::size_t count = std::min(public_points.size(), public_inputs.size());
    for (std::size_t begin = 0; begin < count; begin += kInversionBatch) {
        const std::size_t size = std::min(kInversionBatch, count - begin);
        std::array<Fq, kInversionBatch> denominators;
        for (std::size_t i = 0; i < size; ++i) denominators[i] = z - public_points[begin + i];
        if (rules == Rules::sound) {
            for (std::size_t i = 0; i < size; ++i) {
                if (denominators[i].is_zero() && !public_inputs[begin + i].is_zero()) {
                    return fail(ProofError::degenerate_challenge);
                }
            }
        }
        std::array<Fq, kInversionBatch> scratch;
        Fq::invert_all(std::span(denominators).first(size), std::span(scratch).first(size));
        for (std::size_t i = 0; i < size; ++i) {
            sum += public_inputs[begin + i] * public_points[begin + i] * denominators[i];
        }
    }
    out.public_ = lagrange * sum;
    const Fq alpha2 = challenges.alpha.square();
    out.r0 = out.public_ - out.l1 * alpha2 -
             challenges.alpha * copy_product(evaluations, challenges) * (evaluations.d + challenges.gamma) *
                 evaluations.z_next;
    return out;
}

PolynomialScalars linearise(const Evaluations& e, const Challenges& c, const AtChallenge& at) {
    const RowValues<Fq> row{
        .a = e.a, .b = e.b, .c = e.c, .d = e.d, .a_next = e.a_next, .b_next = e.b_next, .d_next = e.d_next};
    PolynomialScalars out;
    out.key[KeyColumn::q_m] = e.q_arith * e.a * e.b;
    out.key[KeyColumn::q_l] = e.q_arith * e.a;
    out.key[KeyColumn::q_r] = e.q_arith * e.b;
    out.key[KeyColumn::q_o] = e.q_arith * e.c;
    out.key[KeyColumn::q_f] = e.q_arith * e.d;
    out.key[KeyColumn::q_c] = e.q_arith;
    out.key[KeyColumn::q_range] = combine(range_terms(row), c.range);
    out.key[KeyColumn::q_logic] = combine(logic_terms(row, e.q_c), c.logic);
    out.key[KeyColumn::q_fixed] = combine(fixed_base_terms(row, e.q_l, e.q_r, e.q_c), c.fixed_base);
    out.key[KeyColumn::q_var] = combine(variable_base_terms(row), c.variable_base);
    out.key[KeyColumn::sigma_4] = -(c.alpha * c.beta * e.z_next * copy_product(e, c));

    const Fq beta_z = c.beta * c.z;
    Fq shifted = c.alpha;
    const std::array<Fq, kWires> wires{e.a, e.b, e.c, e.d};
    for (std::size_t i = 0; i < kWires; ++i) {
        shifted *= wires[i] + beta_z * Fq::from_u64(kWireShifts[i]) + c.gamma;
    }
    out.permutation = shifted + c.alpha.square() * at.l1 + c.u;
    Fq power = -at.z_h;
    for (Fq& part : out.quotient) {
        part = power;
        power *= at.z_n;
    }
    return out;
}

void add_openings(PolynomialScalars& scalars, const Challenges& challenges, Version version) {
    Fq power = challenges.v;
    for (const Opened& polynomial : opened(version)) {
        Fq& scalar = polynomial.wire >= 0 ? scalars.wires[polynomial.wire] : scalars.key[polynomial.column];
        scalar += power;
        power *= challenges.v;
    }
    power = challenges.u * challenges.v_next;
    for (const std::size_t wire : {0, 1, 3}) {
        scalars.wires[wire] += power;
        power *= challenges.v_next;
    }
}

Fq opened_value(const Evaluations& evaluations, const Challenges& challenges, const AtChallenge& at, Version version) {
    Fq out = -at.r0;
    Fq power = challenges.v;
    for (const Opened& polynomial : opened(version)) {
        out += power * evaluations.*polynomial.value;
        power *= challenges.v;
    }
    Fq next = evaluations.d_next;
    next = next * challenges.v_next + evaluations.b_next;
    next = next * challenges.v_next + evaluations.a_next;
    next = next * challenges.v_next + evaluations.z_next;
    return out + challenges.u * next;
}

}  // namespace dusk::plonk
