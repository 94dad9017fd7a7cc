// The identities that rows must satisfy (spec/plonk.md §4), for one number or for eight at once: `F` is Fq or any type
// with +, -, * and a conversion from Fq. The checker wants every term to be zero, the prover and the verifier combine
// the terms of a kind with powers of its separation challenge.
#pragma once

#include <array>

#include "crypto/jubjub.hpp"
#include "plonk/gate.hpp"

namespace dusk::plonk {

// Values of the wires in a row, and of a, b and d in the next.
template <class F>
struct RowValues {
    F a, b, c, d;
    F a_next, b_next, d_next;
};

// q_m a b + q_l a + q_r b + q_o c + q_f d + q_c; the row's public term is added outside.
template <class F>
[[nodiscard]] F arithmetic_term(const RowValues<F>& w, const F& m, const F& l, const F& r, const F& o, const F& f,
                                const F& c) {
    return m * w.a * w.b + l * w.a + r * w.b + o * w.c + f * w.d + c;
}

namespace detail {
// Numbers up to 83, without the multiplication that a conversion takes at run time.
inline constexpr auto kSmall = [] {
    std::array<Fq, 84> out;
    for (std::size_t i = 1; i < out.size(); ++i) out[i] = out[i - 1] + Fq::one();
    return out;
}();
template <class F>
[[nodiscard]] F small(std::size_t value) {
    return F(kSmall[value]);
}
template <class F>
[[nodiscard]] F times_four(const F& x) {
    const F twice = x + x;
    return twice + twice;
}
// Zero for 0, 1, 2 and 3: f (f - 1) (f - 2) (f - 3) = (f^2 - 3 f) (f^2 - 3 f + 2).
template <class F>
[[nodiscard]] F quad(const F& f) {
    const F g = f * f - (f + f + f);
    return g * (g + small<F>(2));
}
}  // namespace detail

// Each accumulator is four times the one before plus a digit of two bits.
template <class F>
[[nodiscard]] std::array<F, 4> range_terms(const RowValues<F>& w) {
    using detail::quad;
    using detail::times_four;
    return {quad(w.c - times_four(w.d)), quad(w.b - times_four(w.c)), quad(w.a - times_four(w.b)),
            quad(w.d_next - times_four(w.a))};
}

// AND for q_c = 1, XOR for q_c = -1, of two digits of two bits.
template <class F>
[[nodiscard]] std::array<F, 5> logic_terms(const RowValues<F>& w, const F& q_c) {
    using detail::quad;
    using detail::small;
    using detail::times_four;
    const F a = w.a_next - times_four(w.a);
    const F b = w.b_next - times_four(w.b);
    const F out = w.d_next - times_four(w.d);
    const F& product = w.c;
    const F sum = a + b;
    const F sum3 = sum + sum + sum;
    const F sum9 = sum3 + sum3 + sum3;
    const F sum18 = sum9 + sum9;
    const F sum81 = small<F>(9) * sum9;
    const F f = product * (product * (times_four(product) - sum18 + small<F>(81)) + small<F>(18) * (a * a + b * b) -
                           sum81 + small<F>(83));
    const F out3 = out + out + out;
    return {quad(a), quad(b), quad(out), product - a * b, q_c * (out3 + out3 + out3 - sum3) + sum3 + out3 - (f + f)};
}

// One digit -1, 0 or 1 of a scalar: (a, b) + digit * (q_l, q_r) with q_c = q_l q_r; c is x y of what is added, d the
// accumulated scalar.
template <class F>
[[nodiscard]] std::array<F, 4> fixed_base_terms(const RowValues<F>& w, const F& q_l, const F& q_r, const F& q_c) {
    const F one = detail::small<F>(1);
    const F digit = w.d_next - (w.d + w.d);
    const F squared = digit * digit;
    const F y = squared * (q_r - one) + one;
    const F x = digit * q_l;
    const F product = F(crypto::kJubJubD) * w.c * w.a * w.b;
    return {squared * digit - digit, digit * q_c - w.c, w.a_next * (one + product) - (x * w.b + y * w.a),
            w.b_next * (one - product) - (x * w.a + y * w.b)};
}

// (a, b) + (c, d) = (a_next, b_next) on JubJub; d_next = a d.
template <class F>
[[nodiscard]] std::array<F, 3> variable_base_terms(const RowValues<F>& w) {
    const F one = detail::small<F>(1);
    const F& x1y2 = w.d_next;
    const F x2y1 = w.b * w.c;
    const F product = F(crypto::kJubJubD) * x1y2 * x2y1;
    return {w.a * w.d - x1y2, x1y2 + x2y1 - w.a_next * (one + product),
            w.b * w.d + w.a * w.c - w.b_next * (one - product)};
}

// separation * sum of terms[j] separation^(2 j).
template <class F, std::size_t N>
[[nodiscard]] F combine(const std::array<F, N>& terms, const F& separation) {
    const F step = separation * separation;
    F out = terms[N - 1];
    for (std::size_t j = N - 1; j-- > 0;) out = out * step + terms[j];
    return out * separation;
}

}  // namespace dusk::plonk
