// The leading coefficients of a polynomial, under + and *: X^top (c_0 + c_1 / X + c_2 / X^2 …). A value stands for the
// polynomial's coefficients of degree top, top - 1, … top - 10; what lies below is not known and not needed.
#pragma once

#include <algorithm>
#include <array>
#include <span>

#include "crypto/field.hpp"

namespace dusk::plonk {

class TopSeries {
  public:
    static constexpr std::int64_t kTerms = 11;

    TopSeries() = default;  // zero
    explicit TopSeries(const crypto::Fq& constant) { terms_[0] = constant; }
    // Of all coefficients, lowest degree first.
    explicit TopSeries(std::span<const crypto::Fq> polynomial) {
        if (polynomial.empty()) return;
        top_ = static_cast<std::int64_t>(polynomial.size()) - 1;
        for (std::int64_t i = 0; i <= std::min(top_, kTerms - 1); ++i) terms_[place(i)] = polynomial[place(top_ - i)];
    }
    [[nodiscard]] static TopSeries x() {
        TopSeries out(crypto::Fq::one());
        out.top_ = 1;
        return out;
    }

    // p(factor X).
    [[nodiscard]] TopSeries scaled_argument(const crypto::Fq& factor) const {
        TopSeries out = *this;
        for (std::int64_t i = 0; i < kTerms && i <= top_; ++i) {
            const auto degree = static_cast<std::uint64_t>(top_ - i);
            out.terms_[place(i)] *= factor.pow_vartime({&degree, 1});
        }
        return out;
    }
    // Of one of the known degrees, or zero above them.
    [[nodiscard]] crypto::Fq coefficient(std::int64_t degree) const {
        return degree > top_ ? crypto::Fq{} : terms_[place(top_ - degree)];
    }

    friend TopSeries operator+(const TopSeries& a, const TopSeries& b) {
        TopSeries out = a.top_ >= b.top_ ? a : b;
        const TopSeries& low = a.top_ >= b.top_ ? b : a;
        for (std::int64_t i = out.top_ - low.top_; i < kTerms; ++i)
            out.terms_[place(i)] += low.terms_[place(i - (out.top_ - low.top_))];
        return out;
    }
    friend TopSeries operator-(const TopSeries& a, const TopSeries& b) {
        TopSeries minus = b;
        for (crypto::Fq& term : minus.terms_) term = -term;
        return a + minus;
    }
    friend TopSeries operator*(const TopSeries& a, const TopSeries& b) {
        TopSeries out;
        out.top_ = a.top_ + b.top_;
        for (std::int64_t i = 0; i < kTerms; ++i) {
            for (std::int64_t j = 0; i + j < kTerms; ++j)
                out.terms_[place(i + j)] += a.terms_[place(i)] * b.terms_[place(j)];
        }
        return out;
    }

  private:
    // Of what is not negative.
    static std::size_t place(std::int64_t i) { return static_cast<std::size_t>(i); }

    std::int64_t top_ = 0;
    std::array<crypto::Fq, kTerms> terms_{};
};

}  // namespace dusk::plonk
