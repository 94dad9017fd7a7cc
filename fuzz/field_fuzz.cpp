// Field arithmetic on any limbs: 32 bytes decode or are refused and encode to the same bytes; reduced limbs give the
// same results with and without MULX, in vectors, and on the path for unchecked limbs; all that has an inverse or a
// root has the right one. Wide integers reduce to their residue. Of Fp the decoders are tried.
#include <algorithm>
#include <array>

#include "base/cpu.hpp"
#include "crypto/fp.hpp"
#include "crypto/fq8.hpp"
#include "crypto/unreduced.hpp"
#include "require.hpp"

namespace {

using namespace dusk;
using namespace dusk::crypto;

using fuzz::require;

#if defined(__x86_64__)
DUSK_TARGET_IFMA std::array<Fq, 8> multiply_lanes(const std::array<Fq, 8>& a, const std::array<Fq, 8>& b) {
    std::array<Fq, 8> out;
    store(load(a.data()) * load(b.data()), out.data());
    return out;
}
#endif

template <class F>
void check(ByteView a_bytes, ByteView b_bytes) {
    const auto decoded = F::from_bytes(a_bytes);
    if (decoded) require(equal(decoded->to_bytes(), a_bytes));
    const F a = decoded.value_or(F::one());
    const F b = F::from_bytes(b_bytes).value_or(-F::one());
    const F product = a * b;
    require(product.montgomery() == (unreduced(a) * unreduced(b)).limbs());
    require(F::template product<crypto::detail::PortableSteps>(a, b) == product);
    require((a + b).montgomery() == (unreduced(a) + unreduced(b)).limbs());
    require((a - b).montgomery() == (unreduced(a) - unreduced(b)).limbs());
    const std::array<F, 5> left{a, b, product, a, b};
    const std::array<F, 5> right{b, b, a, product, a};
    require(F::dot(std::span<const F, 5>(left), std::span<const F, 5>(right)) ==
            a * b + b * b + product * a + a * product + b * a);
    const auto inverse = a.invert();
    require(inverse == a.invert_vartime() && inverse.has_value() == !a.is_zero());
    if (inverse) require(*inverse * a == F::one());
    const auto root = (a * a).sqrt();
    require(root == a || root == -a);
    if (const auto other = a.sqrt()) require(other->square() == a);
}

template <class F>
void check_wide(ByteView bytes) {
    const auto half = [&](std::size_t begin) {
        Limbs4 limbs{};
        for (std::size_t i = 0; i < limbs.size(); ++i) limbs[i] = load_le<std::uint64_t>(bytes.data() + begin + 8 * i);
        return F::from_raw(limbs);
    };
    require(F::from_bytes_wide(bytes.first<64>()) == half(0) + half(32) * F::pow_of_2(256));
}

// Bytes are the integer, limbs its Montgomery form; both are refused where they are not below p.
void check_fp(ByteView bytes) {
    const auto decoded = decode_fp(bytes);
    if (bytes.size() != kFpSize) {
        require(decoded == fail(DecodeError::bad_length));
        return;
    }
    const auto limbs = fp_from_limbs(bytes.first<kFpSize>());
    require(limbs.has_value() == UnreducedFp(bytes.first<kFpSize>()).is_reduced());
    ByteArray<kFpSize> written{};
    if (limbs) {
        fp_to_limbs(*limbs, written);
        require(equal(written, bytes));
    }
    std::ranges::reverse_copy(bytes, written.begin());
    require(decoded.has_value() == UnreducedFp(written).is_reduced());
    if (decoded) require(equal(encode_fp(*decoded), bytes));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView input(data, size);
    const ByteView a = input.first(std::min<std::size_t>(size, 32));
    const ByteView b = input.subspan(a.size());
    check<Fq>(a, b);
    check<Fr>(a, b);
    if (size >= 64) {
        check_wide<Fq>(input);
        check_wide<Fr>(input);
    }
    check_fp(input);
#if defined(__x86_64__)
    if (cpu_features().avx512_ifma) {
        const Fq x = Fq::from_bytes(a).value_or(Fq::one());
        std::array<Fq, 8> lanes{x, -x, x.square(), x + Fq::one(), Fq::from_bytes(b).value_or(-Fq::one()), x.doubled()};
        const auto got = multiply_lanes(lanes, {lanes[4], lanes[3], lanes[2], lanes[1], lanes[0], x, x, x});
        require(got[0] == lanes[0] * lanes[4] && got[1] == lanes[1] * lanes[3] && got[2] == lanes[2].square() &&
                got[5] == lanes[5] * x);
    }
#endif
    return 0;
}
