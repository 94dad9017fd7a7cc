#include "crypto/jubjub_multiply.hpp"

#include <algorithm>

#include "base/secret.hpp"
#include "crypto/jubjub_digits.hpp"
#include "crypto/jubjub_select.hpp"

namespace dusk::crypto {

namespace {

// table[|digit| - 1] with the sign of the digit; the identity for 0. Reads the whole table.
template <class Niels, std::size_t N>
Niels look_up(const std::array<Niels, N>& table, std::int8_t digit) {
    const auto extended = static_cast<std::uint64_t>(static_cast<std::int64_t>(digit));
    const std::uint64_t negative = mask_of_bit(extended >> 63);
    const std::uint64_t magnitude = (extended ^ negative) - negative;
    Niels out;
    for (std::size_t j = 0; j < N; ++j) select_if(out, table[j], mask_equal(magnitude, j + 1));
    negate_if(out, negative);
    return out;
}

// P, 2 P, ..., N P
template <std::size_t N>
std::array<JubJubNiels, N> small_multiples(const JubJubExtended& p) {
    std::array<JubJubNiels, N> out;
    out[0] = to_niels(p);
    JubJubExtended multiple = p;
    for (std::size_t j = 1; j < N; ++j) {
        multiple = multiple + out[0];
        out[j] = to_niels(multiple);
    }
    return out;
}

// Non-adjacent form with odd digits of kWidth bits: k = sum of digits[i] 2^i, |digit| < 2^(kWidth-1), at least
// kWidth - 1 zeros between two digits.
constexpr std::size_t kNafDigits = 254;
using NafDigits = std::array<std::int16_t, kNafDigits>;

NafDigits non_adjacent_form(const Fr& k, int width) {
    Limbs4 n = k.to_integer();
    NafDigits digits{};
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < kNafDigits;) {
        const std::uint64_t bit = (n[i / 64] >> (i % 64)) & 1;
        if (bit == carry) {  // the bit of n plus the carry is even
            ++i;
            continue;
        }
        std::uint64_t bits = n[i / 64] >> (i % 64);
        if (i % 64 != 0 && i / 64 < 3) bits |= n[i / 64 + 1] << (64 - i % 64);
        const std::uint64_t window = (bits & ((1U << width) - 1)) + carry;
        carry = window >> (width - 1);
        digits[i] =
            static_cast<std::int16_t>(static_cast<std::int64_t>(window) - static_cast<std::int64_t>(carry << width));
        i += static_cast<std::size_t>(width);
    }
    return digits;
}

// P, 3 P, ..., (2 N - 1) P
template <std::size_t N>
std::array<JubJubNiels, N> odd_multiples(const JubJubExtended& p) {
    std::array<JubJubNiels, N> out;
    out[0] = to_niels(p);
    const JubJubNiels twice = to_niels(p.doubled());
    JubJubExtended multiple = p;
    for (std::size_t j = 1; j < N; ++j) {
        multiple = multiple + twice;
        out[j] = to_niels(multiple);
    }
    return out;
}

constexpr int kVariableWindow = 5;

// One multiple of a sum that shares its doublings (Straus): the form of its scalar and odd multiples of its point.
class VariableTerm {
  public:
    VariableTerm(const JubJubExtended& p, const Fr& k)
        : digits_(non_adjacent_form(k, kWidth)), multiples_(odd_multiples<1 << (kWidth - 2)>(p)) {}
    [[nodiscard]] std::int16_t digit(std::size_t i) const { return digits_[i]; }
    [[nodiscard]] const JubJubNiels& odd_multiple(std::size_t number) const { return multiples_[number / 2]; }

  private:
    static constexpr int kWidth = 5;
    NafDigits digits_;
    std::array<JubJubNiels, 1 << (kWidth - 2)> multiples_;
};

class FixedTerm {
  public:
    FixedTerm(const JubJubFixedBase& base, const Fr& k)
        : digits_(non_adjacent_form(k, JubJubFixedBase::kNafWidth)), base_(base) {}
    [[nodiscard]] std::int16_t digit(std::size_t i) const { return digits_[i]; }
    [[nodiscard]] const JubJubAffineNiels& odd_multiple(std::size_t number) const { return base_.odd_multiple(number); }

  private:
    NafDigits digits_;
    const JubJubFixedBase& base_;
};

template <class Term>
void add_digit(JubJubExtended& acc, const Term& term, std::size_t i) {
    const int digit = term.digit(i);
    if (digit > 0) acc = acc + term.odd_multiple(static_cast<std::size_t>(digit));
    if (digit < 0) acc = acc - term.odd_multiple(static_cast<std::size_t>(-digit));
}

template <class... Terms>
JubJubExtended sum_of_terms(const Terms&... terms) {
    std::size_t i = kNafDigits;
    while (i > 0 && ((terms.digit(i - 1) == 0) && ...)) --i;
    JubJubExtended acc;
    while (i-- > 0) {
        acc = acc.doubled();
        (add_digit(acc, terms, i), ...);
    }
    return acc;
}

}  // namespace

JubJubFixedBase::JubJubFixedBase(const JubJubAffine& base) {
    std::vector<JubJubExtended> multiples;
    multiples.reserve(kWindows * kEntries);
    JubJubExtended power = base;
    for (std::size_t i = 0; i < kWindows; ++i) {
        const JubJubNiels step = to_niels(power);
        multiples.push_back(power);
        for (std::size_t j = 1; j < kEntries; ++j) multiples.push_back(multiples.back() + step);
        power = multiples.back().doubled();
    }
    const std::vector<JubJubAffine> affine = to_affine(multiples);
    auto windows = std::make_unique<Windows>();
    for (std::size_t i = 0; i < affine.size(); ++i) (*windows)[i / kEntries][i % kEntries] = to_niels(affine[i]);
    windows_ = std::move(windows);

    auto odd_niels = std::make_unique<std::array<JubJubAffineNiels, 1 << (kNafWidth - 2)>>();
    std::vector<JubJubExtended> odd{base};
    const JubJubNiels twice = to_niels(JubJubExtended(base).doubled());
    while (odd.size() < odd_niels->size()) odd.push_back(odd.back() + twice);
    std::ranges::transform(to_affine(odd), odd_niels->begin(), [](const JubJubAffine& p) { return to_niels(p); });
    odd_ = std::move(odd_niels);
}

JubJubExtended JubJubFixedBase::multiply(const Fr& k) const {
    static_assert(kWindows == kDigits<kWindow>);
    const auto digits = signed_digits<kWindow>(k);
    JubJubExtended acc;
    for (std::size_t i = 0; i < kWindows; ++i) {
        JubJubAffineNiels term = look_up((*windows_)[i], digits.reveal()[i]);
        acc = acc + term;
        wipe_object(term);
    }
    return acc;
}

JubJubExtended JubJubFixedBase::multiply_vartime(const Fr& k) const {
    const auto digits = signed_digits<kWindow>(k);
    JubJubExtended acc;
    for (std::size_t i = 0; i < kWindows; ++i) {
        const std::int8_t digit = digits.reveal()[i];
        if (digit > 0) acc = acc + (*windows_)[i][static_cast<std::size_t>(digit - 1)];
        if (digit < 0) acc = acc - (*windows_)[i][static_cast<std::size_t>(-digit - 1)];
    }
    return acc;
}

const JubJubFixedBase& generator_multiples() {
    static const JubJubFixedBase table(kJubJubGenerator);
    return table;
}

const JubJubFixedBase& generator_nums_multiples() {
    static const JubJubFixedBase table(kJubJubGeneratorNums);
    return table;
}

JubJubExtended multiply(const JubJubExtended& p, const Fr& k) {
    const auto digits = signed_digits<kVariableWindow>(k);
    const auto table = small_multiples<1 << (kVariableWindow - 1)>(p);
    JubJubExtended acc;
    for (std::size_t i = kDigits<kVariableWindow>; i-- > 0;) {
        for (int j = 0; j < kVariableWindow; ++j) acc = acc.doubled();
        acc = acc + look_up(table, digits.reveal()[i]);
    }
    return acc;
}

JubJubExtended multiply_vartime(const JubJubExtended& p, const Fr& k) {
    const VariableTerm term(p, k);
    return sum_of_terms(term);
}

JubJubExtended multiply_add_vartime(const JubJubFixedBase& base, const Fr& a, const JubJubExtended& p, const Fr& b) {
    const FixedTerm fixed(base, a);
    const VariableTerm variable(p, b);
    return sum_of_terms(fixed, variable);
}

JubJubExtended multiply_add_vartime(const JubJubExtended& p, const Fr& a, const JubJubExtended& q, const Fr& b) {
    const VariableTerm first(p, a);
    const VariableTerm second(q, b);
    return sum_of_terms(first, second);
}

}  // namespace dusk::crypto
