// The exported functions as JavaScript calls them, from a note to a transaction that a node would accept.
#include "walletcore/exports.hpp"

#include <gtest/gtest.h>

#include "base/archive.hpp"
#include "crypto/chacha_rng.hpp"
#include "ledger/transaction_archive.hpp"
#include "phoenix/transfer_verifiers.hpp"
#include "wallet/profile.hpp"

namespace dusk::walletcore {
namespace {

using phoenix::NoteLeaf;

Bytes buffer(ByteView content) {
    Bytes out(4);
    store_le(out.data(), static_cast<std::uint32_t>(content.size()));
    append(out, content);
    return out;
}
Bytes u64(std::uint64_t value) {
    Bytes out(8);
    store_le(out.data(), value);
    return out;
}

// What a function writes to a new buffer.
template <class Call>
Bytes made_by(const Call& call) {
    std::uint8_t* out = nullptr;
    const Status status = call(&out);
    std::uint8_t* why = nullptr;
    (void)last_error(&why);
    const ByteView text = read_buffer(why);
    EXPECT_EQ(status, Status::ok) << std::string(text.begin(), text.end());
    free_for_caller(why, 4);
    if (out == nullptr) return {};
    Bytes bytes = to_vector(read_buffer(out));
    free_for_caller(out, static_cast<std::uint32_t>(4 + bytes.size()));
    return bytes;
}

const ByteArray<64> kSeed{1, 2, 3};
const ByteArray<32> kRandom{4, 5, 6};

// A note of the wallet in a tree of its own.
struct Owned {
    NoteLeaf leaf;
    crypto::NoteOpening opening;
};
Owned owned_note(std::uint64_t value) {
    crypto::ChaChaRng random(std::uint64_t{7});
    const auto profile = wallet::derive_profile(crypto::WalletSeed(ByteArray<64>(kSeed)), 0);
    const phoenix::PublicKey payer = phoenix::SecretKey::random(random).public_key();
    const std::array blinders{crypto::Fr::random(random), crypto::Fr::random(random)};
    phoenix::Note note = phoenix::Note::obfuscated(random, payer, profile.phoenix.public_key(), value,
                                                   crypto::Fr::random(random), blinders);
    note.set_pos(5);
    crypto::NotesTree tree;
    EXPECT_TRUE(tree.insert(note.pos(), note.hash()).has_value());
    return {.leaf = {.block_height = 9, .note = note}, .opening = tree.opening(note.pos()).value()};
}

// Commits to everything that is pending, each sum in two parts.
void commit_pending() {
    for (std::uint32_t i = 0; i < pending_count(); ++i) {
        const std::uint32_t size = pending_size(i);
        const std::uint32_t half = size / 3;
        Bytes sums(2 * std::size_t{97});
        EXPECT_EQ(msm(0, half, pending_scalars(i), sums.data()), Status::ok);
        EXPECT_EQ(msm(half, size - half, pending_scalars(i) + std::size_t{32} * half, sums.data() + 97), Status::ok);
        EXPECT_EQ(pending_commit(i, buffer(sums).data()), Status::ok);
    }
}

// The quotient on the cosets, as another instance with the same key would compute it.
void make_cosets() {
    const Bytes work = made_by([](NewBuffer out) { return coset_work(out); });
    std::uint8_t* none = nullptr;
    EXPECT_EQ(coset_quotient(buffer(work).data(), 4, &none), Status::refused);
    EXPECT_EQ(coset_quotient(buffer(Bytes(work.begin(), work.end() - 1)).data(), 0, &none), Status::refused);
    for (std::uint32_t coset = 0; coset < 4; ++coset) {
        EXPECT_EQ(resume(), Status::refused);  // one is missing
        const Bytes made = made_by([&](NewBuffer out) { return coset_quotient(buffer(work).data(), coset, out); });
        EXPECT_EQ(coset_give(coset, buffer(Bytes(made.begin(), made.end() - 32)).data()), Status::refused);
        EXPECT_EQ(coset_give(4, buffer(made).data()), Status::refused);
        EXPECT_EQ(coset_give(coset, buffer(made).data()), Status::ok);
    }
}

// To its end, or to what is refused.
Status finish_proof() {
    for (;;) {
        if (pending_count() > 0) {
            commit_pending();
        } else {
            std::uint8_t* proof = nullptr;
            if (proof_get(&proof) == Status::ok) {
                free_for_caller(proof, 0);
                return Status::ok;
            }
            make_cosets();
        }
        if (const Status status = resume(); status != Status::ok) return status;
    }
}

std::string refusal() {
    const Bytes text = made_by([](NewBuffer out) { return last_error(out); });
    return {text.begin(), text.end()};
}

TEST(WalletCore, MakesAndProvesATransferThatTheNetworkTakes) {
    constexpr std::uint32_t kPowers = (1U << 16) + 10;
    const Owned owned = owned_note(5'000);
    const auto receiver = wallet::derive_profile(crypto::WalletSeed(ByteArray<64>(kSeed)), 1).phoenix.public_key();
    std::uint8_t* transaction = nullptr;
    std::uint8_t* request = nullptr;
    ASSERT_EQ(phoenix_transaction(kRandom.data(), kSeed.data(), 0, receiver.to_bytes().data(),
                                  buffer(archive_write(std::vector{owned.leaf})).data(),
                                  buffer(archive_write(std::vector{std::optional(owned.opening)})).data(),
                                  owned.opening.root.to_archive().data(), u64(1'000).data(), 1, u64(0).data(),
                                  u64(300).data(), u64(10).data(), 100, nullptr, &transaction, &request),
              Status::ok);

    // In parts, as two workers would.
    Bytes powers = made_by([](NewBuffer out) { return powers_development(0, 40'000, out); });
    append(powers, made_by([](NewBuffer out) { return powers_development(40'000, kPowers - 40'000, out); }));
    ASSERT_EQ(powers_set(buffer(powers).data()), Status::ok);
    // Powers of another secret, if only one of them, make no key of this network.
    Bytes wrong_powers = powers;
    std::copy_n(powers.begin(), 97, wrong_powers.begin() + 97 * 5);
    ASSERT_EQ(powers_set(buffer(wrong_powers).data()), Status::ok);
    ASSERT_EQ(key_begin(1, kRandom.data()), Status::ok);
    commit_pending();
    EXPECT_EQ(resume(), Status::refused);
    ASSERT_EQ(powers_set(buffer(powers).data()), Status::ok);
    ASSERT_EQ(key_begin(1, kRandom.data()), Status::ok);
    commit_pending();
    ASSERT_EQ(resume(), Status::ok);
    const Bytes key = made_by([](NewBuffer out) { return key_get(out); });

    Bytes other = key;
    other[1000] ^= 1;
    EXPECT_EQ(key_load(1, buffer(other).data()), Status::refused);
    EXPECT_EQ(key_load(2, buffer(key).data()), Status::refused);
    ASSERT_EQ(key_load(1, buffer(key).data()), Status::ok);

    ASSERT_EQ(proof_begin(request, kRandom.data()), Status::ok);
    ASSERT_EQ(finish_proof(), Status::ok);
    const Bytes proof = made_by([](NewBuffer out) { return proof_get(out); });

    std::array<std::uint8_t, 64> hash{};
    const Bytes proven =
        made_by([&](NewBuffer out) { return into_proven(transaction, buffer(proof).data(), out, hash.data()); });
    const auto decoded = ledger::Transaction::decode(proven, ledger::TransactionFormat::aegis);
    ASSERT_TRUE(decoded.has_value());
    const ledger::PhoenixTransaction* const paid = decoded->phoenix();
    ASSERT_NE(paid, nullptr);
    const auto verifiers = phoenix::TransferVerifiers::of_network("devnet");
    EXPECT_TRUE(verifiers->verify(1, paid->proof, paid->public_inputs().value()).has_value());
    EXPECT_EQ(paid->payload.skeleton.max_fee, 3'000U);

    // What is not true is not proven, and the reason names the place.
    Bytes wrong = to_vector(read_buffer(request));
    wrong[wrong.size() - 150] ^= 1;
    if (proof_begin(buffer(wrong).data(), kRandom.data()) == Status::ok) EXPECT_EQ(finish_proof(), Status::refused);
    EXPECT_NE(refusal(), "");
    std::uint8_t* none = nullptr;
    EXPECT_EQ(proof_get(&none), Status::refused);
    free_for_caller(transaction, 4);
    free_for_caller(request, 4);
}

TEST(WalletCore, RefusesTransfersThatCannotBe) {
    const Owned owned = owned_note(5'000);
    const auto receiver = wallet::derive_profile(crypto::WalletSeed(ByteArray<64>(kSeed)), 1).phoenix.public_key();
    const Bytes notes = buffer(archive_write(std::vector{owned.leaf}));
    const Bytes openings = buffer(archive_write(std::vector{std::optional(owned.opening)}));
    const auto pay = [&](std::uint64_t value, std::uint32_t index, const ByteArray<32>& root) {
        std::uint8_t* transaction = nullptr;
        std::uint8_t* request = nullptr;
        return phoenix_transaction(kRandom.data(), kSeed.data(), index, receiver.to_bytes().data(), notes.data(),
                                   openings.data(), root.data(), u64(value).data(), 1, u64(0).data(), u64(1).data(),
                                   u64(1).data(), 100, nullptr, &transaction, &request);
    };
    EXPECT_EQ(pay(5'000, 0, owned.opening.root.to_archive()), Status::phoenix_transaction);
    EXPECT_NE(refusal().find("more than the notes are worth"), std::string::npos);
    EXPECT_EQ(pay(1, 3, owned.opening.root.to_archive()), Status::phoenix_transaction);
    EXPECT_EQ(pay(1, 0, crypto::Fq::one().to_archive()), Status::phoenix_transaction);
    EXPECT_EQ(pay(1, 0, {255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
                         255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255}),
              Status::unarchiving);
}

TEST(WalletCore, JobsGoOnInOrderOnly) {
    std::uint8_t* out = nullptr;
    EXPECT_EQ(key_begin(0, kRandom.data()), Status::refused);
    EXPECT_EQ(key_begin(5, kRandom.data()), Status::refused);
    EXPECT_EQ(coset_work(&out), Status::refused);
    EXPECT_EQ(coset_give(0, buffer({}).data()), Status::refused);
    EXPECT_EQ(pending_count(), 0U);
    EXPECT_EQ(pending_size(0), 0U);
    EXPECT_EQ(pending_scalars(0), nullptr);
    EXPECT_EQ(pending_commit(0, buffer({}).data()), Status::refused);
    EXPECT_EQ(resume(), Status::refused);
    EXPECT_EQ(proof_get(&out), Status::refused);
    EXPECT_EQ(proof_begin(buffer({}).data(), kRandom.data()), Status::refused);
    EXPECT_EQ(powers_development(1U << 18, 1, &out), Status::refused);
    EXPECT_EQ(powers_set(buffer(Bytes(96)).data()), Status::refused);
}

}  // namespace
}  // namespace dusk::walletcore
