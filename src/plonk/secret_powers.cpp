#include "plonk/secret_powers.hpp"

#include <algorithm>

#include "plonk/fixed_base.hpp"

namespace dusk::plonk {
namespace {

using crypto::G1Projective;
using Scalars = std::vector<Fq, WipingAllocator<Fq>>;

constexpr std::size_t kChunk = 64;           // of one task
constexpr std::size_t kSlice = 64 * kChunk;  // between two calls of the progress

// `power` is the first, and afterwards the one behind the last.
void fill_powers(std::span<Fq> out, const Secret<Fq>& secret, Secret<Fq>& power) {
    for (Fq& value : out) {
        value = power.reveal();
        power.reveal() *= secret.reveal();
    }
}

}  // namespace

void multiply_by_powers(std::span<G1Affine> points, const Secret<Fq>& secret, Executor& executor,
                        const Progress& progress) {
    Scalars scalars(std::min(points.size(), kSlice));
    Secret<Fq> power(Fq::one());
    for (std::size_t at = 0; at < points.size(); at += kSlice) {
        const std::span<G1Affine> slice = points.subspan(at, std::min(kSlice, points.size() - at));
        fill_powers(std::span(scalars).first(slice.size()), secret, power);
        executor.parallel_for((slice.size() + kChunk - 1) / kChunk, [&](std::size_t chunk) {
            const std::size_t begin = chunk * kChunk;
            std::vector<G1Projective> products(std::min(kChunk, slice.size() - begin));
            for (std::size_t i = 0; i < products.size(); ++i) {
                products[i] = G1Projective(slice[begin + i]) * scalars[begin + i];
            }
            std::ranges::copy(G1Projective::batch_to_affine(products),
                              slice.begin() + static_cast<std::ptrdiff_t>(begin));
        });
        if (progress) progress(at + slice.size(), points.size());
    }
}

std::vector<G1Affine> generator_by_powers_vartime(std::size_t count, const Secret<Fq>& secret, Executor& executor) {
    Scalars scalars(count);
    Secret<Fq> power(Fq::one());
    fill_powers(scalars, secret, power);
    return multiples_vartime(G1Affine::generator(), scalars, executor);
}

}  // namespace dusk::plonk
