// The bucket method (Pippenger) for large multi-scalar multiplications, over any `Arithmetic` (bucket_sums.hpp) that
// also gives
//
//     static void load(std::span<const G1Affine> points, Point* out);  // out[2i] = Pᵢ, out[2i + 1] = x² Pᵢ
//
// Scalars become pairs of signed halves, and these signed digits (msm_windows.hpp). Per window, the points of equal
// digits are summed (bucket_sums.hpp), and these sums weighted (bucket_reduction.hpp).
#pragma once

#include <algorithm>
#include <bit>

#include "base/executor.hpp"
#include "crypto/bucket_reduction.hpp"

namespace dusk::crypto {

template <class Arithmetic>
class BucketMsm {
  public:
    using Point = typename Arithmetic::Point;

    BucketMsm(const WindowPlan& plan, Executor& executor) : plan_(plan), executor_(executor) {}

    // As msm_vartime, for at least 1 and at most 2^30 points; the spans have equal lengths.
    [[nodiscard]] G1Projective sum(std::span<const G1Affine> points, std::span<const Fq> scalars) {
        table_ = std::make_unique_for_overwrite<Point[]>(2 * points.size());
        DigitTable digits(plan_, points.size());
        const std::size_t chunks = (points.size() + kLoadChunk - 1) / kLoadChunk;
        executor_.parallel_for(chunks, [&](std::size_t chunk) {
            const std::size_t begin = chunk * kLoadChunk;
            const std::size_t end = std::min(points.size(), begin + kLoadChunk);
            Arithmetic::load(points.subspan(begin, end - begin), table_.get() + 2 * begin);
            for (std::size_t i = begin; i < end; ++i) {
                // The table need not be able to hold the identity, and its sums need not deal with it.
                if (points[i].is_identity()) {
                    digits.set_zero(i);
                } else {
                    digits.set(i, scalars[i]);
                }
            }
        });
        return combine_windows(sum_windows(digits, points.size()));
    }

  private:
    static constexpr std::size_t kLoadChunk = 1024;
    // A task with fewer entries than this would mostly wait for inversions.
    static constexpr std::size_t kTaskEntries = 16384;

    // Windows that share a sort and, when there are several, their batches of additions.
    struct Group {
        unsigned first;
        unsigned windows;
    };

    std::vector<G1Projective> sum_windows(const DigitTable& digits, std::size_t points) {
        const std::size_t threads = executor_.concurrency();
        std::size_t windows = std::clamp<std::size_t>(kTaskEntries / (2 * points), 1, plan_.windows);
        if (threads > 1) windows = std::min<std::size_t>(windows, (plan_.windows + threads - 1) / threads);
        std::vector<Group> groups;
        for (unsigned w = 0; w < plan_.windows; w += static_cast<unsigned>(windows)) {
            groups.push_back({.first = w, .windows = std::min(static_cast<unsigned>(windows), plan_.windows - w)});
        }
        std::vector<SortedBuckets> sorted(groups.size());
        executor_.parallel_for(groups.size(), [&](std::size_t g) {
            sorted[g] = sort_into_buckets(digits, plan_, groups[g].first, groups[g].windows);
        });

        // Many threads share a window by parts of equal numbers of entries, wherever that cuts its buckets.
        const std::size_t parts = threads > 1 && windows == 1 ? (3 * threads + groups.size() - 1) / groups.size() : 1;
        std::vector<std::vector<G1Projective>> sums(groups.size() * parts);
        executor_.parallel_for(sums.size(), [&](std::size_t task) {
            sums[task] = sum_part(sorted[task / parts], groups[task / parts].windows, task % parts, parts);
        });

        std::vector<G1Projective> out(plan_.windows);
        for (std::size_t task = 0; task < sums.size(); ++task) {
            for (std::size_t w = 0; w < sums[task].size(); ++w) {
                out[groups[task / parts].first + w] += sums[task][w];
            }
        }
        return out;
    }

    // What one part of the entries of a group gives to each of its windows. With several parts there is one window.
    std::vector<G1Projective> sum_part(const SortedBuckets& sorted, unsigned windows, std::size_t part,
                                       std::size_t parts) {
        const std::size_t first = sorted.size() * part / parts;
        const std::size_t last = sorted.size() * (part + 1) / parts;
        if (first == last) return {};
        std::size_t first_bucket = 0;
        std::size_t end_bucket = windows * plan_.buckets();
        if (parts > 1) {
            first_bucket = bucket_of(sorted, first);
            end_bucket = bucket_of(sorted, last - 1) + 1;
        }
        typename Arithmetic::Adder adder;
        std::vector<Point> bucket_sums(end_bucket - first_bucket, Arithmetic::identity());
        BucketSummer<Arithmetic>(adder).sum(table_.get(), sorted, first, last, first_bucket, bucket_sums);
        std::vector<G1Projective> out;
        for (WeightedSum& sum : BucketReducer<Arithmetic>(adder).reduce(bucket_sums, windows)) {
            add_multiple(sum.weighted, sum.total, first_bucket);
            out.push_back(sum.weighted);
        }
        return out;
    }

    static std::size_t bucket_of(const SortedBuckets& sorted, std::size_t entry) {
        const auto after = std::ranges::upper_bound(sorted.starts, entry);
        return static_cast<std::size_t>(after - sorted.starts.begin()) - 1;
    }

    // sum += factor · point
    static void add_multiple(G1Projective& sum, const G1Projective& point, std::size_t factor) {
        G1Projective multiple;
        for (auto bit = static_cast<int>(std::bit_width(factor)); bit-- > 0;) {
            multiple = multiple.doubled();
            if ((factor >> bit & 1) != 0) multiple += point;
        }
        sum += multiple;
    }

    G1Projective combine_windows(const std::vector<G1Projective>& sums) const {
        G1Projective out;
        for (std::size_t w = sums.size(); w-- > 0;) {
            for (unsigned i = 0; i < plan_.bits; ++i) out = out.doubled();
            out += sums[w];
        }
        return out;
    }

    WindowPlan plan_;
    Executor& executor_;
    std::unique_ptr<Point[]> table_;
};

}  // namespace dusk::crypto
