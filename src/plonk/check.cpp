#include "plonk/check.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <bit>

#include "plonk/identities.hpp"

namespace dusk::plonk {
namespace {

template <std::size_t N>
bool all_zero(const std::array<Fq, N>& terms) {
    return std::ranges::all_of(terms, [](const Fq& term) { return term.is_zero(); });
}

bool holds(const Selectors& q, const RowValues<Fq>& w, const Fq& public_term) {
    Fq arithmetic = public_term;
    if (!q.arithmetic.is_zero()) arithmetic += q.arithmetic * arithmetic_term(w, q.m, q.l, q.r, q.o, q.f, q.c);
    return arithmetic.is_zero() && (q.range.is_zero() || all_zero(range_terms(w))) &&
           (q.logic.is_zero() || all_zero(logic_terms(w, q.c))) &&
           (q.fixed_base.is_zero() || all_zero(fixed_base_terms(w, q.l, q.r, q.c))) &&
           (q.variable_base.is_zero() || all_zero(variable_base_terms(w)));
}

}  // namespace

std::vector<std::uint32_t> unsatisfied_rows(const CircuitTable& table) {
    const std::size_t rows = table.rows();
    const std::size_t domain = std::bit_ceil(rows);
    const auto next_value = [&](std::size_t row, std::size_t wire) {
        const std::size_t next = (row + 1) % domain;  // rows from the last one to the domain's end are zero
        return next < rows ? table.value(table.wires[next][wire]) : Fq::zero();
    };
    std::vector<std::uint32_t> out;
    auto public_input = table.public_inputs.begin();
    for (std::uint32_t row = 0; row < rows; ++row) {
        const Wires& wires = table.wires[row];
        const RowValues<Fq> values{.a = table.value(wires[0]),
                                   .b = table.value(wires[1]),
                                   .c = table.value(wires[2]),
                                   .d = table.value(wires[3]),
                                   .a_next = next_value(row, 0),
                                   .b_next = next_value(row, 1),
                                   .d_next = next_value(row, 3)};
        Fq public_term;
        if (public_input != table.public_inputs.end() && public_input->row == row) {
            public_term = public_input->value;
            ++public_input;
        }
        if (!holds(table.selectors[row], values, public_term)) out.push_back(row);
    }
    return out;
}

std::string describe_row(const CircuitTable& table, std::uint32_t row) {
    const std::string_view path = table.gadgets.path_of_row(row);
    return path.empty() ? fmt::format("row {}", row) : fmt::format("{}, row {}", path, row);
}

}  // namespace dusk::plonk
