#include "crypto/fft.hpp"

#include <stdexcept>

#include "base/cpu.hpp"
#include "crypto/fft_plan.hpp"

namespace dusk::crypto {
namespace {

std::unique_ptr<const FftPlan> make_plan(unsigned log2_size) {
    if (log2_size > FftDomain::kMaxLog2Size) throw std::length_error("a transform of more than 2^28 elements");
    if (log2_size < kMinLog2OfBlockedFft) return make_small_fft(log2_size);
#if defined(__x86_64__)
    if (cpu_features().avx512_ifma) return make_ifma_fft(log2_size);
#endif
    return make_portable_fft(log2_size);
}

}  // namespace

FftDomain::FftDomain(unsigned log2_size) : log2_size_(log2_size), plan_(make_plan(log2_size)) {
    generator_ = root_of_unity(log2_size);
}
FftDomain::FftDomain(FftDomain&&) noexcept = default;
FftDomain& FftDomain::operator=(FftDomain&&) noexcept = default;
FftDomain::~FftDomain() = default;

void FftDomain::forward(std::span<Fq> values, Executor& executor) const { plan_->forward(values, nullptr, executor); }
void FftDomain::inverse(std::span<Fq> values, Executor& executor) const { plan_->inverse(values, nullptr, executor); }
void FftDomain::forward_coset(std::span<Fq> values, const Fq& shift, Executor& executor) const {
    plan_->forward(values, &shift, executor);
}
void FftDomain::inverse_coset(std::span<Fq> values, const Fq& shift, Executor& executor) const {
    plan_->inverse(values, &shift, executor);
}

}  // namespace dusk::crypto
