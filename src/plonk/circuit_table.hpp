// What running a circuit leaves behind: all that key generation, proving and checking need.
#pragma once

#include <vector>

#include "base/secret.hpp"
#include "plonk/gadget_map.hpp"
#include "plonk/gate.hpp"

namespace dusk::plonk {

// A row whose identity has a public term. The sign is +value. Recorded when the row was made public, even with 0: the
// positions belong to the key.
struct PublicInput {
    std::uint32_t row;
    Fq value;
};

// Values of witnesses are secret: they are wiped with the table.
struct CircuitTable {
    std::vector<Wires> wires;                     // one per row
    std::vector<Selectors> selectors;             // one per row; empty when the circuit ran to prove
    std::vector<Fq, WipingAllocator<Fq>> values;  // by witness number; empty when the circuit ran for keys
    std::vector<PublicInput> public_inputs;       // ascending rows
    GadgetMap gadgets;                            // empty unless the circuit ran to be checked

    [[nodiscard]] std::size_t rows() const { return wires.size(); }
    [[nodiscard]] const Fq& value(Witness witness) const { return values[witness.index]; }
};

}  // namespace dusk::plonk
