// What runs for every transaction of a block asks for no memory.
#include <gtest/gtest.h>

#include <cstdlib>
#include <memory>
#include <vector>

#include "heap_counter.hpp"
#include "phoenix/transfer_verifiers.hpp"
#include "plonk/sample_proof.hpp"

namespace dusk {
namespace {

template <class Function>
std::size_t allocations_of(const Function& function) {
    const std::size_t before = allocations();
    function();
    return allocations() - before;
}

TEST(HeapCounter, CountsEveryWayToAllocate) {
    (void)allocations();
    std::vector<std::unique_ptr<int>> kept(4);
    EXPECT_EQ(allocations_of([&] { kept[0] = std::make_unique<int>(1); }), 1U);
    EXPECT_EQ(allocations_of([&] { kept.resize(100); }), 1U);
    void* plain = nullptr;
    EXPECT_EQ(allocations_of([&] { plain = std::malloc(10); }), 1U);
    void* longer = nullptr;
    EXPECT_GE(allocations_of([&] { longer = std::realloc(plain, 1 << 20); }), 1U);
    std::free(longer);
    EXPECT_EQ(allocations_of([&] { plain = std::aligned_alloc(64, 640); }), 1U);
    std::free(plain);
    EXPECT_EQ(allocations_of([] {}), 0U);
}

TEST(Verify, AllocatesNothingWithDecodedVerifierData) {
    for (const std::uint32_t rows : {16U, 1024U}) {
        plonk::SampleProof sample(rows);
        const plonk::Verifier verifier(sample.data);
        const plonk::Proof proof = sample.prove();
        auto false_statement = sample.public_inputs;
        false_statement[0] += crypto::Fq::one();
        Result<void, plonk::ProofError> accepted;
        Result<void, plonk::ProofError> refused;
        Result<void, plonk::ProofError> wrong_count;
        // The first proof counts too: nothing is made once and kept.
        EXPECT_EQ(allocations_of([&] { accepted = verifier.verify(proof, sample.public_inputs); }), 0U);
        EXPECT_EQ(allocations_of([&] { refused = verifier.verify(proof, false_statement); }), 0U);
        EXPECT_EQ(allocations_of([&] { wrong_count = verifier.verify(proof, {}); }), 0U);
        EXPECT_TRUE(accepted);
        EXPECT_EQ(refused, fail(plonk::ProofError::not_accepted));
        EXPECT_EQ(wrong_count, fail(plonk::ProofError::wrong_public_inputs));
    }
}

// From the bytes of the proof, as preverification does, with the pinned verifier data. The proof is of another circuit,
// which no step before the pairing notices.
TEST(Verify, AllocatesNothingForATransfer) {
    const auto verifiers = phoenix::TransferVerifiers::of_network("devnet").value();
    plonk::SampleProof sample;
    const auto proof = sample.prove().to_bytes();
    for (std::size_t inputs = 1; inputs <= 4; ++inputs) {
        const std::vector<crypto::Fq> public_inputs(28 + inputs);
        Result<void, phoenix::TransferVerifyError> refused;
        EXPECT_EQ(allocations_of([&] { refused = verifiers.verify(inputs, proof, public_inputs); }), 0U) << inputs;
        EXPECT_EQ(refused, fail(phoenix::TransferVerifyError::not_accepted));
    }
}

}  // namespace
}  // namespace dusk
