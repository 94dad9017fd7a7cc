// One rule of decoding after the other, broken alone (spec/transactions.md §2).
#include <gtest/gtest.h>

#include "crypto/g1.hpp"
#include "crypto/g2.hpp"
#include "ledger/sample_transactions.hpp"

namespace dusk::ledger {
namespace {

using crypto::DecodeError;
using samples::some_moonlight;
using samples::some_phoenix;
using enum TransactionFormat;

TransactionError error_of(ByteView bytes, TransactionFormat format = boreas) {
    const auto decoded = Transaction::decode(bytes, format);
    if (decoded) throw std::runtime_error("decodes");
    return decoded.error();
}

void put(Bytes& bytes, std::size_t at, ByteView part) {
    std::ranges::copy(part, bytes.begin() + static_cast<std::ptrdiff_t>(at));
}

// A compressed point of the curve outside the subgroup.
template <class Point>
Bytes foreign_point() {
    Bytes bytes(Point::kCompressedSize);
    bytes[0] = 0x80;
    for (std::uint8_t x = 1;; ++x) {
        bytes.back() = x;
        const auto point = Point::from_compressed(bytes);
        if (!point && point.error() == DecodeError::not_in_subgroup) return bytes;
    }
}

// The Boreas encoding of a transaction without data: tag, version, payload length, payload.
constexpr std::size_t kPayloadAt = 2 + 8;

// The same with `data` in place of none.
Bytes with_data(const Transaction& without, ByteView data) {
    Bytes bytes = without.encode(boreas);
    const std::size_t size = load_le<std::uint64_t>(bytes.data() + 2);
    const auto last = bytes.begin() + static_cast<std::ptrdiff_t>(kPayloadAt + size - 1);
    const auto behind = bytes.erase(last);
    bytes.insert(behind, data.begin(), data.end());
    store_le(bytes.data() + 2, std::uint64_t{size - 1 + data.size()});
    return bytes;
}

// ---- accounts

// Seed 1: receiver and refund address are not the sender.
struct AccountLayout {
    static constexpr std::size_t kSender = kPayloadAt + 1;
    static constexpr std::size_t kReceiverFlag = kSender + 96;
    static constexpr std::size_t kReceiver = kReceiverFlag + 1;
    static constexpr std::size_t kRefundFlag = kReceiver + 96 + 4 * 8;
    static constexpr std::size_t kRefund = kRefundFlag + 1;
};

TEST(MoonlightDecoding, FlagsAreZeroOrOne) {
    const Bytes good = some_moonlight(1, 0).encode(boreas);
    for (const std::size_t flag : {AccountLayout::kReceiverFlag, AccountLayout::kRefundFlag}) {
        ASSERT_EQ(good[flag], 1);
        for (const std::uint8_t value : Bytes{2, 3, 128, 255}) {
            Bytes bytes = good;
            bytes[flag] = value;
            EXPECT_EQ(error_of(bytes), TransactionError::bad_flag);
        }
    }
}

TEST(MoonlightDecoding, KeysArePointsOfTheSubgroup) {
    const Bytes good = some_moonlight(1, 0).encode(boreas);
    Bytes uncompressed = to_vector(ByteView(good).subspan(AccountLayout::kSender, 96));
    uncompressed[0] &= 0x7f;
    const Bytes too_large(96, 0xff);
    for (const std::size_t key : {AccountLayout::kSender, AccountLayout::kReceiver, AccountLayout::kRefund}) {
        for (const Bytes& bad : {foreign_point<crypto::G2Affine>(), uncompressed, too_large}) {
            Bytes bytes = good;
            put(bytes, key, bad);
            EXPECT_EQ(error_of(bytes), TransactionError::bad_account_key) << key;
        }
    }
}

TEST(MoonlightDecoding, TheSignatureIsAPointOfTheSubgroup) {
    const Bytes good = some_moonlight(1, 0).encode(boreas);
    for (const Bytes& bad : {foreign_point<crypto::G1Affine>(), Bytes(48), Bytes(48, 0xff)}) {
        Bytes bytes = good;
        put(bytes, bytes.size() - 48, bad);
        EXPECT_EQ(error_of(bytes), TransactionError::bad_signature);
    }
}

// ---- notes

// Seed 2: two nullifiers.
struct NoteLayout {
    static constexpr std::size_t kSkeletonSize = kPayloadAt + 1;
    static constexpr std::size_t kRoot = kSkeletonSize + 8;
    static constexpr std::size_t kNullifiers = kRoot + 32 + 8;
    static constexpr std::size_t kNotes = kNullifiers + 2 * 32;
    static constexpr std::size_t kFee = kNotes + 2 * phoenix::Note::kSize + 16;
    // In a note.
    static constexpr std::size_t kCommitment = 1;
    static constexpr std::size_t kAddress = kCommitment + 32;
    static constexpr std::size_t kNoteSender = kAddress + 64 + 8 + 68;
    // In the fee.
    static constexpr std::size_t kFeeAddress = 16;
    static constexpr std::size_t kFeeSender = kFeeAddress + 64;
};

std::vector<std::size_t> all_points() {
    using L = NoteLayout;
    std::vector<std::size_t> out;
    const auto add = [&](std::size_t first, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) out.push_back(first + 32 * i);
    };
    for (const std::size_t note : {L::kNotes, L::kNotes + phoenix::Note::kSize}) {
        add(note + L::kCommitment, 3);  // and the two of the address
        add(note + L::kNoteSender + 1, 4);
    }
    add(L::kFee + L::kFeeAddress, 2);
    add(L::kFee + L::kFeeSender + 1, 4);
    return out;
}

TEST(PhoenixDecoding, EveryPointIsOnTheCurveAndOfPrimeOrder) {
    const Transaction transaction = some_phoenix(2, 0);
    const Bytes good = transaction.encode(boreas);
    const Bytes legacy = transaction.encode(aegis);
    const auto of_order_two = (-crypto::Fq::one()).to_bytes();  // (0, -1)
    Bytes off_curve(32);
    do ++off_curve[0];
    while (crypto::JubJubAffine::from_bytes_lax(off_curve));
    const Bytes too_large(32, 0xff);
    for (const std::size_t point : all_points()) {
        const auto refused = [&](const Bytes& whole, std::size_t at, ByteView bad, TransactionFormat format) {
            Bytes bytes = whole;
            put(bytes, at, bad);
            return error_of(bytes, format);
        };
        for (const ByteView bad : {ByteView(of_order_two), ByteView(off_curve), ByteView(too_large)}) {
            EXPECT_EQ(refused(good, point, bad, boreas), TransactionError::bad_point) << point;
            EXPECT_EQ(refused(legacy, point - 1, bad, aegis), TransactionError::bad_point) << point;
        }
        // Before Aegis a torsion part was let in, and nothing else.
        Bytes old = legacy;
        put(old, point - 1, of_order_two);
        EXPECT_TRUE(Transaction::decode(old, pre_aegis)) << point;
        EXPECT_EQ(refused(legacy, point - 1, off_curve, pre_aegis), TransactionError::bad_point) << point;
    }
}

TEST(PhoenixDecoding, ScalarsAreBelowTheModulus) {
    const Bytes good = some_phoenix(2, 0).encode(boreas);
    // The modulus: the largest scalar, and one.
    Bytes modulus = to_vector((-crypto::Fq::one()).to_bytes());
    ++modulus[0];
    for (const std::size_t scalar : {NoteLayout::kRoot, NoteLayout::kNullifiers, NoteLayout::kNullifiers + 32}) {
        Bytes bytes = good;
        put(bytes, scalar, modulus);
        EXPECT_EQ(error_of(bytes), TransactionError::bad_scalar) << scalar;
        --bytes[scalar];
        EXPECT_TRUE(Transaction::decode(bytes, boreas)) << scalar;
    }
}

TEST(PhoenixDecoding, NotesAndSendersAreOfAKnownKind) {
    using L = NoteLayout;
    const Bytes good = some_phoenix(2, 0).encode(boreas);
    for (const std::size_t note : {L::kNotes, L::kNotes + phoenix::Note::kSize}) {
        for (const std::size_t tag : {note, note + L::kNoteSender}) {
            Bytes bytes = good;
            bytes[tag] = 2;
            EXPECT_EQ(error_of(bytes), TransactionError::bad_note) << tag;
        }
    }
    Bytes bytes = good;
    bytes[L::kFee + L::kFeeSender] = 2;
    EXPECT_EQ(error_of(bytes), TransactionError::bad_note);
}

TEST(PhoenixDecoding, SkeletonAndFeeAreWhole) {
    using L = NoteLayout;
    Bytes bytes = some_phoenix(0, 0).encode(boreas);  // no nullifiers
    const std::uint64_t size = load_le<std::uint64_t>(bytes.data() + L::kSkeletonSize);
    store_le(bytes.data() + L::kSkeletonSize, size - 1);
    EXPECT_EQ(error_of(bytes), TransactionError::short_input);
    // All of the payload is skeleton: nothing is left for the fee.
    const std::uint64_t payload = load_le<std::uint64_t>(bytes.data() + 2);
    store_le(bytes.data() + L::kSkeletonSize, payload - 9);
    EXPECT_EQ(error_of(bytes), TransactionError::short_input);
}

TEST(PhoenixDecoding, MoreNullifiersThanThereIsRoomFor) {
    for (std::uint64_t count = 0; count <= 4; ++count) {
        Bytes bytes = some_phoenix(2, 0).encode(boreas);
        store_le(bytes.data() + NoteLayout::kRoot + 32, count);
        if (count > 2) {
            EXPECT_EQ(error_of(bytes), TransactionError::too_many_nullifiers) << count;
        } else if (count < 2) {  // the next nullifier is read as a note
            EXPECT_NE(error_of(bytes), TransactionError::too_many_nullifiers) << count;
        }
    }
}

TEST(PhoenixDecoding, ThereIsNoLimitToTheirNumber) {
    Transaction transaction = some_phoenix(2, 0);
    auto& nullifiers = std::get<PhoenixTransaction>(transaction.body).payload.skeleton.nullifiers;
    nullifiers.resize(3000, crypto::Fq::one());
    const auto decoded = Transaction::decode(transaction.encode(boreas), boreas);
    ASSERT_TRUE(decoded);
    EXPECT_EQ(*decoded, transaction);
}

// ---- of both

TEST(Decoding, TheFormatByteIsTwo) {
    for (const Transaction& transaction : {some_moonlight(1, 0), some_phoenix(1, 0)}) {
        for (const std::uint8_t version : Bytes{0, 1, 3, 255}) {
            Bytes bytes = transaction.encode(boreas);
            bytes[1] = version;
            EXPECT_EQ(error_of(bytes), TransactionError::unknown_version);
            EXPECT_EQ(decode_any(bytes).error(), TransactionError::unknown_version);
        }
    }
}

TEST(Decoding, BytesBehindTheEndOfAnyLevelAreRefused) {
    for (const Transaction& transaction : {some_moonlight(1, 0), some_phoenix(1, 0)}) {
        for (const TransactionFormat format : {pre_aegis, aegis, boreas}) {
            Bytes bytes = transaction.encode(format);
            bytes.push_back(0);
            EXPECT_EQ(error_of(bytes, format), TransactionError::trailing_bytes);
        }
        crypto::ChaChaRng random(7);
        for (std::size_t kind = 0; kind < samples::kKinds; ++kind) {
            Writer data;
            encode_data(data, samples::some_data(random, kind));
            Bytes bytes = std::move(data).finish();
            EXPECT_TRUE(Transaction::decode(with_data(transaction, bytes), boreas)) << kind;
            bytes.push_back(0);
            const bool is_memo = kind == 4;
            EXPECT_EQ(error_of(with_data(transaction, bytes)),
                      is_memo ? TransactionError::bad_memo_length : TransactionError::trailing_bytes)
                << kind;
            bytes.resize(bytes.size() - 2);
            if (bytes.empty()) continue;
            EXPECT_EQ(error_of(with_data(transaction, bytes)),
                      is_memo ? TransactionError::bad_memo_length : TransactionError::short_input)
                << kind;
        }
    }
}

TEST(Decoding, DataAreCheckedWhoeverPays) {
    for (const Transaction& transaction : {some_moonlight(1, 0), some_phoenix(1, 0)}) {
        const auto refused = [&](const Bytes& data) { return error_of(with_data(transaction, data)); };
        EXPECT_EQ(refused({}), TransactionError::short_input);
        for (const std::uint8_t id : Bytes{5, 6, 255}) EXPECT_EQ(refused({id}), TransactionError::unknown_data);

        Bytes call(1 + 32);
        call[0] = 1;
        append(call, Bytes{2, 0, 0, 0, 0, 0, 0, 0, 0xc3, 0x28, 0, 0, 0, 0, 0, 0, 0, 0});
        EXPECT_EQ(refused(call), TransactionError::bad_fn_name);

        Bytes memo{3, 1, 2, 0, 0, 0, 0, 0, 0};
        memo.resize(memo.size() + Memo::kMaxSize + 1);
        EXPECT_EQ(refused(memo), TransactionError::memo_too_long);

        Bytes deploy(1 + 32 + 8 + 8);
        deploy[0] = 2;
        deploy.push_back(2);  // of init_args
        deploy.resize(deploy.size() + 8);
        EXPECT_EQ(refused(deploy), TransactionError::bad_flag);

        Bytes blob(1 + 1 + 32 + 1);
        blob[0] = 4;
        blob[1] = 1;
        blob.back() = 2;  // of the sidecar
        EXPECT_EQ(refused(blob), TransactionError::bad_flag);
        blob.back() = 1;  // which is missing
        EXPECT_EQ(refused(blob), TransactionError::short_input);
    }
}

}  // namespace
}  // namespace dusk::ledger
