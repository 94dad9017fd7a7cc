#include "phoenix/transaction_skeleton.hpp"

#include "phoenix/point_pair.hpp"

namespace dusk::phoenix {
namespace {

using crypto::DecodeError;
using crypto::Fq;
using crypto::JubJubAffine;

constexpr std::size_t kTailSize = 2 * Note::kSize + 16;  // what follows the nullifiers

void append_u64(Bytes& out, std::uint64_t value) {
    ByteArray<8> bytes;
    store_le(bytes.data(), value);
    append(out, bytes);
}

Bytes encode(const TransactionSkeleton& skeleton, bool with_count) {
    Bytes out;
    out.reserve(Fq::kSize * (1 + skeleton.nullifiers.size()) + 8 + kTailSize);
    append(out, skeleton.root.to_bytes());
    if (with_count) append_u64(out, skeleton.nullifiers.size());
    for (const Fq& nullifier : skeleton.nullifiers) append(out, nullifier.to_bytes());
    for (const Note& note : skeleton.outputs) append(out, note.to_bytes());
    append_u64(out, skeleton.max_fee);
    append_u64(out, skeleton.deposit);
    return out;
}

}  // namespace

Bytes TransactionSkeleton::to_bytes() const { return encode(*this, true); }

Bytes TransactionSkeleton::hash_input() const { return encode(*this, false); }

std::optional<std::vector<Fq>> TransactionSkeleton::public_inputs(const Fq& payload_hash) const {
    std::vector<Fq> out{payload_hash, root};
    const auto put = [&](const JubJubAffine& point) {
        out.push_back(point.u());
        out.push_back(point.v());
    };
    out.insert(out.end(), nullifiers.begin(), nullifiers.end());
    for (const Note& note : outputs) put(note.value_commitment());
    out.push_back(Fq::from_u64(max_fee));
    out.push_back(Fq::from_u64(deposit));
    for (const Note& note : outputs) put(to_affine_vartime(note.stealth_address().note_pk()));
    for (const Note& note : outputs) {
        const EncryptedSender* sender = note.sender().encrypted();
        if (sender == nullptr) return {};
        for (const JubJubAffine& point : {sender->a_c1, sender->a_c2, sender->b_c1, sender->b_c2}) put(point);
    }
    return out;
}

Result<TransactionSkeleton, DecodeError> TransactionSkeleton::from_bytes(ByteView bytes, PointRule rule) {
    if (bytes.size() < Fq::kSize + 8 + kTailSize) return fail(DecodeError::bad_length);
    const auto root = Fq::from_bytes(bytes.first(Fq::kSize));
    if (!root) return fail(root.error());
    const std::uint64_t count = load_le<std::uint64_t>(bytes.data() + Fq::kSize);
    bytes = bytes.subspan(Fq::kSize + 8);
    if (count > (bytes.size() - kTailSize) / Fq::kSize) return fail(DecodeError::bad_length);

    std::vector<Fq> nullifiers;
    nullifiers.reserve(static_cast<std::size_t>(count));
    for (std::uint64_t i = 0; i < count; ++i) {
        const auto nullifier = Fq::from_bytes(bytes.first(Fq::kSize));
        if (!nullifier) return fail(nullifier.error());
        nullifiers.push_back(*nullifier);
        bytes = bytes.subspan(Fq::kSize);
    }
    const auto transfer = Note::from_bytes(bytes.first(Note::kSize), rule);
    if (!transfer) return fail(transfer.error());
    const auto change = Note::from_bytes(bytes.subspan(Note::kSize, Note::kSize), rule);
    if (!change) return fail(change.error());
    const std::uint8_t* amounts = bytes.data() + 2 * Note::kSize;
    return TransactionSkeleton{.root = *root,
                               .nullifiers = std::move(nullifiers),
                               .outputs = {*transfer, *change},
                               .max_fee = load_le<std::uint64_t>(amounts),
                               .deposit = load_le<std::uint64_t>(amounts + 8)};
}

}  // namespace dusk::phoenix
