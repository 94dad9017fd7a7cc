// Sums of buckets, and weighted sums over buckets, for any arithmetic that adds points of G1 in affine form, many
// pairs per inversion. Such an `Arithmetic` gives
//
//     struct Point;                       // an affine point or the identity
//     static Point identity();
//     static void copy(const Point& from, bool negate, Point& to);
//     static G1Projective to_projective(const Point&);
//     class Adder { void add(std::span<const Addition<Point>>); };   // one per thread, owns its buffers
#pragma once

#include <algorithm>
#include <memory>
#include <span>
#include <vector>

#include "crypto/g1.hpp"
#include "crypto/msm_windows.hpp"

namespace dusk::crypto {

template <class Point>
struct Operand {
    const Point* point;
    bool negate = false;
};

// sum = left + right. `sum` may be the very point of an operand, but no point that another addition of the same
// batch reads or writes.
template <class Point>
struct Addition {
    Operand<Point> left;
    Operand<Point> right;
    Point* sum;
};

// Sums every bucket as a binary tree. One level of the trees of a slice of entries is one batch.
template <class Arithmetic>
class BucketSummer {
  public:
    using Point = typename Arithmetic::Point;

    // Entries per slice: the points of a slice and all the buffers for it stay in a cache of 1 MiB.
    static constexpr std::size_t kSlice = 4096;

    explicit BucketSummer(typename Arithmetic::Adder& adder) : adder_(adder) {}

    // sums[b - first_bucket] = sum of the entries first … last - 1 that are in bucket b. `sums` are identities
    // before, and reach to the bucket of the last entry. Entries refer to points of `table`.
    void sum(const Point* table, const SortedBuckets& sorted, std::size_t first, std::size_t last,
             std::size_t first_bucket, std::span<Point> sums) {
        // All levels of a slice together have fewer partial sums than it has entries.
        if (const std::size_t most = std::min(kSlice, last - first); most > room_) {
            partial_sums_ = std::make_unique_for_overwrite<Point[]>(most);
            room_ = most;
        }
        std::size_t bucket = first_bucket;
        bool bucket_begun = false;
        for (std::size_t begin = first; begin < last; begin += kSlice) {
            const std::size_t end = std::min(last, begin + kSlice);
            operands_.clear();
            runs_.clear();
            for (std::size_t position = begin; position < end;) {
                while (sorted.starts[bucket + 1] <= position) {
                    ++bucket;
                    bucket_begun = false;
                }
                const std::size_t run_end = std::min<std::size_t>(end, sorted.starts[bucket + 1]);
                Point* sum = &sums[bucket - first_bucket];
                runs_.push_back({.sum = sum, .count = run_end - position + (bucket_begun ? 1 : 0)});
                if (bucket_begun) operands_.push_back({.point = sum});
                for (; position < run_end; ++position) {
                    const BucketEntry entry = sorted.entries[position];
                    operands_.push_back({.point = table + entry.column, .negate = entry.negate != 0});
                }
                bucket_begun = true;
            }
            collapse();
        }
    }

  private:
    // Neighbouring operands that belong to one sum.
    struct Run {
        Point* sum;
        std::size_t count;
    };

    void collapse() {
        Point* partial_sum = partial_sums_.get();
        while (!runs_.empty()) {
            additions_.clear();
            // Operands and runs of the next level take the places of those that are done.
            const Operand<Point>* in = operands_.data();
            Operand<Point>* out = operands_.data();
            std::size_t runs_left = 0;
            for (const Run run : runs_) {
                if (run.count == 1) Arithmetic::copy(*in->point, in->negate, *run.sum);
                if (run.count == 2) additions_.push_back({.left = in[0], .right = in[1], .sum = run.sum});
                if (run.count > 2) {
                    for (std::size_t i = 0; i + 1 < run.count; i += 2) {
                        additions_.push_back({.left = in[i], .right = in[i + 1], .sum = partial_sum});
                        *out++ = {.point = partial_sum++};
                    }
                    if (run.count % 2 == 1) *out++ = in[run.count - 1];
                    runs_[runs_left++] = {.sum = run.sum, .count = (run.count + 1) / 2};
                }
                in += run.count;
            }
            runs_.resize(runs_left);
            adder_.add(additions_);
        }
    }

    typename Arithmetic::Adder& adder_;
    std::vector<Operand<Point>> operands_;
    std::vector<Run> runs_;
    std::vector<Addition<Point>> additions_;
    std::unique_ptr<Point[]> partial_sums_;  // of a slice
    std::size_t room_ = 0;
};

}  // namespace dusk::crypto
