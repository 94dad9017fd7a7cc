#include "sim/keyed_signatures.hpp"

#include <sodium.h>

#include "sim/draws.hpp"

namespace dusk::sim {

KeyedSignatures::KeyedSignatures(std::uint64_t salt) {
    store_le(salt_.data(), scramble(salt));
    store_le(salt_.data() + 8, scramble(~salt));
}

Result<void, crypto::BlsError> KeyedSignatures::verify(std::span<const crypto::BlsPublicKey> keys,
                                                       const ledger::SignatureBytes& signature, ByteView message) {
    if (keys.empty()) return fail(crypto::BlsError::no_keys);
    const auto sum = read(signature);
    if (!sum || *sum == Sum{}) return fail(crypto::BlsError::invalid_point);
    const Digest digested = digest(message);
    Sum expected{};
    for (const crypto::BlsPublicKey& key : keys) {
        if (!key.is_valid()) return fail(crypto::BlsError::invalid_point);
        add_share(expected, key, digested);
    }
    if (*sum != expected) return fail(crypto::BlsError::invalid_signature);
    return {};
}

std::optional<ledger::SignatureBytes> KeyedSignatures::add(const ledger::SignatureBytes& a,
                                                           const ledger::SignatureBytes& b) {
    const auto first = read(a);
    const auto second = read(b);
    if (!first || !second) return {};
    Sum sum{};
    for (std::size_t i = 0; i < kLanes; ++i) sum.at(i) = first->at(i) + second->at(i);
    return written(sum);
}

ledger::SignatureBytes KeyedSignatures::sign(const crypto::BlsPublicKey& key, ByteView message) const {
    Sum sum{};
    add_share(sum, key, digest(message));
    return written(sum);
}

KeyedSignatures::Digest KeyedSignatures::digest(ByteView message) const {
    ByteArray<crypto_shorthash_siphashx24_BYTES> out{};
    crypto_shorthash_siphashx24(out.data(), message.data(), message.size(), salt_.data());
    return {load_le<std::uint64_t>(out.data()), load_le<std::uint64_t>(out.data() + 8)};
}

void KeyedSignatures::add_share(Sum& sum, const crypto::BlsPublicKey& key, const Digest& message) const {
    // Two limbs of x tell the keys of a simulation apart.
    const auto& x = key.point().blst().x.fp[0];
    std::uint64_t mixed = scramble(scramble(x.l[0] ^ message.low) + (x.l[1] ^ message.high));
    for (auto& lane : sum) lane += mixed = scramble(mixed);
}

ledger::SignatureBytes KeyedSignatures::written(const Sum& sum) const {
    ledger::SignatureBytes out;
    for (std::size_t i = 0; i < kLanes; ++i) store_le(out.bytes.data() + 8 * i, sum.at(i));
    store_le(out.bytes.data() + 8 * kLanes, check_of(sum));
    return out;
}

std::optional<KeyedSignatures::Sum> KeyedSignatures::read(const ledger::SignatureBytes& signature) const {
    Sum sum{};
    for (std::size_t i = 0; i < kLanes; ++i) sum.at(i) = load_le<std::uint64_t>(signature.bytes.data() + 8 * i);
    if (load_le<std::uint64_t>(signature.bytes.data() + 8 * kLanes) != check_of(sum)) return {};
    return sum;
}

std::uint64_t KeyedSignatures::check_of(const Sum& sum) const {
    std::uint64_t mixed = load_le<std::uint64_t>(salt_.data());
    for (const std::uint64_t lane : sum) mixed = scramble(mixed ^ lane);
    return mixed;
}

}  // namespace dusk::sim
