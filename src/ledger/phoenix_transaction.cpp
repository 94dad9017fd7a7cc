#include "ledger/phoenix_transaction.hpp"

#include "crypto/poseidon.hpp"
#include "ledger/field_reader.hpp"
#include "phoenix/point_pair.hpp"

namespace dusk::ledger {

using crypto::DecodeError;
using phoenix::PointRule;
using phoenix::Sender;
using phoenix::StealthAddress;
using phoenix::TransactionSkeleton;

namespace {

constexpr std::size_t kAddressAt = 16;
constexpr std::size_t kSenderAt = kAddressAt + StealthAddress::kSize;
static_assert(kSenderAt + Sender::kSize == PhoenixFee::kSize);

// Of notes, addresses and senders.
TransactionError reason(DecodeError error) {
    switch (error) {
        case DecodeError::bad_tag:
            return TransactionError::bad_note;
        case DecodeError::bad_length:
            return TransactionError::short_input;
        default:
            return TransactionError::bad_point;
    }
}

// A skeleton tells only that a scalar or point is wrong; which, its place says.
TransactionError skeleton_reason(DecodeError error, ByteView bytes) {
    constexpr std::size_t kFixed = 32 + 8 + 2 * phoenix::Note::kSize + 16;
    if (error == DecodeError::bad_length) {
        return bytes.size() < kFixed ? TransactionError::short_input : TransactionError::too_many_nullifiers;
    }
    if (error == DecodeError::not_canonical) {
        const auto is_scalar = [&](std::size_t at) {
            return crypto::Fq::from_bytes(bytes.subspan(at, 32)).has_value();
        };
        const std::uint64_t count = load_le<std::uint64_t>(bytes.data() + 32);
        bool scalars = is_scalar(0);
        for (std::uint64_t i = 0; i < count && scalars; ++i) scalars = is_scalar(40 + 32 * i);
        if (!scalars) return TransactionError::bad_scalar;
    }
    return reason(error);
}

}  // namespace

ByteArray<PhoenixFee::kSize> PhoenixFee::to_bytes() const {
    ByteArray<kSize> out;
    store_le(out.data(), gas_limit.value);
    store_le(out.data() + 8, gas_price.value);
    std::ranges::copy(stealth_address.to_bytes(), out.begin() + kAddressAt);
    std::ranges::copy(sender.to_bytes(), out.begin() + kSenderAt);
    return out;
}

Result<PhoenixFee, TransactionError> PhoenixFee::from_bytes(ByteView bytes, PointRule rule) {
    if (bytes.size() < kSize) return fail(TransactionError::short_input);
    if (bytes.size() > kSize) return fail(TransactionError::trailing_bytes);
    const auto address = StealthAddress::from_bytes(bytes.subspan(kAddressAt, StealthAddress::kSize), rule);
    if (!address) return fail(reason(address.error()));
    const auto sender = Sender::from_bytes(bytes.subspan(kSenderAt), rule);
    if (!sender) return fail(reason(sender.error()));
    return PhoenixFee{.gas_limit = {load_le<std::uint64_t>(bytes.data())},
                      .gas_price = {load_le<std::uint64_t>(bytes.data() + 8)},
                      .stealth_address = *address,
                      .sender = *sender};
}

crypto::Fq PhoenixFee::hash() const {
    const crypto::JubJubAffine note_pk = phoenix::to_affine_vartime(stealth_address.note_pk());
    return crypto::poseidon::hash(std::array{crypto::Fq::from_u64(gas_limit.value),
                                             crypto::Fq::from_u64(gas_price.value), note_pk.u(), note_pk.v()});
}

Bytes PhoenixPayload::hash_input() const {
    Bytes out{static_cast<std::uint8_t>(chain_id)};
    append(out, skeleton.hash_input());
    if (data) append(out, signature_message(*data));
    return out;
}

crypto::Fq PhoenixPayload::hash() const { return crypto::Fq::hash_to_scalar(hash_input()); }

Bytes PhoenixPayload::to_bytes() const {
    Writer out;
    out.u8(static_cast<std::uint8_t>(chain_id));
    out.prefixed_le<std::uint64_t>(skeleton.to_bytes()).bytes(fee.to_bytes());
    encode_data(out, data);
    return std::move(out).finish();
}

Result<PhoenixPayload, TransactionError> PhoenixPayload::from_bytes(ByteView bytes, PointRule rule) {
    FieldReader in(bytes);
    const ChainId chain_id{in.u8()};
    const ByteView skeleton_bytes = in.prefixed();
    const ByteView fee_bytes = in.bytes(PhoenixFee::kSize);
    const ByteView data_bytes = in.rest();
    if (const auto fields = in.finish(); !fields) return fail(fields.error());
    auto skeleton = TransactionSkeleton::from_bytes(skeleton_bytes, rule);
    if (!skeleton) return fail(skeleton_reason(skeleton.error(), skeleton_bytes));
    const auto fee = PhoenixFee::from_bytes(fee_bytes, rule);
    if (!fee) return fail(fee.error());
    auto data = decode_data(data_bytes);
    if (!data) return fail(data.error());
    return PhoenixPayload{
        .chain_id = chain_id, .skeleton = *std::move(skeleton), .fee = *fee, .data = *std::move(data)};
}

Result<std::vector<crypto::Fq>, TransactionError> PhoenixTransaction::public_inputs() const {
    auto inputs = payload.skeleton.public_inputs(payload.hash());
    if (!inputs) return fail(TransactionError::contract_sender);
    return *std::move(inputs);
}

TransactionId PhoenixTransaction::id() const {
    Bytes input = payload.hash_input();
    append(input, proof);
    return {crypto::Fq::hash_to_scalar(input).to_bytes()};
}

Bytes PhoenixTransaction::to_bytes() const {
    return std::move(Writer().prefixed_le<std::uint64_t>(payload.to_bytes()).prefixed_le<std::uint64_t>(proof))
        .finish();
}

Result<PhoenixTransaction, TransactionError> PhoenixTransaction::from_bytes(ByteView bytes, PointRule rule) {
    FieldReader in(bytes);
    const ByteView payload_bytes = in.prefixed();
    const ByteView proof = in.prefixed();
    if (const auto fields = in.finish(); !fields) return fail(fields.error());
    auto payload = PhoenixPayload::from_bytes(payload_bytes, rule);
    if (!payload) return fail(payload.error());
    return PhoenixTransaction{.payload = *std::move(payload), .proof = to_vector(proof)};
}

}  // namespace dusk::ledger
