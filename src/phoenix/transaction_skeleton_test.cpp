#include "phoenix/transaction_skeleton.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "crypto/chacha_rng.hpp"

namespace dusk::phoenix {
namespace {

using crypto::ChaChaRng;
using crypto::DecodeError;
using crypto::Fq;
using crypto::Fr;

TransactionSkeleton skeleton(std::uint64_t seed, std::size_t nullifiers) {
    ChaChaRng random(seed);
    const SecretKey sk = SecretKey::random(random);
    const std::array blinders{Fr::random(random), Fr::random(random)};
    TransactionSkeleton out;
    out.root = Fq::random(random);
    for (std::size_t i = 0; i < nullifiers; ++i) out.nullifiers.push_back(Fq::random(random));
    out.outputs = {Note::transparent(random, sk.public_key(), sk.public_key(), 5, blinders),
                   Note::obfuscated(random, sk.public_key(), sk.public_key(), 6, Fr::random(random), blinders)};
    out.max_fee = random.next_u64();
    out.deposit = random.next_u64();
    return out;
}

RC_GTEST_PROP(PhoenixSkeleton, BytesReadBack, (std::uint64_t seed)) {
    const std::size_t count = seed % 7;
    const TransactionSkeleton made = skeleton(seed, count);
    const Bytes bytes = made.to_bytes();
    RC_ASSERT(bytes.size() == 32 + 8 + 32 * count + 2 * Note::kSize + 16);
    RC_ASSERT(*TransactionSkeleton::from_bytes(bytes) == made);
    RC_ASSERT(TransactionSkeleton::from_bytes(bytes)->to_bytes() == bytes);

    // The hash input is the bytes without the count.
    Bytes without_count = bytes;
    without_count.erase(without_count.begin() + 32, without_count.begin() + 40);
    RC_ASSERT(made.hash_input() == without_count);

    // What follows the deposit is ignored.
    Bytes longer = bytes;
    longer.resize(bytes.size() + seed % 100);
    RC_ASSERT(*TransactionSkeleton::from_bytes(longer) == made);
}

TEST(PhoenixSkeleton, EveryTruncationIsRejected) {
    const Bytes bytes = skeleton(1, 2).to_bytes();
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        ASSERT_EQ(TransactionSkeleton::from_bytes(ByteView(bytes).first(size)).error(), DecodeError::bad_length);
    }
}

TEST(PhoenixSkeleton, ACountThatDoesNotFitIsRejectedWithoutAllocating) {
    Bytes bytes = skeleton(2, 1).to_bytes();
    for (const std::uint64_t count : {std::uint64_t{2}, std::uint64_t{1} << 59, (std::uint64_t{1} << 59) + 1,
                                      std::uint64_t{1} << 63, ~std::uint64_t{0}}) {
        store_le(bytes.data() + 32, count);
        EXPECT_EQ(TransactionSkeleton::from_bytes(bytes).error(), DecodeError::bad_length) << count;
    }
}

TEST(PhoenixSkeleton, RejectsWithTheReason) {
    const Bytes good = skeleton(3, 1).to_bytes();
    const auto with_ones_at = [&](std::size_t at) {
        Bytes bytes = good;
        std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), 32, std::uint8_t{0xff});
        return TransactionSkeleton::from_bytes(bytes);
    };
    EXPECT_EQ(with_ones_at(0).error(), DecodeError::not_canonical);       // root
    EXPECT_EQ(with_ones_at(40).error(), DecodeError::not_canonical);      // nullifier
    EXPECT_EQ(with_ones_at(72 + 1).error(), DecodeError::not_canonical);  // commitment of the first note
    EXPECT_EQ(with_ones_at(72).error(), DecodeError::bad_tag);            // type of the first note
    EXPECT_EQ(with_ones_at(72 + Note::kSize).error(), DecodeError::bad_tag);

    Bytes torsion = good;
    const auto order_2 = crypto::JubJubAffine::from_coordinates_unchecked(Fq::zero(), -Fq::one()).to_bytes();
    std::ranges::copy(order_2, torsion.begin() + 72 + 33);
    EXPECT_EQ(TransactionSkeleton::from_bytes(torsion).error(), DecodeError::not_in_subgroup);
    EXPECT_EQ(TransactionSkeleton::from_bytes(torsion, PointRule::lax)->to_bytes(), torsion);
}

}  // namespace
}  // namespace dusk::phoenix
