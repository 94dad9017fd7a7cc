#if defined(__x86_64__)

// Everything that holds ordinary functions comes before the target region; what follows are templates over Fq8Number.
#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "crypto/fq8.hpp"
#include "crypto/jubjub.hpp"
#include "plonk/gate.hpp"
#include "plonk/quotient_rows.hpp"

#pragma clang attribute push(DUSK_TARGET_IFMA, apply_to = function)
#include "plonk/quotient_loop.hpp"

namespace dusk::plonk {
namespace {

using crypto::Fq8;
using crypto::Fq8Sum;

// Eight numbers, each below 2 q (fq8.hpp: a bound of 2), so that operands of + - * may be any results of them.
class Fq8Number {
  public:
    Fq8Number() = default;
    explicit Fq8Number(const Fq& x) : value_(crypto::broadcast(crypto::to_limbs52(x))) {}
    explicit Fq8Number(const Fq8& below_2q) : value_(below_2q) {}

    [[nodiscard]] const Fq8& value() const { return value_; }
    // Any value that is not negative.
    [[nodiscard]] static Fq8Number reduced(const Fq8Sum& sum) {
        return Fq8Number(crypto::nearly_canonical(normalise(sum)));
    }

    // 2 + 2 and 2 + 2 q - b, then reduced.
    friend Fq8Number operator+(const Fq8Number& a, const Fq8Number& b) { return reduced(a.value_ + b.value_); }
    friend Fq8Number operator-(const Fq8Number& a, const Fq8Number& b) {
        return reduced(crypto::subtract<2>(crypto::as_sum(a.value_), crypto::as_sum(b.value_)));
    }
    // Below 1 + 4 / 35.3.
    friend Fq8Number operator*(const Fq8Number& a, const Fq8Number& b) { return Fq8Number(a.value_ * b.value_); }

  private:
    Fq8 value_;
};

struct EightLanes {
    using Number = Fq8Number;
    static constexpr std::size_t kCount = 8;
    static Fq8Number load(const Fq* from) { return Fq8Number(crypto::nearly_canonical(crypto::load(from))); }
    static void store(const Fq8Number& value, Fq* to) { crypto::store(value.value(), to); }
};

}  // namespace

void quotient_rows_ifma(const QuotientPass& pass, std::size_t begin, std::size_t end) {
    quotient_rows<EightLanes>(pass, begin, end);
}

}  // namespace dusk::plonk
#pragma clang attribute pop

#endif
