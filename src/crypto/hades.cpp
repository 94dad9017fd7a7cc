#include "crypto/hades.hpp"

#include <string_view>

#include "crypto/sha2.hpp"

namespace dusk::crypto::hades {
namespace {

constexpr std::string_view kSeed = "poseidon-for-plonk";

Constants compute_constants() {
    const Fq factor = Fq::from_raw(Fq::one().montgomery());  // 2^256
    Constants out{};

    ByteArray<64> link = sha512(as_bytes(kSeed));
    Fq sum = Fq::one();
    for (State& round : out.round) {
        for (Fq& constant : round) {
            sum += Fq::from_bytes_wide(link);
            constant = sum * factor;
            link = sha512(link);
        }
    }
    for (std::size_t i = 0; i < kWidth; ++i) {
        for (std::size_t j = 0; j < kWidth; ++j) {
            out.matrix[i][j] = Fq::from_u64(i + j + kWidth).invert().value() * factor;
        }
    }
    return out;
}

Fq s_box(const Fq& x) { return x.square().square() * x; }

}  // namespace

const Constants& constants() {
    static const Constants all = compute_constants();
    return all;
}

void permute(State& state) {
    const Constants& c = constants();
    for (std::size_t round = 0; round < kRounds; ++round) {
        for (std::size_t i = 0; i < kWidth; ++i) state[i] += c.round[round][i];
        const bool full = round < kFullRounds / 2 || round >= kFullRounds / 2 + kPartialRounds;
        for (std::size_t i = full ? 0 : kWidth - 1; i < kWidth; ++i) state[i] = s_box(state[i]);
        State mixed{};
        for (std::size_t i = 0; i < kWidth; ++i) {
            for (std::size_t j = 0; j < kWidth; ++j) mixed[i] += c.matrix[i][j] * state[j];
        }
        state = mixed;
    }
}

}  // namespace dusk::crypto::hades
