// The transform of n = rows * columns values, seen as a matrix with element i at (i / columns, i mod columns): first
// all columns, then all rows, eight of them at a time, one in each lane of a vector. Each half fits a cache.
//
// Both halves divide by the tree of moduli: a polynomial of length L modulo x^L - z, z = y^2, is split into its
// remainders modulo x^(L/2) - y and x^(L/2) + y by one butterfly per coefficient, (a, b) -> (a + y b, a - y b). The
// roots y of level d, from left to right, are w^(rev(i) n / 2^(d+1)), rev reversing d bits; the leaves come out with
// reversed indices. On a coset with shift g every y of level d has the factor g^(n / 2^(d+1)).
//
// `Lanes` gives the vectors:
//     Vector, Factor                  eight values; eight factors, prepared
//     load(vector, first, stride)     reads eight elements
//     store(vector, first)            writes eight neighbours
//     factors(eight)                  prepares factors
//     scale(vector, factor)           multiplies
//     butterfly(a, b, y)              (a + y b, a - y b), at most 16 times in a row for a value
//     butterfly_one(a, b, level)      the same with y = 1, at levels 0 to kLevelsWithOne - 1 of a transform
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "crypto/fft_plan.hpp"

namespace dusk::crypto {

[[nodiscard]] inline std::size_t reversed_bits(std::size_t x, unsigned bits) {
    std::size_t out = 0;
    for (unsigned i = 0; i < bits; ++i) out |= ((x >> i) & 1) << (bits - 1 - i);
    return out;
}

template <class Lanes>
class BlockedFft final : public FftPlan {
  public:
    explicit BlockedFft(unsigned log2_size)
        : log2_size_(log2_size), log2_rows_(log2_size / 2), log2_columns_(log2_size - log2_rows_) {
        const Fq w = root_of_unity(log2_size);
        std::vector<Fq> powers(size() / 2);  // of w
        Fq power = Fq::one();
        for (Fq& out : powers) {
            out = power;
            power *= w;
        }
        for (unsigned level = 0; level < log2_rows_; ++level) {
            for (std::size_t i = 0; i < (std::size_t{1} << level); ++i) {
                column_roots_.push_back(powers[reversed_bits(i, level) << (log2_size_ - 1 - level)]);
            }
        }
        plain_column_factors_ = broadcast_factors(column_roots_);
        row_factors_ = std::make_unique_for_overwrite<Factor[]>(rows() / kLanes * (columns() - 1));
        Factor* out = row_factors_.get();
        for (std::size_t row = 0; row < rows(); row += kLanes) {
            for (unsigned level = 0; level < log2_columns_; ++level) {
                for (std::size_t i = 0; i < (std::size_t{1} << level); ++i) {
                    std::array<Fq, kLanes> eight;
                    for (std::size_t lane = 0; lane < kLanes; ++lane) {
                        const std::size_t position = (reversed_bits(i, level) << log2_rows_) + row + lane;
                        eight[lane] = powers[position << (log2_columns_ - 1 - level)];
                    }
                    *out++ = Lanes::factors(eight);
                }
            }
        }
        inverse_of_size_ = Fq::from_u64(size()).invert_vartime().value();
    }

    BlockedFft(const BlockedFft&) = delete;
    BlockedFft& operator=(const BlockedFft&) = delete;
    ~BlockedFft() override { delete[] spare_scratch_.load(); }

    void forward(std::span<Fq> values, const Fq* shift, Executor& executor) const override {
        auto scratch = take_scratch();
        if (shift == nullptr) {
            transform_columns<kNatural, kPlain>(values.data(), scratch.get(), {}, executor);
        } else {
            transform_columns<kNatural, kCoset>(values.data(), scratch.get(), *shift, executor);
        }
        transform_rows(scratch.get(), values.data(), nullptr, nullptr, executor);
        give_back(scratch);
    }

    // The forward transform of the values with reversed indices, divided by n (and by the powers of the shift).
    void inverse(std::span<Fq> values, const Fq* shift, Executor& executor) const override {
        auto scratch = take_scratch();
        transform_columns<kReversed, kPlain>(values.data(), scratch.get(), {}, executor);
        const Fq inverse_shift = shift == nullptr ? Fq::one() : shift->invert_vartime().value();
        transform_rows(scratch.get(), values.data(), &inverse_of_size_, shift == nullptr ? nullptr : &inverse_shift,
                       executor);
        give_back(scratch);
    }

  private:
    using Vector = typename Lanes::Vector;
    using Factor = typename Lanes::Factor;
    static constexpr std::size_t kLanes = 8;
    enum Order : std::uint8_t { kNatural, kReversed };
    enum Kind : std::uint8_t { kPlain, kCoset };

    [[nodiscard]] std::size_t size() const { return std::size_t{1} << log2_size_; }
    [[nodiscard]] std::size_t rows() const { return std::size_t{1} << log2_rows_; }
    [[nodiscard]] std::size_t columns() const { return std::size_t{1} << log2_columns_; }

    // The scratch of the last call is kept for the next one: fresh memory costs a tenth of a transform.
    [[nodiscard]] std::unique_ptr<Fq[]> take_scratch() const {
        std::unique_ptr<Fq[]> spare(spare_scratch_.exchange(nullptr));
        return spare ? std::move(spare) : std::make_unique<Fq[]>(size());
    }
    void give_back(std::unique_ptr<Fq[]>& scratch) const {
        Fq* none = nullptr;
        if (spare_scratch_.compare_exchange_strong(none, scratch.get())) (void)scratch.release();
    }

    [[nodiscard]] static std::vector<Factor> broadcast_factors(std::span<const Fq> roots) {
        std::vector<Factor> out(roots.size());
        for (std::size_t i = 0; i < roots.size(); ++i) {
            std::array<Fq, kLanes> eight;
            eight.fill(roots[i]);
            out[i] = Lanes::factors(eight);
        }
        return out;
    }

    // factor, factor step, factor step^2, ...
    [[nodiscard]] static std::array<Fq, kLanes> progression(Fq factor, const Fq& step) {
        std::array<Fq, kLanes> out;
        for (Fq& element : out) {
            element = factor;
            factor *= step;
        }
        return out;
    }

    // One pass over all levels; the roots of all levels one after the other.
    template <bool kFirstRootIsOne>
    static void transform(Vector* vectors, unsigned log2_length, const Factor* roots) {
        std::size_t half = std::size_t{1} << log2_length;
        for (unsigned level = 0; level < log2_length; ++level) {
            half /= 2;
            std::size_t block = 0;
            if (kFirstRootIsOne && level < Lanes::kLevelsWithOne) {
                for (std::size_t j = 0; j < half; ++j) Lanes::butterfly_one(vectors[j], vectors[half + j], level);
                block = 1;
            }
            for (; block < (std::size_t{1} << level); ++block) {
                const Factor& root = roots[(std::size_t{1} << level) - 1 + block];
                Vector* low = vectors + 2 * half * block;
                for (std::size_t j = 0; j < half; ++j) Lanes::butterfly(low[j], low[half + j], root);
            }
        }
    }

    // Row k1 of `out` becomes the remainder of the whole polynomial modulo x^columns - (shift w^k1)^columns.
    template <Order kOrder, Kind kKind>
    void transform_columns(const Fq* in, Fq* out, const Fq& shift, Executor& executor) const {
        // On a coset, row r and column c of the input belong to shift^(columns r + c): the first part goes into the
        // roots, the second is applied to the lanes.
        std::vector<Factor> coset_factors;
        std::vector<Fq> column_shifts;
        if constexpr (kKind == kCoset) {
            std::vector<Fq> roots = column_roots_;
            Fq level_shift = shift;
            for (unsigned i = 0; i < log2_columns_; ++i) level_shift = level_shift.square();
            for (unsigned level = log2_rows_; level-- > 0; level_shift = level_shift.square()) {
                for (std::size_t i = 0; i < (std::size_t{1} << level); ++i) {
                    roots[(std::size_t{1} << level) - 1 + i] *= level_shift;
                }
            }
            coset_factors = broadcast_factors(roots);
            column_shifts.resize(columns());
            Fq power = Fq::one();
            for (Fq& column_shift : column_shifts) {
                column_shift = power;
                power *= shift;
            }
        }
        executor.parallel_for(columns() / kLanes, [&](std::size_t task) {
            const std::size_t column = task * kLanes;
            const auto vectors = std::make_unique_for_overwrite<Vector[]>(rows());
            for (std::size_t row = 0; row < rows(); ++row) {
                const std::size_t index = (row << log2_columns_) + column;
                if constexpr (kOrder == kNatural) {
                    Lanes::load(vectors[row], in + index, 1);
                } else if (index == 0) {  // index 0 stays; 7 neighbours from the end
                    std::array<Fq, kLanes> eight;
                    for (std::size_t i = 0; i < kLanes; ++i) eight[i] = in[(size() - i) % size()];
                    Lanes::load(vectors[row], eight.data(), 1);
                } else {
                    Lanes::load(vectors[row], in + (size() - index), -1);
                }
            }
            if constexpr (kKind == kCoset) {
                std::array<Fq, kLanes> eight;
                for (std::size_t i = 0; i < kLanes; ++i) eight[i] = column_shifts[column + i];
                const Factor factor = Lanes::factors(eight);
                for (std::size_t row = 0; row < rows(); ++row) Lanes::scale(vectors[row], factor);
            }
            transform<kKind == kPlain>(vectors.get(), log2_rows_,
                                       kKind == kPlain ? plain_column_factors_.data() : coset_factors.data());
            for (std::size_t row = 0; row < rows(); ++row) {
                Lanes::store(vectors[row], out + (reversed_bits(row, log2_rows_) << log2_columns_) + column);
            }
        });
    }

    // The coefficients of row k1 become the values at w^(k1 + rows k2), scaled by *scale and by *step^(their index).
    void transform_rows(const Fq* in, Fq* out, const Fq* scale, const Fq* step, Executor& executor) const {
        Fq step_of_rows = Fq::one();
        if (step != nullptr) {
            step_of_rows = *step;
            for (unsigned i = 0; i < log2_rows_; ++i) step_of_rows = step_of_rows.square();
        }
        executor.parallel_for(rows() / kLanes, [&](std::size_t task) {
            const std::size_t row = task * kLanes;
            const auto vectors = std::make_unique_for_overwrite<Vector[]>(columns());
            for (std::size_t column = 0; column < columns(); ++column) {
                Lanes::load(vectors[column], in + (row << log2_columns_) + column,
                            static_cast<std::ptrdiff_t>(columns()));
            }
            transform<false>(vectors.get(), log2_columns_, row_factors_.get() + task * (columns() - 1));
            Factor factor;
            std::array<Fq, kLanes> eight;
            if (step != nullptr) {
                const std::array<std::uint64_t, 1> exponent{row};
                eight = progression(*scale * step->pow_vartime(exponent), *step);
            } else if (scale != nullptr) {
                eight.fill(*scale);
                factor = Lanes::factors(eight);
            }
            for (std::size_t k2 = 0; k2 < columns(); ++k2) {
                Vector& vector = vectors[reversed_bits(k2, log2_columns_)];
                if (step != nullptr) {
                    factor = Lanes::factors(eight);
                    for (Fq& element : eight) element *= step_of_rows;
                }
                if (scale != nullptr) Lanes::scale(vector, factor);
                Lanes::store(vector, out + (k2 << log2_rows_) + row);
            }
        });
    }

    unsigned log2_size_;
    unsigned log2_rows_;
    unsigned log2_columns_;
    std::vector<Fq> column_roots_;
    std::vector<Factor> plain_column_factors_;
    std::unique_ptr<Factor[]> row_factors_;  // columns() - 1 for each eight rows
    Fq inverse_of_size_;
    mutable std::atomic<Fq*> spare_scratch_ = nullptr;
};

}  // namespace dusk::crypto
