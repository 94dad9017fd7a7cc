// From the sums of the buckets of a window to the window's sum: every bucket times its weight.
#pragma once

#include <span>
#include <vector>

#include "crypto/bucket_sums.hpp"

namespace dusk::crypto {

// Of points p₀ … pₙ₋₁.
struct WeightedSum {
    G1Projective weighted;  // Σ (i + 1) pᵢ
    G1Projective total;     // Σ pᵢ
};

// Running sums need two additions per point, one after the other. So the points are cut into segments whose running
// sums advance side by side, one step of all segments per batch; the sums of the segments are then weighted the same
// way, until few enough are left.
template <class Arithmetic>
class BucketReducer {
  public:
    using Point = typename Arithmetic::Point;

    explicit BucketReducer(typename Arithmetic::Adder& adder) : adder_(adder) {}

    // `points` holds `rows` rows of equal length, at least 1; gives one result per row.
    [[nodiscard]] std::vector<WeightedSum> reduce(std::span<const Point> points, std::size_t rows) {
        if (rows == 0) return {};
        const std::size_t width = points.size() / rows;
        if (width <= 4 || points.size() <= kSerial) return reduce_serially(points, rows);

        const std::size_t segments = (width + kSegment - 1) / kSegment;
        const std::size_t chains = rows * segments;
        // Per segment: `running` the sum of the points passed so far, from the end of the segment; `weighted` the sum
        // of the running sums before that one, which is added while the next running sum is computed.
        std::vector<Point> running(chains, Arithmetic::identity());
        std::vector<Point> next_running(chains, Arithmetic::identity());
        std::vector<Point> weighted(chains, Arithmetic::identity());
        std::vector<Addition<Point>> additions;
        for (std::size_t step = kSegment; step-- > 0;) {
            additions.clear();
            for (std::size_t chain = 0; chain < chains; ++chain) {
                const std::size_t place = chain % segments * kSegment + step;
                if (place >= width) continue;
                const Point* point = &points[chain / segments * width + place];
                if (step == kSegment - 1 || place == width - 1) {
                    next_running[chain] = *point;
                    continue;
                }
                additions.push_back({.left = {&running[chain]}, .right = {point}, .sum = &next_running[chain]});
                if (step == kSegment - 2 || place == width - 2) {
                    weighted[chain] = running[chain];
                    continue;
                }
                additions.push_back({.left = {&weighted[chain]}, .right = {&running[chain]}, .sum = &weighted[chain]});
            }
            adder_.add(additions);
            running.swap(next_running);
        }
        additions.clear();
        for (std::size_t chain = 0; chain < chains; ++chain) {
            additions.push_back({.left = {&weighted[chain]}, .right = {&running[chain]}, .sum = &weighted[chain]});
        }
        adder_.add(additions);
        return combine(running, total_rows(std::move(weighted), rows), rows);
    }

  private:
    static constexpr std::size_t kSegment = 16;
    static constexpr std::size_t kSerial = 64;  // up to so many points an inversion per step costs more than it saves

    // Σ_s (weighted_s + kSegment · s · total_s), where `totals` has one row of segments per result.
    std::vector<WeightedSum> combine(std::span<const Point> totals, std::span<const Point> weighted, std::size_t rows) {
        const std::size_t segments = totals.size() / rows;
        std::vector<Point> later;  // without each row's first segment, whose weight is 0
        for (std::size_t row = 0; row < rows; ++row) {
            const auto segment_totals = totals.subspan(row * segments, segments);
            later.insert(later.end(), segment_totals.begin() + 1, segment_totals.end());
        }
        std::vector<WeightedSum> out(rows);
        if (!later.empty()) out = reduce(later, rows);
        for (std::size_t row = 0; row < rows; ++row) {
            WeightedSum& sum = out[row];
            for (std::size_t factor = kSegment; factor > 1; factor /= 2) {
                sum.weighted = sum.weighted.doubled();
            }
            sum.weighted += Arithmetic::to_projective(weighted[row]);
            sum.total += Arithmetic::to_projective(totals[row * segments]);
        }
        return out;
    }

    // The sum of each row, by halving.
    std::vector<Point> total_rows(std::vector<Point> points, std::size_t rows) {
        std::vector<Addition<Point>> additions;
        for (std::size_t width = points.size() / rows; width > 1;) {
            const std::size_t half = (width + 1) / 2;
            std::vector<Point> halved(rows * half);
            additions.clear();
            for (std::size_t row = 0; row < rows; ++row) {
                const Point* in = &points[row * width];
                Point* out = &halved[row * half];
                for (std::size_t i = 0; i < width / 2; ++i) {
                    additions.push_back({.left = {in + 2 * i}, .right = {in + 2 * i + 1}, .sum = out + i});
                }
                if (width % 2 == 1) out[half - 1] = in[width - 1];
            }
            adder_.add(additions);
            points.swap(halved);
            width = half;
        }
        return points;
    }

    static std::vector<WeightedSum> reduce_serially(std::span<const Point> points, std::size_t rows) {
        const std::size_t width = points.size() / rows;
        std::vector<WeightedSum> out(rows);
        for (std::size_t row = 0; row < rows; ++row) {
            for (std::size_t i = width; i-- > 0;) {
                out[row].total += Arithmetic::to_projective(points[row * width + i]);
                out[row].weighted += out[row].total;
            }
        }
        return out;
    }

    typename Arithmetic::Adder& adder_;
};

}  // namespace dusk::crypto
