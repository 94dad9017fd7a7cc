#include "plonk/contribution.hpp"

#include <algorithm>

#include "base/utf8.hpp"
#include "crypto/blake2b.hpp"
#include "crypto/pairing.hpp"

namespace dusk::plonk {
namespace {

using crypto::G1Projective;
using crypto::G2Projective;

constexpr std::string_view kDigestTag = "dusk ceremony: contribution";
constexpr std::string_view kChallengeTag = "dusk ceremony: proof of knowledge";

CeremonyError error(CeremonyFault fault) { return {.fault = fault}; }

// Everything that the proof is about, the name behind its length.
Fq challenge(const CeremonyState& before, const Contribution& contribution) {
    Writer text(512);
    text.bytes(as_bytes(kChallengeTag)).bytes(before.digest).prefixed_le<std::uint8_t>(as_bytes(contribution.name));
    text.bytes(before.product.to_compressed()).bytes(contribution.product.to_compressed());
    text.bytes(contribution.product_h.to_compressed()).bytes(contribution.commitment.to_compressed());
    return Fq::hash_to_scalar(text.view());
}

// U+0000–001F, 007F–009F, and the marks 061C, 200E, 200F, 202A–202E, 2066–2069 in UTF-8.
bool hides_text(std::string_view name) {
    const auto at = [&](std::size_t i) { return i < name.size() ? static_cast<std::uint8_t>(name[i]) : 0; };
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (at(i) < 0x20 || at(i) == 0x7f) return true;
        if (at(i) == 0xc2 && at(i + 1) < 0xa0) return true;
        if (at(i) == 0xd8 && at(i + 1) == 0x9c) return true;
        if (at(i) != 0xe2) continue;
        const bool marks = at(i + 1) == 0x80 && (at(i + 2) == 0x8e || at(i + 2) == 0x8f);
        const bool overrides = at(i + 1) == 0x80 && at(i + 2) >= 0xaa && at(i + 2) <= 0xae;
        const bool isolates = at(i + 1) == 0x81 && at(i + 2) >= 0xa6 && at(i + 2) <= 0xa9;
        if (marks || overrides || isolates) return true;
    }
    return false;
}

template <class Point>
Result<Point, CeremonyError> read_point(Reader& in) {
    const ByteView bytes = in.bytes(Point::kCompressedSize);
    if (!in.ok()) return fail(error(CeremonyFault::short_input));
    const auto point = Point::from_compressed(bytes);
    if (!point) return fail(error(CeremonyFault::bad_point));
    if (point->is_identity()) return fail(error(CeremonyFault::identity));
    return *point;
}

}  // namespace

bool is_contributor_name(std::string_view name) {
    return !name.empty() && name.size() <= kLongestName && is_utf8(as_bytes(name)) && !hides_text(name);
}

void Contribution::write(Writer& out) const {
    out.prefixed_le<std::uint8_t>(as_bytes(name)).bytes(before);
    out.bytes(product.to_compressed()).bytes(product_h.to_compressed());
    out.bytes(commitment.to_compressed()).bytes(answer.to_bytes());
}

Result<Contribution, CeremonyError> Contribution::read(Reader& in) {
    const ByteView name = in.bytes(in.u8());
    const auto before = in.array<64>();
    if (!in.ok()) return fail(error(CeremonyFault::short_input));
    Contribution out{.name = std::string(name.begin(), name.end()),
                     .before = before,
                     .product = {},
                     .product_h = {},
                     .commitment = {},
                     .answer = {}};
    if (!is_contributor_name(out.name)) return fail(error(CeremonyFault::bad_name));
    const auto product = read_point<G1Affine>(in);
    if (!product) return fail(product.error());
    const auto product_h = read_point<G2Affine>(in);
    if (!product_h) return fail(product_h.error());
    const auto commitment = read_point<G1Affine>(in);
    if (!commitment) return fail(commitment.error());
    const ByteView answer = in.bytes(Fq::kSize);
    if (!in.ok()) return fail(error(CeremonyFault::short_input));
    const auto scalar = Fq::from_bytes(answer);
    if (!scalar) return fail(error(CeremonyFault::bad_scalar));
    out.product = *product;
    out.product_h = *product_h;
    out.commitment = *commitment;
    out.answer = *scalar;
    return out;
}

CeremonyDigest Contribution::digest() const {
    Writer out(512);
    out.bytes(as_bytes(kDigestTag));
    write(out);
    return crypto::blake2b_512(out.view());
}

Result<Secret<Fq>, CeremonyError> draw_ceremony_secret(RandomSource& random) {
    constexpr int kMostDraws = 64;
    for (int draw = 0; draw < kMostDraws; ++draw) {
        Secret<Fq> secret(Fq::random(random));
        Secret<Fq> power = secret.clone();
        for (unsigned i = 0; i < crypto::kTwoAdicityOfFq; ++i) power.reveal() = power.reveal().square();
        if (!secret.reveal().is_zero() && !(power.reveal() == Fq::one())) return secret;
    }
    return fail(error(CeremonyFault::bad_randomness));
}

Result<Contribution, CeremonyError> make_contribution(const CeremonyState& before, std::string name,
                                                      const Secret<Fq>& secret, RandomSource& random) {
    const auto nonce = draw_ceremony_secret(random);
    if (!nonce) return fail(nonce.error());
    const G1Projective base = before.product;
    Contribution out{.name = std::move(name),
                     .before = before.digest,
                     .product = (base * secret.reveal()).to_affine(),
                     .product_h = (G2Projective(before.product_h) * secret.reveal()).to_affine(),
                     .commitment = (base * nonce->reveal()).to_affine(),
                     .answer = {}};
    out.answer = nonce->reveal() + challenge(before, out) * secret.reveal();
    return out;
}

Result<void, CeremonyError> check_contribution(const CeremonyState& before, const Contribution& contribution) {
    if (contribution.before != before.digest) return fail(error(CeremonyFault::broken_chain));
    if (contribution.product == before.product) return fail(error(CeremonyFault::no_change));
    const G1Projective expected =
        G1Projective(contribution.product) * challenge(before, contribution) + contribution.commitment;
    if (!(G1Projective(before.product) * contribution.answer == expected)) {
        return fail(error(CeremonyFault::bad_knowledge));
    }
    // e(P, h) = e(G, x h)
    const std::array points{contribution.product, -G1Affine::generator()};
    const std::array keys{G2Affine::generator(), contribution.product_h};
    if (!crypto::pairing_product_is_one(points, keys)) return fail(error(CeremonyFault::bad_pair));
    return {};
}

}  // namespace dusk::plonk
