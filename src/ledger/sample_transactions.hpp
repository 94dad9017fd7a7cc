// Transactions for tests, from a seed.
#pragma once

#include "crypto/chacha_rng.hpp"
#include "ledger/transaction.hpp"

namespace dusk::ledger::samples {

inline Bytes some_bytes(RandomSource& random, std::size_t size) {
    Bytes out(size);
    random.fill(out);
    return out;
}

// Of kind 0 to 6: none, call, deployment with and without init_args, memo, blobs without and with a sidecar.
inline constexpr std::size_t kKinds = 7;
inline std::optional<TransactionData> some_data(RandomSource& random, std::size_t kind) {
    const std::size_t size = some_bytes(random, 1)[0];
    const auto hash = [&] { return take<32>(some_bytes(random, 32)); };
    switch (kind) {
        case 1:
            return ContractCall{
                .contract = {hash()}, .fn_name = std::string(size % 20, 'f'), .fn_args = some_bytes(random, size)};
        case 2:
            return ContractDeploy::of(some_bytes(random, 3 * size), some_bytes(random, 96),
                                      some_bytes(random, size % 9), size);
        case 3:
            return ContractDeploy::of(some_bytes(random, size), some_bytes(random, size % 5), {}, size);
        case 4:
            return Memo{some_bytes(random, 2 * size)};
        case 5:
            return Blobs{{{.hash = {hash()}, .sidecar = {}}, {.hash = {hash()}, .sidecar = {}}}};
        case 6: {
            BlobSidecar sidecar{.commitment = take<48>(some_bytes(random, 48)),
                                .proof = take<48>(some_bytes(random, 48)),
                                .content = BlobContent::copy_of(some_bytes(random, BlobContent::kSize))};
            const BlobHash named = versioned_hash(sidecar.commitment);
            return Blobs{{{.hash = named, .sidecar = std::move(sidecar)}}};
        }
        default:
            return {};
    }
}

inline crypto::BlsSecretKey some_account(std::uint64_t seed) {
    crypto::ChaChaRng random(seed);
    return crypto::BlsSecretKey::random(random);
}

// The receiver and the refund address are the sender in every second sample each.
inline Transaction some_moonlight(std::uint64_t seed, std::size_t kind) {
    crypto::ChaChaRng random(seed);
    const crypto::BlsSecretKey sender = crypto::BlsSecretKey::random(random);
    const AccountKey key = sender.public_key();
    const AccountKey other = crypto::BlsSecretKey::random(random).public_key();
    MoonlightPayload payload{
        .chain_id = ChainId{0xFA},
        .sender = key,
        .receiver = seed % 2 == 0 ? key : other,
        .value = {random.next_u64()},
        .deposit = {random.next_u64()},
        .fee = {.gas_limit = {random.next_u64()}, .gas_price = {random.next_u64()}, .refund_address = key},
        .nonce = {random.next_u64()},
        .data = some_data(random, kind)};
    if (seed % 4 < 2) payload.fee.refund_address = other;
    return {MoonlightTransaction::sign(std::move(payload), sender).value()};
}

inline Transaction some_phoenix(std::uint64_t seed, std::size_t kind) {
    crypto::ChaChaRng random(seed);
    const phoenix::SecretKey owner = phoenix::SecretKey::random(random);
    const phoenix::PublicKey key = owner.public_key();
    const std::array blinders{crypto::Fr::random(random), crypto::Fr::random(random)};
    phoenix::TransactionSkeleton skeleton;
    skeleton.root = crypto::Fq::random(random);
    for (std::size_t i = 0; i < seed % 5; ++i) skeleton.nullifiers.push_back(crypto::Fq::random(random));
    skeleton.outputs = {phoenix::Note::transparent(random, key, key, 5, blinders),
                        phoenix::Note::obfuscated(random, key, key, 6, crypto::Fr::random(random), blinders)};
    skeleton.max_fee = random.next_u64();
    skeleton.deposit = random.next_u64();
    const PhoenixFee fee{.gas_limit = {random.next_u64()},
                         .gas_price = {random.next_u64()},
                         .stealth_address = skeleton.outputs[1].stealth_address(),
                         .sender = skeleton.outputs[1].sender()};
    PhoenixPayload payload{
        .chain_id = ChainId{0xFA}, .skeleton = skeleton, .fee = fee, .data = some_data(random, kind)};
    return {PhoenixTransaction{.payload = std::move(payload), .proof = some_bytes(random, seed % 40)}};
}

}  // namespace dusk::ledger::samples
