#include "ledger/transaction_data.hpp"

#include "base/utf8.hpp"
#include "ledger/field_reader.hpp"

namespace dusk::ledger {
namespace {

// Ids on the wire.
constexpr std::uint8_t kNone = 0;
constexpr std::uint8_t kCall = 1;
constexpr std::uint8_t kDeploy = 2;
constexpr std::uint8_t kMemo = 3;
constexpr std::uint8_t kBlob = 4;

std::string text(FieldReader& in) {
    const ByteView bytes = in.prefixed();
    if (!is_utf8(bytes)) {
        in.reject(TransactionError::bad_fn_name);
        return {};
    }
    return {bytes.begin(), bytes.end()};
}

ContractCall read_call(FieldReader& in) {
    ContractCall call{.contract = {in.array<32>()}, .fn_name = text(in), .fn_args = {}};
    call.fn_args = to_vector(in.prefixed());
    return call;
}

ContractDeploy read_deploy(FieldReader& in) {
    ContractDeploy deploy;
    deploy.hash = {in.array<32>()};
    deploy.bytecode = to_vector(in.prefixed());
    deploy.owner = to_vector(in.prefixed());
    if (in.flag()) deploy.init_args = to_vector(in.prefixed());
    deploy.nonce = in.u64();
    return deploy;
}

Memo read_memo(FieldReader& in) {
    const std::uint64_t size = in.u64();
    if (size != in.remaining()) in.reject(TransactionError::bad_memo_length);
    if (size > Memo::kMaxSize) in.reject(TransactionError::memo_too_long);
    return in.ok() ? Memo{to_vector(in.rest())} : Memo{};
}

Blob read_blob(FieldReader& in) {
    Blob blob{.hash = {in.array<32>()}, .sidecar = {}};
    if (!in.flag()) return blob;
    BlobSidecar sidecar{.commitment = in.array<48>(), .proof = in.array<48>(), .content = {}};
    const ByteView content = in.bytes(BlobContent::kSize);
    if (!in.ok()) return blob;
    sidecar.content = BlobContent::copy_of(content);
    blob.sidecar = std::move(sidecar);
    return blob;
}

Blobs read_blobs(FieldReader& in) {
    const std::uint8_t count = in.u8();
    Blobs out;
    for (std::size_t i = 0; i < count && in.ok(); ++i) out.blobs.push_back(read_blob(in));
    return out;
}

void write(Writer& out, const ContractCall& call) {
    out.bytes(call.contract.bytes);
    out.prefixed_le<std::uint64_t>(as_bytes(call.fn_name)).prefixed_le<std::uint64_t>(call.fn_args);
}

void write(Writer& out, const ContractDeploy& deploy) {
    out.bytes(deploy.hash.bytes);
    out.prefixed_le<std::uint64_t>(deploy.bytecode).prefixed_le<std::uint64_t>(deploy.owner);
    out.boolean(deploy.init_args.has_value());
    if (deploy.init_args) out.prefixed_le<std::uint64_t>(*deploy.init_args);
    out.le(deploy.nonce);
}

void write(Writer& out, const Memo& memo) { out.prefixed_le<std::uint64_t>(memo.bytes); }

void write(Writer& out, const Blobs& blobs) {
    out.count_le<std::uint8_t>(blobs.blobs.size());
    for (const Blob& blob : blobs.blobs) {
        out.bytes(blob.hash.bytes).boolean(blob.sidecar.has_value());
        if (!blob.sidecar) continue;
        out.bytes(blob.sidecar->commitment).bytes(blob.sidecar->proof).bytes(blob.sidecar->content.bytes());
    }
}

std::size_t size_of(const ContractCall& call) { return 32 + 8 + call.fn_name.size() + 8 + call.fn_args.size(); }
std::size_t size_of(const ContractDeploy& deploy) {
    const std::size_t init = deploy.init_args ? 8 + deploy.init_args->size() : 0;
    return 32 + 8 + deploy.bytecode.size() + 8 + deploy.owner.size() + 1 + init + 8;
}
std::size_t size_of(const Memo& memo) { return 8 + memo.bytes.size(); }
std::size_t size_of(const Blobs& blobs) {
    std::size_t size = 1;
    for (const Blob& blob : blobs.blobs) size += 32 + 1 + (blob.sidecar ? BlobSidecar::kSize : 0);
    return size;
}

Bytes message_of(const ContractCall& call) {
    return std::move(Writer().bytes(call.contract.bytes).bytes(as_bytes(call.fn_name)).bytes(call.fn_args)).finish();
}
Bytes message_of(const ContractDeploy& deploy) {
    Writer out;
    out.bytes(deploy.hash.bytes).bytes(deploy.owner);
    if (deploy.init_args) out.bytes(*deploy.init_args);
    return std::move(out).finish();
}
Bytes message_of(const Memo& memo) { return memo.bytes; }
Bytes message_of(const Blobs& blobs) { return blobs.to_memo().bytes; }

}  // namespace

ContractDeploy ContractDeploy::of(Bytes bytecode, Bytes owner, std::optional<Bytes> init_args, std::uint64_t nonce) {
    const BytecodeHash hash = bytecode_hash(bytecode);
    return {.hash = hash,
            .bytecode = std::move(bytecode),
            .owner = std::move(owner),
            .init_args = std::move(init_args),
            .nonce = nonce};
}

Memo Blobs::to_memo() const {
    Memo memo;
    for (const Blob& blob : blobs) append(memo.bytes, blob.hash.bytes);
    return memo;
}

Result<std::optional<TransactionData>, TransactionError> decode_data(ByteView bytes) {
    FieldReader in(bytes);
    std::optional<TransactionData> data;
    switch (in.u8()) {
        case kNone:
            break;
        case kCall:
            data = read_call(in);
            break;
        case kDeploy:
            data = read_deploy(in);
            break;
        case kMemo:
            data = read_memo(in);
            break;
        case kBlob:
            data = read_blobs(in);
            break;
        default:
            in.reject(TransactionError::unknown_data);
    }
    return in.finish(std::move(data));
}

void encode_data(Writer& out, const std::optional<TransactionData>& data) {
    if (!data) {
        out.u8(kNone);
        return;
    }
    constexpr std::array kIds{kCall, kDeploy, kMemo, kBlob};
    out.u8(kIds[data->index()]);
    std::visit([&](const auto& kind) { write(out, kind); }, *data);
}

std::size_t encoded_size(const std::optional<TransactionData>& data) {
    return 1 + (data ? std::visit([](const auto& kind) { return size_of(kind); }, *data) : 0);
}

Bytes encode(const ContractCall& call) {
    Writer out;
    write(out, call);
    return std::move(out).finish();
}

Bytes encode(const ContractDeploy& deploy) {
    Writer out;
    write(out, deploy);
    return std::move(out).finish();
}

Bytes signature_message(const TransactionData& data) {
    return std::visit([](const auto& kind) { return message_of(kind); }, data);
}

}  // namespace dusk::ledger
