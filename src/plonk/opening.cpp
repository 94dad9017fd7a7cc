#include "plonk/opening.hpp"

#include <vector>

#include "plonk/bits.hpp"
#include "plonk/hash.hpp"

namespace dusk::plonk {
namespace {

constexpr std::size_t kArity = 4;

struct WitnessLevel {
    std::array<Witness, kArity> bits;  // exactly one of them is 1
    std::array<Witness, kArity> children;
};

// 7 rows.
WitnessLevel append_level(Composer& composer, const OpeningLevel& level) {
    const Composer::Scope scope(composer, "position");
    WitnessLevel out;
    for (std::size_t i = 0; i < kArity; ++i) {
        out.bits[i] = composer.append(Fq::from_u64(i == level.position ? 1 : 0));
        out.children[i] = composer.append(level.children[i]);
        assert_boolean(composer, out.bits[i]);
    }
    const Fq one = Fq::one();
    const Witness three = composer.output({.l = one, .r = one, .f = one}, out.bits[0], out.bits[1], out.bits[2]);
    composer.assert_constant(composer.output({.l = one, .r = one}, three, out.bits[3]), one);
    return out;
}

// The child whose bit is 1 is the node. 12 rows.
void assert_child(Composer& composer, const WitnessLevel& level, Witness node) {
    const Composer::Scope scope(composer, "child");
    for (std::size_t i = 0; i < kArity; ++i) {
        const Witness child = composer.product(level.bits[i], level.children[i]);
        const Witness expected = composer.product(level.bits[i], node);
        composer.assert_equal(child, expected);
    }
}

}  // namespace

Witness opening_root(Composer& composer, std::span<const OpeningLevel> levels, Witness leaf) {
    std::vector<WitnessLevel> path;
    path.reserve(levels.size());
    for (const OpeningLevel& level : levels) path.push_back(append_level(composer, level));
    Witness node = leaf;
    for (const WitnessLevel& level : path) {
        assert_child(composer, level, node);
        node = hash_merkle4(composer, level.children);
    }
    return node;
}

}  // namespace dusk::plonk
