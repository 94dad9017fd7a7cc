#include "ledger/transaction.hpp"

#include "crypto/keccak.hpp"
#include "ledger/field_reader.hpp"
#include "ledger/transaction_archive.hpp"

namespace dusk::ledger {
namespace {

// The first byte of an encoding.
constexpr std::uint8_t kLegacyPhoenix = 0;
constexpr std::uint8_t kLegacyMoonlight = 1;
constexpr std::uint8_t kPhoenix = 2;
constexpr std::uint8_t kMoonlight = 3;
constexpr std::uint8_t kVersion = 2;

bool is_versioned(std::uint8_t tag) { return tag >= kPhoenix; }

template <class Body>
Result<Transaction, TransactionError> wrap(Result<Body, TransactionError> body) {
    if (!body) return fail(body.error());
    return Transaction{*std::move(body)};
}

std::size_t prefix_size(TransactionFormat format) { return format == TransactionFormat::boreas ? 2 : 1; }

// With its other data.
template <class Body>
Transaction with_data(const Body& body, TransactionData data) {
    Body out = body;
    out.payload.data = std::move(data);
    return {std::move(out)};
}

}  // namespace

TransactionId Transaction::id() const {
    return std::visit([](const auto& transaction) { return transaction.id(); }, body);
}

TransactionDigest Transaction::digest(TransactionFormat format) const {
    return {crypto::sha3_256(blobs() != nullptr ? without_blobs().encode(format) : encode(format))};
}

std::vector<Bytes> Transaction::spending_ids() const {
    std::vector<Bytes> out;
    if (const PhoenixTransaction* hidden = phoenix()) {
        for (const crypto::Fq& nullifier : hidden->payload.skeleton.nullifiers) {
            out.push_back(to_vector(nullifier.to_bytes()));
        }
        return out;
    }
    const MoonlightPayload& payload = moonlight()->payload;
    out.push_back(std::move(Writer().bytes(payload.sender.to_bytes()).le(payload.nonce.value)).finish());
    return out;
}

ChainId Transaction::chain_id() const {
    return std::visit([](const auto& transaction) { return transaction.payload.chain_id; }, body);
}

Gas Transaction::gas_limit() const {
    return std::visit([](const auto& transaction) { return transaction.payload.fee.gas_limit; }, body);
}

GasPrice Transaction::gas_price() const {
    return std::visit([](const auto& transaction) { return transaction.payload.fee.gas_price; }, body);
}

Lux Transaction::deposit() const {
    if (const PhoenixTransaction* hidden = phoenix()) return {hidden->payload.skeleton.deposit};
    return moonlight()->payload.deposit;
}

const std::optional<TransactionData>& Transaction::data() const {
    return std::visit(
        [](const auto& transaction) -> const std::optional<TransactionData>& { return transaction.payload.data; },
        body);
}

Bytes Transaction::encode(TransactionFormat format) const {
    const bool versioned = format == TransactionFormat::boreas;
    Writer out(encoded_size(format));
    if (phoenix() != nullptr) {
        out.u8(versioned ? kPhoenix : kLegacyPhoenix);
    } else {
        out.u8(versioned ? kMoonlight : kLegacyMoonlight);
    }
    if (versioned) out.u8(kVersion);
    out.bytes(std::visit([](const auto& transaction) { return transaction.to_bytes(); }, body));
    return std::move(out).finish();
}

std::size_t Transaction::encoded_size(TransactionFormat format) const {
    const std::size_t outside = prefix_size(format) + 8 + ledger::encoded_size(data());
    if (const PhoenixTransaction* hidden = phoenix()) {
        constexpr std::size_t kSkeleton = 32 + 8 + 2 * phoenix::Note::kSize + 16;
        return outside + 1 + 8 + kSkeleton + 32 * hidden->payload.skeleton.nullifiers.size() + PhoenixFee::kSize + 8 +
               hidden->proof.size();
    }
    const MoonlightPayload& payload = moonlight()->payload;
    const auto other_key = [&](const AccountKey& key) { return 1 + (key != payload.sender ? AccountKey::kSize : 0); };
    return outside + 1 + AccountKey::kSize + other_key(payload.receiver) + 4 * 8 +
           other_key(payload.fee.refund_address) + 8 + crypto::BlsSignature::kSize;
}

Result<Transaction, TransactionError> Transaction::decode(ByteView bytes, TransactionFormat format) {
    if (bytes.empty()) return fail(TransactionError::short_input);
    const std::uint8_t tag = bytes[0];
    if (tag > kMoonlight) return fail(TransactionError::unknown_family);
    if (is_versioned(tag) != (format == TransactionFormat::boreas)) return fail(TransactionError::wrong_format);
    if (is_versioned(tag)) {
        if (bytes.size() < 2) return fail(TransactionError::short_input);
        if (bytes[1] != kVersion) return fail(TransactionError::unknown_version);
    }
    const ByteView body = bytes.subspan(prefix_size(format));
    if (tag == kMoonlight || tag == kLegacyMoonlight) return wrap(MoonlightTransaction::from_bytes(body));
    const bool lax = format == TransactionFormat::pre_aegis;
    return wrap(PhoenixTransaction::from_bytes(body, lax ? phoenix::PointRule::lax : phoenix::PointRule::strict));
}

Transaction Transaction::without_blobs() const {
    const Blobs* carried = blobs();
    if (carried == nullptr) return *this;
    return std::visit([&](const auto& transaction) { return with_data(transaction, carried->to_memo()); }, body);
}

Transaction Transaction::as_executed() const {
    const ContractDeploy* deployment = deploy();
    if (deployment == nullptr) return without_blobs();
    ContractDeploy stripped{.hash = deployment->hash,
                            .bytecode = {},
                            .owner = deployment->owner,
                            .init_args = deployment->init_args,
                            .nonce = deployment->nonce};
    return std::visit([&](const auto& transaction) { return with_data(transaction, std::move(stripped)); }, body);
}

Result<DecodedTransaction, TransactionError> decode_any(ByteView bytes) {
    using enum TransactionFormat;
    const auto as = [&](TransactionFormat format) -> Result<DecodedTransaction, TransactionError> {
        auto transaction = Transaction::decode(bytes, format);
        if (!transaction) return fail(transaction.error());
        return DecodedTransaction{*std::move(transaction), format};
    };
    if (!bytes.empty() && is_versioned(bytes[0])) return as(boreas);
    auto decoded = as(aegis);
    // Only points differ between the two.
    if (!decoded && decoded.error() == TransactionError::bad_point) return as(pre_aegis);
    return decoded;
}

Bytes spend_argument(const Transaction& transaction) {
    if (transaction.blobs() == nullptr && transaction.deploy() == nullptr) return archive_write(transaction);
    return archive_write(transaction.as_executed());
}

}  // namespace dusk::ledger
