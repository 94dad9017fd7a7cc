#include "crypto/jubjub_exact.hpp"

#include "base/secret.hpp"
#include "crypto/jubjub_select.hpp"

namespace dusk::crypto {

namespace {

constexpr int kScalarBits = 252;

template <class Niels>
JubJubExtended ladder(const Niels& n, const Fr& k) {
    Secret<Limbs4> integer(k.to_integer());
    JubJubExtended acc;
    for (int i = kScalarBits - 1; i >= 0; --i) {
        const std::uint64_t bit = (integer.reveal()[static_cast<std::size_t>(i / 64)] >> (i % 64)) & 1;
        Niels term;
        select_if(term, n, mask_of_bit(bit));
        acc = acc.doubled() + term;
    }
    return acc;
}

}  // namespace

JubJubExtended multiply_exact(const JubJubExtended& p, const Fr& k) { return ladder(to_niels(p), k); }
JubJubExtended multiply_exact(const JubJubAffine& p, const Fr& k) { return ladder(to_niels(p), k); }

}  // namespace dusk::crypto
