#include "plonk/bits.hpp"

#include "plonk/scalar_bits.hpp"

namespace dusk::plonk {
namespace {

constexpr Fq kMinusOne = -Fq::one();

// The largest integer of the field.
constexpr Limbs4 kLargest = kMinusOne.to_integer();

constexpr Fq four_times(const Fq& x) { return x.doubled().doubled(); }

// A number of two bits.
constexpr std::array<Fq, 4> kQuads{Fq::zero(), Fq::one(), Fq::from_u64(2), Fq::from_u64(3)};
Fq quad(std::uint64_t bits) {
    Fq out;
    if ((bits & 1) != 0) out += kQuads[1];
    if ((bits & 2) != 0) out += kQuads[2];
    return out;
}

// `low`, which is known to have `bits` bits, is the integer of x modulo 2^bits: x = high 2^bits + low, and if high is
// that of the largest integer, low is not above that of the largest.
void bind_split(Composer& composer, Witness x, Witness low, std::size_t bits) {
    const Composer::Scope scope(composer, "split");
    const Witness high = composer.append(slice(composer.value(x).to_integer(), bits, 256));
    detail::range(composer, high, 255 - bits);
    composer.assert_equal(composer.output({.l = kPowersOfTwo[bits], .r = Fq::one()}, high, low), x);

    const Witness above = composer.output({.l = kMinusOne, .c = slice(kLargest, bits, 256)}, high);
    detail::range(composer, above, 255 - bits);
    const Witness inverse = composer.append(composer.value(above).invert().value_or(Fq::zero()));
    const Witness is_below = composer.product(above, inverse);
    const Witness is_top = composer.output({.l = kMinusOne, .c = Fq::one()}, is_below);
    composer.arithmetic_row({.m = Fq::one()}, {above, is_top});

    const Witness rest = composer.output({.l = kMinusOne, .c = slice(kLargest, 0, bits)}, low);
    detail::range(composer, composer.product(is_top, rest), bits);
}

}  // namespace

void assert_boolean(Composer& composer, Witness a) {
    composer.arithmetic_row({.m = Fq::one(), .o = kMinusOne}, {a, a, a});
}

void assert_nonzero(Composer& composer, Witness w) {
    const Composer::Scope scope(composer, "not zero");
    const Witness inverse = composer.append(composer.value(w).invert().value_or(Fq::zero()));
    composer.arithmetic_row({.m = Fq::one(), .c = kMinusOne}, {w, inverse});
}

void assert_distinct(Composer& composer, Witness a, Witness b) {
    const Composer::Scope scope(composer, "distinct");
    assert_nonzero(composer, composer.output({.l = Fq::one(), .r = kMinusOne}, a, b));
}

void assert_canonical_jubjub(Composer& composer, Witness k) {
    const Composer::Scope scope(composer, "below the order");
    range<252>(composer, k);
    const Fq largest = to_fq(-crypto::Fr::one());
    range<252>(composer, composer.output({.l = kMinusOne, .c = largest}, k));
}

Witness select(Composer& composer, Witness bit, Witness if_one, Witness if_zero) {
    const Witness one = composer.product(bit, if_one);
    const Witness not_bit = composer.output({.l = kMinusOne, .c = Fq::one()}, bit);
    const Witness zero = composer.product(not_bit, if_zero);
    return composer.output({.l = Fq::one(), .r = Fq::one()}, zero, one);
}

Witness select_one(Composer& composer, Witness bit, Witness if_one) {
    const Fq b = composer.value(bit);
    const Witness out = composer.append(Fq::one() - b + b * composer.value(if_one));
    composer.arithmetic_row({.m = Fq::one(), .l = kMinusOne, .o = kMinusOne, .c = Fq::one()}, {bit, if_one, out});
    return out;
}

Witness select_zero(Composer& composer, Witness bit, Witness if_one) { return composer.product(bit, if_one); }

namespace detail {

// Accumulators of two bits each from the top, four to a row: d, c, b, a. The last one stands in wire d of an empty row.
void range_even(Composer& composer, Witness w, std::size_t bits) {
    const Composer::Scope scope(composer, "range");
    if (bits == 0) {
        composer.arithmetic_row({.l = Fq::one()}, {w});
        return;
    }
    const Secret<Limbs4> integer(composer.value(w).to_integer());
    const std::size_t rows = (bits + 7) / 8;
    std::size_t place = 1 + (8 * rows - bits) / 2;
    Fq value;
    Witness accumulator;
    Wires wires{};
    for (std::size_t left = bits; left > 0; ++place) {
        left -= 2;
        value = four_times(value) + quad(bits_of(integer.reveal(), left, left + 2)[0]);
        accumulator = composer.append(value);
        if (place % 4 == 0) {
            composer.range_row(wires);
            wires = {};
        }
        wires[3 - place % 4] = accumulator;
    }
    composer.empty_row({kZero, kZero, kZero, accumulator});
    composer.assert_equal(accumulator, w);
}

void range(Composer& composer, Witness w, std::size_t bits) {
    if (bits % 2 == 0) {
        range_even(composer, w, bits);
        return;
    }
    const Composer::Scope scope(composer, "odd range");
    const std::size_t top = bits - 1;
    const Secret<Limbs4> integer(composer.value(w).to_integer());
    const Witness low = composer.append(slice(integer.reveal(), 0, top));
    range_even(composer, low, top);
    const Witness high = composer.append(quad(bit_of(integer.reveal(), top)));
    assert_boolean(composer, high);
    composer.assert_equal(composer.output({.l = Fq::one(), .r = kPowersOfTwo[top]}, low, high), w);
}

void decompose(Composer& composer, Witness scalar, std::span<Witness> bits) {
    const Composer::Scope scope(composer, "decomposition");
    constexpr std::size_t kShort = 254;  // so many bits are always below the modulus
    const Secret<Limbs4> integer(composer.value(scalar).to_integer());
    Witness sum;
    Witness low;
    for (std::size_t i = 0; i < bits.size(); ++i) {
        bits[i] = composer.append(quad(bit_of(integer.reveal(), i)));
        assert_boolean(composer, bits[i]);
        sum = composer.output({.l = kPowersOfTwo[i], .r = Fq::one()}, bits[i], sum);
        if (i + 1 == kShort) low = sum;
    }
    composer.assert_equal(sum, scalar);
    if (bits.size() <= kShort) return;
    for (const Witness& bit : bits.subspan(kShort + 1)) composer.assert_constant(bit, Fq::zero());
    const Witness rest = composer.output({.l = kMinusOne, .c = slice(kLargest, 0, kShort)}, low);
    range(composer, composer.product(bits[kShort], rest), kShort);
}

Witness truncate(Composer& composer, Witness x, std::size_t bits) {
    const Composer::Scope scope(composer, "truncation");
    const Witness low = composer.append(slice(composer.value(x).to_integer(), 0, bits));
    range(composer, low, bits);
    bind_split(composer, x, low, bits);
    return low;
}

Witness logic(Composer& composer, Composer::Logic operation, Witness a, Witness b, std::size_t pairs) {
    const Composer::Scope scope(composer, "logic");
    const Secret<Limbs4> a_integer(composer.value(a).to_integer());
    const Secret<Limbs4> b_integer(composer.value(b).to_integer());
    Fq a_value;
    Fq b_value;
    Fq out_value;
    Witness a_sum;
    Witness b_sum;
    Witness out_sum;
    for (std::size_t left = 2 * pairs; left > 0;) {
        left -= 2;
        const std::uint64_t a_quad = bits_of(a_integer.reveal(), left, left + 2)[0];
        const std::uint64_t b_quad = bits_of(b_integer.reveal(), left, left + 2)[0];
        const std::uint64_t out = operation == Composer::Logic::conjunction ? a_quad & b_quad : a_quad ^ b_quad;
        a_value = four_times(a_value) + quad(a_quad);
        b_value = four_times(b_value) + quad(b_quad);
        out_value = four_times(out_value) + quad(out);
        // The row holds the sums before this step; the next one those after it.
        const Wires before{a_sum, b_sum, kZero, out_sum};
        a_sum = composer.append(a_value);
        b_sum = composer.append(b_value);
        const Witness quads = composer.append(Fq::from_u64(a_quad * b_quad));
        out_sum = composer.append(out_value);
        composer.logic_row(operation, {before[0], before[1], quads, before[3]});
    }
    composer.empty_row({a_sum, b_sum, kZero, out_sum});
    if (pairs == 0) return out_sum;
    bind_split(composer, a, a_sum, 2 * pairs);
    bind_split(composer, b, b_sum, 2 * pairs);
    return out_sum;
}

}  // namespace detail
}  // namespace dusk::plonk
