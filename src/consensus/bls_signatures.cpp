#include "consensus/bls_signatures.hpp"

#include "base/writer.hpp"
#include "crypto/blake3.hpp"
#include "crypto/bls_batch.hpp"

namespace dusk::consensus {

using crypto::BlsError;
using crypto::BlsPublicKey;

// Keys by their limbs: the same point with other limbs may give another verdict.
BlsSignatures::Name BlsSignatures::name_of(std::span<const BlsPublicKey> keys, const ledger::SignatureBytes& signature,
                                           ByteView message) {
    Writer out;
    out.le<std::uint64_t>(keys.size());
    for (const BlsPublicKey& key : keys) {
        const crypto::RawG2* const unreduced = key.unreduced();
        out.bytes(unreduced != nullptr ? unreduced->to_archive() : key.to_archive());
    }
    out.bytes(signature.bytes).bytes(message);
    return crypto::blake3(std::move(out).finish());
}

void BlsSignatures::remember(const Name& name) {
    if (most_signatures_ == 0) return;
    const auto [entry, is_new] = good_.insert(name);
    if (!is_new) return;
    by_age_.push_back(entry);
    if (by_age_.size() > most_signatures_) {
        good_.erase(by_age_.front());
        by_age_.pop_front();
    }
}

Result<void, BlsError> BlsSignatures::verify(std::span<const BlsPublicKey> keys,
                                             const ledger::SignatureBytes& signature, ByteView message) {
    if (keys.empty()) return fail(BlsError::no_keys);
    const Name name = name_of(keys, signature, message);
    if (good_.contains(name)) return {};
    const auto point = crypto::BlsMultisigSignature::from_bytes(signature.bytes);
    if (!point) return fail(BlsError::invalid_point);
    const auto key = keys_.aggregate(keys);
    if (!key) return fail(key.error());
    if (const auto verdict = key->verify(*point, message); !verdict) return verdict;
    remember(name);
    return {};
}

std::optional<ledger::SignatureBytes> BlsSignatures::add(const ledger::SignatureBytes& a,
                                                         const ledger::SignatureBytes& b) {
    const auto first = crypto::BlsMultisigSignature::from_bytes(a.bytes);
    const auto second = crypto::BlsMultisigSignature::from_bytes(b.bytes);
    if (!first || !second) return {};
    return ledger::SignatureBytes{crypto::bls_aggregate(std::array{*first, *second}).to_bytes()};
}

std::vector<Result<void, BlsError>> BlsSignatures::verify_votes(std::span<const Claim> claims, RandomSource& random) {
    std::vector<Result<void, BlsError>> verdicts(claims.size());
    std::vector<crypto::BlsClaim> pending;
    struct Pending {
        std::size_t index;
        Name name;
    };
    std::vector<Pending> places;
    for (std::size_t i = 0; i < claims.size(); ++i) {
        const auto& [info, message] = claims[i];
        const Name name = name_of(std::span(&info.signer, 1), info.signature, message);
        if (good_.contains(name)) continue;
        const auto signature = crypto::BlsSignature::from_bytes(info.signature.bytes);
        if (!signature) {
            verdicts[i] = fail(BlsError::invalid_point);
            continue;
        }
        const auto key = keys_.weighted(info.signer);
        if (!key) {
            verdicts[i] = fail(key.error());
        } else if (const crypto::G2Affine* const point = key->point()) {
            pending.push_back({BlsPublicKey(*point), *signature, message});
            places.push_back({i, name});
        } else {
            verdicts[i] = verify(std::span(&info.signer, 1), info.signature, message);
        }
    }
    const auto found = crypto::bls_verify_batch(pending, random);
    for (std::size_t i = 0; i < found.size(); ++i) {
        verdicts[places[i].index] = found[i];
        if (found[i]) remember(places[i].name);
    }
    return verdicts;
}

}  // namespace dusk::consensus
