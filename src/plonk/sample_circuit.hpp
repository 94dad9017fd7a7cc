// A circuit with rows of every kind, for tests and measurements: it proves nothing of interest.
#pragma once

#include "plonk/circuit_table.hpp"

namespace dusk::plonk {

// `rows` is a multiple of 8. Groups of eight: an arithmetic row with random coefficients, a public row (in the first
// thirty groups), and rows of each other kind on the identity of JubJub and on zeros. Satisfied.
[[nodiscard]] inline CircuitTable sample_circuit(std::uint32_t rows, RandomSource& random) {
    CircuitTable out;
    const auto witness = [&](const Fq& value) {
        out.values.push_back(value);
        return Witness{static_cast<std::uint32_t>(out.values.size() - 1)};
    };
    const auto row = [&](const Wires& wires, const Selectors& selectors) {
        out.wires.push_back(wires);
        out.selectors.push_back(selectors);
    };
    (void)witness(Fq::zero());
    (void)witness(Fq::one());
    Witness carried = witness(Fq::random(random));
    const Wires identity{kZero, kOne, kZero, kZero};
    while (out.rows() < rows) {
        switch (out.rows() % 8) {
            case 0: {
                Selectors s{.m = Fq::random(random),
                            .l = Fq::random(random),
                            .r = Fq::random(random),
                            .o = -Fq::one(),
                            .f = Fq::random(random),
                            .c = Fq::random(random),
                            .arithmetic = Fq::one()};
                const Witness fresh = witness(Fq::random(random));
                const Fq& a = out.value(carried);
                const Fq& b = out.value(fresh);
                const Fq value = s.m * a * b + s.l * a + s.r * b + s.f * a + s.c;
                const Witness result = witness(value);
                row({carried, fresh, result, carried}, s);
                carried = result;
                break;
            }
            case 1: {
                const auto at = static_cast<std::uint32_t>(out.rows());
                if (out.public_inputs.size() < 30) {
                    row({carried, kZero, kZero, kZero}, {.l = -Fq::one(), .arithmetic = Fq::one()});
                    out.public_inputs.push_back({at, out.value(carried)});
                } else {
                    row({carried, carried, kZero, kZero}, {.l = -Fq::one(), .r = Fq::one(), .arithmetic = Fq::one()});
                }
                break;
            }
            case 2:
                row({kZero, kZero, kZero, kZero}, {.range = Fq::one()});
                break;
            case 3:
                row({kZero, kZero, kZero, kZero}, {.c = Fq::one(), .logic = Fq::one()});
                break;
            case 4:
                row({kZero, kZero, kZero, kZero}, {});
                break;
            case 5:
                row({kZero, kOne, kZero, kOne}, {.variable_base = Fq::one()});
                break;
            case 6: {
                const Fq x = Fq::random(random);
                const Fq y = Fq::random(random);
                row(identity, {.l = x, .r = y, .c = x * y, .fixed_base = Fq::one()});
                break;
            }
            default:
                row(identity, {});
                break;
        }
    }
    return out;
}

}  // namespace dusk::plonk
