// How a multi-scalar multiplication cuts scalars into signed digits, and which points go to which bucket.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "crypto/field.hpp"

namespace dusk::crypto {

// Digits of `bits` bits cover the 127 bits and the sign of half a scalar (g1_endomorphism.hpp).
struct WindowPlan {
    unsigned bits;     // 3 … 16
    unsigned windows;  // digits per half scalar

    explicit constexpr WindowPlan(unsigned digit_bits) : bits(digit_bits), windows((127 + digit_bits) / digit_bits) {}
    // Digits are −2^(bits−1) … 2^(bits−1); the sign goes to the point, zero is left out.
    [[nodiscard]] constexpr std::size_t buckets() const { return std::size_t{1} << (bits - 1); }
};

// The plan with the fewest point additions for this many points.
[[nodiscard]] WindowPlan choose_window_plan(std::size_t points);

// The digits of both halves of some scalars, window by window.
class DigitTable {
  public:
    DigitTable(const WindowPlan& plan, std::size_t scalars);

    // Digits of scalar i at column 2i (times the point) and 2i + 1 (times x² the point). Different i may be set at
    // once from different threads.
    void set(std::size_t i, const Fq& scalar);
    void set_zero(std::size_t i);
    [[nodiscard]] std::span<const std::int16_t> window(unsigned w) const {
        return {digits_.get() + w * columns_, columns_};
    }

  private:
    void set_half(std::size_t column, __int128 half);

    WindowPlan plan_;
    std::size_t columns_;
    __int128 offset_ = 0;
    std::unique_ptr<std::int16_t[]> digits_;
};

// One column of a digit table in a bucket: its point is added, or subtracted.
struct BucketEntry {
    std::uint32_t column : 31;
    std::uint32_t negate : 1;
};

// The entries of the windows `first_window` … `first_window + windows - 1`, sorted by bucket. Bucket b of the w-th
// window has the number w · plan.buckets() + b and the weight b + 1.
struct SortedBuckets {
    std::unique_ptr<BucketEntry[]> entries;
    std::vector<std::uint32_t> starts;  // per bucket, and the end of the last one

    [[nodiscard]] std::size_t size() const { return starts.back(); }
};
[[nodiscard]] SortedBuckets sort_into_buckets(const DigitTable& digits, const WindowPlan& plan, unsigned first_window,
                                              unsigned windows);

}  // namespace dusk::crypto
