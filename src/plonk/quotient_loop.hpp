// The loop of quotient_rows.hpp over `Lanes`:
//
//     struct Lanes {
//         using Number = …;                       // as in identities.hpp
//         static constexpr std::size_t kCount;    // rows at once
//         static Number load(const Fq*);
//         static void store(const Number&, Fq*);
//     };
//
// The including file has included everything below before, and opens the target region of its instructions.
#pragma once

#include <array>

#include "plonk/quotient_rows.hpp"
#include "plonk/quotient_terms.hpp"

namespace dusk::plonk {

template <class Lanes>
void quotient_rows(const QuotientPass& pass, std::size_t begin, std::size_t end) {
    using F = typename Lanes::Number;
    const QuotientColumns& from = pass.columns;
    const QuotientChallenges<F> challenges{.beta = F(pass.challenges.beta),
                                           .gamma = F(pass.challenges.gamma),
                                           .alpha = F(pass.challenges.alpha),
                                           .range = F(pass.challenges.range),
                                           .logic = F(pass.challenges.logic),
                                           .fixed_base = F(pass.challenges.fixed_base),
                                           .variable_base = F(pass.challenges.variable_base),
                                           .shift_b = detail::small<F>(7),
                                           .shift_c = detail::small<F>(13),
                                           .shift_d = detail::small<F>(17)};
    const F divisor(pass.divisor);
    const std::uint64_t first = begin;
    std::array<Fq, Lanes::kCount> points;
    points[0] = pass.shift * pass.omega.pow_vartime({&first, 1});
    for (std::size_t i = 1; i < Lanes::kCount; ++i) points[i] = points[i - 1] * pass.omega;
    const std::uint64_t count = Lanes::kCount;
    const F step(pass.omega.pow_vartime({&count, 1}));
    const F zero{Fq{}};

    QuotientPoint<F> p;
    p.x = Lanes::load(points.data());
    for (std::size_t i = begin; i < end; i += Lanes::kCount) {
        const auto value = [&](const Fq* column) { return column == nullptr ? zero : Lanes::load(column + i); };
        p.row = {.a = Lanes::load(from.wires[0] + i),
                 .b = Lanes::load(from.wires[1] + i),
                 .c = Lanes::load(from.wires[2] + i),
                 .d = Lanes::load(from.wires[3] + i),
                 .a_next = Lanes::load(from.wires[0] + i + 1),
                 .b_next = Lanes::load(from.wires[1] + i + 1),
                 .d_next = Lanes::load(from.wires[3] + i + 1)};
        p.permutation = Lanes::load(from.permutation + i);
        p.permutation_next = Lanes::load(from.permutation + i + 1);
        p.public_ = value(from.public_);
        p.sigma_1 = value(from.key[KeyColumn::sigma_1]);
        p.sigma_2 = value(from.key[KeyColumn::sigma_2]);
        p.sigma_3 = value(from.key[KeyColumn::sigma_3]);
        p.sigma_4 = value(from.key[KeyColumn::sigma_4]);
        const F sum = numerator<F, KeyColumn>(
            p, challenges, [&](KeyColumn column) { return from.key[column] != nullptr; },
            [&](KeyColumn column) { return value(from.key[column]); });
        Lanes::store(sum * divisor, pass.out + i);
        p.x = p.x * step;
    }
}

}  // namespace dusk::plonk
