#include "phoenix/stealth_address.hpp"

#include "phoenix/point_pair.hpp"

namespace dusk::phoenix {

using crypto::DecodeError;
using crypto::JubJubAffine;
using crypto::JubJubExtended;

Result<StealthAddress, DecodeError> StealthAddress::from_bytes(ByteView bytes, PointRule rule) {
    if (bytes.size() != kSize) return fail(DecodeError::bad_length);
    const auto r = decode_point(bytes.first(JubJubAffine::kSize), rule);
    if (!r) return fail(r.error());
    const auto note_pk = decode_point(bytes.subspan(JubJubAffine::kSize), rule);
    if (!note_pk) return fail(note_pk.error());
    return StealthAddress(*r, *note_pk);
}

ByteArray<StealthAddress::kSize> StealthAddress::to_bytes() const { return encode_pair(r_, note_pk_); }

ByteArray<StealthAddress::kArchivedSize> StealthAddress::to_archive() const { return archive_pair(r_, note_pk_); }

Result<StealthAddress, DecodeError> StealthAddress::from_archive(ByteView archive) {
    if (archive.size() != kArchivedSize) return fail(DecodeError::bad_length);
    const auto r = JubJubExtended::from_archive(archive.first(JubJubExtended::kArchivedSize));
    if (!r) return fail(r.error());
    const auto note_pk = JubJubExtended::from_archive(archive.subspan(JubJubExtended::kArchivedSize));
    if (!note_pk) return fail(note_pk.error());
    return StealthAddress(*r, *note_pk);
}

}  // namespace dusk::phoenix
