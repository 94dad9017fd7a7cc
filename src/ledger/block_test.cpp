#include "ledger/block.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "crypto/keccak.hpp"
#include "ledger/block_samples.hpp"
#include "ledger/label.hpp"
#include "ledger/limits.hpp"

namespace dusk::ledger {
namespace {

WireFault fault_of(const Bytes& bytes) {
    const auto block = decode<Block>(bytes);
    EXPECT_FALSE(block.has_value());
    return block ? WireFault{} : block.error().fault;
}

// What decodes from the encoding encodes to it; so it does with bytes behind it; what is cut off is missed.
template <class T>
bool reads_back(const T& value) {
    const Bytes bytes = encode(value);
    Bytes longer = bytes;
    longer.push_back(7);
    const auto same = decode<T>(bytes);
    const auto ignoring = decode<T>(longer);
    bool out = same && ignoring && encode(*same) == bytes && encode(*ignoring) == bytes;
    for (std::size_t size = 0; out && size < bytes.size(); size += 1 + size / 16) {
        const auto cut = decode<T>(ByteView(bytes).first(size));
        out = !cut && cut.error().fault == WireFault::short_input && cut.error().offset <= size;
    }
    return out;
}

RC_GTEST_PROP(LedgerBlock, BytesReadBack, (std::uint64_t seed)) {
    BlockSamples samples(seed);
    RC_ASSERT(reads_back(samples.vote()));
    RC_ASSERT(reads_back(samples.attestation()));
    RC_ASSERT(reads_back(samples.validation_result()));
    RC_ASSERT(reads_back(samples.iterations()));
    RC_ASSERT(reads_back(samples.consensus_header()));
    RC_ASSERT(reads_back(samples.header()));
    RC_ASSERT(reads_back(samples.fault()));
    RC_ASSERT(reads_back(samples.transaction()));
    RC_ASSERT(reads_back(samples.block()));
    RC_ASSERT(reads_back(Label{static_cast<Label::Kind>(samples.below(4)), samples.number()}));
    RC_ASSERT(reads_back(SpentTransaction{samples.transaction(), {samples.number()}, {samples.number()}, "Überlauf"}));
    RC_ASSERT(reads_back(SpentTransaction{samples.transaction(), {}, {}, {}}));
}

RC_GTEST_PROP(LedgerBlock, TheHashIsOfTheHashablePartOnly, (std::uint64_t seed)) {
    BlockSamples samples(seed);
    BlockHeader header = samples.header();
    const BlockHash hash = header.content_hash();
    const Bytes bytes = encode(header);
    const std::size_t outside = encode(header.attestation).size() + 32 + 48;
    RC_ASSERT(hash.bytes == crypto::sha3_256(ByteView(bytes).first(bytes.size() - outside)));

    header.attestation = samples.attestation();
    header.hash = samples.name<BlockHash>();
    header.signature = samples.name<SignatureBytes>();
    RC_ASSERT(header.content_hash() == hash);
    header.timestamp ^= 1;
    RC_ASSERT(header.content_hash() != hash);
}

TEST(LedgerBlock, AZeroHashIsComputedAndAnyOtherIsKept) {
    Block block = BlockSamples(1).block();
    EXPECT_FALSE(decode<Block>(encode(block))->hash_holds());
    EXPECT_EQ(decode<Block>(encode(block))->header.hash, block.header.hash);
    block.header.hash = {};
    EXPECT_TRUE(decode<Block>(encode(block))->hash_holds());
    EXPECT_TRUE(decode<BlockHeader>(encode(block.header))->hash.is_zero());
}

TEST(LedgerBlock, TheSmallestHeaderAndTheGenesisBlock) {
    EXPECT_EQ(encode(BlockHeader{}).size(), BlockHeader::kLeastSize);
    const BlockHeader genesis = genesis_header({{1, 2, 3}}, 1'736'251'200);
    EXPECT_EQ(genesis.hash, genesis.content_hash());
    EXPECT_TRUE(genesis.attestation.is_default());
    EXPECT_EQ(genesis.version, 0);
}

TEST(LedgerBlock, CountsAboveTheLimitsAreRefusedBeforeWhatFollows) {
    const Bytes header = encode(BlockHeader{});
    const auto with = [&](std::uint32_t transactions, std::uint32_t faults) {
        Writer out;
        out.bytes(header).le(transactions);
        if (transactions == 0) out.le(faults);
        return std::move(out).finish();
    };
    EXPECT_EQ(fault_of(with(kMostBlockTransactions + 1, 0)), WireFault::too_many_transactions);
    EXPECT_EQ(fault_of(with(0, kMostBlockFaults + 1)), WireFault::too_many_faults);
    EXPECT_EQ(fault_of(with(~0U, 0)), WireFault::too_many_transactions);
    // What is allowed and not there is missed.
    EXPECT_EQ(fault_of(with(kMostBlockTransactions, 0)), WireFault::short_input);
    EXPECT_EQ(fault_of(with(0, kMostBlockFaults)), WireFault::short_input);

    Block block;
    block.faults.resize(kMostBlockFaults + 1);
    EXPECT_THROW((void)encode(block), std::length_error);
    IterationsInfo iterations;
    iterations.iterations.resize(kMostFailedIterations + 1);
    EXPECT_THROW((void)encode(iterations), std::length_error);
}

TEST(LedgerBlock, TagsThatDoNotExistAreNamed) {
    const auto fault = [](const auto& decoded) { return decoded.error().fault; };
    EXPECT_EQ(fault(decode<Vote>(Bytes{4})), WireFault::bad_vote);
    EXPECT_EQ(fault(decode<RatificationResult>(Bytes{2})), WireFault::bad_ratification_result);
    EXPECT_EQ(fault(decode<IterationsInfo>(Bytes{9})), WireFault::too_many_iterations);
    EXPECT_EQ(fault(decode<IterationsInfo>(Bytes{1, 2})), WireFault::bad_option);
    EXPECT_EQ(fault(decode<Label>(Bytes{4})), WireFault::bad_label);
    EXPECT_EQ(fault(decode<Fault>(Bytes{3})), WireFault::bad_fault);
    Bytes sign_info(144);
    EXPECT_EQ(fault(decode<SignInfo>(sign_info)), WireFault::bad_key);
    sign_info[0] = 0xc0;
    EXPECT_FALSE(decode<SignInfo>(sign_info)->signer.is_valid());  // the identity
}

TEST(LedgerBlock, AnyOtherQuorumTypeIsNoQuorum) {
    ValidationResult result = BlockSamples(2).validation_result();
    Bytes bytes = encode(result);
    bytes.back() = 9;
    const auto read = decode<ValidationResult>(bytes);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->quorum, QuorumType::no_quorum);
    EXPECT_EQ(encode(*read).back(), 255);
}

TEST(LedgerBlock, TransactionsAreBoundedAndDecoded) {
    const auto prefixed = [](std::uint32_t size, std::size_t present) {
        Writer out;
        out.le(1U).le(1U).le(size).bytes(Bytes(present));
        return decode<LedgerTransaction>(std::move(out).finish()).error().fault;
    };
    EXPECT_EQ(prefixed(kMostTransactionBytes + 1, 10), WireFault::transaction_too_long);
    EXPECT_EQ(prefixed(kMostTransactionBytes, 10), WireFault::short_input);
    EXPECT_EQ(prefixed(10, 10), WireFault::bad_transaction);
    EXPECT_EQ(prefixed(0, 0), WireFault::bad_transaction);

    Bytes spent = encode(SpentTransaction{BlockSamples(3).transaction(), {}, {}, "x"});
    spent.back() = 0xff;
    EXPECT_EQ(decode<SpentTransaction>(spent).error().fault, WireFault::bad_text);
    const std::uint32_t too_long = kMostErrorTextBytes + 1;
    store_le(spent.data() + spent.size() - 5, too_long);
    EXPECT_EQ(decode<SpentTransaction>(spent).error().fault, WireFault::text_too_long);
}

TEST(LedgerBlock, RootsAreOverTheDigests) {
    EXPECT_TRUE(transactions_root({}).is_zero());
    EXPECT_TRUE(faults_root({}).is_zero());
    BlockSamples samples(4);
    const std::vector transactions{samples.transaction()};
    // One leaf is hashed with itself.
    Bytes twice = to_vector(transactions[0].digest().bytes);
    append(twice, transactions[0].digest().bytes);
    EXPECT_EQ(transactions_root(transactions).bytes, crypto::sha3_256(twice));

    const std::vector faults{samples.fault(), samples.fault(), samples.fault()};
    EXPECT_NE(faults_root(faults), faults_root(std::span(faults).first(2)));
}

}  // namespace
}  // namespace dusk::ledger
