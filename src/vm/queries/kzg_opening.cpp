#include "vm/queries/kzg_opening.hpp"

#include <algorithm>

#include "crypto/g1.hpp"
#include "crypto/g2.hpp"
#include "crypto/pairing.hpp"

namespace dusk::vm {
namespace {

using crypto::Fq;
using crypto::G1Affine;
using crypto::G1Projective;
using crypto::G2Affine;
using crypto::G2Prepared;

// tau times the generator of G2, compressed: the second power in G2 of Ethereum's ceremony, the only one that
// verification needs (consensus-specs, trusted_setup_4096.json, g2_monomial[1]).
constexpr std::string_view kTauText =
    "b5bfd7dd8cdeb128843bc287230af38926187075cbfbefa81009a2ce615ac53d2914e5870cb452d2afaaab24f3499f72"
    "185cbfee53492714734429b7b38608e23926c911cceceac9a36851477ba4c60b087041de621000edc98edada20c1def2";

constexpr ByteArray<96> kTau = [] {
    const auto digit = [](char c) { return static_cast<std::uint8_t>(c <= '9' ? c - '0' : c - 'a' + 10); };
    ByteArray<96> out{};
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i] = static_cast<std::uint8_t>(digit(kTauText[2 * i]) << 4 | digit(kTauText[2 * i + 1]));
    }
    return out;
}();

const G2Prepared& tau() {
    static const G2Prepared prepared(G2Affine::from_compressed(kTau).value());
    return prepared;
}

Result<Fq, crypto::DecodeError> scalar(ByteArray<32> bytes) {
    std::ranges::reverse(bytes);
    return Fq::from_bytes(bytes);
}

}  // namespace

// e(C - y G, H) = e(W, tau H - z H), turned into e(C - y G + z W, H) e(-W, tau H) = 1: the lines of both H and tau H
// are known, and no multiple of H is needed.
bool verify_kzg_opening(const ByteArray<48>& commitment, const ByteArray<32>& z, const ByteArray<32>& y,
                        const ByteArray<48>& proof) {
    const auto at = scalar(z);
    const auto value = scalar(y);
    if (!at || !value) return false;
    const auto c = G1Affine::from_compressed(commitment);
    if (!c) return false;
    const auto w = G1Affine::from_compressed(proof);
    if (!w) return false;
    const std::array points{G1Affine::generator(), *w};
    const std::array scalars{-*value, *at};
    const G1Projective left = G1Projective(*c) + G1Projective::sum_of_products_vartime(points, scalars);
    const std::array<crypto::PairingTerm, 2> terms{
        {{.p = left.to_affine(), .q = &G2Prepared::generator()}, {.p = -*w, .q = &tau()}}};
    return crypto::pairing_product_is_one(terms);
}

}  // namespace dusk::vm
