// How a transform of one size is carried out. Which plan a domain has is decided when it is made.
#pragma once

#include <memory>
#include <span>

#include "base/executor.hpp"
#include "crypto/field.hpp"

namespace dusk::crypto {

class FftPlan {
  public:
    FftPlan() = default;
    FftPlan(const FftPlan&) = delete;
    FftPlan& operator=(const FftPlan&) = delete;
    virtual ~FftPlan() = default;

    // `shift` is null for the group itself.
    virtual void forward(std::span<Fq> values, const Fq* shift, Executor& executor) const = 0;
    virtual void inverse(std::span<Fq> values, const Fq* shift, Executor& executor) const = 0;
};

// Sizes below this are left to the plan of one block, larger ones are split into rows and columns, both of 8 or more.
inline constexpr unsigned kMinLog2OfBlockedFft = 6;

[[nodiscard]] std::unique_ptr<const FftPlan> make_small_fft(unsigned log2_size);
[[nodiscard]] std::unique_ptr<const FftPlan> make_portable_fft(unsigned log2_size);
// Only where cpu_features().avx512_ifma.
[[nodiscard]] std::unique_ptr<const FftPlan> make_ifma_fft(unsigned log2_size);

}  // namespace dusk::crypto
