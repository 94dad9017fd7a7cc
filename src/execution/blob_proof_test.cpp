#include "execution/blob_proof.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"

namespace dusk::execution {
namespace {

using ledger::Blob;
using ledger::BlobContent;
using ledger::BlobSidecar;

// Element i is i times the factor. Commitment and proof are the released node's, of the recorded script's blobs.
struct Sample {
    std::uint8_t factor;
    std::string_view commitment;
    std::string_view proof;
};
constexpr std::array kSamples{
    Sample{1, "b6b9804594a3ec4d0d6a7233d9daa1bf152b10c35eabe8925197e97bcfa406dc5a369748dfefa3eb3f0b54fc6a050861",
           "b3704e48d87127bdceae1fd9fdd792754a5039fb103a7406b594077980a201b9caa3a2a13d4136cc22ff8e9dd9a560b5"},
    Sample{2, "b113c168a0a19d6f65e1824dcdf358d09247684be3ae7b837697526b6d3b861e3e9885b61b3ce67ed29bab6c87bd93b7",
           "84d1782d6b8241e840ea48aa2839991f42fd936c406f9b178071a5e4751fd47cb874cf99a2d0c44fb36e529d67827ae7"}};

Bytes content_of(const Sample& sample) {
    Bytes content(BlobContent::kSize);
    for (std::size_t i = 0; i < content.size() / 32; ++i) {
        store_be(content.data() + 32 * i + 24, std::uint64_t{i} * sample.factor);
    }
    return content;
}

Blob blob_of(const Sample& sample, const Bytes& content) {
    Blob out;
    out.sidecar = BlobSidecar{take<48>(*from_hex(sample.commitment)), take<48>(*from_hex(sample.proof)),
                              BlobContent::copy_of(content)};
    out.hash = ledger::versioned_hash(out.sidecar->commitment);
    return out;
}
Blob blob_of(const Sample& sample) { return blob_of(sample, content_of(sample)); }

TEST(BlobProof, TheReleasedNodesBlobsHold) {
    EXPECT_EQ(to_hex(blob_of(kSamples[0]).hash.bytes),
              "01a8266f474c7a7b5a1e0c7b951869a51ecedc1eceeeb56f598021c555ea128c");
    for (const Sample& sample : kSamples) EXPECT_TRUE(check_blob(blob_of(sample))) << sample.factor;
}

TEST(BlobProof, EveryPartCounts) {
    Blob changed = blob_of(kSamples[0]);
    changed.sidecar.reset();
    EXPECT_EQ(check_blob(changed).error(), BlobFault::no_content);
    changed = blob_of(kSamples[0]);
    changed.hash.bytes[5] ^= 1U;
    EXPECT_EQ(check_blob(changed).error(), BlobFault::hash);
    changed = blob_of(kSamples[0]);
    changed.sidecar->proof = blob_of(kSamples[1]).sidecar->proof;
    EXPECT_EQ(check_blob(changed).error(), BlobFault::proof);
    changed = blob_of(kSamples[0], content_of(kSamples[1]));
    EXPECT_EQ(check_blob(changed).error(), BlobFault::proof);
    changed = blob_of(kSamples[0]);
    changed.sidecar->commitment[47] ^= 1U;
    changed.hash = ledger::versioned_hash(changed.sidecar->commitment);
    EXPECT_EQ(check_blob(changed).error(), BlobFault::proof);
    Bytes large = content_of(kSamples[0]);
    std::fill_n(large.begin() + 32 * 9, 32, std::uint8_t{0xff});
    EXPECT_EQ(check_blob(blob_of(kSamples[0], large)).error(), BlobFault::field);
}

TEST(BlobProof, OfATransactionAllMustHold) {
    ledger::MoonlightTransaction transaction;
    EXPECT_TRUE(check_blobs({transaction}));
    transaction.payload.data = ledger::Blobs{{blob_of(kSamples[0]), blob_of(kSamples[1])}};
    EXPECT_TRUE(check_blobs({transaction}));
    transaction.payload.data = ledger::Blobs{{blob_of(kSamples[0]), Blob{}}};
    EXPECT_EQ(check_blobs({transaction}).error(), BlobFault::no_content);
}

}  // namespace
}  // namespace dusk::execution
