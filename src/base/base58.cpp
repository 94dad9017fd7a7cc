#include "base/base58.hpp"

#include <algorithm>

namespace dusk {
namespace {

constexpr std::string_view digits = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
constexpr std::uint8_t no_digit = 255;

constexpr ByteArray<256> make_digit_values() {
    ByteArray<256> values{};
    values.fill(no_digit);
    for (std::size_t i = 0; i < digits.size(); ++i) {
        values[static_cast<std::uint8_t>(digits[i])] = static_cast<std::uint8_t>(i);
    }
    return values;
}
constexpr ByteArray<256> digit_values = make_digit_values();

// Five digits at a time: 58^5 is the largest power below 2^32.
constexpr std::size_t digits_per_step = 5;
constexpr std::uint32_t step_base = 58 * 58 * 58 * 58 * 58;

using Limbs = std::vector<std::uint32_t>;  // least significant first, no leading zero

// limbs = limbs * factor + addend
void multiply_add(Limbs& limbs, std::uint32_t factor, std::uint32_t addend) {
    std::uint64_t carry = addend;
    for (std::uint32_t& limb : limbs) {
        carry += std::uint64_t{limb} * factor;
        limb = static_cast<std::uint32_t>(carry);
        carry >>= 32;
    }
    if (carry != 0) limbs.push_back(static_cast<std::uint32_t>(carry));
}

// limbs = limbs / divisor; the remainder.
std::uint32_t divide(Limbs& limbs, std::uint32_t divisor) {
    std::uint64_t rest = 0;
    for (std::size_t i = limbs.size(); i-- > 0;) {
        rest = rest << 32 | limbs[i];
        limbs[i] = static_cast<std::uint32_t>(rest / divisor);
        rest %= divisor;
    }
    while (!limbs.empty() && limbs.back() == 0) limbs.pop_back();
    return static_cast<std::uint32_t>(rest);
}

template <class Range, class T>
std::size_t count_leading(const Range& range, T value) {
    const auto end = std::ranges::find_if(range, [&](const auto& item) { return item != value; });
    return static_cast<std::size_t>(end - range.begin());
}

}  // namespace

std::string_view to_string(Base58Error error) {
    switch (error) {
        case Base58Error::bad_digit:
            return "a character is not in the base58 alphabet";
        case Base58Error::too_long:
            return "the base58 text is longer than this value can be";
    }
    return "unknown error";
}

std::string to_base58(ByteView bytes) {
    const std::size_t zeros = count_leading(bytes, 0);
    const ByteView number = bytes.subspan(zeros);
    Limbs limbs((number.size() + 3) / 4);
    for (std::size_t i = 0; i < number.size(); ++i) {
        limbs[i / 4] |= std::uint32_t{number[number.size() - 1 - i]} << (8 * (i % 4));
    }
    std::string out;
    while (!limbs.empty()) {
        std::uint32_t group = divide(limbs, step_base);
        for (std::size_t i = 0; i < digits_per_step && (group != 0 || !limbs.empty()); ++i) {
            out.push_back(digits[group % 58]);
            group /= 58;
        }
    }
    out.append(zeros, digits[0]);
    std::ranges::reverse(out);
    return out;
}

Result<Bytes, Base58Error> from_base58(std::string_view text, std::size_t max_bytes) {
    // n bytes need at most n * log(256) / log(58) = 1.3658 n digits.
    if (text.size() / 2 > max_bytes || text.size() > max_bytes + max_bytes * 38 / 100 + 1) {
        return fail(Base58Error::too_long);
    }
    const std::size_t ones = count_leading(text, digits[0]);
    Limbs limbs;
    for (std::size_t at = ones; at < text.size();) {
        const std::size_t end = std::min(text.size(), at + digits_per_step);
        std::uint32_t group = 0;
        std::uint32_t base = 1;
        for (; at < end; ++at) {
            const std::uint8_t value = digit_values[static_cast<std::uint8_t>(text[at])];
            if (value == no_digit) return fail(Base58Error::bad_digit);
            group = group * 58 + value;
            base *= 58;
        }
        multiply_add(limbs, base, group);
    }
    Bytes out;
    out.reserve(ones + 4 * limbs.size());
    for (const std::uint32_t limb : limbs) {
        for (int i = 0; i < 4; ++i) out.push_back(static_cast<std::uint8_t>(limb >> (8 * i)));
    }
    while (!out.empty() && out.back() == 0) out.pop_back();
    out.insert(out.end(), ones, 0);
    if (out.size() > max_bytes) return fail(Base58Error::too_long);
    std::ranges::reverse(out);
    return out;
}

}  // namespace dusk
