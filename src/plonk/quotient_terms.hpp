// The numerator of the quotient at one point, or at eight, or as a series: all identities of a row and the permutation,
// combined by their challenges (spec/plonk.md §7). Without the term of the first Lagrange polynomial, which is divided
// apart (quotient.cpp).
#pragma once

#include "plonk/identities.hpp"

namespace dusk::plonk {

template <class F>
struct QuotientChallenges {
    F beta, gamma, alpha;
    F range, logic, fixed_base, variable_base;
    F shift_b, shift_c, shift_d;  // of the wire columns: 7, 13, 17
};

// Values of the columns. The wires' next row is in `row`.
template <class F>
struct QuotientPoint {
    RowValues<F> row;
    F permutation, permutation_next;
    F public_;
    F sigma_1, sigma_2, sigma_3, sigma_4;
    F x;
};

template <class F>
[[nodiscard]] F permutation_term(const QuotientPoint<F>& p, const QuotientChallenges<F>& c) {
    const F a = p.row.a + c.gamma;
    const F b = p.row.b + c.gamma;
    const F out = p.row.c + c.gamma;
    const F d = p.row.d + c.gamma;
    const F beta_x = c.beta * p.x;
    const F here = (a + beta_x) * (b + beta_x * c.shift_b) * (out + beta_x * c.shift_c) * (d + beta_x * c.shift_d);
    const F there =
        (a + c.beta * p.sigma_1) * (b + c.beta * p.sigma_2) * (out + c.beta * p.sigma_3) * (d + c.beta * p.sigma_4);
    return c.alpha * (here * p.permutation - there * p.permutation_next);
}

// `selector(column)` gives a value; `present(column)` says whether the column is not zero everywhere.
template <class F, class Column, class Present, class Selector>
[[nodiscard]] F numerator(const QuotientPoint<F>& p, const QuotientChallenges<F>& c, const Present& present,
                          const Selector& selector) {
    F sum = p.public_ + permutation_term(p, c);
    const F q_l = selector(Column::q_l);
    const F q_r = selector(Column::q_r);
    const F q_c = selector(Column::q_c);
    if (present(Column::q_arith)) {
        sum = sum + selector(Column::q_arith) * arithmetic_term(p.row, selector(Column::q_m), q_l, q_r,
                                                                selector(Column::q_o), selector(Column::q_f), q_c);
    }
    if (present(Column::q_range)) sum = sum + selector(Column::q_range) * combine(range_terms(p.row), c.range);
    if (present(Column::q_logic)) sum = sum + selector(Column::q_logic) * combine(logic_terms(p.row, q_c), c.logic);
    if (present(Column::q_fixed)) {
        sum = sum + selector(Column::q_fixed) * combine(fixed_base_terms(p.row, q_l, q_r, q_c), c.fixed_base);
    }
    if (present(Column::q_var)) {
        sum = sum + selector(Column::q_var) * combine(variable_base_terms(p.row), c.variable_base);
    }
    return sum;
}

}  // namespace dusk::plonk
