#include "plonk/stored_key.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

#include "crypto/blake3.hpp"
#include "plonk/sample_proof.hpp"

namespace dusk::plonk {
namespace {

constexpr std::size_t kDigest = 32;
constexpr std::size_t kParts = kKeyColumns + 1;

// Offsets in the file: magic, version, and the length of the header; in that origin, label with its length, rows,
// verifier key, public rows with their number, and number and digest of each part. Then the header's digest, and the
// parts.
class StoredKeyTest : public testing::Test {
  protected:
    static constexpr std::size_t kLength = 12;
    static constexpr std::size_t kHeader = kLength + 4;
    static constexpr std::size_t kLabel = kHeader + 32;
    static constexpr std::size_t kRows = kLabel + 4 + 3;
    static constexpr std::size_t kVerifierKey = kRows + 8;
    static constexpr std::size_t kPublicRows = kVerifierKey + VerifierKey::kSize;
    static constexpr std::size_t kHead = 8 + kDigest;  // of a part

    [[nodiscard]] Result<ProverKey, ProofError> read(ByteView bytes) const {
        return read_stored_key(bytes, origin, executor);
    }
    [[nodiscard]] std::optional<ProofError> error_of(ByteView bytes) const {
        const auto key = read(bytes);
        return key ? std::nullopt : std::optional(key.error());
    }
    // With the digests of part and header that belong to what was changed.
    [[nodiscard]] std::optional<ProofError> refused(Bytes changed) const {
        std::size_t at = body;
        for (std::size_t i = 0; i < kParts; ++i) {
            const std::size_t size = part_size(i);
            const auto digest = crypto::blake3(ByteView(changed).subspan(at, size));
            std::ranges::copy(digest, changed.begin() + static_cast<std::ptrdiff_t>(heads + i * kHead + 8));
            at += size;
        }
        const auto digest = crypto::blake3(ByteView(changed).subspan(kHeader, body - kDigest - kHeader));
        std::ranges::copy(digest, changed.begin() + static_cast<std::ptrdiff_t>(body - kDigest));
        return error_of(changed);
    }
    [[nodiscard]] std::optional<ProofError> with(std::size_t offset, std::uint64_t value) const {
        Bytes changed = file;
        store_le(changed.data() + offset, value);
        return refused(std::move(changed));
    }
    [[nodiscard]] std::size_t part_size(std::size_t i) const {
        return i < kKeyColumns ? Fq::kSize * sample.key->polynomials[i].size()
                               : G1Affine::kRawSize * sample.key->powers.size();
    }

    mutable SerialExecutor executor;
    SampleProof sample{8, "abc"};
    ByteArray<32> parameters = crypto::blake3(as_bytes("parameters"));
    KeyOrigin origin = key_origin(as_bytes("abc"), sample.circuit, parameters);
    Bytes file = write_stored_key(*sample.key, origin);
    std::size_t heads = kPublicRows + 8 + 8 * sample.key->public_rows.size();
    std::size_t body = heads + kParts * kHead + kDigest;
};

TEST_F(StoredKeyTest, ProvesAfterReading) {
    auto key = read(file);
    ASSERT_TRUE(key) << to_string(key.error());
    EXPECT_EQ(write_stored_key(*key, origin), file);
    EXPECT_EQ(key->powers, sample.key->powers);
    EXPECT_EQ(key->verifier_data(sample.parameters->opening_key()), sample.data);
    const Prover prover(std::make_shared<const ProverKey>(std::move(*key)), sample.executor);
    const auto proof = prover.prove(sample.circuit, sample.random, sample.executor);
    ASSERT_TRUE(proof);
    EXPECT_TRUE(Verifier(sample.data).verify(*proof, sample.public_inputs));
}

TEST_F(StoredKeyTest, NeedsNoPowers) {
    ProverKey columns = *sample.key;
    columns.powers.clear();
    const Bytes shorter = write_stored_key(columns, origin);
    EXPECT_EQ(shorter.size() + part_size(kKeyColumns), file.size());
    const auto key = read(shorter);
    ASSERT_TRUE(key) << to_string(key.error());
    EXPECT_TRUE(key->powers.empty());
    EXPECT_EQ(key->polynomials, sample.key->polynomials);
}

TEST_F(StoredKeyTest, DamageIsNoticed) {
    for (std::size_t at = 0; at < file.size(); at += at < body ? 1 : 13) {
        Bytes changed = file;
        changed[at] ^= 1;
        const auto error = error_of(changed);
        ASSERT_TRUE(error) << at;
        if (at < kLength) {
            EXPECT_EQ(*error, ProofError::bad_header) << at;
        } else if (at >= kHeader) {
            EXPECT_EQ(*error, ProofError::damaged) << at;
        }
    }
    for (std::size_t size = 0; size < file.size(); size += size < 400 ? 1 : 97)
        EXPECT_EQ(error_of(ByteView(file).first(size)), ProofError::short_input) << size;
}

// Sound files all of them, under the name that another key should have.
TEST_F(StoredKeyTest, IsOfItsCircuitAndParameters) {
    const auto refused_for = [&](const KeyOrigin& asked) {
        const auto key = read_stored_key(file, asked, executor);
        return key ? std::nullopt : std::optional(key.error());
    };
    EXPECT_EQ(refused_for(origin), std::nullopt);
    EXPECT_EQ(refused_for(key_origin(as_bytes("abd"), sample.circuit, parameters)), ProofError::wrong_circuit);
    EXPECT_EQ(refused_for(key_origin(as_bytes("abc"), sample.circuit, crypto::blake3(parameters))),
              ProofError::wrong_circuit);
    auto other = sample.circuit;
    std::swap(other.wires[0][0], other.wires[0][1]);
    ASSERT_NE(other.wires[0], sample.circuit.wires[0]);
    EXPECT_EQ(refused_for(key_origin(as_bytes("abc"), other, parameters)), ProofError::wrong_circuit);
    other = sample.circuit;
    other.selectors.back().c += Fq::one();
    EXPECT_EQ(refused_for(key_origin(as_bytes("abc"), other, parameters)), ProofError::wrong_circuit);
    other = sample.circuit;
    other.public_inputs.back().row += 1;
    EXPECT_EQ(refused_for(key_origin(as_bytes("abc"), other, parameters)), ProofError::wrong_circuit);
    other = sample.circuit;
    other.public_inputs.back().value += Fq::one();  // a value is none of the circuit's
    EXPECT_EQ(refused_for(key_origin(as_bytes("abc"), other, parameters)), std::nullopt);
}

TEST_F(StoredKeyTest, ReasonsAreTold) {
    EXPECT_EQ(refused(file), std::nullopt);
    Bytes longer = file;
    longer.push_back(0);
    EXPECT_EQ(refused(longer), ProofError::trailing_bytes);
    EXPECT_EQ(with(kRows, 0), ProofError::empty);
    EXPECT_EQ(with(kRows, std::uint64_t{1} << 40), ProofError::bad_domain);
    EXPECT_EQ(with(kRows, sample.key->rows - 1), ProofError::bad_size);
    EXPECT_EQ(with(kVerifierKey + 8, 0), ProofError::bad_point);
    EXPECT_EQ(with(kPublicRows - 8, 1), ProofError::bad_padding);
    ASSERT_FALSE(sample.key->public_rows.empty());
    EXPECT_EQ(with(heads - 8, sample.key->rows), ProofError::bad_rows);
    EXPECT_EQ(with(heads, sample.key->size() + 1), ProofError::bad_size);
    EXPECT_EQ(with(heads, ~std::uint64_t{0}), ProofError::bad_size);
    EXPECT_EQ(with(heads + kKeyColumns * kHead, sample.key->powers.size() - 1), ProofError::bad_size);
    EXPECT_EQ(with(body + 24, ~std::uint64_t{0}), ProofError::bad_scalar);
    const std::size_t powers = file.size() - part_size(kKeyColumns);
    EXPECT_EQ(with(powers + 40, ~std::uint64_t{0}), ProofError::bad_point);
    Bytes identity = file;
    identity[powers + 96] = 1;
    EXPECT_EQ(refused(identity), ProofError::bad_point);

    Bytes zero = file;
    ASSERT_NE(part_size(0), 0U);
    std::fill_n(zero.begin() + static_cast<std::ptrdiff_t>(body + part_size(0) - Fq::kSize), Fq::kSize, 0);
    EXPECT_EQ(refused(zero), ProofError::bad_polynomial);
}

}  // namespace
}  // namespace dusk::plonk
