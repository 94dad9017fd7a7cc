#include "plonk/stored_key.hpp"

#include <algorithm>
#include <optional>

#include "base/reader.hpp"
#include "base/writer.hpp"
#include "crypto/blake3.hpp"
#include "crypto/raw_point.hpp"

namespace dusk::plonk {
namespace {

constexpr ByteArray<8> kMagic{'D', 'U', 'S', 'K', 'P', 'K', 'E', 'Y'};
constexpr std::uint32_t kVersion = 3;
constexpr std::size_t kDigestSize = 32;
constexpr std::size_t kMaxLabel = 1024;
constexpr std::size_t kMaxHeader = std::size_t{1} << 20;
// The columns of the key, and the powers.
constexpr std::size_t kParts = kKeyColumns + 1;
constexpr std::size_t kPowers = kKeyColumns;

constexpr std::size_t item_size(std::size_t part) { return part == kPowers ? G1Affine::kRawSize : Fq::kSize; }

// Coefficients or points behind the header, and the BLAKE3 of their bytes.
struct Part {
    ByteView bytes{};
    ByteView digest{};

    [[nodiscard]] bool is_sound() const { return equal(crypto::blake3(bytes), digest); }
};

// The last coefficient is not zero.
std::optional<ProofError> read_polynomial(const Part& part, Polynomial& out) {
    if (!part.is_sound()) return ProofError::damaged;
    out.reserve(part.bytes.size() / Fq::kSize);
    for (std::size_t at = 0; at < part.bytes.size(); at += Fq::kSize) {
        const auto coefficient = Fq::from_archive(part.bytes.subspan(at, Fq::kSize));
        if (!coefficient) return ProofError::bad_scalar;
        out.push_back(*coefficient);
    }
    if (!out.empty() && out.back().is_zero()) return ProofError::bad_polynomial;
    return std::nullopt;
}

// None of them is the identity. That they are on the curve is not checked.
std::optional<ProofError> read_powers(const Part& part, std::vector<G1Affine>& out) {
    if (!part.is_sound()) return ProofError::damaged;
    out.reserve(part.bytes.size() / G1Affine::kRawSize);
    for (std::size_t at = 0; at < part.bytes.size(); at += G1Affine::kRawSize) {
        const ByteView bytes = part.bytes.subspan(at, G1Affine::kRawSize);
        const auto point = crypto::RawG1::from_slice_unchecked(bytes).to_affine_unchecked();
        if (!point || point->is_identity()) return ProofError::bad_point;
        out.push_back(*point);
    }
    return std::nullopt;
}

Result<void, ProofError> read_rows(Reader& in, ProverKey& key) {
    const std::size_t count = in.count_le<std::uint64_t>(static_cast<std::size_t>(key.rows), 8);
    for (std::size_t i = 0; i < count; ++i) key.public_rows.push_back(in.le<std::uint64_t>());
    const bool ascending = std::ranges::adjacent_find(key.public_rows, std::greater_equal<>()) == key.public_rows.end();
    if (!ascending || (!key.public_rows.empty() && key.public_rows.back() >= key.rows))
        return fail(ProofError::bad_rows);
    return {};
}

}  // namespace

KeyOrigin key_origin(ByteView label, const CircuitTable& circuit, const ByteArray<32>& parameters) {
    Writer head(64 + label.size() + 8 * circuit.public_inputs.size());
    head.bytes(parameters).prefixed_le<std::uint32_t>(label).le<std::uint64_t>(circuit.rows());
    head.count_le<std::uint64_t>(circuit.public_inputs.size());
    for (const PublicInput& input : circuit.public_inputs) head.le<std::uint64_t>(input.row);
    crypto::Blake3 hash;
    hash.update(head.view());
    const auto add = [&hash](const auto& rows) {
        using Row = std::ranges::range_value_t<decltype(rows)>;
        static_assert(std::has_unique_object_representations_v<Row>);
        hash.update({reinterpret_cast<const std::uint8_t*>(rows.data()), rows.size() * sizeof(Row)});
    };
    add(circuit.selectors);
    add(circuit.wires);
    return hash.finish();
}

Bytes write_stored_key(const ProverKey& key, const KeyOrigin& origin) {
    std::array<Bytes, kParts> parts;
    for (std::size_t i = 0; i < kKeyColumns; ++i) {
        parts[i].reserve(key.polynomials[i].size() * Fq::kSize);
        for (const Fq& coefficient : key.polynomials[i]) append(parts[i], coefficient.to_archive());
    }
    parts[kPowers].reserve(key.powers.size() * G1Affine::kRawSize);
    for (const G1Affine& point : key.powers) append(parts[kPowers], point.to_raw_bytes());

    Writer header;
    header.bytes(origin).prefixed_le<std::uint32_t>(key.label);
    header.le<std::uint64_t>(key.rows).bytes(key.verifier_key.to_bytes());
    header.count_le<std::uint64_t>(key.public_rows.size());
    for (const std::uint64_t row : key.public_rows) header.le<std::uint64_t>(row);
    for (std::size_t i = 0; i < kParts; ++i) {
        header.le<std::uint64_t>(parts[i].size() / item_size(i)).bytes(crypto::blake3(parts[i]));
    }
    Writer out;
    out.bytes(kMagic).le(kVersion).prefixed_le<std::uint32_t>(header.view()).bytes(crypto::blake3(header.view()));
    for (const Bytes& part : parts) out.bytes(part);
    return std::move(out).finish();
}

namespace {

// Of the circuit: what stands in the header between origin and parts.
Result<ProverKey, ProofError> read_circuit(Reader& in) {
    ProverKey key;
    const ByteView label = in.prefixed_le<std::uint32_t>(kMaxLabel);
    key.label.assign(label.begin(), label.end());
    key.rows = in.le<std::uint64_t>();
    const ByteView verifier_key = in.bytes(VerifierKey::kSize);
    if (!in.ok()) return fail(ProofError::short_input);
    if (key.rows == 0) return fail(ProofError::empty);
    const auto log2_size = log2_domain(key.rows);
    if (!log2_size) return fail(log2_size.error());
    key.log2_size = *log2_size;
    const auto commitments = VerifierKey::from_slice(verifier_key);
    if (!commitments) return fail(commitments.error());
    if (commitments->rows != key.rows) return fail(ProofError::bad_size);
    if (!equal(commitments->to_bytes(), verifier_key)) return fail(ProofError::bad_padding);
    key.verifier_key = *commitments;
    if (const auto rows = read_rows(in, key); !rows) return fail(rows.error());
    return key;
}

// Their numbers and digests come from the header, their bytes from `body`.
Result<std::array<Part, kParts>, ProofError> read_parts(Reader& header, Reader& body, std::size_t size) {
    std::array<Part, kParts> out;
    for (std::size_t i = 0; i < kParts; ++i) {
        const auto count = header.le<std::uint64_t>();
        out[i].digest = header.bytes(kDigestSize);
        const bool fits = i == kPowers ? count == 0 || count == size + kSpareDegree + 1 : count <= size;
        if (!fits) return fail(ProofError::bad_size);
        out[i].bytes = body.bytes(static_cast<std::size_t>(count) * item_size(i));
    }
    if (!header.ok() || !body.ok()) return fail(ProofError::short_input);
    if (header.remaining() != 0 || body.remaining() != 0) return fail(ProofError::trailing_bytes);
    return out;
}

}  // namespace

Result<ProverKey, ProofError> read_stored_key(ByteView bytes, const KeyOrigin& origin, Executor& executor) {
    Reader body(bytes);
    const ByteView magic = body.bytes(kMagic.size());
    const auto version = body.le<std::uint32_t>();
    if (body.ok() && (!equal(magic, kMagic) || version != kVersion)) return fail(ProofError::bad_header);
    const ByteView head = body.prefixed_le<std::uint32_t>(kMaxHeader);
    const ByteView digest = body.bytes(kDigestSize);
    if (!body.ok()) return fail(ProofError::short_input);
    if (!equal(crypto::blake3(head), digest)) return fail(ProofError::damaged);

    Reader header(head);
    const ByteView written = header.bytes(origin.size());
    if (!header.ok()) return fail(ProofError::short_input);
    if (!equal(written, origin)) return fail(ProofError::wrong_circuit);
    auto key = read_circuit(header);
    if (!key) return key;
    const auto parts = read_parts(header, body, key->size());
    if (!parts) return fail(parts.error());

    std::array<std::optional<ProofError>, kParts> errors;
    executor.parallel_for(kParts, [&](std::size_t i) {
        // The largest part, which is the last, comes first.
        const std::size_t part = kParts - 1 - i;
        errors[part] = part == kPowers ? read_powers((*parts)[part], key->powers)
                                       : read_polynomial((*parts)[part], key->polynomials[part]);
    });
    for (const auto& error : errors) {
        if (error) return fail(*error);
    }
    return key;
}

}  // namespace dusk::plonk
