// Quotients on a coset, row by row, in one of two ways: a number at a time, or eight in AVX-512 registers.
#pragma once

#include "plonk/coset.hpp"
#include "plonk/transcript.hpp"

namespace dusk::plonk {

// Columns have n + 1 values, the last one the first; null stands for zeros.
struct QuotientColumns {
    std::array<const Fq*, kWires> wires{};
    const Fq* permutation = nullptr;
    const Fq* public_ = nullptr;
    PerColumn<const Fq*> key{};
};

// What a pass over the rows of one coset needs.
struct QuotientPass {
    QuotientColumns columns;
    Challenges challenges;
    Fq shift;    // the coset's first point
    Fq omega;    // from one row to the next
    Fq divisor;  // 1 / (X^n - 1)
    Fq* out;
};

// Rows [begin, end). begin and end are multiples of 8 for the second.
void quotient_rows_portable(const QuotientPass& pass, std::size_t begin, std::size_t end);
void quotient_rows_ifma(const QuotientPass& pass, std::size_t begin, std::size_t end);

}  // namespace dusk::plonk
