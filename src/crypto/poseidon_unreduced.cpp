#include "crypto/poseidon_unreduced.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace dusk::crypto {
namespace {

UnreducedFq s_box(const UnreducedFq& x) { return x.square().square() * x; }

}  // namespace

void hades::permute(UnreducedState& state) {
    const Constants& all = constants();
    for (std::size_t round = 0; round < kRounds; ++round) {
        for (std::size_t i = 0; i < kWidth; ++i) state[i] = state[i] + unreduced(all.round[round][i]);
        const bool full = round < kFullRounds / 2 || round >= kFullRounds / 2 + kPartialRounds;
        for (std::size_t i = full ? 0 : kWidth - 1; i < kWidth; ++i) state[i] = s_box(state[i]);
        UnreducedState mixed{};
        for (std::size_t j = 0; j < kWidth; ++j) {
            for (std::size_t i = 0; i < kWidth; ++i) mixed[i] = mixed[i] + unreduced(all.matrix[i][j]) * state[j];
        }
        state = mixed;
    }
}

Result<UnreducedFq, poseidon::Error> poseidon::digest_unreduced(std::span<const UnreducedFq> input) {
    if (std::ranges::all_of(input, &UnreducedFq::is_reduced)) {
        std::vector<Fq> elements;
        elements.reserve(input.size());
        for (const UnreducedFq& x : input) elements.push_back(Fq::from_montgomery(x.limbs()));
        return transform(digest(Domain::other, elements), [](const Fq& x) { return unreduced(x); });
    }
    const std::array pattern{safe::absorb(input.size()), safe::squeeze(1)};
    const auto tag = safe::tag(pattern, std::to_underlying(Domain::other));
    if (!tag) return fail(Error::too_long);  // an empty input has no limbs that are not reduced
    hades::UnreducedState state{unreduced(*tag)};
    while (true) {
        const std::size_t count = std::min(input.size(), safe::kRate);
        for (std::size_t i = 0; i < count; ++i) state[1 + i] = state[1 + i] + input[i];
        hades::permute(state);
        input = input.subspan(count);
        if (input.empty()) return state[1];
    }
}

}  // namespace dusk::crypto
