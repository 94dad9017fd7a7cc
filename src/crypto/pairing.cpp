#include "crypto/pairing.hpp"

#include <algorithm>
#include <array>

namespace dusk::crypto {
namespace {

constexpr std::uint64_t kAbsoluteX = 0xd201000000010000;

// A G1 point as the lines want it: (-2 x, 2 y), which saves blst two doublings per line.
struct ScaledPoint {
    Fp minus_2x;
    Fp double_y;
};

ScaledPoint scale(const G1Affine& p) {
    const auto& [x, y] = p.blst();
    return {negate(add(x, x)), add(y, y)};
}

void multiply_fp2_by_fp(Fp2& a, const Fp& b) {
    blst_fp_mul(&a.fp[0], &a.fp[0], &b);
    blst_fp_mul(&a.fp[1], &a.fp[1], &b);
}

void multiply_by_line(blst_fp12& value, const blst_fp6& line, const ScaledPoint& p) {
    blst_fp6 at_p = line;
    multiply_fp2_by_fp(at_p.fp2[1], p.minus_2x);
    multiply_fp2_by_fp(at_p.fp2[2], p.double_y);
    blst_fp12_mul_by_xy00z0(&value, &value, &at_p);
}

void write_fp2(const Fp2& value, std::uint8_t*& out) {
    for (const Fp& part : value.fp) {
        fp_to_limbs(part, std::span<std::uint8_t, kFpSize>(out, kFpSize));
        out += kFpSize;
    }
}

}  // namespace

G2Prepared::G2Prepared(const G2Affine& q) {
    if (q.is_identity()) return;
    lines_.resize(kLines);
    blst_precompute_lines(lines_.data(), &q.blst());
}

const G2Prepared& G2Prepared::generator() {
    static const G2Prepared generator(G2Affine::generator());
    return generator;
}

std::vector<std::uint8_t> G2Prepared::to_raw_bytes() const {
    if (is_identity()) return generator().to_raw_bytes();
    std::vector<std::uint8_t> out(kRawSize);
    std::uint8_t* at = out.data();
    for (const blst_fp6& line : lines_) {
        // blst has half of the coefficients of y_P, and minus half of those of x_P.
        write_fp2(add(line.fp2[2], line.fp2[2]), at);
        write_fp2(negate(add(line.fp2[1], line.fp2[1])), at);
        write_fp2(line.fp2[0], at);
    }
    return out;
}

MillerValue::MillerValue() : value_(*blst_fp12_one()) {}

MillerValue& MillerValue::operator*=(const MillerValue& other) {
    blst_fp12_mul(&value_, &value_, &other.value_);
    return *this;
}

bool MillerValue::is_one() const {
    blst_fp12 out;
    blst_final_exp(&out, &value_);
    return blst_fp12_is_one(&out);
}

MillerValue miller_loop(std::span<const PairingTerm> terms) {
    struct Factor {
        ScaledPoint p;
        const blst_fp6* next_line;
    };
    // The usual two without allocation.
    std::array<Factor, 2> few;
    std::vector<Factor> many(terms.size() > few.size() ? terms.size() : 0);
    std::span<Factor> factors = many.empty() ? std::span<Factor>(few) : std::span<Factor>(many);
    std::size_t used = 0;
    for (const PairingTerm& term : terms) {
        if (term.p.is_identity() || term.q->is_identity()) continue;
        factors[used++] = {scale(term.p), term.q->lines().data()};
    }
    factors = factors.first(used);
    blst_fp12 value = *blst_fp12_one();
    const auto multiply_next_lines = [&] {
        for (Factor& factor : factors) multiply_by_line(value, *factor.next_line++, factor.p);
    };
    multiply_next_lines();
    for (int bit = 62; bit > 0; --bit) {
        if ((kAbsoluteX >> bit & 1) != 0) multiply_next_lines();
        blst_fp12_sqr(&value, &value);
        multiply_next_lines();
    }
    // x is negative.
    blst_fp12_conjugate(&value);
    return MillerValue(value);
}

bool pairing_product_is_one(std::span<const PairingTerm> terms) { return miller_loop(terms).is_one(); }

bool pairing_product_is_one(std::span<const G1Affine> ps, std::span<const G2Affine> qs) {
    const std::size_t count = std::min(ps.size(), qs.size());
    std::vector<G2Prepared> prepared;
    std::vector<PairingTerm> terms;
    prepared.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        prepared.emplace_back(qs[i]);
        terms.push_back({ps[i], &prepared.back()});
    }
    return pairing_product_is_one(terms);
}

}  // namespace dusk::crypto
