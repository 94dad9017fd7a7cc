#include "plonk/stored_key.hpp"

#include <algorithm>

#include "base/reader.hpp"
#include "base/writer.hpp"
#include "crypto/blake3.hpp"

namespace dusk::plonk {
namespace {

constexpr ByteArray<8> kMagic{'D', 'U', 'S', 'K', 'P', 'K', 'E', 'Y'};
constexpr std::uint32_t kVersion = 2;
constexpr std::size_t kDigestSize = 32;
constexpr std::size_t kMaxLabel = 1024;

// At most n coefficients, the last one not zero.
Result<Polynomial, ProofError> read_polynomial(Reader& in, std::size_t n) {
    const std::size_t count = in.count_le<std::uint64_t>(n, Fq::kSize);
    Polynomial out;
    out.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        const auto coefficient = Fq::from_bytes(in.bytes(Fq::kSize));
        if (!coefficient) return fail(in.error() ? ProofError::short_input : ProofError::bad_scalar);
        out.push_back(*coefficient);
    }
    if (!out.empty() && out.back().is_zero()) return fail(ProofError::bad_polynomial);
    return out;
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
    Writer out(1024 + kKeyColumns * (8 + Fq::kSize * key.size()));
    out.bytes(kMagic).le(kVersion).bytes(origin).prefixed_le<std::uint32_t>(key.label);
    out.le<std::uint64_t>(key.rows).bytes(key.verifier_key.to_bytes());
    out.count_le<std::uint64_t>(key.public_rows.size());
    for (const std::uint64_t row : key.public_rows) out.le<std::uint64_t>(row);
    for (const Polynomial& polynomial : key.polynomials) {
        out.count_le<std::uint64_t>(polynomial.size());
        for (const Fq& coefficient : polynomial) out.bytes(coefficient.to_bytes());
    }
    out.bytes(crypto::blake3(out.view()));
    return std::move(out).finish();
}

namespace {

Result<ProverKey, ProofError> read_key(ByteView bytes, const KeyOrigin& origin, const PublicParameters* parameters) {
    constexpr std::size_t kHeader = kMagic.size() + 4 + std::tuple_size_v<KeyOrigin>;
    if (bytes.size() < kHeader + kDigestSize) return fail(ProofError::short_input);
    if (!std::ranges::equal(bytes.first(kMagic.size()), kMagic) ||
        load_le<std::uint32_t>(bytes.data() + kMagic.size()) != kVersion)
        return fail(ProofError::bad_header);
    const ByteView content = bytes.first(bytes.size() - kDigestSize);
    if (!std::ranges::equal(crypto::blake3(content), bytes.last(kDigestSize))) return fail(ProofError::damaged);

    if (!std::ranges::equal(content.subspan(kMagic.size() + 4).first(origin.size()), origin))
        return fail(ProofError::wrong_circuit);

    Reader in(content.subspan(kHeader));
    ProverKey key;
    const ByteView label = in.prefixed_le<std::uint32_t>(kMaxLabel);
    key.label.assign(label.begin(), label.end());
    key.rows = in.le<std::uint64_t>();
    const ByteView verifier_key = in.bytes(VerifierKey::kSize);
    if (in.error()) return fail(ProofError::short_input);

    if (parameters != nullptr) {
        const auto powers = parameters->trim(key.rows);
        if (!powers) return fail(powers.error());
        key.powers.assign(powers->begin(), powers->end());
    }
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
    for (Polynomial& polynomial : key.polynomials) {
        auto read = read_polynomial(in, key.size());
        if (!read) return fail(read.error());
        polynomial = std::move(*read);
    }
    if (in.error()) return fail(ProofError::short_input);
    if (in.remaining() != 0) return fail(ProofError::trailing_bytes);
    return key;
}

}  // namespace

Result<ProverKey, ProofError> read_stored_key(ByteView bytes, const KeyOrigin& origin,
                                              const PublicParameters& parameters) {
    return read_key(bytes, origin, &parameters);
}

Result<ProverKey, ProofError> read_stored_columns(ByteView bytes, const KeyOrigin& origin) {
    return read_key(bytes, origin, nullptr);
}

}  // namespace dusk::plonk
