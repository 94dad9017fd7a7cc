// Stands before crypto/montgomery.hpp in the preset wasm: the same, but that the product of two elements takes the way
// for machines whose widest product has 64 bits. So the fields need not know of it.
#pragma once

#define montgomery_product montgomery_product_by_words
#include_next "crypto/montgomery.hpp"
#undef montgomery_product

#include "crypto/narrow_multiply.hpp"

namespace dusk::crypto::detail {

template <class Steps>
struct ModulusOf;
template <class Modulus>
struct ModulusOf<PortableSteps<Modulus>> {
    using Type = Modulus;
};

template <class Steps>
[[gnu::always_inline]] constexpr Accumulator montgomery_product(const Limbs4& a, const Limbs4& b) {
    if consteval {
        return montgomery_product_by_words<Steps>(a, b);
    }
    const auto t = narrow::FourWords<typename ModulusOf<Steps>::Type>::multiply(a.data(), b.data());
    return {t[0], t[1], t[2], t[3]};
}

}  // namespace dusk::crypto::detail
