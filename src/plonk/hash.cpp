#include "plonk/hash.hpp"

#include <algorithm>

#include "plonk/bits.hpp"
#include "plonk/hades_sparse.hpp"

namespace dusk::plonk {
namespace {

using crypto::hades::kFullRounds;
using crypto::hades::kPartialRounds;
using crypto::hades::kWidth;

// (x + before)^5 + after. 3 rows.
Witness s_box(Composer& composer, Witness x, const Fq& before, const Fq& after) {
    const Witness squared = composer.output({.m = Fq::one(), .l = before, .r = before, .c = before.square()}, x, x);
    const Witness fourth = composer.product(squared, squared);
    return composer.output({.m = Fq::one(), .l = before, .c = after}, fourth, x);
}

// State times matrix. 10 rows.
void mix(Composer& composer, WitnessState& state, const HadesMatrix& matrix) {
    WitnessState out;
    for (std::size_t j = 0; j < kWidth; ++j) {
        const Witness first =
            composer.output({.l = matrix[0][j], .r = matrix[1][j], .f = matrix[2][j]}, state[0], state[1], state[2]);
        out[j] = composer.output({.l = matrix[3][j], .r = matrix[4][j], .f = Fq::one()}, state[3], state[4], first);
    }
    state = out;
}

// Two partial rounds in 15 rows: what the first one leaves in the other elements is not computed but stays a sum,
// s_i + row_i y, of which the second one and the end take what they need.
void partial_pair(Composer& composer, WitnessState& s, const SparseMatrix& first, const SparseMatrix& second,
                  std::span<const Fq, 2> constants) {
    const Fq one = Fq::one();
    const Witness y = s_box(composer, s[0], Fq::zero(), constants[0]);
    Witness sum = composer.output({.l = first.column[0], .r = first.column[1], .f = first.column[2]}, y, s[1], s[2]);
    sum = composer.output({.l = one, .r = first.column[3], .f = first.column[4]}, sum, s[3], s[4]);

    const Witness z = s_box(composer, sum, Fq::zero(), constants[1]);
    Fq of_y;
    for (std::size_t i = 1; i < kWidth; ++i) of_y += second.column[i] * first.row[i - 1];
    sum = composer.output({.l = second.column[0], .r = second.column[1], .f = of_y}, z, s[1], y);
    sum = composer.output({.l = one, .r = second.column[2], .f = second.column[3]}, sum, s[2], s[3]);
    s[0] = composer.output({.l = one, .r = second.column[4]}, sum, s[4]);
    for (std::size_t i = 1; i < kWidth; ++i) {
        s[i] = composer.output({.l = one, .r = first.row[i - 1], .f = second.row[i - 1]}, s[i], y, z);
    }
}

}  // namespace

void permute(Composer& composer, WitnessState& state) {
    const SparseHades& hades = sparse_hades();
    constexpr std::size_t kHalf = kFullRounds / 2;
    const Fq* constant = hades.constants.data();
    std::ranges::reverse(state);
    for (std::size_t round = 0; round < kHalf; ++round) {
        for (std::size_t i = 0; i < kWidth; ++i) {
            const Fq before = round == 0 ? constant[i] : Fq::zero();
            state[i] = s_box(composer, state[i], before, constant[i + (round == 0 ? kWidth : 0)]);
        }
        constant += round == 0 ? 2 * kWidth : kWidth;
        mix(composer, state, round + 1 < kHalf ? hades.dense : hades.pre_sparse);
    }
    for (std::size_t round = 0; round < kPartialRounds; round += 2) {
        partial_pair(composer, state, hades.sparse[round], hades.sparse[round + 1],
                     std::span<const Fq, 2>(constant, 2));
        constant += 2;
    }
    for (std::size_t round = 0; round < kHalf; ++round) {
        const bool last = round + 1 == kHalf;
        for (std::size_t i = 0; i < kWidth; ++i) {
            state[i] = s_box(composer, state[i], Fq::zero(), last ? Fq::zero() : constant[i]);
        }
        if (!last) constant += kWidth;
        mix(composer, state, hades.dense);
    }
    std::ranges::reverse(state);
}

namespace detail {

Witness hash(Composer& composer, crypto::poseidon::Domain domain, std::span<const Witness> input) {
    const Composer::Scope scope(composer, "hash");
    const std::array pattern{crypto::safe::absorb(input.size()), crypto::safe::squeeze(1)};
    WitnessState state{};
    state[0] = composer.constant(crypto::safe::tag(pattern, static_cast<std::uint64_t>(domain)).value());
    std::size_t absorbed = 0;
    for (const Witness& x : input) {
        if (absorbed == crypto::safe::kRate) {
            permute(composer, state);
            absorbed = 0;
        }
        ++absorbed;
        state[absorbed] = composer.output({.l = Fq::one(), .r = Fq::one()}, x, state[absorbed]);
    }
    permute(composer, state);
    return state[1];
}

Witness hash_truncated(Composer& composer, std::span<const Witness> input) {
    const Composer::Scope scope(composer, "truncated hash");
    return plonk::truncate<250>(composer, hash(composer, crypto::poseidon::Domain::other, input));
}

}  // namespace detail
}  // namespace dusk::plonk
