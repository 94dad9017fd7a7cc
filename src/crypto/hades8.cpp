#include "crypto/hades8.hpp"

#if defined(__x86_64__)

#include "crypto/fq8.hpp"
#include "crypto/hades_schedule.hpp"

namespace dusk::crypto::hades {
namespace {

// A constant below 2^295 in six limbs of 52 bits.
using Limbs52Wide = std::array<std::uint64_t, 6>;

// What the sums of subtracted small products are subtracted from: a multiple of q that they do not reach, plus a
// constant. The operands are below 1.2 q here.
constexpr std::uint64_t kOffset = std::uint64_t{0xa0} << 32;
static_assert([] {
    double sum = 1;
    for (const std::uint64_t e : kCoefficientsX) sum += static_cast<double>(e) * 1.2;
    for (const std::uint64_t g : kCoefficientsY) sum += static_cast<double>(g) * 1.2;
    return sum < static_cast<double>(kOffset) && kOffset < std::uint64_t{1} << 40;
}());

DUSK_TARGET_IFMA constexpr Limbs52Wide with_offset(const Fq& x) {
    const Limbs52 constant = to_limbs52(x);
    Limbs52Wide out{};
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < 5; ++i) {
        const auto sum = static_cast<crypto::detail::u128>(kOffset) * crypto::detail::kQ52[i] + constant[i] + carry;
        out[i] = static_cast<std::uint64_t>(sum) & crypto::detail::kMask52;
        carry = static_cast<std::uint64_t>(sum >> 52);
    }
    out[5] = carry;
    return out;
}

// The schedule in the form of the lanes.
struct Schedule52 {
    using State52 = std::array<Limbs52, kWidth>;
    State52 first;
    std::array<State52, kFullRounds / 2> before;
    std::array<Limbs52, kPartialRounds> s_box_factor;
    std::array<Limbs52Wide, kPartialRounds + 1> partial;
    std::array<std::array<Limbs52, 2 * kHidden>, kHidden> leave;  // from X, then from Y
    std::array<Limbs52, kHidden> leave_constant;
    std::array<State52, kFullRounds / 2 - 1> after;
    Limbs52 output_factor;
};

DUSK_TARGET_IFMA Schedule52::State52 to_state52(const State& state) {
    Schedule52::State52 out;
    for (std::size_t i = 0; i < kWidth; ++i) out[i] = to_limbs52(state[i]);
    return out;
}

DUSK_TARGET_IFMA Schedule52 compute_schedule52() {
    const Schedule& from = schedule();
    Schedule52 out;
    out.first = to_state52(from.first);
    for (std::size_t i = 0; i < out.before.size(); ++i) out.before[i] = to_state52(from.before[i]);
    for (std::size_t p = 0; p < kPartialRounds; ++p) out.s_box_factor[p] = to_limbs52(from.s_box_factor[p]);
    for (std::size_t p = 0; p <= kPartialRounds; ++p) out.partial[p] = with_offset(from.partial[p]);
    for (std::size_t i = 0; i < kHidden; ++i) {
        for (std::size_t j = 0; j < kHidden; ++j) {
            out.leave[i][j] = to_limbs52(from.leave_x[i][j]);
            out.leave[i][kHidden + j] = to_limbs52(from.leave_y[i][j]);
        }
        out.leave_constant[i] = to_limbs52(from.leave[i]);
    }
    for (std::size_t i = 0; i < out.after.size(); ++i) out.after[i] = to_state52(from.after[i]);
    out.output_factor = to_limbs52(from.output_factor);
    return out;
}

DUSK_TARGET_IFMA const Schedule52& schedule52() {
    static const Schedule52 all = compute_schedule52();
    return all;
}

struct LaneState {
    Fq8 element[kWidth];
};

}  // namespace

#pragma clang attribute push(__attribute__((always_inline, target("avx512f,avx512dq,avx512vl,avx512bw,avx512ifma"))), \
                             apply_to = function)
namespace {

inline __m512i broadcast64(std::uint64_t x) { return _mm512_set1_epi64(static_cast<long long>(x)); }

// A sum of products of elements and integers below 2^40, in six columns of 52 bits and a few more.
struct SmallSum8 {
    __m512i column[6];

    void add(std::uint64_t n, const Fq8& x) {
        const __m512i factor = broadcast64(n);
        for (int i = 0; i < 5; ++i) {
            column[i] = _mm512_madd52lo_epu64(column[i], factor, x.limb[i]);
            column[i + 1] = _mm512_madd52hi_epu64(column[i + 1], factor, x.limb[i]);
        }
    }
};

inline SmallSum8 start_sum(const Limbs52& constant) {
    SmallSum8 out;
    for (std::size_t i = 0; i < 5; ++i) out.column[i] = broadcast64(constant[i]);
    out.column[5] = _mm512_setzero_si512();
    return out;
}
inline SmallSum8 start_sum() { return start_sum(Limbs52{}); }

// The quotient by q of a value below 2^295 with these two top columns, exact or one too small; at most `slack` times
// 2^-11 too small beyond that.
inline __m512i quotient_by_q(__m512i column4, __m512i column5, int slack) {
    static constexpr std::uint64_t kReciprocal = 0x8d54253b7fb78;  // floor(2^306 / q)
    const __m512i top = _mm512_sub_epi64(
        _mm512_add_epi64(_mm512_slli_epi64(column5, 17), _mm512_srai_epi64(column4, 35)), _mm512_set1_epi64(slack));
    return _mm512_srli_epi64(_mm512_madd52hi_epu64(_mm512_setzero_si512(), top, broadcast64(kReciprocal)), 11);
}

// The limbs of a value in [0, 2^260), of which the columns give all but a multiple of 2^260.
inline Fq8 carry_columns(const __m512i (&column)[5]) {
    Fq8 out;
    __m512i carry = _mm512_setzero_si512();
    for (int i = 0; i < 5; ++i) {
        const __m512i sum = _mm512_add_epi64(column[i], carry);
        out.limb[i] = crypto::detail::low52(sum);
        if (i < 4) carry = _mm512_srai_epi64(sum, 52);
    }
    return out;
}

// The sum modulo q, below 1.01 q.
inline Fq8 reduce_sum(const SmallSum8& sum) {
    const __m512i quotient = quotient_by_q(sum.column[4], sum.column[5], 0);
    // Adds the quotient times 2^260 - q; the multiple of 2^260 falls off.
    static constexpr Limbs52 kMinusQ = [] {
        Limbs52 out{};
        std::uint64_t borrow = 0;
        for (std::size_t i = 0; i < 5; ++i) {
            const std::uint64_t difference = 0 - crypto::detail::kQ52[i] - borrow;
            out[i] = difference & crypto::detail::kMask52;
            borrow = difference >> 63;
        }
        return out;
    }();
    __m512i column[5];
    for (int i = 0; i < 5; ++i) column[i] = sum.column[i];
    for (int i = 0; i < 5; ++i) {
        column[i] = _mm512_madd52lo_epu64(column[i], quotient, broadcast64(kMinusQ[i]));
        if (i < 4) column[i + 1] = _mm512_madd52hi_epu64(column[i + 1], quotient, broadcast64(kMinusQ[i]));
    }
    return carry_columns(column);
}

// The constant minus the sum modulo q, below 1.01 q.
inline Fq8 reduce_difference(const Limbs52Wide& constant, SmallSum8 sum) {
    const __m512i column4 = _mm512_sub_epi64(broadcast64(constant[4]), sum.column[4]);
    const __m512i column5 = _mm512_sub_epi64(broadcast64(constant[5]), sum.column[5]);
    // The carries of the lower columns may be negative: one unit less keeps the difference from becoming negative.
    const __m512i quotient = quotient_by_q(column4, column5, 1);
    __m512i column[5];
    for (int i = 0; i < 5; ++i) {
        sum.column[i] = _mm512_madd52lo_epu64(sum.column[i], quotient, broadcast64(crypto::detail::kQ52[i]));
        if (i < 4) {
            sum.column[i + 1] =
                _mm512_madd52hi_epu64(sum.column[i + 1], quotient, broadcast64(crypto::detail::kQ52[i]));
        }
        column[i] = _mm512_sub_epi64(broadcast64(constant[i]), sum.column[i]);
    }
    return carry_columns(column);
}

inline Fq8 fifth_power(const Fq8& x) { return square(square(x)) * x; }

inline Fq8 matrix_row(const LaneState& state, std::size_t row, const Limbs52& constant) {
    SmallSum8 sum = start_sum(constant);
    for (std::size_t j = 0; j < kWidth; ++j) sum.add(kSmallMatrix[row + j], state.element[j]);
    return reduce_sum(sum);
}

inline Fq8 negative_row(const LaneState& state, std::size_t row, const Limbs52Wide& constant) {
    SmallSum8 sum = start_sum();
    for (std::size_t j = 0; j < kWidth; ++j) sum.add(kSmallMatrix[row + j], state.element[j]);
    return reduce_difference(constant, sum);
}

}  // namespace
#pragma clang attribute pop

namespace {

DUSK_TARGET_IFMA void full_s_boxes(LaneState& state) {
    for (Fq8& x : state.element) x = fifth_power(x);
}

DUSK_TARGET_IFMA void full_round(LaneState& state, const Schedule52::State52& constants) {
    full_s_boxes(state);
    LaneState mixed;
    for (std::size_t i = 0; i < kWidth; ++i) mixed.element[i] = matrix_row(state, i, constants[i]);
    state = mixed;
}

DUSK_TARGET_IFMA void partial_rounds(LaneState& state, const Schedule52& all) {
    static constexpr Limbs52Wide kZero = with_offset(Fq::zero());
    // X[p] and Y[p] at p modulo 8.
    constexpr std::size_t kRing = 8;
    Fq8 x[kRing];
    Fq8 y[kRing];

    x[0] = state.element[kHidden];
    for (std::size_t p = 0; p < kStartRounds; ++p) {
        y[p] = square(square(x[p])) * (x[p] * broadcast(all.s_box_factor[p]));
        state.element[kHidden] = y[p];
        x[p + 1] = negative_row(state, kHidden, all.partial[p + 1]);
        if (p + 1 == kStartRounds) break;
        LaneState next;
        for (std::size_t i = 0; i < kHidden; ++i) next.element[i] = negative_row(state, i, kZero);
        state = next;
    }
    for (std::size_t p = kStartRounds; p < kPartialRounds; ++p) {
        const Fq8& now = x[p % kRing];
        SmallSum8 sum = start_sum();
        for (std::size_t k = 1; k < kWidth; ++k) sum.add(kCoefficientsY[k], y[(p - k) % kRing]);
        for (std::size_t k = 0; k < kHidden; ++k) sum.add(kCoefficientsX[k], x[(p - k) % kRing]);
        y[p % kRing] = square(square(now)) * (now * broadcast(all.s_box_factor[p]));
        sum.add(kCoefficientsY[0], y[p % kRing]);
        x[(p + 1) % kRing] = reduce_difference(all.partial[p + 1], sum);
    }
    for (std::size_t i = 0; i < kHidden; ++i) {
        Fq8Product product = zero_product();
        for (std::size_t j = 0; j < kHidden; ++j) {
            const std::size_t at = kPartialRounds - kHidden + j;
            accumulate(product, x[(at + 1) % kRing], broadcast(all.leave[i][j]));
            accumulate(product, y[at % kRing], broadcast(all.leave[i][kHidden + j]));
        }
        state.element[i] = normalise(reduce(product) + broadcast(all.leave_constant[i]));
    }
    state.element[kHidden] = x[kPartialRounds % kRing];
}

// All rounds but the last matrix and the factor of the result.
DUSK_TARGET_IFMA void permute_to_last_matrix(const State8& from, const Schedule52& all, LaneState& out) {
    for (std::size_t i = 0; i < kWidth; ++i) {
        out.element[i] = normalise(load(from[i].data()) + broadcast(all.first[i]));
    }
    for (const auto& constants : all.before) full_round(out, constants);
    partial_rounds(out, all);
    for (const auto& constants : all.after) full_round(out, constants);
    full_s_boxes(out);
}

DUSK_TARGET_IFMA void store_element(const LaneState& state, std::size_t i, const Schedule52& all,
                                    std::array<Fq, kLanes>& out) {
    store(matrix_row(state, i, Limbs52{}) * broadcast(all.output_factor), out.data());
}

}  // namespace

DUSK_TARGET_IFMA void permute8(State8& state) {
    const Schedule52& all = schedule52();
    LaneState lanes;
    permute_to_last_matrix(state, all, lanes);
    for (std::size_t i = 0; i < kWidth; ++i) store_element(lanes, i, all, state[i]);
}

DUSK_TARGET_IFMA std::array<Fq, kLanes> permute8_to_element(const State8& state, std::size_t i) {
    const Schedule52& all = schedule52();
    LaneState lanes;
    permute_to_last_matrix(state, all, lanes);
    std::array<Fq, kLanes> out;
    store_element(lanes, i, all, out);
    return out;
}

}  // namespace dusk::crypto::hades

#endif
