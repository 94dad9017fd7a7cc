#include "crypto/msm.hpp"

#include "base/cpu.hpp"
#include "crypto/bucket_msm.hpp"
#include "crypto/g1_batch_ifma.hpp"
#include "crypto/g1_batch_portable.hpp"
#include "crypto/straus_msm.hpp"

namespace dusk::crypto {
namespace {

constexpr std::size_t kMaxChunk = std::size_t{1} << 17;
// Up to so many points Straus' method is the fastest.
[[maybe_unused]] constexpr std::size_t kStrausPointsVector = 6;
constexpr std::size_t kStrausPointsPortable = kMaxStrausTables;

G1Projective msm_chunk(std::span<const G1Affine> points, std::span<const Fq> scalars, Executor& executor) {
#if defined(__x86_64__)
    if (cpu_features().avx512_ifma && points.size() > kStrausPointsVector) {
        return BucketMsm<IfmaG1>(choose_window_plan(points.size()), executor).sum(points, scalars);
    }
#endif
    if (points.size() <= kStrausPointsPortable) return straus_msm_vartime(points, scalars);
    return BucketMsm<PortableG1>(choose_window_plan(points.size()), executor).sum(points, scalars);
}

}  // namespace

G1Projective msm_vartime(std::span<const G1Affine> points, std::span<const Fq> scalars, Executor& executor) {
    const std::size_t count = std::min(points.size(), scalars.size());
    G1Projective sum;
    for (std::size_t begin = 0; begin < count; begin += kMaxChunk) {
        const std::size_t size = std::min(kMaxChunk, count - begin);
        sum += msm_chunk(points.subspan(begin, size), scalars.subspan(begin, size), executor);
    }
    return sum;
}

}  // namespace dusk::crypto
