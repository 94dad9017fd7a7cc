#include "ledger/moonlight.hpp"

#include "ledger/field_reader.hpp"

namespace dusk::ledger {
namespace {

// A key that is left out where it is the sender's.
void write_other_key(Writer& out, const AccountKey& key, const AccountKey& sender) {
    const bool other = key != sender;
    out.boolean(other);
    if (other) out.bytes(key.to_bytes());
}

AccountKey read_other_key(FieldReader& in, const AccountKey& sender) { return in.flag() ? in.account_key() : sender; }

Result<void, TransactionError> check_can_be_sent(const std::optional<TransactionData>& data) {
    if (!data) return {};
    if (const auto* memo = std::get_if<Memo>(&*data); memo != nullptr && memo->bytes.size() > Memo::kMaxSize) {
        return fail(TransactionError::memo_too_long);
    }
    if (const auto* blobs = std::get_if<Blobs>(&*data); blobs != nullptr && blobs->blobs.size() > Blobs::kMaxCount) {
        return fail(TransactionError::too_many_blobs);
    }
    return {};
}

}  // namespace

std::optional<Lux> MoonlightPayload::most_cost() const {
    const auto most_fee = checked_cost(fee.gas_limit, fee.gas_price);
    const auto with_value = most_fee ? checked_add(*most_fee, value) : std::nullopt;
    return with_value ? checked_add(*with_value, deposit) : std::nullopt;
}

Bytes MoonlightPayload::signature_message() const {
    Writer out;
    out.u8(static_cast<std::uint8_t>(chain_id)).bytes(sender.to_bytes());
    if (receiver != sender) out.bytes(receiver.to_bytes());
    out.le(value.value).le(deposit.value).le(fee.gas_limit.value).le(fee.gas_price.value);
    if (fee.refund_address != sender) out.bytes(fee.refund_address.to_bytes());
    out.le(nonce.value);
    if (data) out.bytes(ledger::signature_message(*data));
    return std::move(out).finish();
}

Bytes MoonlightPayload::to_bytes() const {
    Writer out;
    out.u8(static_cast<std::uint8_t>(chain_id)).bytes(sender.to_bytes());
    write_other_key(out, receiver, sender);
    out.le(value.value).le(deposit.value).le(fee.gas_limit.value).le(fee.gas_price.value);
    write_other_key(out, fee.refund_address, sender);
    out.le(nonce.value);
    encode_data(out, data);
    return std::move(out).finish();
}

Result<MoonlightPayload, TransactionError> MoonlightPayload::from_bytes(ByteView bytes) {
    FieldReader in(bytes);
    MoonlightPayload payload;
    payload.chain_id = ChainId{in.u8()};
    payload.sender = in.account_key();
    payload.receiver = read_other_key(in, payload.sender);
    in.read(payload.value);
    in.read(payload.deposit);
    in.read(payload.fee.gas_limit);
    in.read(payload.fee.gas_price);
    payload.fee.refund_address = read_other_key(in, payload.sender);
    in.read(payload.nonce);
    const ByteView rest = in.rest();
    if (const auto fields = in.finish(); !fields) return fail(fields.error());
    auto data = decode_data(rest);
    if (!data) return fail(data.error());
    payload.data = *std::move(data);
    return payload;
}

Result<MoonlightTransaction, TransactionError> MoonlightTransaction::sign(MoonlightPayload payload,
                                                                          const crypto::BlsSecretKey& sender) {
    if (payload.sender != sender.public_key()) return fail(TransactionError::foreign_key);
    if (const auto sendable = check_can_be_sent(payload.data); !sendable) return fail(sendable.error());
    const crypto::BlsSignature signature = sender.sign(payload.signature_message());
    return MoonlightTransaction{.payload = std::move(payload), .signature = signature};
}

Result<void, TransactionError> MoonlightTransaction::verify(crypto::BlsVersion version) const {
    if (!payload.sender.verify(signature, payload.signature_message(), version)) {
        return fail(TransactionError::invalid_signature);
    }
    return {};
}

TransactionId MoonlightTransaction::id() const {
    Bytes input = payload.signature_message();
    append(input, signature.to_bytes());
    return {crypto::Fq::hash_to_scalar(input).to_bytes()};
}

Bytes MoonlightTransaction::to_bytes() const {
    return std::move(Writer().prefixed_le<std::uint64_t>(payload.to_bytes()).bytes(signature.to_bytes())).finish();
}

Result<MoonlightTransaction, TransactionError> MoonlightTransaction::from_bytes(ByteView bytes) {
    FieldReader in(bytes);
    const ByteView payload_bytes = in.prefixed();
    const ByteView signature_bytes = in.bytes(crypto::BlsSignature::kSize);
    if (const auto fields = in.finish(); !fields) return fail(fields.error());
    auto payload = MoonlightPayload::from_bytes(payload_bytes);
    if (!payload) return fail(payload.error());
    const auto signature = crypto::BlsSignature::from_bytes(signature_bytes);
    if (!signature) return fail(TransactionError::bad_signature);
    return MoonlightTransaction{.payload = *std::move(payload), .signature = *signature};
}

}  // namespace dusk::ledger
