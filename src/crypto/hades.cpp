#include "crypto/hades.hpp"

#include <string_view>

#include "crypto/fq_lazy.hpp"
#include "crypto/hades_schedule.hpp"
#include "crypto/sha2.hpp"

namespace dusk::crypto::hades {
namespace {

constexpr std::string_view kSeed = "poseidon-for-plonk";

Constants compute_constants() {
    const Fq factor = Fq::from_raw(Fq::one().montgomery());  // 2^256
    Constants out{};

    ByteArray<64> link = sha512(as_bytes(kSeed));
    Fq sum = Fq::one();
    for (State& round : out.round) {
        for (Fq& constant : round) {
            sum += Fq::from_bytes_wide(link);
            constant = sum * factor;
            link = sha512(link);
        }
    }
    for (std::size_t i = 0; i < kWidth; ++i) {
        for (std::size_t j = 0; j < kWidth; ++j) {
            out.matrix[i][j] = Fq::from_u64(i + j + kWidth).invert().value() * factor;
        }
    }
    return out;
}

}  // namespace

const Constants& constants() {
    static const Constants all = compute_constants();
    return all;
}

namespace {

// The steps of crypto/hades_schedule.hpp. Values are lazy (crypto/fq_lazy.hpp): what a sum of small products gives is
// below (1 + 2^-16) q, a power of it below 1.9 q.
using lazy::SmallSum;

using LazyState = std::array<Limbs4, kWidth>;

// x^5 for x below (1 + 2^-16) q: x^2 below 1.46, x^4 below 1.97, the result below 1.9 q.
[[gnu::always_inline]] inline Limbs4 fifth_power(const Limbs4& x) {
    return lazy::multiply(lazy::square(lazy::square(x)), x);
}

// factor x^5 for the same x and a reduced factor, below 1.9 q.
[[gnu::always_inline]] inline Limbs4 scaled_fifth_power(const Limbs4& x, const Fq& factor) {
    const Limbs4 scaled = lazy::subtract_once(lazy::multiply(x, factor.montgomery()));
    return lazy::multiply(lazy::square(lazy::square(x)), scaled);
}

[[gnu::always_inline]] inline Limbs4 matrix_row(const LazyState& state, std::size_t row, const Fq& constant) {
    SmallSum sum(constant.montgomery());
    for (std::size_t j = 0; j < kWidth; ++j) sum.add(kSmallMatrix[row + j], state[j]);
    return sum.reduce<false>();
}

void full_s_boxes(LazyState& state) {
    for (Limbs4& x : state) x = fifth_power(x);
}

void full_round(LazyState& state, const State& constants) {
    full_s_boxes(state);
    LazyState mixed;
    for (std::size_t i = 0; i < kWidth; ++i) mixed[i] = matrix_row(state, i, constants[i]);
    state = mixed;
}

// A constant plus a multiple of q that no sum of subtracted products reaches: the integers of one sum add up to less
// than 2^38.4, the products to less than 1.9 times as many q.
using Constant = std::array<std::uint64_t, 5>;
constexpr std::uint64_t kOffset = std::uint64_t{0xe0} << 32;
static_assert([] {
    double sum = 0;
    for (const std::uint64_t e : kCoefficientsX) sum += static_cast<double>(e) * 1.01;
    for (const std::uint64_t g : kCoefficientsY) sum += static_cast<double>(g) * 1.9;
    return sum + 1 < static_cast<double>(kOffset) && kOffset < std::uint64_t{1} << 40;
}());
constexpr Constant with_offset(const Fq& x) {
    Constant out{};
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        const auto sum = static_cast<crypto::detail::u128>(kOffset) * Fq::kModulus[i] + x.montgomery()[i] + carry;
        out[i] = static_cast<std::uint64_t>(sum);
        carry = static_cast<std::uint64_t>(sum >> 64);
    }
    out[4] = carry;
    return out;
}

std::array<Constant, kPartialRounds + 1> compute_partial_constants() {
    std::array<Constant, kPartialRounds + 1> out;
    for (std::size_t p = 0; p <= kPartialRounds; ++p) out[p] = with_offset(schedule().partial[p]);
    return out;
}

// Row `row` of -N applied to the state, plus a constant.
[[gnu::always_inline]] inline Limbs4 negative_row(const LazyState& state, std::size_t row, const Constant& constant) {
    SmallSum sum(constant);
    for (std::size_t j = 0; j < kWidth; ++j) sum.subtract(kSmallMatrix[row + j], state[j]);
    return sum.reduce<true>();
}

void partial_rounds(LazyState& state, const Schedule& all) {
    static const std::array<Constant, kPartialRounds + 1> constants = compute_partial_constants();
    static constexpr Constant kZero = with_offset(Fq::zero());
    std::array<Limbs4, kPartialRounds + 1> x;
    std::array<Limbs4, kPartialRounds> y;

    x[0] = state[kHidden];
    for (std::size_t p = 0; p < kStartRounds; ++p) {
        y[p] = scaled_fifth_power(x[p], all.s_box_factor[p]);
        state[kHidden] = y[p];
        x[p + 1] = negative_row(state, kHidden, constants[p + 1]);
        if (p + 1 == kStartRounds) break;
        LazyState next;
        for (std::size_t i = 0; i < kHidden; ++i) next[i] = negative_row(state, i, kZero);
        state = next;
    }
    for (std::size_t p = kStartRounds; p < kPartialRounds; ++p) {
        SmallSum sum(constants[p + 1]);
        for (std::size_t k = 1; k < kWidth; ++k) sum.subtract(kCoefficientsY[k], y[p - k]);
        for (std::size_t k = 0; k < kHidden; ++k) sum.subtract(kCoefficientsX[k], x[p - k]);
        y[p] = scaled_fifth_power(x[p], all.s_box_factor[p]);
        sum.subtract(kCoefficientsY[0], y[p]);
        x[p + 1] = sum.reduce<true>();
    }

    std::array<const Limbs4*, 2 * kHidden> history;
    for (std::size_t j = 0; j < kHidden; ++j) {
        history[j] = &x[kPartialRounds - kHidden + 1 + j];
        history[kHidden + j] = &y[kPartialRounds - kHidden + j];
    }
    for (std::size_t i = 0; i < kHidden; ++i) {
        std::array<Limbs4, 2 * kHidden> coefficients;
        for (std::size_t j = 0; j < kHidden; ++j) {
            coefficients[j] = all.leave_x[i][j].montgomery();
            coefficients[kHidden + j] = all.leave_y[i][j].montgomery();
        }
        state[i] = lazy::sum_of_products(history, coefficients, all.leave[i].montgomery());
    }
    state[kHidden] = x[kPartialRounds];
}

// All rounds but the last matrix and the factor of the result.
LazyState permute_to_last_matrix(const State& state, const Schedule& all) {
    LazyState out;
    for (std::size_t i = 0; i < kWidth; ++i) out[i] = (state[i] + all.first[i]).montgomery();
    for (const State& constants : all.before) full_round(out, constants);
    partial_rounds(out, all);
    for (const State& constants : all.after) full_round(out, constants);
    full_s_boxes(out);
    return out;
}

Fq output_element(const LazyState& state, std::size_t i, const Schedule& all) {
    const Limbs4 scaled = lazy::multiply(matrix_row(state, i, Fq::zero()), all.output_factor.montgomery());
    return Fq::from_montgomery(lazy::subtract_once(scaled));
}

}  // namespace

void permute(State& state) {
    const Schedule& all = schedule();
    const LazyState last = permute_to_last_matrix(state, all);
    for (std::size_t i = 0; i < kWidth; ++i) state[i] = output_element(last, i, all);
}

Fq permute_to_element(const State& state, std::size_t i) {
    const Schedule& all = schedule();
    return output_element(permute_to_last_matrix(state, all), i, all);
}

}  // namespace dusk::crypto::hades
