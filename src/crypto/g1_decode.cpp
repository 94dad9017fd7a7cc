#include "crypto/g1_decode.hpp"

#include <algorithm>

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
    std::size_t index;
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

std::vector<Result<G1Affine, DecodeError>> decode_g1(ByteView bytes) {
    std::vector<Result<G1Affine, DecodeError>> out;
    out.reserve(bytes.size() / kSize);
#if defined(__x86_64__)
    if (cpu_features().avx512_ifma && bytes.size() >= kLeastForEight * kSize) {
        std::vector<Open> open;
        for (std::size_t at = 0; at < bytes.size(); at += kSize) {
            const auto point = CompressedPoint<G1Curve>::read(bytes.subspan(at, kSize));
            if (!point) {
                out.emplace_back(fail(point.error()));
                continue;
            }
            if (!point->identity) open.push_back({out.size(), *point});
            out.emplace_back(G1Affine::identity());
        }
        std::span<const Open> rest = open;
        for (; rest.size() >= kLeastForEight; rest = rest.subspan(std::min<std::size_t>(8, rest.size()))) {
            decode_eight(rest.first(std::min<std::size_t>(8, rest.size())), out);
        }
        for (const Open& one : rest) {
            out[one.index] = G1Affine::from_compressed(bytes.subspan(one.index * kSize, kSize));
        }
        return out;
    }
#endif
    for (std::size_t at = 0; at < bytes.size(); at += kSize) {
        out.push_back(G1Affine::from_compressed(bytes.subspan(at, kSize)));
    }
    return out;
}

}  // namespace dusk::crypto
