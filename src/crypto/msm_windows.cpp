#include "crypto/msm_windows.hpp"

#include <cmath>

#include "crypto/g1_endomorphism.hpp"

namespace dusk::crypto {

WindowPlan choose_window_plan(std::size_t points) {
    static constexpr unsigned kMinBits = 4;
    static constexpr unsigned kMaxBits = 16;
    WindowPlan best(kMinBits);
    double best_cost = 0;
    for (unsigned bits = kMinBits; bits <= kMaxBits; ++bits) {
        const WindowPlan plan(bits);
        const double entries = 2.0 * static_cast<double>(points);
        const auto buckets = static_cast<double>(plan.buckets());
        // The first point of a bucket costs nothing; the running sums take 2.06 additions per bucket, and a bucket has
        // to be stored and found.
        const double filled = buckets * -std::expm1(-entries / buckets);
        const double cost = plan.windows * (entries - filled + 2.12 * buckets);
        if (bits == kMinBits || cost < best_cost) {
            best = plan;
            best_cost = cost;
        }
    }
    return best;
}

DigitTable::DigitTable(const WindowPlan& plan, std::size_t scalars)
    : plan_(plan),
      columns_(2 * scalars),
      digits_(std::make_unique_for_overwrite<std::int16_t[]>(plan.windows * columns_)) {
    // With half a digit's range added to all digits but the top one, plain bit fields less that half are the signed
    // digits, each independent of the others.
    for (unsigned w = 0; w + 1 < plan.windows; ++w) offset_ += static_cast<__int128>(1) << (plan.bits * (w + 1) - 1);
}

void DigitTable::set(std::size_t i, const Fq& scalar) {
    const SplitScalar halves = split_scalar_vartime(scalar);
    set_half(2 * i, halves.low);
    set_half(2 * i + 1, halves.high);
}

void DigitTable::set_zero(std::size_t i) {
    set_half(2 * i, 0);
    set_half(2 * i + 1, 0);
}

void DigitTable::set_half(std::size_t column, __int128 half) {
    __int128 rest = half + offset_;
    const auto half_range = static_cast<std::int32_t>(plan_.buckets());
    const std::int32_t mask = 2 * half_range - 1;
    std::int16_t* out = digits_.get() + column;
    for (unsigned w = 0; w + 1 < plan_.windows; ++w) {
        *out = static_cast<std::int16_t>((static_cast<std::int32_t>(rest) & mask) - half_range);
        out += columns_;
        rest >>= plan_.bits;
    }
    *out = static_cast<std::int16_t>(rest);
}

SortedBuckets sort_into_buckets(const DigitTable& digits, const WindowPlan& plan, unsigned first_window,
                                unsigned windows) {
    SortedBuckets sorted;
    std::vector<std::uint32_t>& starts = sorted.starts;
    starts.assign(windows * plan.buckets() + 2, 0);
    // Counts go two places ahead: the running sum leaves each bucket's start one place ahead, and the scatter below
    // moves it on to the start of the next bucket.
    for (unsigned w = 0; w < windows; ++w) {
        std::uint32_t* counts = starts.data() + w * plan.buckets() + 1;
        for (const std::int32_t digit : digits.window(first_window + w)) {
            if (digit != 0) ++counts[digit < 0 ? -digit : digit];
        }
    }
    for (std::size_t b = 1; b < starts.size(); ++b) starts[b] += starts[b - 1];
    sorted.entries = std::make_unique_for_overwrite<BucketEntry[]>(starts.back());
    for (unsigned w = 0; w < windows; ++w) {
        std::uint32_t* places = starts.data() + w * plan.buckets();
        std::uint32_t column = 0;
        for (const std::int32_t digit : digits.window(first_window + w)) {
            if (digit != 0) {
                sorted.entries[places[digit < 0 ? -digit : digit]++] = {.column = column, .negate = digit < 0};
            }
            ++column;
        }
    }
    starts.pop_back();
    return sorted;
}

}  // namespace dusk::crypto
