// The Hades permutation rearranged for speed: the constants of a form that gives the same results as §6.1 of
// spec/crypto.md with about a third of the work. crypto/hades.cpp and crypto/hades8.cpp execute it.
//
// 1. Small matrix. The matrix is c N with c = 2^256 / 360360 and N[i][j] = 360360 / (i + j + 5), integers of 17 bits.
//    Multiplying by N takes products of an element and one word. The factor c is not multiplied in: a state is kept
//    as t with the true state s = sigma t, and sigma is known in advance: it becomes sigma^5 in a full S-box layer
//    and c sigma in the matrix.
//
// 2. Partial rounds as a recurrence. In partial round p let x[p] be what enters the S-box and y[p] = x[p]^5. Between
//    two partial rounds everything but the S-box is linear, so that x is the output of a linear system with four hidden
//    elements and input y. Its characteristic polynomial gives (Cayley-Hamilton) x[p+1] from the last four x and the
//    last five y alone. With N in place of the matrix the coefficients are integers below 2^38:
//        e[k] = k-th elementary symmetric function of the eigenvalues of N without its last row and column,
//        g[k] = the same of all of N, minus e[k].
//    With tau[p+1] = -c tau[p] and x[p] = tau[p] X[p], y[p] = tau[p] Y[p], all signs are equal:
//        X[p+1] = K[p+1] - sum over k = 1 … 4 of e[k] X[p+1-k] - sum over k = 1 … 5 of g[k] Y[p+1-k]
//        Y[p]   = tau[p]^4 X[p]^5
//    The K carry all round constants of the partial rounds. The recurrence needs X[1] … X[4] and Y[0] … Y[4]; the first
//    four partial rounds are therefore done with the matrix -N on the whole state.
//
// 3. Leaving the partial rounds. The four hidden elements after the last one are linear in the last four X and Y.
#pragma once

#include <array>
#include <cstdint>

#include "crypto/hades.hpp"

namespace dusk::crypto::hades {

inline constexpr std::size_t kHidden = kWidth - 1;
// So many partial rounds before the recurrence holds.
inline constexpr std::size_t kStartRounds = 4;

// Row i of N is kSmallMatrix[i … i + 4]: it depends on i + j only.
inline constexpr std::uint64_t kMatrixDenominator = 360360;  // lcm of 5 … 13
inline constexpr auto kSmallMatrix = [] {
    std::array<std::uint64_t, 2 * kWidth - 1> out{};
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = kMatrixDenominator / (i + kWidth);
    return out;
}();

namespace detail {

// The elementary symmetric functions 1 … n of the eigenvalues of the leading n x n block of N (Faddeev-LeVerrier;
// every division is exact).
template <std::size_t n>
constexpr std::array<std::uint64_t, n> symmetric_functions() {
    using Matrix = std::array<std::array<__int128, n>, n>;
    std::array<std::uint64_t, n> out{};
    Matrix m{};
    for (std::size_t i = 0; i < n; ++i) m[i][i] = 1;
    for (std::size_t k = 1; k <= n; ++k) {
        Matrix product{};
        __int128 trace = 0;
        for (std::size_t i = 0; i < n; ++i) {
            for (std::size_t j = 0; j < n; ++j) {
                for (std::size_t l = 0; l < n; ++l)
                    product[i][j] += static_cast<__int128>(kSmallMatrix[i + l]) * m[l][j];
            }
            trace += product[i][i];
        }
        const __int128 coefficient = -trace / static_cast<__int128>(k);
        out[k - 1] = static_cast<std::uint64_t>(k % 2 == 1 ? -coefficient : coefficient);
        for (std::size_t i = 0; i < n; ++i) product[i][i] += coefficient;
        m = product;
    }
    return out;
}

}  // namespace detail

// Coefficients of X[p], X[p-1], … and of Y[p], Y[p-1], … in X[p+1].
inline constexpr auto kCoefficientsX = detail::symmetric_functions<kHidden>();
inline constexpr auto kCoefficientsY = [] {
    auto out = detail::symmetric_functions<kWidth>();
    for (std::size_t i = 0; i < kHidden; ++i) out[i] -= kCoefficientsX[i];
    return out;
}();

struct Schedule {
    State first;                                           // added to the input
    std::array<State, kFullRounds / 2> before;             // added after the matrix of the full rounds 0 … 3
    std::array<Fq, kPartialRounds> s_box_factor;           // tau[p]^4
    std::array<Fq, kPartialRounds + 1> partial;            // K[p], from 1
    std::array<std::array<Fq, kHidden>, kHidden> leave_x;  // hidden element i from X[57 + j] …
    std::array<std::array<Fq, kHidden>, kHidden> leave_y;  // … and Y[56 + j] …
    std::array<Fq, kHidden> leave;                         // … and a constant, that of the next round included
    std::array<State, kFullRounds / 2 - 1> after;          // added after the matrix of the full rounds 64 … 66
    Fq output_factor;                                      // makes the result of the last matrix the true state
};

[[nodiscard]] const Schedule& schedule();

}  // namespace dusk::crypto::hades
