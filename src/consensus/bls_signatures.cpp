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

const BlsSignatures::Verdict* BlsSignatures::Memory::find(const Name& name) const {
    const auto found = verdicts_.find(name);
    return found == verdicts_.end() ? nullptr : &found->second;
}

void BlsSignatures::Memory::put(const Name& name, const Verdict& verdict) {
    if (most_ == 0) return;
    const auto [entry, is_new] = verdicts_.emplace(name, verdict);
    if (!is_new) return;
    by_age_.push_back(entry);
    if (by_age_.size() > most_) {
        verdicts_.erase(by_age_.front());
        by_age_.pop_front();
    }
}

const BlsSignatures::Verdict* BlsSignatures::known(const Name& name) const {
    const Verdict* const good = good_.find(name);
    return good != nullptr ? good : bad_.find(name);
}

void BlsSignatures::remember(const Name& name, const Verdict& verdict) {
    if (!verdict) ++found_bad_;
    (verdict ? good_ : bad_).put(name, verdict);
}

bool BlsSignatures::knows_bad(const Claim& claim) const {
    const auto& [info, message] = claim;
    return bad_.find(name_of(std::span(&info.signer, 1), info.signature, message)) != nullptr;
}

Result<void, BlsError> BlsSignatures::verify(std::span<const BlsPublicKey> keys,
                                             const ledger::SignatureBytes& signature, ByteView message) {
    if (keys.empty()) return fail(BlsError::no_keys);
    const Name name = name_of(keys, signature, message);
    if (const Verdict* const verdict = known(name)) return *verdict;
    const Verdict verdict = look_at(keys, signature, message);
    remember(name, verdict);
    return verdict;
}

Result<void, BlsError> BlsSignatures::look_at(std::span<const BlsPublicKey> keys,
                                              const ledger::SignatureBytes& signature, ByteView message) {
    const auto point = crypto::BlsMultisigSignature::from_bytes(signature.bytes);
    if (!point) return fail(BlsError::invalid_point);
    const auto key = keys_.aggregate(keys);
    if (!key) return fail(key.error());
    return key->verify(*point, message);
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
        if (const Verdict* const verdict = known(name)) {
            verdicts[i] = *verdict;
            continue;
        }
        const auto signature = crypto::BlsSignature::from_bytes(info.signature.bytes);
        const auto key = signature ? keys_.weighted(info.signer) : fail(BlsError::invalid_point);
        const crypto::G2Affine* const point = key ? key->point() : nullptr;
        if (point != nullptr) {
            pending.push_back({BlsPublicKey(*point), *signature, message});
            places.push_back({i, name});
        } else {
            verdicts[i] = verify(std::span(&info.signer, 1), info.signature, message);
        }
    }
    const auto found = crypto::bls_verify_batch(pending, random);
    for (std::size_t i = 0; i < found.size(); ++i) {
        verdicts[places[i].index] = found[i];
        remember(places[i].name, found[i]);
    }
    return verdicts;
}

}  // namespace dusk::consensus
