#include "plonk/prover_file.hpp"

#include <gtest/gtest.h>

#include "plonk/sample_proof.hpp"

namespace dusk::plonk {
namespace {

class ProverFileTest : public testing::Test {
  protected:
    ProverFileTest() {
        write_prover_file(*sample.key, [&](ByteView piece) { append(file, piece); }, sample.executor);
    }
    Result<ProverKey, ProofError> read(const Bytes& bytes) { return read_prover_file(bytes, sample.executor); }

    SampleProof sample{8, "abc"};
    Bytes file;
};

TEST_F(ProverFileTest, ProvesAfterReading) {
    auto key = read(file);
    ASSERT_TRUE(key) << to_string(key.error());
    const Prover prover(std::make_shared<const ProverKey>(std::move(*key)));
    const auto proof = prover.prove(sample.circuit, sample.random, sample.executor);
    ASSERT_TRUE(proof);
    EXPECT_TRUE(Verifier(sample.data).verify(*proof, sample.public_inputs));
}

TEST_F(ProverFileTest, EveryChangeIsRefused) {
    const std::size_t label = 56;
    const std::size_t verifier_key = file.size() - 8 - 8 * sample.key->public_rows.size() - VerifierKey::kSize;
    for (std::size_t at = 0; at < file.size(); at += at < 400 ? 1 : 131) {
        // Labels, and commitments and rows at the end, may be others: nothing in the file contradicts them.
        if (at >= label && at < label + 3) continue;
        Bytes changed = file;
        changed[at] ^= 1;
        const auto key = read(changed);
        if (at < verifier_key) EXPECT_FALSE(key) << at;
    }
    for (std::size_t size = 0; size < file.size(); size += size < 400 ? 1 : 97) {
        EXPECT_FALSE(read(Bytes(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(size)))) << size;
    }
    Bytes longer = file;
    longer.push_back(0);
    EXPECT_EQ(read(longer).error(), ProofError::trailing_bytes);
}

TEST_F(ProverFileTest, ReasonsAreTold) {
    const auto with = [&](std::size_t offset, std::uint64_t value, bool big) {
        Bytes changed = file;
        if (big) {
            store_be(changed.data() + offset, value);
        } else {
            store_le(changed.data() + offset, value);
        }
        return read(changed).error();
    };
    EXPECT_EQ(with(0, 0, true), ProofError::bad_header);
    EXPECT_EQ(with(40, 16, true), ProofError::bad_size);
    EXPECT_EQ(with(48, 0, true), ProofError::empty);
    EXPECT_EQ(with(48, std::uint64_t{1} << 40, true), ProofError::bad_domain);
    EXPECT_EQ(with(59, 16, false), ProofError::bad_size);
    EXPECT_EQ(with(59 + 16, 9, false), ProofError::bad_polynomial);
    EXPECT_EQ(with(file.size() - 8, 8, true), ProofError::bad_rows);
}

}  // namespace
}  // namespace dusk::plonk
