#include "crypto/jubjub_multiply_eight.hpp"

#include "base/cpu.hpp"
#include "crypto/jubjub8.hpp"
#include "crypto/jubjub_digits.hpp"
#include "crypto/jubjub_multiply.hpp"

namespace dusk::crypto {
namespace {

#if defined(__x86_64__)

// Digit i of all eight scalars.
template <int kWindow>
using EightDigits = std::array<std::array<std::int8_t, 8>, kDigits<kWindow>>;

template <int kWindow>
Secret<EightDigits<kWindow>> digits_of_eight(const std::array<Fr, 8>& scalars) {
    Secret<EightDigits<kWindow>> out;
    for (std::size_t lane = 0; lane < 8; ++lane) {
        const auto digits = signed_digits<kWindow>(scalars[lane]);
        for (std::size_t i = 0; i < digits.reveal().size(); ++i) out.reveal()[i][lane] = digits.reveal()[i];
    }
    return out;
}

struct SignedIndex {
    __m512i magnitude;
    __mmask8 negative;
};
DUSK_TARGET_IFMA inline SignedIndex split_sign(const std::array<std::int8_t, 8>& digits) {
    const __m512i wide = _mm512_cvtepi8_epi64(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(digits.data())));
    return {_mm512_abs_epi64(wide), _mm512_movepi64_mask(wide)};
}

// The window tables of G in the form of the lanes: [window][entry][coordinate].
constexpr int kFixedWindow = JubJubFixedBase::kWindow;
constexpr std::size_t kFixedWindows = JubJubFixedBase::kWindows;
static_assert(kFixedWindows == kDigits<kFixedWindow>);
using Window52 = std::array<std::array<Limbs52, 3>, JubJubFixedBase::kEntries>;
using Table52 = std::array<Window52, kFixedWindows>;

constexpr int kVariableWindow = 4;
constexpr std::size_t kVariableWindows = kDigits<kVariableWindow>;
using VariableTable = std::array<Niels8, 1 << (kVariableWindow - 1)>;

DUSK_TARGET_IFMA std::unique_ptr<const Table52> compute_generator_table() {
    const auto& windows = generator_multiples().windows();
    auto out = std::make_unique<Table52>();
    for (std::size_t i = 0; i < windows.size(); ++i) {
        for (std::size_t j = 0; j < windows[i].size(); ++j) {
            const JubJubAffineNiels& n = windows[i][j];
            (*out)[i][j] = {to_limbs52(n.v_plus_u), to_limbs52(n.v_minus_u), to_limbs52(n.t2d)};
        }
    }
    return out;
}

DUSK_TARGET_IFMA inline void select_broadcast(Fq8& to, const Limbs52& from, __mmask8 mask) {
    for (std::size_t i = 0; i < 5; ++i) {
        to.limb[i] = _mm512_mask_set1_epi64(to.limb[i], mask, static_cast<long long>(from[i]));
    }
}

[[nodiscard]] DUSK_TARGET_IFMA inline __mmask8 lanes_with(const SignedIndex& index, std::size_t magnitude) {
    return _mm512_cmpeq_epi64_mask(index.magnitude, _mm512_set1_epi64(static_cast<long long>(magnitude)));
}

// Lane i gets entry |digit_i| - 1 with the sign of the digit, the identity for 0. Reads the whole table.
DUSK_TARGET_IFMA inline AffineNiels8 look_up(const Window52& table, const SignedIndex& index) {
    const Fq8 one = broadcast(to_limbs52(Fq::one()));
    AffineNiels8 out{one, one, zero8()};
    for (std::size_t j = 0; j < table.size(); ++j) {
        const __mmask8 here = lanes_with(index, j + 1);
        select_broadcast(out.v_plus_u, table[j][0], here);
        select_broadcast(out.v_minus_u, table[j][1], here);
        select_broadcast(out.t2d, table[j][2], here);
    }
    negate_if(out, index.negative);
    return out;
}
DUSK_TARGET_IFMA inline Niels8 look_up(const VariableTable& table, const SignedIndex& index) {
    const Fq8 one = broadcast(to_limbs52(Fq::one()));
    Niels8 out{one, one, one, zero8()};
    for (std::size_t j = 0; j < table.size(); ++j) {
        const __mmask8 here = lanes_with(index, j + 1);
        out.v_plus_u = detail::blend(out.v_plus_u, table[j].v_plus_u, here);
        out.v_minus_u = detail::blend(out.v_minus_u, table[j].v_minus_u, here);
        out.z = detail::blend(out.z, table[j].z, here);
        out.t2d = detail::blend(out.t2d, table[j].t2d, here);
    }
    negate_if(out, index.negative);
    return out;
}

DUSK_TARGET_IFMA std::array<JubJubExtended, 8> multiply_eight_ifma(const std::array<JubJubExtended, 8>& points,
                                                                   const std::array<Fr, 8>& scalars) {
    const auto digits = digits_of_eight<kVariableWindow>(scalars);
    VariableTable table;
    JubJub8 acc = load(points);
    table[0] = to_niels(acc);
    for (std::size_t j = 1; j < table.size(); ++j) {
        acc = acc + table[0];
        table[j] = to_niels(acc);
    }
    acc = identity8() + look_up(table, split_sign(digits.reveal()[kVariableWindows - 1]));
    for (std::size_t i = kVariableWindows - 1; i-- > 0;) {
        for (int j = 0; j < kVariableWindow; ++j) acc = doubled(acc);
        acc = acc + look_up(table, split_sign(digits.reveal()[i]));
    }
    return store(acc);
}

DUSK_TARGET_IFMA std::array<JubJubExtended, 8> multiply_generator_eight_ifma(const std::array<Fr, 8>& scalars) {
    static const std::unique_ptr<const Table52> table = compute_generator_table();
    const auto digits = digits_of_eight<kFixedWindow>(scalars);
    JubJub8 acc = identity8();
    for (std::size_t i = 0; i < kFixedWindows; ++i) {
        acc = acc + look_up((*table)[i], split_sign(digits.reveal()[i]));
    }
    return store(acc);
}

#endif

}  // namespace

std::array<JubJubExtended, 8> multiply_eight(const std::array<JubJubExtended, 8>& points,
                                             const std::array<Fr, 8>& scalars) {
#if defined(__x86_64__)
    if (cpu_features().avx512_ifma) return multiply_eight_ifma(points, scalars);
#endif
    std::array<JubJubExtended, 8> out;
    for (std::size_t i = 0; i < 8; ++i) out[i] = multiply(points[i], scalars[i]);
    return out;
}

std::array<JubJubExtended, 8> multiply_generator_eight(const std::array<Fr, 8>& scalars) {
#if defined(__x86_64__)
    if (cpu_features().avx512_ifma) return multiply_generator_eight_ifma(scalars);
#endif
    std::array<JubJubExtended, 8> out;
    for (std::size_t i = 0; i < 8; ++i) out[i] = multiply_generator(scalars[i]);
    return out;
}

}  // namespace dusk::crypto
