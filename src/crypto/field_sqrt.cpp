// Square roots. q - 1 = 2^32 t: a power with exponent near t leaves a root of unity of order at most 2^32, whose
// logarithm is read eight bits at a time from tables (as Sarkar, "Computing square roots faster than the
// Tonelli-Shanks/Bernstein algorithm", 2020, arranges it). r = 3 mod 4, so that one power is enough.
#include <array>
#include <memory>
#include <utility>

#include "crypto/field.hpp"

namespace dusk::crypto {
namespace {

constexpr Limbs4 shifted_right(const Limbs4& x, unsigned bits) {  // 0 < bits < 64
    return {(x[0] >> bits) | (x[1] << (64 - bits)), (x[1] >> bits) | (x[2] << (64 - bits)),
            (x[2] >> bits) | (x[3] << (64 - bits)), x[3] >> bits};
}

constexpr Limbs4 kT = shifted_right(Fq::kModulus, kTwoAdicityOfFq);  // q - 1 and q agree above bit 0
constexpr Limbs4 kHalfT = shifted_right(kT, 1);                      // (t - 1) / 2

// g generates the roots of unity of order 2^32.
class RootLogarithm {
  public:
    RootLogarithm() {
        Fq base = root_of_unity(kTwoAdicityOfFq).invert_vartime().value();
        for (auto& window : negative_powers_) {
            window[0] = Fq::one();
            for (std::size_t i = 1; i < kSize; ++i) window[i] = window[i - 1] * base;
            base = window[kSize - 1] * base;
        }
        find_hash();
    }

    // g^(-exponent / 2) where x = g^exponent and the exponent is even, else none.
    [[nodiscard]] std::optional<Fq> inverse_root(const Fq& x) const {
        // x^(2^24), x^(2^16), x^(2^8), x.
        std::array<Fq, kWindows> powers;
        powers[kWindows - 1] = x;
        for (std::size_t i = kWindows - 1; i-- > 0;) {
            powers[i] = powers[i + 1];
            for (int j = 0; j < 8; ++j) powers[i] = powers[i].square();
        }
        // Digit i of the exponent remains of power i when the digits below are taken away.
        std::array<std::uint8_t, kWindows> digits{};
        for (std::size_t i = 0; i < kWindows; ++i) {
            Fq rest = powers[i];
            for (std::size_t j = 0; j < i; ++j) rest *= negative_powers_[kWindows - 1 - i + j][digits[j]];
            digits[i] = digit_of(rest);
            if (i == 0 && (digits[0] & 1) != 0) return std::nullopt;
        }
        Fq out = Fq::one();
        for (std::size_t i = 0; i < kWindows; ++i) {
            const unsigned next = i + 1 < kWindows ? digits[i + 1] : 0;
            out *= negative_powers_[i][static_cast<std::uint8_t>((digits[i] >> 1) | (next << 7))];
        }
        return out;
    }

  private:
    static constexpr std::size_t kSize = 256;
    static constexpr std::size_t kWindows = 4;
    static constexpr unsigned kHashBits = 13;

    [[nodiscard]] static std::size_t slot(const Fq& x, std::uint64_t factor) {
        return (x.montgomery()[0] * factor) >> (64 - kHashBits);
    }
    // The k with x = h^k, for h = g^(2^24) of order 256 and x a power of it.
    [[nodiscard]] std::uint8_t digit_of(const Fq& x) const { return digit_of_slot_[slot(x, factor_)]; }

    // A factor under which the 256 powers of h fall into different slots.
    void find_hash() {
        for (factor_ = 0x9e3779b97f4a7c15;; factor_ += 0x9e3779b97f4a7c16) {
            std::array<bool, 1 << kHashBits> taken{};
            bool fits = true;
            for (std::size_t i = 0; fits && i < kSize; ++i) {
                bool& used = taken[slot(negative_powers_[kWindows - 1][i], factor_)];
                fits = !std::exchange(used, true);
            }
            if (fits) break;
        }
        for (std::size_t i = 0; i < kSize; ++i) {
            digit_of_slot_[slot(negative_powers_[kWindows - 1][i], factor_)] = static_cast<std::uint8_t>(kSize - i);
        }
    }

    std::array<std::array<Fq, kSize>, kWindows> negative_powers_;  // [j][i] = g^(-i 2^(8 j))
    std::array<std::uint8_t, 1 << kHashBits> digit_of_slot_{};
    std::uint64_t factor_ = 0;
};

const RootLogarithm& root_logarithm() {
    static const auto tables = std::make_unique<const RootLogarithm>();
    return *tables;
}

// v^(2^32 - 1): the exponent doubles its run of ones five times.
Fq power_of_32_ones(const Fq& v) {
    Fq out = v;
    for (int ones = 1; ones < 32; ones *= 2) {
        const Fq run = out;
        for (int i = 0; i < ones; ++i) out = out.square();
        out *= run;
    }
    return out;
}

}  // namespace

Fq root_of_unity(unsigned log2_order) {
    static const auto table = [] {
        std::array<Fq, kTwoAdicityOfFq + 1> out;
        Fq root = Fq::from_u64(kGeneratorOfFq).pow_vartime(kT);
        for (std::size_t i = out.size(); i-- > 0; root = root.square()) out[i] = root;
        return out;
    }();
    return table.at(log2_order);
}

std::optional<Fq> sqrt_ratio(const Fq& u, const Fq& v) {
    if (v.is_zero()) return std::nullopt;
    if (u.is_zero()) return u;
    // With w = (u v^(2^33 - 1))^((t - 1) / 2) v^(2^32 - 1): (u w)(v w) = (u / v)^t, a root of unity whose order divides
    // 2^32, and (u w)^2 is that root times u / v.
    const Fq s = power_of_32_ones(v);
    const Fq w = (u * s.square() * v).pow_vartime(kHalfT) * s;
    const Fq candidate = u * w;
    const auto correction = root_logarithm().inverse_root(candidate * (v * w));
    if (!correction) return std::nullopt;
    return candidate * *correction;
}

template <>
std::optional<Fq> Fq::sqrt() const {
    if (is_zero()) return *this;
    const Fq w = pow_vartime(kHalfT);
    const Fq candidate = *this * w;
    const auto correction = root_logarithm().inverse_root(candidate * w);
    if (!correction) return std::nullopt;
    return candidate * *correction;
}

template <>
std::optional<Fr> Fr::sqrt() const {
    static_assert((kModulus[0] & 3) == 3);
    Limbs4 exponent = shifted_right(kModulus, 2);  // (r - 3) / 4
    exponent[0] += 1;
    const Fr root = pow_vartime(exponent);
    if (root.square() != *this) return std::nullopt;
    return root;
}

}  // namespace dusk::crypto
