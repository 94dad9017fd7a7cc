#include "phoenix/sender.hpp"

#include <algorithm>

#include "crypto/jubjub_multiply.hpp"

namespace dusk::phoenix {

using crypto::DecodeError;
using crypto::Fr;
using crypto::JubJubAffine;
using crypto::JubJubExtended;

namespace {

constexpr std::uint8_t kTagEncrypted = 0;
constexpr std::uint8_t kTagContractInfo = 1;
constexpr std::size_t kArchivedPointsAt = 8;

std::array<const JubJubAffine*, 4> points_of(const EncryptedSender& sender) {
    return {&sender.a_c1, &sender.a_c2, &sender.b_c1, &sender.b_c2};
}

// Reads four points with `decode`, `size` bytes each.
template <class Decode>
Result<Sender, DecodeError> read_points(ByteView bytes, std::size_t size, Decode decode) {
    std::array<JubJubAffine, 4> points;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const auto point = decode(bytes.subspan(i * size, size));
        if (!point) return fail(point.error());
        points[i] = *point;
    }
    return Sender(EncryptedSender{points[0], points[1], points[2], points[3]});
}

}  // namespace

Sender Sender::encrypt(const PublicKey& sender, const JubJubExtended& note_pk, const std::array<Fr, 2>& blinders) {
    const std::array<JubJubExtended, 4> points{
        crypto::multiply_generator(blinders[0]), sender.a() + crypto::multiply(note_pk, blinders[0]),
        crypto::multiply_generator(blinders[1]), sender.b() + crypto::multiply(note_pk, blinders[1])};
    const std::vector<JubJubAffine> affine = crypto::to_affine(points);
    return EncryptedSender{affine[0], affine[1], affine[2], affine[3]};
}

Result<PublicKey, NoteError> Sender::decrypt(const Fr& note_sk) const {
    const EncryptedSender* encrypted_sender = encrypted();
    if (encrypted_sender == nullptr) return fail(NoteError::sender_not_encrypted);
    for (const JubJubAffine* point : points_of(*encrypted_sender)) {
        if (!point->is_prime_order()) return fail(NoteError::sender_not_prime_order);
    }
    return PublicKey(JubJubExtended(encrypted_sender->a_c2) - crypto::multiply(encrypted_sender->a_c1, note_sk),
                     JubJubExtended(encrypted_sender->b_c2) - crypto::multiply(encrypted_sender->b_c1, note_sk));
}

Result<Sender, DecodeError> Sender::from_bytes(ByteView bytes, PointRule rule) {
    if (bytes.size() != kSize) return fail(DecodeError::bad_length);
    switch (bytes[0]) {
        case kTagEncrypted:
            return read_points(bytes.subspan(1), JubJubAffine::kSize,
                               [rule](ByteView point) { return decode_point(point, rule); });
        case kTagContractInfo:
            return Sender(ContractInfo{take<128>(bytes.subspan(1))});
        default:
            return fail(DecodeError::bad_tag);
    }
}

ByteArray<Sender::kSize> Sender::to_bytes() const {
    ByteArray<kSize> out;
    std::uint8_t* next = out.data() + 1;
    if (const EncryptedSender* encrypted_sender = encrypted()) {
        out[0] = kTagEncrypted;
        for (const JubJubAffine* point : points_of(*encrypted_sender)) {
            next = std::ranges::copy(point->to_bytes(), next).out;
        }
    } else {
        out[0] = kTagContractInfo;
        std::ranges::copy(contract_info()->bytes, next);
    }
    return out;
}

ByteArray<Sender::kArchivedSize> Sender::to_archive() const {
    ByteArray<kArchivedSize> out{};
    if (const EncryptedSender* encrypted_sender = encrypted()) {
        out[0] = kTagEncrypted;
        std::uint8_t* next = out.data() + kArchivedPointsAt;
        for (const JubJubAffine* point : points_of(*encrypted_sender)) {
            next = std::ranges::copy(point->to_archive(), next).out;
        }
    } else {
        out[0] = kTagContractInfo;
        std::ranges::copy(contract_info()->bytes, out.begin() + 1);
    }
    return out;
}

Result<Sender, DecodeError> Sender::from_archive(ByteView archive) {
    if (archive.size() != kArchivedSize) return fail(DecodeError::bad_length);
    switch (archive[0]) {
        case kTagEncrypted:
            return read_points(archive.subspan(kArchivedPointsAt), JubJubAffine::kArchivedSize,
                               &JubJubAffine::from_archive);
        case kTagContractInfo:
            return Sender(ContractInfo{take<128>(archive.subspan(1))});
        default:
            return fail(DecodeError::bad_tag);
    }
}

}  // namespace dusk::phoenix
