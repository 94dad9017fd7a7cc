// Field arithmetic on any limbs: 32 bytes decode or are refused and encode to the same bytes; reduced limbs give the
// same results with and without MULX, in vectors, and on the path for unchecked limbs; all that has an inverse or a
// root has the right one.
#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/cpu.hpp"
#include "crypto/fq8.hpp"
#include "crypto/unreduced.hpp"

namespace {

using namespace dusk;
using namespace dusk::crypto;

void require(bool condition) {
    if (!condition) std::abort();
}

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

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView input(data, size);
    const ByteView a = input.first(std::min<std::size_t>(size, 32));
    const ByteView b = input.subspan(a.size());
    check<Fq>(a, b);
    check<Fr>(a, b);
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
