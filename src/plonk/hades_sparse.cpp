#include "plonk/hades_sparse.hpp"

#include <algorithm>
#include <utility>

namespace dusk::plonk {

using crypto::Fq;
using crypto::hades::kFullRounds;
using crypto::hades::kPartialRounds;
using crypto::hades::kWidth;

namespace {

template <std::size_t N>
using Square = std::array<std::array<Fq, N>, N>;

template <std::size_t N>
Square<N> identity() {
    Square<N> out{};
    for (std::size_t i = 0; i < N; ++i) out[i][i] = Fq::one();
    return out;
}

// Row vector times matrix.
template <std::size_t N>
std::array<Fq, N> times(const std::array<Fq, N>& row, const Square<N>& matrix) {
    std::array<Fq, N> out{};
    for (std::size_t i = 0; i < N; ++i) {
        for (std::size_t j = 0; j < N; ++j) out[j] += row[i] * matrix[i][j];
    }
    return out;
}

template <std::size_t N>
Square<N> times(const Square<N>& left, const Square<N>& right) {
    Square<N> out;
    for (std::size_t i = 0; i < N; ++i) out[i] = times(left[i], right);
    return out;
}

// Gauss and Jordan, of a regular matrix.
template <std::size_t N>
Square<N> inverse(Square<N> matrix) {
    Square<N> out = identity<N>();
    for (std::size_t column = 0; column < N; ++column) {
        std::size_t pivot = column;
        while (matrix[pivot][column].is_zero()) ++pivot;
        std::swap(matrix[pivot], matrix[column]);
        std::swap(out[pivot], out[column]);
        const Fq scale = *matrix[column][column].invert();
        for (std::size_t j = 0; j < N; ++j) {
            matrix[column][j] *= scale;
            out[column][j] *= scale;
        }
        for (std::size_t i = 0; i < N; ++i) {
            if (i == column) continue;
            const Fq factor = matrix[i][column];
            for (std::size_t j = 0; j < N; ++j) {
                matrix[i][j] -= factor * matrix[column][j];
                out[i][j] -= factor * out[column][j];
            }
        }
    }
    return out;
}

HadesRow reversed(const HadesRow& row) {
    HadesRow out;
    for (std::size_t i = 0; i < kWidth; ++i) out[i] = row[kWidth - 1 - i];
    return out;
}

struct Split {
    HadesMatrix rest;
    SparseMatrix sparse;
};

// matrix = rest · sparse, where `rest` leaves the first element alone.
Split split(const HadesMatrix& matrix) {
    Split out{.rest = matrix, .sparse = {}};
    Square<kWidth - 1> lower;
    for (std::size_t i = 1; i < kWidth; ++i) {
        out.rest[0][i] = Fq::zero();
        out.rest[i][0] = Fq::zero();
        for (std::size_t j = 1; j < kWidth; ++j) lower[i - 1][j - 1] = matrix[i][j];
    }
    out.rest[0][0] = Fq::one();
    const auto solve = inverse(lower);
    out.sparse.column[0] = matrix[0][0];
    for (std::size_t i = 1; i < kWidth; ++i) {
        out.sparse.row[i - 1] = matrix[0][i];
        for (std::size_t j = 1; j < kWidth; ++j) out.sparse.column[i] += solve[i - 1][j - 1] * matrix[j][0];
    }
    return out;
}

// The constants of partial rounds move backwards through the matrices until only that of the first element is left.
void move_constants(SparseHades& out, const std::array<HadesRow, crypto::hades::kRounds>& round) {
    constexpr std::size_t kBefore = kFullRounds / 2;          // first partial round
    constexpr std::size_t kAfter = kBefore + kPartialRounds;  // first full round after them
    constexpr std::size_t kPartialConstants = kWidth * (kBefore + 1);
    constexpr std::size_t kLastConstants = kPartialConstants + kPartialRounds;
    const HadesMatrix unmix = inverse(out.dense);
    const auto put = [&](std::size_t at, const HadesRow& constants) {
        std::ranges::copy(constants, out.constants.begin() + static_cast<std::ptrdiff_t>(at));
    };
    put(0, round[0]);
    for (std::size_t k = 1; k < kBefore; ++k) put(kWidth * k, times(round[k], unmix));
    HadesRow sum = round[kAfter];
    for (std::size_t k = 0; k < kPartialRounds; ++k) {
        sum = times(sum, unmix);
        out.constants[kLastConstants - 1 - k] = std::exchange(sum[0], Fq::zero());
        for (std::size_t j = 0; j < kWidth; ++j) sum[j] += round[kAfter - 1 - k][j];
    }
    put(kWidth * kBefore, times(sum, unmix));
    for (std::size_t k = 1; k < kBefore; ++k) put(kLastConstants + kWidth * (k - 1), times(round[kAfter + k], unmix));
}

SparseHades compute() {
    const auto& plain = crypto::hades::constants();
    std::array<HadesRow, crypto::hades::kRounds> round;
    for (std::size_t k = 0; k < round.size(); ++k) round[k] = reversed(plain.round[k]);
    SparseHades out{};
    for (std::size_t i = 0; i < kWidth; ++i) out.dense[i] = reversed(plain.matrix[kWidth - 1 - i]);
    move_constants(out, round);

    HadesMatrix current = out.dense;
    for (std::size_t k = kPartialRounds; k-- > 0;) {
        const Split parts = split(current);
        out.sparse[k] = parts.sparse;
        current = times(out.dense, parts.rest);
    }
    out.pre_sparse = current;
    return out;
}

}  // namespace

const SparseHades& sparse_hades() {
    static const SparseHades constants = compute();
    return constants;
}

}  // namespace dusk::plonk
