#include "crypto/unreduced.hpp"

namespace dusk::crypto {
namespace {

// acc squared `squarings` times, then multiplied by power `factor` of the table.
struct ChainStep {
    int squarings;
    int factor;
};

// Indices into the table of small powers below; 18 is the input itself.
constexpr int kInput = 18;
constexpr ChainStep kChain[] = {{8, 17}, {9, 16}, {9, 15},     {9, 15}, {7, 14}, {7, 13}, {10, 12},
                                {9, 11}, {8, 8},  {8, kInput}, {14, 9}, {10, 8}, {15, 7}, {10, 6},
                                {8, 5},  {16, 3}, {8, 2},      {7, 4},  {9, 2},  {8, 3},  {8, 2},
                                {8, 2},  {8, 2},  {8, 3},      {8, 2},  {8, 2},  {5, 1},  {5, 1}};

}  // namespace

std::optional<UnreducedFq> invert(const UnreducedFq& x) {
    if (x.is_zero()) return std::nullopt;
    if (x == UnreducedFq::one() || x == -UnreducedFq::one()) return x;

    UnreducedFq t[kInput + 1];
    t[kInput] = x;
    t[0] = x.square();
    t[1] = t[0] * x;
    t[16] = t[0].square();
    t[6] = t[16].square();
    t[5] = t[6] * t[0];
    t[0] = t[6] * t[16];
    t[12] = t[5] * t[16];
    t[2] = t[6].square();
    t[7] = t[5] * t[6];
    t[15] = t[0] * t[5];
    t[17] = t[12].square();
    t[1] = t[1] * t[17];
    t[3] = t[7] * t[2];
    t[8] = t[1] * t[17];
    t[4] = t[8] * t[2];
    t[9] = t[8] * t[7];
    t[7] = t[4] * t[5];
    t[11] = t[4] * t[17];
    t[5] = t[9] * t[17];
    t[14] = t[7] * t[15];
    t[13] = t[11] * t[12];
    t[12] = t[11] * t[17];
    t[15] = t[15] * t[12];
    t[16] = t[16] * t[15];
    t[3] = t[3] * t[16];
    t[17] = t[17] * t[3];
    t[0] = t[0] * t[17];
    t[6] = t[6] * t[0];
    t[2] = t[2] * t[6];
    for (const auto [squarings, factor] : kChain) {
        for (int i = 0; i < squarings; ++i) t[0] = t[0].square();
        t[0] = t[0] * t[factor];
    }
    return t[0];
}

}  // namespace dusk::crypto
