#include "plonk/verifier_data.hpp"

#include <algorithm>
#include <bit>

#include "base/writer.hpp"
#include "crypto/g1_decode.hpp"

namespace dusk::plonk {
namespace {

constexpr std::size_t kCommitmentsEnd = 8 + kKeyColumns * G1Affine::kCompressedSize;

struct Header {
    std::uint64_t label, key, opening_key, public_rows, size, rows;

    // Of the four parts. None if it does not fit 64 bits.
    [[nodiscard]] bool length(std::uint64_t& out) const {
        std::uint64_t rows_length = 0;
        return !__builtin_mul_overflow(public_rows, std::uint64_t{8}, &rows_length) &&
               !__builtin_add_overflow(label, key, &out) && !__builtin_add_overflow(out, opening_key, &out) &&
               !__builtin_add_overflow(out, rows_length, &out);
    }
};

Header read_header(ByteView bytes) {
    const auto word = [&](std::size_t i) { return load_be<std::uint64_t>(bytes.data() + 8 * i); };
    return {.label = word(0),
            .key = word(1),
            .opening_key = word(2),
            .public_rows = word(3),
            .size = word(4),
            .rows = word(5)};
}

// The lengths of the header are within the bytes.
Result<VerifierData, ProofError> read_parts(const Header& header, ByteView bytes, bool strict) {
    VerifierData out;
    bytes = bytes.subspan(VerifierData::kHeaderSize);
    const auto next = [&bytes](std::uint64_t length) {
        const ByteView part = bytes.first(static_cast<std::size_t>(length));
        bytes = bytes.subspan(part.size());
        return part;
    };
    out.label = to_vector(next(header.label));
    const ByteView key = next(header.key);
    const ByteView opening_key = next(header.opening_key);
    // The cheap part first: the lengths of both.
    if (key.size() < VerifierKey::kSize || opening_key.size() < OpeningKey::kSize) return fail(ProofError::short_input);
    if (strict && std::ranges::any_of(key.subspan(kCommitmentsEnd), [](std::uint8_t byte) { return byte != 0; })) {
        return fail(ProofError::bad_padding);
    }
    out.size = header.size;
    out.rows = header.rows;
    out.public_rows.resize(static_cast<std::size_t>(header.public_rows));
    for (std::size_t i = 0; i < out.public_rows.size(); ++i) {
        out.public_rows[i] = load_be<std::uint64_t>(bytes.data() + 8 * i);
    }
    if (strict) {
        const auto log2_size = log2_domain(load_le<std::uint64_t>(key.data()));
        if (!log2_size) return fail(log2_size.error());
        if (load_le<std::uint64_t>(key.data()) != header.rows || header.size != std::uint64_t{1} << *log2_size) {
            return fail(ProofError::bad_size);
        }
        const bool ascending =
            std::ranges::adjacent_find(out.public_rows, std::greater_equal{}) == out.public_rows.end();
        if (!ascending || (!out.public_rows.empty() && out.public_rows.back() >= header.rows)) {
            return fail(ProofError::bad_rows);
        }
    }
    const auto read_opening_key =
        strict ? OpeningKey::from_slice_strict(opening_key) : OpeningKey::from_slice(opening_key);
    if (!read_opening_key) return fail(read_opening_key.error());
    out.opening_key = *read_opening_key;
    const auto read_key = VerifierKey::from_slice(key);
    if (!read_key) return fail(read_key.error());
    out.key = *read_key;
    return out;
}

}  // namespace

Result<unsigned, ProofError> log2_domain(std::uint64_t rows) {
    if (rows > std::uint64_t{1} << kMaxLog2Rows) return fail(ProofError::bad_domain);
    return rows <= 1 ? 0U : static_cast<unsigned>(std::bit_width(rows - 1));
}

Result<VerifierKey, ProofError> VerifierKey::from_slice(ByteView bytes) {
    if (bytes.size() < kSize) return fail(ProofError::short_input);
    VerifierKey key;
    key.rows = load_le<std::uint64_t>(bytes.data());
    const auto points = crypto::decode_g1(bytes.subspan(8, key.commitments.size() * G1Affine::kCompressedSize));
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (!points[i]) return fail(ProofError::bad_point);
        key.commitments[i] = *points[i];
    }
    return key;
}

ByteArray<VerifierKey::kSize> VerifierKey::to_bytes() const {
    ByteArray<kSize> out{};
    store_le(out.data(), rows);
    auto at = out.begin() + 8;
    for (const G1Affine& commitment : commitments) at = std::ranges::copy(commitment.to_compressed(), at).out;
    return out;
}

Result<VerifierData, ProofError> VerifierData::from_slice_lenient(ByteView bytes) {
    if (bytes.size() < kHeaderSize) return fail(ProofError::short_input);
    const Header header = read_header(bytes);
    std::uint64_t length = 0;
    if (!header.length(length) || length > bytes.size() - kHeaderSize) return fail(ProofError::short_input);
    return read_parts(header, bytes, false);
}

Result<VerifierData, ProofError> VerifierData::from_bytes(ByteView bytes) {
    if (bytes.size() < kHeaderSize) return fail(ProofError::short_input);
    const Header header = read_header(bytes);
    std::uint64_t length = 0;
    if (!header.length(length) || header.public_rows > header.rows) return fail(ProofError::bad_header);
    if (header.key > VerifierKey::kSize || header.opening_key > OpeningKey::kSize) return fail(ProofError::bad_header);
    if (length > bytes.size() - kHeaderSize) return fail(ProofError::short_input);
    if (length < bytes.size() - kHeaderSize) return fail(ProofError::trailing_bytes);
    return read_parts(header, bytes, true);
}

Bytes VerifierData::to_bytes() const {
    Writer out(kHeaderSize + label.size() + VerifierKey::kSize + OpeningKey::kSize + 8 * public_rows.size());
    out.be<std::uint64_t>(label.size()).be<std::uint64_t>(VerifierKey::kSize).be<std::uint64_t>(OpeningKey::kSize);
    out.be<std::uint64_t>(public_rows.size()).be(size).be(rows);
    out.bytes(label).bytes(key.to_bytes()).bytes(opening_key.to_bytes());
    for (const std::uint64_t row : public_rows) out.be(row);
    return std::move(out).finish();
}

}  // namespace dusk::plonk
