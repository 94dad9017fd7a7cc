#include "ledger/transaction.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ledger/charges.hpp"
#include "ledger/sample_transactions.hpp"
#include "ledger/transaction_archive.hpp"

namespace dusk::ledger {
namespace {

using samples::kKinds;
using samples::some_moonlight;
using samples::some_phoenix;
using enum TransactionFormat;

constexpr std::array kFormats{pre_aegis, aegis, boreas};

TransactionError error_of(ByteView bytes, TransactionFormat format = boreas) {
    const auto decoded = Transaction::decode(bytes, format);
    if (decoded) throw std::runtime_error("decodes");
    return decoded.error();
}

void put_u64(Bytes& bytes, std::size_t at, std::uint64_t value) { store_le(bytes.data() + at, value); }

// Where the parts of the Boreas encoding are.
constexpr std::size_t kPayloadAt = 2 + 8;
constexpr std::size_t kSenderAt = kPayloadAt + 1;
constexpr std::size_t kReceiverFlagAt = kSenderAt + 96;
constexpr std::size_t kSkeletonAt = kPayloadAt + 1 + 8;
constexpr std::size_t kCountAt = kSkeletonAt + 32;

// Replaces the last bytes before the signature, the data, and corrects the length of the payload.
Bytes with_data(const Transaction& without, ByteView data) {
    Bytes bytes = without.encode(boreas);
    const auto at = bytes.end() - 48 - 1;
    const Bytes signature(bytes.end() - 48, bytes.end());
    bytes.erase(at, bytes.end());
    append(bytes, data);
    put_u64(bytes, 2, bytes.size() - kPayloadAt);
    append(bytes, signature);
    return bytes;
}

void expect_round_trips(const Transaction& transaction) {
    for (const TransactionFormat format : kFormats) {
        const Bytes bytes = transaction.encode(format);
        RC_ASSERT(bytes.size() == transaction.encoded_size(format));
        RC_ASSERT(transaction.block_space(format) == bytes.size() + 12);
        const auto decoded = Transaction::decode(bytes, format);
        RC_ASSERT(decoded.has_value());
        RC_ASSERT(*decoded == transaction);
        RC_ASSERT(decoded->encode(format) == bytes);
        RC_ASSERT(decoded->id() == transaction.id());
        const auto any = decode_any(bytes);
        RC_ASSERT(any.has_value());
        RC_ASSERT(any->transaction == transaction);
        RC_ASSERT(any->format == (format == boreas ? boreas : aegis));
        for (const TransactionFormat other : kFormats) {
            if ((other == boreas) != (format == boreas)) {
                RC_ASSERT(error_of(bytes, other) == TransactionError::wrong_format);
            }
        }
    }
    const Transaction executed = transaction.as_executed();
    RC_ASSERT(executed.id() == transaction.id());
    const auto read = archive_read<Transaction>(spend_argument(transaction));
    RC_ASSERT(read.has_value());
    RC_ASSERT(*read == executed);
    RC_ASSERT(executed.digest(boreas) != executed.digest(aegis));
}

RC_GTEST_PROP(Transaction, MoonlightReadsBack, (std::uint64_t seed)) {
    const Transaction transaction = some_moonlight(seed, seed % kKinds);
    expect_round_trips(transaction);
    RC_ASSERT(transaction.moonlight()->verify().has_value());
    RC_ASSERT(transaction.spending_ids().size() == 1);
}

RC_GTEST_PROP(Transaction, PhoenixReadsBack, (std::uint64_t seed)) {
    const Transaction transaction = some_phoenix(seed, seed % kKinds);
    expect_round_trips(transaction);
    RC_ASSERT(transaction.spending_ids().size() == seed % 5);
    RC_ASSERT(transaction.phoenix()->public_inputs()->size() == 28 + seed % 5);
}

TEST(Transaction, EveryTruncationAndExtensionIsRefused) {
    for (std::size_t kind = 0; kind < 6; ++kind) {
        for (const Transaction& transaction : {some_moonlight(3, kind), some_phoenix(3, kind)}) {
            const Bytes bytes = transaction.encode(boreas);
            // A point takes long to decode; short of the payload's end none is.
            for (std::size_t size = 0; size < bytes.size(); size += 7) {
                EXPECT_EQ(error_of(ByteView(bytes).first(size)), TransactionError::short_input);
            }
            Bytes longer = bytes;
            longer.push_back(0);
            EXPECT_EQ(error_of(longer), TransactionError::trailing_bytes);
        }
    }
}

TEST(Transaction, EnvelopeIsChecked) {
    Bytes bytes = some_moonlight(1, 0).encode(boreas);
    EXPECT_EQ(error_of({}), TransactionError::short_input);
    EXPECT_EQ(error_of(ByteView(bytes).first(1)), TransactionError::short_input);
    bytes[1] = 1;
    EXPECT_EQ(error_of(bytes), TransactionError::unknown_version);
    EXPECT_EQ(decode_any(bytes).error(), TransactionError::unknown_version);
    bytes[0] = 4;
    for (const TransactionFormat format : kFormats) {
        EXPECT_EQ(error_of(bytes, format), TransactionError::unknown_family);
    }
    EXPECT_EQ(decode_any(bytes).error(), TransactionError::unknown_family);
    EXPECT_EQ(decode_any({}).error(), TransactionError::short_input);
}

TEST(Transaction, LengthsAreNotBelieved) {
    for (const std::uint64_t claim : {~std::uint64_t{0}, std::uint64_t{1} << 63, std::uint64_t{1} << 32}) {
        Bytes moonlight = some_moonlight(1, 0).encode(boreas);
        put_u64(moonlight, 2, claim);
        EXPECT_EQ(error_of(moonlight), TransactionError::short_input);
        Bytes phoenix = some_phoenix(2, 0).encode(boreas);
        put_u64(phoenix, kPayloadAt + 1, claim);
        EXPECT_EQ(error_of(phoenix), TransactionError::short_input);
        phoenix = some_phoenix(2, 0).encode(boreas);
        put_u64(phoenix, kCountAt, claim);
        EXPECT_EQ(error_of(phoenix), TransactionError::too_many_nullifiers);
        Bytes call{1};
        call.resize(1 + 32);
        call.resize(call.size() + 8);
        put_u64(call, 33, claim);
        EXPECT_EQ(error_of(with_data(some_moonlight(1, 0), call)), TransactionError::short_input);
    }
}

TEST(Transaction, FieldsOfMoonlightAreChecked) {
    const Bytes good = some_moonlight(1, 0).encode(boreas);
    Bytes bytes = good;
    bytes[kReceiverFlagAt] = 2;
    EXPECT_EQ(error_of(bytes), TransactionError::bad_flag);
    bytes = good;
    bytes[kSenderAt + 50] ^= 1;
    EXPECT_EQ(error_of(bytes), TransactionError::bad_account_key);
    bytes = good;
    bytes[bytes.size() - 48] &= 0x7f;  // not compressed
    EXPECT_EQ(error_of(bytes), TransactionError::bad_signature);
}

TEST(Transaction, ASenderNamedTwiceIsRead) {
    const Transaction transaction = some_moonlight(2, 4);  // pays itself
    const MoonlightPayload& payload = transaction.moonlight()->payload;
    ASSERT_EQ(payload.receiver, payload.sender);
    Bytes bytes = transaction.encode(boreas);
    bytes[kReceiverFlagAt] = 1;
    const auto key = payload.sender.to_bytes();
    bytes.insert(bytes.begin() + kReceiverFlagAt + 1, key.begin(), key.end());
    put_u64(bytes, 2, load_le<std::uint64_t>(bytes.data() + 2) + key.size());
    const auto decoded = Transaction::decode(bytes, boreas);
    ASSERT_TRUE(decoded.has_value());
    EXPECT_EQ(*decoded, transaction);
    EXPECT_EQ(decoded->id(), transaction.id());
}

TEST(Transaction, TheIdentityDecodesAndSignsNothing) {
    Transaction transaction = some_moonlight(2, 0);
    auto& open = std::get<MoonlightTransaction>(transaction.body);
    open.payload.sender = AccountKey();
    open.signature = crypto::BlsSignature();
    const auto decoded = Transaction::decode(transaction.encode(boreas), boreas);
    ASSERT_TRUE(decoded.has_value());
    EXPECT_EQ(*decoded, transaction);
    EXPECT_EQ(decoded->moonlight()->verify().error(), TransactionError::invalid_signature);
}

TEST(Transaction, DataAreChecked) {
    const Transaction plain = some_moonlight(1, 0);
    const auto refused = [&](const Bytes& data) { return error_of(with_data(plain, data)); };
    EXPECT_EQ(refused({5}), TransactionError::unknown_data);
    EXPECT_EQ(refused({0, 0}), TransactionError::trailing_bytes);
    EXPECT_EQ(refused({}), TransactionError::short_input);
    EXPECT_EQ(refused({3, 2, 0, 0, 0, 0, 0, 0, 0, 9}), TransactionError::bad_memo_length);
    EXPECT_EQ(refused({3, 0, 0, 0, 0, 0, 0, 0, 0, 9}), TransactionError::bad_memo_length);

    Bytes memo{3, 0, 2, 0, 0, 0, 0, 0, 0};
    memo.resize(memo.size() + 512);
    EXPECT_TRUE(Transaction::decode(with_data(plain, memo), boreas).has_value());
    memo.push_back(0);
    memo[1] = 1;
    EXPECT_EQ(refused(memo), TransactionError::memo_too_long);

    Bytes call(1 + 32);
    call[0] = 1;
    append(call, Bytes{1, 0, 0, 0, 0, 0, 0, 0, 0xff, 0, 0, 0, 0, 0, 0, 0, 0});
    EXPECT_EQ(refused(call), TransactionError::bad_fn_name);

    Bytes deploy(1 + 32 + 8 + 8);
    deploy[0] = 2;
    deploy.push_back(2);  // of init_args
    deploy.resize(deploy.size() + 8);
    EXPECT_EQ(refused(deploy), TransactionError::bad_flag);

    Bytes blob(1 + 1 + 32 + 1);
    blob[0] = 4;
    blob[1] = 1;
    EXPECT_TRUE(Transaction::decode(with_data(plain, blob), boreas).has_value());
    blob[1] = 2;
    EXPECT_EQ(refused(blob), TransactionError::short_input);
    blob[1] = 1;
    blob.back() = 2;
    EXPECT_EQ(refused(blob), TransactionError::bad_flag);
}

TEST(Transaction, FieldsOfPhoenixAreChecked) {
    const Transaction transaction = some_phoenix(2, 0);  // two nullifiers
    const Bytes good = transaction.encode(boreas);
    constexpr std::size_t kNoteAt = kCountAt + 8 + 2 * 32;
    Bytes bytes = good;
    std::fill_n(bytes.begin() + kSkeletonAt, 32, 0xff);
    EXPECT_EQ(error_of(bytes), TransactionError::bad_scalar);
    bytes = good;
    std::fill_n(bytes.begin() + kCountAt + 8 + 32, 32, 0xff);
    EXPECT_EQ(error_of(bytes), TransactionError::bad_scalar);
    bytes = good;
    bytes[kNoteAt] = 2;
    EXPECT_EQ(error_of(bytes), TransactionError::bad_note);
    bytes = good;
    std::fill_n(bytes.begin() + kNoteAt + 1, 32, 0xff);
    EXPECT_EQ(error_of(bytes), TransactionError::bad_point);
    bytes = good;
    const std::size_t fee_at = kSkeletonAt + load_le<std::uint64_t>(bytes.data() + kSkeletonAt - 8);
    bytes[fee_at + 16 + 64] = 2;  // the sender in the fee
    EXPECT_EQ(error_of(bytes), TransactionError::bad_note);
}

TEST(Transaction, WhatASkeletonHasLeftOverIsIgnored) {
    const Transaction transaction = some_phoenix(2, 0);
    Bytes bytes = transaction.encode(boreas);
    const std::uint64_t size = load_le<std::uint64_t>(bytes.data() + kSkeletonAt - 8);
    const auto end = bytes.begin() + static_cast<std::ptrdiff_t>(kSkeletonAt + size);
    bytes.insert(end, 40, 0xEE);
    put_u64(bytes, kSkeletonAt - 8, size + 40);
    put_u64(bytes, 2, load_le<std::uint64_t>(bytes.data() + 2) + 40);
    const auto decoded = Transaction::decode(bytes, boreas);
    ASSERT_TRUE(decoded.has_value());
    EXPECT_EQ(decoded->encode(boreas), transaction.encode(boreas));
}

TEST(Transaction, OnlyBeforeAegisMayPointsHaveTorsion) {
    const Transaction transaction = some_phoenix(1, 0);
    Bytes bytes = transaction.encode(aegis);
    // The value commitment of the first note becomes (0, -1), of order 2.
    const std::size_t at = 1 + 8 + 1 + 8 + 32 + 8 + 32 + 1;
    std::ranges::copy((-crypto::Fq::one()).to_bytes(), bytes.begin() + static_cast<std::ptrdiff_t>(at));
    EXPECT_EQ(error_of(bytes, aegis), TransactionError::bad_point);
    const auto old = Transaction::decode(bytes, pre_aegis);
    ASSERT_TRUE(old.has_value());
    EXPECT_EQ(old->encode(pre_aegis), bytes);
    const auto any = decode_any(bytes);
    ASSERT_TRUE(any.has_value());
    EXPECT_EQ(any->format, pre_aegis);
    EXPECT_EQ(error_of(old->encode(boreas)), TransactionError::bad_point);
}

TEST(Transaction, EveryFieldOfMoonlightIsSigned) {
    const Transaction transaction = some_moonlight(3, 1);
    const MoonlightTransaction& good = *transaction.moonlight();
    const auto breaks = [&](auto&& change) {
        MoonlightTransaction changed = good;
        change(changed.payload);
        EXPECT_EQ(changed.verify().error(), TransactionError::invalid_signature);
        EXPECT_NE(changed.id(), good.id());
    };
    const AccountKey other = samples::some_account(99).public_key();
    breaks([](MoonlightPayload& payload) { payload.chain_id = ChainId{1}; });
    breaks([&](MoonlightPayload& payload) { payload.sender = other; });
    breaks([&](MoonlightPayload& payload) { payload.receiver = other; });
    breaks([](MoonlightPayload& payload) { ++payload.value.value; });
    breaks([](MoonlightPayload& payload) { ++payload.deposit.value; });
    breaks([](MoonlightPayload& payload) { ++payload.fee.gas_limit.value; });
    breaks([](MoonlightPayload& payload) { ++payload.fee.gas_price.value; });
    breaks([&](MoonlightPayload& payload) { payload.fee.refund_address = other; });
    breaks([](MoonlightPayload& payload) { ++payload.nonce.value; });
    breaks([](MoonlightPayload& payload) { payload.data.reset(); });
    breaks([](MoonlightPayload& payload) { std::get<ContractCall>(*payload.data).fn_args.push_back(0); });
}

// A trap of the protocol (spec/transactions.md §3).
TEST(Transaction, BytecodeAndNonceOfADeploymentAreNotSigned) {
    const Transaction transaction = some_moonlight(3, 2);
    MoonlightTransaction changed = *transaction.moonlight();
    auto& deploy = std::get<ContractDeploy>(*changed.payload.data);
    const ContractId before = deploy.contract_id();
    ++deploy.nonce;
    EXPECT_NE(deploy.contract_id(), before);
    deploy.bytecode.clear();
    EXPECT_TRUE(changed.verify().has_value());
    EXPECT_EQ(changed.id(), transaction.id());
    deploy.hash.bytes[0] ^= 1;
    EXPECT_FALSE(changed.verify().has_value());
}

TEST(Transaction, TheFeeOfPhoenixIsNotProven) {
    const Transaction transaction = some_phoenix(3, 0);
    PhoenixTransaction changed = *transaction.phoenix();
    ++changed.payload.fee.gas_limit.value;
    EXPECT_EQ(changed.id(), transaction.id());
    EXPECT_EQ(changed.public_inputs(), transaction.phoenix()->public_inputs());
    ++changed.payload.skeleton.max_fee;
    EXPECT_NE(changed.id(), transaction.id());
}

TEST(Transaction, ANoteOfAContractProvesNothing) {
    Transaction transaction = some_phoenix(3, 0);
    auto& hidden = std::get<PhoenixTransaction>(transaction.body);
    const auto address = hidden.payload.skeleton.outputs[0].stealth_address();
    hidden.payload.skeleton.outputs[0] =
        phoenix::Note::transparent_stealth(address, 1, phoenix::Sender(phoenix::ContractInfo{}));
    EXPECT_EQ(hidden.public_inputs().error(), TransactionError::contract_sender);
}

TEST(Transaction, BlobsAreExecutedAsTheMemoOfTheirHashes) {
    for (const std::size_t kind : {5U, 6U}) {
        const Transaction transaction = some_moonlight(8, kind);
        const Transaction memo_form = transaction.without_blobs();
        ASSERT_NE(memo_form.memo(), nullptr);
        EXPECT_EQ(memo_form.memo()->bytes.size(), 32 * transaction.blobs()->blobs.size());
        EXPECT_TRUE(equal(ByteView(memo_form.memo()->bytes).first(32), transaction.blobs()->blobs[0].hash.bytes));
        EXPECT_TRUE(memo_form.moonlight()->verify().has_value());
        EXPECT_EQ(memo_form.digest(boreas), transaction.digest(boreas));
        EXPECT_EQ(spend_argument(memo_form), spend_argument(transaction));
        EXPECT_LT(memo_form.encoded_size(boreas), BlobContent::kSize);
    }
}

TEST(Transaction, IsExecutedWithoutItsBytecode) {
    const Transaction transaction = some_phoenix(9, 2);
    const Transaction executed = transaction.as_executed();
    EXPECT_TRUE(executed.deploy()->bytecode.empty());
    EXPECT_EQ(executed.deploy()->hash, transaction.deploy()->hash);
    EXPECT_EQ(executed.deploy()->init_args, transaction.deploy()->init_args);
    EXPECT_EQ(transaction.digest(boreas).bytes, Transaction(transaction).digest(boreas).bytes);
    EXPECT_NE(executed.digest(boreas), transaction.digest(boreas));
}

TEST(Transaction, IsNotSignedWhereItCouldNotBeSent) {
    const crypto::BlsSecretKey sender = samples::some_account(1);
    MoonlightPayload payload;
    payload.sender = sender.public_key();
    payload.data = Memo{Bytes(513)};
    EXPECT_EQ(MoonlightTransaction::sign(payload, sender).error(), TransactionError::memo_too_long);
    payload.data = Blobs{std::vector<Blob>(256)};
    EXPECT_EQ(MoonlightTransaction::sign(payload, sender).error(), TransactionError::too_many_blobs);
    EXPECT_EQ(MoonlightTransaction::sign(payload, samples::some_account(2)).error(), TransactionError::foreign_key);
    payload.data = Memo{Bytes(512)};
    EXPECT_TRUE(MoonlightTransaction::sign(payload, sender).has_value());
}

TEST(Transaction, EveryErrorHasItsText) {
    std::vector<std::string_view> texts;
    for (int i = 0; i <= static_cast<int>(TransactionError::contract_sender); ++i) {
        const std::string_view text = to_string(static_cast<TransactionError>(i));
        EXPECT_NE(text, "unknown error");
        EXPECT_THAT(texts, testing::Not(testing::Contains(text)));
        texts.push_back(text);
    }
}

TEST(Charges, AreBoundedBelowAndAbove) {
    EXPECT_EQ(deploy_charge(0), Gas{5'000'000});
    EXPECT_EQ(deploy_charge(50'000), Gas{5'000'000});
    EXPECT_EQ(deploy_charge(50'001), Gas{5'000'100});
    EXPECT_FALSE(deploy_charge(~std::uint64_t{0} / 100 + 1).has_value());
    EXPECT_EQ(blob_charge(6), Gas{6'000'000});
    EXPECT_FALSE(checked_cost(Gas{1ULL << 63}, GasPrice{2}).has_value());
    EXPECT_EQ(checked_cost(Gas{1ULL << 63}, GasPrice{0}), Lux{});
    EXPECT_FALSE(checked_add(Lux{~0ULL}, Lux{1}).has_value());
    EXPECT_EQ(checked_add(Lux{~0ULL}, Lux{0}), Lux{~0ULL});
}

}  // namespace
}  // namespace dusk::ledger
