#if defined(__x86_64__)

#include <algorithm>
#include <array>
#include <atomic>
#include <functional>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "crypto/fft_plan.hpp"
#include "crypto/fq8.hpp"

// Everything in the template is then compiled for these instructions, lambdas included.
#pragma clang attribute push(DUSK_TARGET_IFMA, apply_to = function)
#include "crypto/fft_blocked.hpp"

namespace dusk::crypto {
namespace {

// Values keep the radix 2^256 of `Fq`; factors have 2^260, so that a product has 2^256 again.
// Bounds (see fq8.hpp): a loaded value has 1. butterfly_one doubles it at each of its three levels, to 8; a butterfly
// adds 2, so that after 16 levels, the most there are (2^28 elements have 14), it is at most 8 + 2 * 13 = 34.
struct IfmaLanes {
    using Vector = Fq8Sum;
    using Factor = Fq8;
    static constexpr unsigned kLevelsWithOne = 3;

    static void load(Vector& out, const Fq* first, std::ptrdiff_t stride) {
        out = as_sum(crypto::load<0>(first, stride));
    }
    static void store(const Vector& vector, Fq* first) { store_unscaled(normalise(vector), first); }
    static Factor factors(const std::array<Fq, 8>& eight) { return canonical(crypto::load<4>(eight.data())); }
    static void scale(Vector& vector, const Factor& factor) { vector = multiply(normalise(vector), factor); }
    static void butterfly(Vector& a, Vector& b, const Factor& root) {
        const Fq8Sum product = multiply(normalise(b), root);
        b = subtract<2>(a, product);
        a = a + product;
    }
    static void butterfly_one(Vector& a, Vector& b, unsigned level) {
        const Fq8Sum sum = a + b;
        b = level == 0 ? subtract<1>(a, b) : level == 1 ? subtract<2>(a, b) : subtract<4>(a, b);
        a = sum;
    }
};

}  // namespace

std::unique_ptr<const FftPlan> make_ifma_fft(unsigned log2_size) {
    return std::make_unique<BlockedFft<IfmaLanes>>(log2_size);
}

}  // namespace dusk::crypto
#pragma clang attribute pop

#endif
