#include "plonk/stored_key.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

#include "crypto/blake3.hpp"
#include "plonk/sample_proof.hpp"

namespace dusk::plonk {
namespace {

constexpr std::size_t kDigestSize = 32;

// Offsets in the file: magic, version, origin, label with its length, rows, verifier key, public rows with their
// number.
class StoredKeyTest : public testing::Test {
  protected:
    static constexpr std::size_t kOrigin = 12;
    static constexpr std::size_t kLabel = kOrigin + 32;
    static constexpr std::size_t kRows = kLabel + 4 + 3;
    static constexpr std::size_t kVerifierKey = kRows + 8;
    static constexpr std::size_t kPublicRows = kVerifierKey + VerifierKey::kSize;

    [[nodiscard]] Result<ProverKey, ProofError> read(ByteView bytes) const {
        return read_stored_key(bytes, origin, *sample.parameters);
    }
    // The file without its digest.
    [[nodiscard]] Bytes content() const { return {file.begin(), file.end() - kDigestSize}; }
    // Of a content, with the digest that belongs to it. None: it is read.
    [[nodiscard]] std::optional<ProofError> refused(Bytes changed) const {
        append(changed, crypto::blake3(changed));
        const auto key = read(changed);
        return key ? std::nullopt : std::optional(key.error());
    }
    [[nodiscard]] std::optional<ProofError> with(std::size_t offset, std::uint64_t value) const {
        Bytes changed = content();
        store_le(changed.data() + offset, value);
        return refused(std::move(changed));
    }

    [[nodiscard]] ByteArray<32> parameters_digest() const { return crypto::blake3(sample.parameters->to_raw_bytes()); }

    SampleProof sample{8, "abc"};
    KeyOrigin origin = key_origin(as_bytes("abc"), sample.circuit, parameters_digest());
    Bytes file = write_stored_key(*sample.key, origin);
    std::size_t polynomials = kPublicRows + 8 + 8 * sample.key->public_rows.size();
};

TEST_F(StoredKeyTest, ProvesAfterReading) {
    auto key = read(file);
    ASSERT_TRUE(key) << to_string(key.error());
    EXPECT_EQ(write_stored_key(*key, origin), file);
    EXPECT_EQ(key->verifier_data(sample.parameters->opening_key()), sample.data);
    const Prover prover(std::make_shared<const ProverKey>(std::move(*key)));
    const auto proof = prover.prove(sample.circuit, sample.random, sample.executor);
    ASSERT_TRUE(proof);
    EXPECT_TRUE(Verifier(sample.data).verify(*proof, sample.public_inputs));
}

TEST_F(StoredKeyTest, DamageIsNoticed) {
    for (std::size_t at = 0; at < file.size(); at += at < 400 ? 1 : 13) {
        Bytes changed = file;
        changed[at] ^= 1;
        const auto key = read(changed);
        ASSERT_FALSE(key) << at;
        EXPECT_EQ(key.error(), at < kOrigin ? ProofError::bad_header : ProofError::damaged) << at;
    }
    for (std::size_t size = 0; size < file.size(); size += size < 400 ? 1 : 97)
        EXPECT_FALSE(read(ByteView(file).first(size))) << size;
}

// Sound files all of them, under the name that another key should have.
TEST_F(StoredKeyTest, IsOfItsCircuitAndParameters) {
    const auto refused_for = [&](const KeyOrigin& asked) {
        const auto key = read_stored_key(file, asked, *sample.parameters);
        return key ? std::nullopt : std::optional(key.error());
    };
    EXPECT_EQ(refused_for(origin), std::nullopt);
    const auto digest = parameters_digest();
    EXPECT_EQ(refused_for(key_origin(as_bytes("abd"), sample.circuit, digest)), ProofError::wrong_circuit);
    EXPECT_EQ(refused_for(key_origin(as_bytes("abc"), sample.circuit, crypto::blake3(digest))),
              ProofError::wrong_circuit);
    auto other = sample.circuit;
    std::swap(other.wires[0][0], other.wires[0][1]);
    ASSERT_NE(other.wires[0], sample.circuit.wires[0]);
    EXPECT_EQ(refused_for(key_origin(as_bytes("abc"), other, digest)), ProofError::wrong_circuit);
    other = sample.circuit;
    other.selectors.back().c += Fq::one();
    EXPECT_EQ(refused_for(key_origin(as_bytes("abc"), other, digest)), ProofError::wrong_circuit);
    other = sample.circuit;
    other.public_inputs.back().row += 1;
    EXPECT_EQ(refused_for(key_origin(as_bytes("abc"), other, digest)), ProofError::wrong_circuit);
    other = sample.circuit;
    other.public_inputs.back().value += Fq::one();  // a value is none of the circuit's
    EXPECT_EQ(refused_for(key_origin(as_bytes("abc"), other, digest)), std::nullopt);
}

TEST_F(StoredKeyTest, ReasonsAreTold) {
    const Bytes whole = content();
    for (std::size_t size = kOrigin; size < whole.size(); size += 31)
        EXPECT_TRUE(refused(Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)))) << size;
    Bytes longer = whole;
    longer.push_back(0);
    EXPECT_EQ(refused(longer), ProofError::trailing_bytes);
    EXPECT_EQ(with(kRows, 0), ProofError::empty);
    EXPECT_EQ(with(kRows, std::uint64_t{1} << 40), ProofError::bad_domain);
    EXPECT_EQ(with(kRows, std::uint64_t{1} << 20), ProofError::parameters_too_small);
    EXPECT_EQ(with(kRows, sample.key->rows - 1), ProofError::bad_size);
    EXPECT_EQ(with(kVerifierKey + 8, 0), ProofError::bad_point);
    EXPECT_EQ(with(kPublicRows - 8, 1), ProofError::bad_padding);
    ASSERT_FALSE(sample.key->public_rows.empty());
    EXPECT_EQ(with(polynomials - 8, sample.key->rows), ProofError::bad_rows);
    EXPECT_EQ(with(polynomials, sample.key->size() + 1), ProofError::short_input);
    EXPECT_EQ(with(polynomials + 8 + 24, ~std::uint64_t{0}), ProofError::bad_scalar);

    Bytes zero = whole;
    const std::size_t first = sample.key->polynomials[0].size();
    ASSERT_NE(first, 0U);
    std::fill_n(zero.begin() + static_cast<std::ptrdiff_t>(polynomials + 8 + (first - 1) * Fq::kSize), Fq::kSize, 0);
    EXPECT_EQ(refused(zero), ProofError::bad_polynomial);
}

}  // namespace
}  // namespace dusk::plonk
