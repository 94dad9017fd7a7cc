#include "crypto/g1_decode.hpp"

#include <array>

#include "base/cpu.hpp"
#include "crypto/compressed_point.hpp"
#include "crypto/g1_decode_ifma.hpp"

namespace dusk::crypto {
namespace {

constexpr std::size_t kSize = G1Affine::kCompressedSize;

#if defined(__x86_64__)

// One by one is faster for fewer.
constexpr std::size_t kLeastForEight = 3;

struct Open {
    std::size_t index = 0;
    CompressedPoint<G1Curve> point;
};

void decode_eight(std::span<const Open> open, std::span<Result<G1Affine, DecodeError>> out) {
    std::array<Fp, 8> xs;
    xs.fill(G1Affine::generator().blst().x);
    for (std::size_t i = 0; i < open.size(); ++i) xs[i] = open[i].point.x;
    const G1Roots roots = g1_roots_ifma(xs);
    for (std::size_t i = 0; i < open.size(); ++i) {
        Result<G1Affine, DecodeError>& answer = out[open[i].index];
        Fp y = roots.y[i];
        if ((roots.on_curve >> i & 1U) == 0) {
            answer = fail(DecodeError::not_on_curve);
        } else if ((roots.in_subgroup >> i & 1U) == 0) {
            answer = fail(DecodeError::not_in_subgroup);
        } else {
            if (is_lexicographically_largest(y) != open[i].point.largest) y = negate(y);
            answer = G1Affine::from_blst_unchecked({xs[i], y});
        }
    }
}

#endif

}  // namespace

void decode_g1(ByteView bytes, std::span<Result<G1Affine, DecodeError>> out) {
    const auto encoded = [&](std::size_t i) { return bytes.subspan(i * kSize, kSize); };
#if defined(__x86_64__)
    if (cpu_features().avx512_ifma) {
        std::array<Open, 8> open;
        std::size_t count = 0;
        const auto solve = [&] {
            if (count >= kLeastForEight) {
                decode_eight(std::span(open).first(count), out);
            } else {
                for (const Open& one : std::span(open).first(count)) {
                    out[one.index] = G1Affine::from_compressed(encoded(one.index));
                }
            }
            count = 0;
        };
        for (std::size_t i = 0; i < out.size(); ++i) {
            const auto point = CompressedPoint<G1Curve>::read(encoded(i));
            if (!point) {
                out[i] = fail(point.error());
            } else if (point->identity) {
                out[i] = G1Affine::identity();
            } else {
                open[count++] = {i, *point};
                if (count == open.size()) solve();
            }
        }
        solve();
        return;
    }
#endif
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = G1Affine::from_compressed(encoded(i));
}

std::vector<Result<G1Affine, DecodeError>> decode_g1(ByteView bytes) {
    std::vector<Result<G1Affine, DecodeError>> out(bytes.size() / kSize);
    decode_g1(bytes, out);
    return out;
}

}  // namespace dusk::crypto
