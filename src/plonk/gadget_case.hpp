// How gadgets are tested: the result is that of the plain function, the rows hold and are as many as written, and a
// change of any one witness breaks a row.
#pragma once

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "crypto/chacha_rng.hpp"
#include "crypto/jubjub_multiply.hpp"
#include "plonk/check.hpp"
#include "plonk/points.hpp"

namespace dusk::plonk {

using crypto::Fr;
using crypto::JubJubExtended;

struct Draws {
    explicit Draws(std::uint64_t seed) : random(seed) {}
    Fq field() { return Fq::random(random); }
    Fr scalar() { return Fr::random(random); }
    JubJubExtended point() { return crypto::multiply_generator(scalar()); }
    crypto::ChaChaRng random;
};

inline void same(Composer& c, Witness w, const Fq& expected) { RC_ASSERT(c.value(w) == expected); }
inline void same(Composer& c, const WitnessPoint& p, const JubJubExtended& expected) {
    RC_ASSERT(JubJubExtended(value(c, p)) == expected);
}

// A private point whose coordinates nothing else would tie.
inline TorsionFreeWitnessPoint fixed_point(Composer& c, const JubJubExtended& p) { return append_constant_point(c, p); }

struct Gadget {
    const char* name;
    std::size_t rows;  // of the gadget; what `prepare` needs is not counted
    // Appends inputs that other rows tie, and returns the gadget.
    std::function<void()> (*prepare)(Composer&, Draws&);
};

// The helper of a truncation has any value where the high part is that of the largest integer: it is multiplied by zero
// and stands nowhere else.
inline bool is_free_inverse(const CircuitTable& table, Witness witness) {
    for (std::size_t row = 0; row < table.rows(); ++row) {
        const Wires& wires = table.wires[row];
        if (std::ranges::find(wires, witness) == wires.end()) continue;
        const bool times_zero = wires[1] == witness && std::ranges::count(wires, witness) == 1 &&
                                table.value(wires[0]).is_zero() && table.selectors[row].r.is_zero();
        if (!times_zero) return false;
    }
    return true;
}

inline void expect_to_hold_and_to_break(const Gadget& gadget) {
    EXPECT_TRUE(rc::check(gadget.name, [&](std::uint64_t seed) {
        Draws draws(seed);
        Composer composer(Composer::Mode::check);
        const auto run = gadget.prepare(composer, draws);
        const std::size_t before = composer.rows();
        run();
        RC_ASSERT(composer.rows() - before == gadget.rows);
        auto table = std::move(composer).finish().value();
        const auto failing = unsatisfied_rows(table);
        if (!failing.empty()) RC_FAIL(describe_row(table, failing[0]));

        const int changes = table.rows() > 1000 ? 3 : 20;
        for (int i = 0; i < changes; ++i) {
            const Witness witness{static_cast<std::uint32_t>(draws.random.next_u64() % table.values.size())};
            const Fq old = std::exchange(table.values[witness.index], draws.field());
            const bool unnoticed = unsatisfied_rows(table).empty();
            table.values[witness.index] = old;
            if (unnoticed && !is_free_inverse(table, witness)) {
                RC_FAIL("witness " + std::to_string(witness.index) + " may have any value");
            }
        }
    }));
}

inline std::string test_name(const testing::TestParamInfo<Gadget>& info) {
    std::string name = info.param.name;
    std::ranges::replace(name, ' ', '_');
    return name;
}

}  // namespace dusk::plonk
