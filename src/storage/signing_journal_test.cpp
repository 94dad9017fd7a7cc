#include "storage/signing_journal.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "crypto/chacha_rng.hpp"
#include "storage/journaled_signer.hpp"

namespace dusk::storage {
namespace {

using consensus::SigningError;
using consensus::SigningSlot;
using ledger::Step;

crypto::BlsSecretKey secret_key(std::uint64_t seed) {
    crypto::ChaChaRng random(seed);
    return crypto::BlsSecretKey::random(random);
}
const crypto::BlsPublicKey& key() {
    static const crypto::BlsPublicKey out = secret_key(1).public_key();
    return out;
}
SigningSlot slot(std::uint64_t round, std::uint8_t iteration = 0, Step step = Step::validation) {
    return {.header = {.prev_block_hash = {{7}}, .round = round, .iteration = iteration}, .step = step};
}
std::unique_ptr<SigningJournal> open(JournalDisk& disk, const JournalLimits& limits = {}) {
    auto journal = SigningJournal::open(disk, key(), limits);
    if (!journal) ADD_FAILURE() << journal.error().text;
    return journal ? std::move(*journal) : nullptr;
}

// Whatever is signed, wherever it ends: no slot ever has two messages.
RC_GTEST_PROP(SigningJournalTest, NeverTwoMessagesForASlot, ()) {
    MemoryJournal disk;
    std::map<SigningSlot, Bytes> left;  // what left the node
    const JournalLimits limits{.kept_rounds = *rc::gen::inRange<std::uint64_t>(0, 4),
                               .compact_from = *rc::gen::inRange<std::size_t>(1, 12)};
    auto journal = open(disk, limits);
    const auto steps = *rc::gen::inRange(1, 60);
    std::uint64_t round = 1;
    for (int step = 0; step < steps; ++step) {
        if (*rc::gen::inRange(0, 4) == 0) disk.stop_after(*rc::gen::inRange<std::uint64_t>(0, 400));
        if (*rc::gen::inRange(0, 5) == 0) ++round;
        const SigningSlot what =
            slot(round - std::min(round, *rc::gen::inRange<std::uint64_t>(0, 6)), *rc::gen::inRange<std::uint8_t>(0, 2),
                 *rc::gen::element(Step::proposal, Step::ratification));
        const Bytes message(*rc::gen::inRange<std::size_t>(0, 3), 1);
        const auto permitted = journal->permit(what, message);
        if (permitted) {
            const auto [at, is_new] = left.emplace(what, message);
            RC_ASSERT(at->second == message);
        } else if (permitted.error() == SigningError::conflict) {
            RC_ASSERT(journal->lowest_round() > what.header.round || !journal->knows(what, message));
        } else {
            RC_ASSERT(disk.stopped());
            RC_ASSERT(journal->failure().has_value());
        }
        if (disk.stopped() || *rc::gen::inRange(0, 6) == 0) {
            disk.restart();
            journal = open(disk, limits);
            RC_ASSERT(journal != nullptr);
        }
        RC_ASSERT(journal->size() <= std::max<std::size_t>(limits.compact_from, 2 * 4 * 6));
    }
}

TEST(SigningJournalTest, PermitsTheSameAgainAndNothingElse) {
    MemoryJournal disk;
    const auto journal = open(disk);
    const Bytes a = {1};
    const Bytes b = {2};
    EXPECT_TRUE(journal->permit(slot(5), a).has_value());
    const std::size_t size = disk.content().size();
    EXPECT_TRUE(journal->permit(slot(5), a).has_value());
    EXPECT_EQ(disk.content().size(), size);
    EXPECT_EQ(journal->permit(slot(5), b).error(), SigningError::conflict);
    EXPECT_EQ(open(disk)->permit(slot(5), b).error(), SigningError::conflict);
    // Another iteration, step, round or previous block is another purpose.
    EXPECT_TRUE(journal->permit(slot(5, 1), b).has_value());
    EXPECT_TRUE(journal->permit(slot(5, 0, Step::ratification), b).has_value());
    EXPECT_TRUE(journal->permit(slot(4), b).has_value());
    SigningSlot other = slot(5);
    other.header.prev_block_hash = {{8}};
    EXPECT_TRUE(journal->permit(other, b).has_value());
}

TEST(SigningJournalTest, ForgetsOldRoundsAndSignsNothingInThem) {
    MemoryJournal disk;
    auto journal = open(disk, {.kept_rounds = 10, .compact_from = 50});
    const Bytes message = {1};
    for (std::uint64_t round = 1; round <= 1000; ++round)
        ASSERT_TRUE(journal->permit(slot(round), message).has_value());
    EXPECT_LE(journal->size(), 50U);
    EXPECT_LT(disk.content().size(), 50U * 91);
    for (int i = 0; i < 2; ++i) {
        EXPECT_GT(journal->lowest_round(), 900U);
        EXPECT_EQ(journal->permit(slot(journal->lowest_round() - 1), message).error(), SigningError::conflict);
        EXPECT_EQ(journal->permit(slot(1), message).error(), SigningError::conflict);
        EXPECT_TRUE(journal->permit(slot(1000), message).has_value());
        EXPECT_EQ(journal->permit(slot(1000), Bytes{2}).error(), SigningError::conflict);
        journal = open(disk);
    }
}

TEST(SigningJournalTest, BelongsToOneKey) {
    MemoryJournal disk;
    ASSERT_NE(open(disk), nullptr);
    const auto other = SigningJournal::open(disk, secret_key(2).public_key());
    ASSERT_FALSE(other.has_value());
    EXPECT_EQ(other.error().kind, StorageError::other_key);
}

// A journal that ends anywhere in its last record goes on without it; every other change is found.
TEST(SigningJournalTest, TellsATornRecordFromDamage) {
    MemoryJournal disk;
    {
        const auto journal = open(disk);
        for (std::uint64_t round = 1; round <= 7; ++round) {
            ASSERT_TRUE(journal->permit(slot(round), Bytes{1}).has_value());
        }
    }
    const Bytes whole = disk.content();
    ASSERT_EQ(whole.size(), JournalContent::kHeadSize + 7 * JournalContent::kRecordSize);
    for (std::size_t size = JournalContent::kHeadSize; size < whole.size(); ++size) {
        const std::size_t records = (size - JournalContent::kHeadSize) / JournalContent::kRecordSize;
        disk.content() = Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
        const auto journal = open(disk);
        ASSERT_NE(journal, nullptr);
        EXPECT_EQ(journal->size(), records);
        EXPECT_TRUE(journal->permit(slot(100), Bytes{1}).has_value());
        EXPECT_EQ(open(disk)->size(), records + 1);
    }
    for (std::size_t at = 0; at < whole.size(); ++at) {
        disk.content() = whole;
        disk.content()[at] ^= 0x20;
        const auto journal = SigningJournal::open(disk, key());
        ASSERT_FALSE(journal.has_value()) << at;
        EXPECT_EQ(journal.error().kind, at < 8 ? StorageError::not_a_store : StorageError::damaged) << at;
    }
    // A sector that was not written: the record crosses byte 512.
    const std::size_t last = JournalContent::kHeadSize + 4 * JournalContent::kRecordSize;
    ASSERT_LT(last, 512U);
    Bytes torn(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(last + JournalContent::kRecordSize));
    std::fill(torn.begin() + 512, torn.end(), std::uint8_t{0});
    disk.content() = torn;
    EXPECT_EQ(open(disk)->size(), 4U);
    // The same in the middle is damage.
    disk.content() = torn;
    append(disk.content(), ByteView(whole).subspan(torn.size()));
    EXPECT_EQ(SigningJournal::open(disk, key()).error().kind, StorageError::damaged);
    // A head is never written in part.
    disk.content() = Bytes(whole.begin(), whole.begin() + 20);
    EXPECT_EQ(SigningJournal::open(disk, key()).error().kind, StorageError::not_a_store);
}

TEST(JournaledSignerTest, SignsWhatVerifies) {
    MemoryJournal disk;
    const ManualClock clock;
    const auto signer = std::move(*JournaledSigner::open(disk, secret_key(1), clock));
    EXPECT_EQ(signer->key(), key());
    const Bytes message = {1, 2, 3};
    const auto signature = signer->sign(slot(1), message);
    ASSERT_TRUE(signature.has_value());
    EXPECT_TRUE(ledger::verify({key(), *signature}, message).has_value());
    EXPECT_EQ(signer->sign(slot(1), message), signature);
    EXPECT_EQ(signer->sign(slot(1), Bytes{4}).error(), SigningError::conflict);
    const ledger::Seed seed{{9}};
    EXPECT_TRUE(ledger::verify({key(), {signer->sign_seed(seed).bytes}}, seed.bytes).has_value());
    disk.stop_after(3);
    EXPECT_EQ(signer->sign(slot(2), message).error(), SigningError::not_stored);
}

TEST(JournaledSignerTest, WaitsAsLongAsAnotherNodeSigns) {
    MemoryJournal disk;
    ManualClock clock;
    clock.advance(std::chrono::hours(1));
    const auto wait = std::chrono::seconds(60);
    const auto signer = std::move(*JournaledSigner::open(disk, secret_key(1), clock, wait));
    const Bytes message = {1};
    EXPECT_EQ(signer->sign(slot(1), message).error(), SigningError::waiting);
    clock.advance(std::chrono::seconds(59));
    EXPECT_EQ(signer->sign(slot(1), message).error(), SigningError::waiting);
    EXPECT_TRUE(signer->saw(slot(2), message));
    clock.advance(std::chrono::seconds(1));
    EXPECT_EQ(signer->sign(slot(1), message).error(), SigningError::waiting);
    // The same again says nothing new, nor does what is older.
    EXPECT_FALSE(signer->saw(slot(2), message));
    EXPECT_FALSE(signer->saw(slot(1), message));
    clock.advance(std::chrono::seconds(59));
    EXPECT_TRUE(signer->sign(slot(3), message).has_value());
    EXPECT_FALSE(signer->saw(slot(3), message));
    // What the other node signed counts here.
    EXPECT_EQ(signer->sign(slot(2), Bytes{2}).error(), SigningError::conflict);
    EXPECT_TRUE(signer->sign(slot(2), message).has_value());
    // It is back.
    EXPECT_TRUE(signer->saw(slot(3), Bytes{2}));
    EXPECT_EQ(signer->sign(slot(4), message).error(), SigningError::waiting);
}

TEST(JournaledSignerTest, WithoutAWaitOnlyContradictionsAreRefused) {
    MemoryJournal disk;
    const ManualClock clock;
    const auto signer = std::move(*JournaledSigner::open(disk, secret_key(1), clock));
    EXPECT_TRUE(signer->saw(slot(2), Bytes{1}));
    EXPECT_EQ(signer->sign(slot(2), Bytes{2}).error(), SigningError::conflict);
    EXPECT_TRUE(signer->sign(slot(3), Bytes{2}).has_value());
}

}  // namespace
}  // namespace dusk::storage
