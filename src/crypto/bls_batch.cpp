#include "crypto/bls_batch.hpp"

#include <algorithm>
#include <map>
#include <memory>

#include "crypto/pairing.hpp"

namespace dusk::crypto {
namespace {

using Weight = ByteArray<16>;

// A claim that its points alone do not decide.
struct Pending {
    std::size_t index;    // of the claim
    std::size_t message;  // among the different messages
    std::size_t key;      // among the different keys
    Weight weight;        // not zero
};

struct ByBytes {
    bool operator()(ByteView a, ByteView b) const { return std::ranges::lexicographical_compare(a, b); }
};

Weight draw_weight(RandomSource& random) {
    Weight weight{};
    while (std::ranges::all_of(weight, [](std::uint8_t byte) { return byte == 0; })) random.fill(weight);
    return weight;
}

// A claim is true when e(-signature, g2) · e(message, key) is one, and all are (but for the probability stated in the
// header) when the product of these, each to the power of its weight, is one.
class Batch {
  public:
    Batch(std::span<const BlsClaim> claims, RandomSource& random, BlsVersion version) : claims_(claims) {
        std::map<ByteView, std::size_t, ByBytes> messages;
        std::map<ByteArray<BlsPublicKey::kSize>, std::size_t> keys;
        std::vector<G1Projective> points;
        for (std::size_t i = 0; i < claims.size(); ++i) {
            const BlsClaim& claim = claims[i];
            if (!claim.key.is_valid() || !claim.signature.is_valid()) continue;
            const auto [message, is_new_message] = messages.try_emplace(claim.message, points.size());
            if (is_new_message) points.push_back(bls_message_point(claim.message, version));
            const auto [key, is_new_key] = keys.try_emplace(claim.key.to_bytes(), keys_.size());
            if (is_new_key) keys_.push_back(claim.key.point());
            pending_.push_back({i, message->second, key->second, draw_weight(random)});
        }
        messages_ = G1Projective::batch_to_affine(points);
    }

    [[nodiscard]] std::span<const Pending> pending() const { return pending_; }

    // With one Miller loop per different message or per different key, whichever are fewer.
    [[nodiscard]] bool all_true() const {
        std::vector<G1Affine> points;
        std::vector<G2Affine> keys;
        if (messages_.size() < keys_.size()) {
            points = messages_;
            keys = weighted_sums<G2Curve>(
                messages_.size(), [](const Pending& claim) { return claim.message; },
                [&](const Pending& claim) { return keys_[claim.key]; });
        } else {
            keys = keys_;
            points = weighted_sums<G1Curve>(
                keys_.size(), [](const Pending& claim) { return claim.key; },
                [&](const Pending& claim) { return messages_[claim.message]; });
        }
        const G1Affine signature = weighted_sums<G1Curve>(
            1, [](const Pending&) { return 0; },
            [&](const Pending& claim) { return claims_[claim.index].signature.point(); })[0];
        MillerValue product = signature_part(signature);
        // In pieces, so that the lines stay in the cache.
        constexpr std::size_t kPiece = 16;
        for (std::size_t begin = 0; begin < points.size(); begin += kPiece) {
            product *= miller_loop_of(std::span(points).subspan(begin).first(std::min(kPiece, points.size() - begin)),
                                      std::span(keys).subspan(begin));
        }
        return product.is_one();
    }

    // What one claim contributes; the parts of any subset can be put together.
    struct Part {
        G1Projective signature;
        MillerValue message;
    };
    [[nodiscard]] std::vector<Part> parts() const {
        std::vector<G1Projective> messages;
        messages.reserve(pending_.size());
        for (const Pending& claim : pending_) {
            messages.push_back(G1Projective(messages_[claim.message]).times_short(claim.weight));
        }
        const std::vector<G1Affine> points = G1Projective::batch_to_affine(messages);
        std::vector<Part> out;
        out.reserve(pending_.size());
        for (std::size_t i = 0; i < pending_.size(); ++i) {
            const Pending& claim = pending_[i];
            const G1Projective signature = claims_[claim.index].signature.point();
            out.push_back({signature.times_short(claim.weight),
                           miller_loop_of(std::span(points).subspan(i, 1), std::span(keys_).subspan(claim.key, 1))});
        }
        return out;
    }

    [[nodiscard]] static MillerValue signature_part(const G1Affine& sum) {
        const PairingTerm term{-sum, &G2Prepared::generator()};
        return miller_loop({&term, 1});
    }

  private:
    static MillerValue miller_loop_of(std::span<const G1Affine> points, std::span<const G2Affine> keys) {
        std::vector<G2Prepared> prepared;
        std::vector<PairingTerm> terms;
        prepared.reserve(points.size());
        for (std::size_t i = 0; i < points.size(); ++i) {
            prepared.emplace_back(keys[i]);
            terms.push_back({points[i], &prepared.back()});
        }
        return miller_loop(terms);
    }

    // Of every group the sum of weight · point_of(claim).
    template <class Curve>
    [[nodiscard]] std::vector<AffinePoint<Curve>> weighted_sums(std::size_t groups, const auto& group_of,
                                                                const auto& point_of) const {
        std::vector<std::vector<AffinePoint<Curve>>> points(groups);
        std::vector<std::vector<Weight>> weights(groups);
        for (const Pending& claim : pending_) {
            points[group_of(claim)].push_back(point_of(claim));
            weights[group_of(claim)].push_back(claim.weight);
        }
        std::vector<ProjectivePoint<Curve>> sums;
        sums.reserve(groups);
        for (std::size_t i = 0; i < groups; ++i) {
            sums.push_back(ProjectivePoint<Curve>::sum_of_short_products_vartime(points[i], weights[i]));
        }
        return ProjectivePoint<Curve>::batch_to_affine(sums);
    }

    std::span<const BlsClaim> claims_;
    std::vector<Pending> pending_;
    std::vector<G1Affine> messages_;
    std::vector<G2Affine> keys_;
};

// Finds the false claims among `parts` by halving. `known_false`: that one is among them is known already.
void find_false(std::span<const Batch::Part> parts, bool known_false, std::span<bool> verdicts) {
    if (!known_false) {
        G1Projective signatures;
        MillerValue product;
        for (const Batch::Part& part : parts) {
            signatures += part.signature;
            product *= part.message;
        }
        product *= Batch::signature_part(signatures.to_affine());
        if (product.is_one()) {
            std::ranges::fill(verdicts, true);
            return;
        }
    }
    if (parts.size() == 1) {
        verdicts[0] = false;
        return;
    }
    const std::size_t half = parts.size() / 2;
    find_false(parts.first(half), false, verdicts.first(half));
    const bool left_is_true = std::ranges::all_of(verdicts.first(half), [](bool verdict) { return verdict; });
    find_false(parts.subspan(half), left_is_true, verdicts.subspan(half));
}

}  // namespace

std::vector<Result<void, BlsError>> bls_verify_batch(std::span<const BlsClaim> claims, RandomSource& random,
                                                     BlsVersion version) {
    if (claims.size() == 1) return {claims[0].key.verify(claims[0].signature, claims[0].message, version)};
    std::vector<Result<void, BlsError>> verdicts(claims.size(), fail(BlsError::invalid_point));
    const Batch batch(claims, random, version);
    const std::span<const Pending> pending = batch.pending();
    if (pending.empty()) return verdicts;
    const auto truth = std::make_unique<bool[]>(pending.size());
    const std::span<bool> truths(truth.get(), pending.size());
    if (batch.all_true()) {
        std::ranges::fill(truths, true);
    } else {
        find_false(batch.parts(), true, truths);
    }
    for (std::size_t i = 0; i < pending.size(); ++i) {
        if (truths[i]) {
            verdicts[pending[i].index] = {};
        } else {
            verdicts[pending[i].index] = fail(BlsError::invalid_signature);
        }
    }
    for (std::size_t i = 0; i < claims.size(); ++i) {
        if (verdicts[i] && claims[i].key.has_bent_lines()) verdicts[i] = fail(BlsError::invalid_signature);
    }
    return verdicts;
}

}  // namespace dusk::crypto
