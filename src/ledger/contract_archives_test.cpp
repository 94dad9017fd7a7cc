// Arguments, events and permits of the genesis contracts. Their layouts are checked by the reference's own archives
// (`./dev vectors transactions`).
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ledger/contract_error.hpp"
#include "ledger/sample_transactions.hpp"
#include "ledger/stake_contract.hpp"
#include "ledger/transfer_events.hpp"

namespace dusk::ledger {
namespace {

using samples::some_account;
using samples::some_bytes;

phoenix::SecretKey some_owner(std::uint64_t seed) {
    crypto::ChaChaRng random(seed);
    return phoenix::SecretKey::random(random);
}

Withdraw some_note_withdraw(std::uint64_t seed, std::size_t nullifiers) {
    crypto::ChaChaRng random(seed);
    const phoenix::SecretKey owner = some_owner(seed);
    const auto address = owner.public_key().stealth_address(crypto::Fr::random(random));
    NullifierToken token;
    for (std::size_t i = 0; i < nullifiers; ++i) token.nullifiers.emplace_back(crypto::Fq::random(random));
    return Withdraw::to_note(kStakeContract, {seed}, address, token, owner.note_secret_key(address).reveal(), random);
}

RC_GTEST_PROP(Withdraw, IsSignedByWhoIsPaid, (std::uint64_t seed)) {
    const Withdraw to_note = some_note_withdraw(seed, seed % 4);
    RC_ASSERT(to_note.is_signed_by_receiver());
    RC_ASSERT(archive_read<Withdraw>(archive_write(to_note)).value() == to_note);
    RC_ASSERT(to_note.signature_message()->size() == 32 + 8 + 64 + 32 * (seed % 4));
    RC_ASSERT(to_note.wrapped_signature_message()->size() == to_note.signature_message()->size() + 64);

    const Withdraw to_account = Withdraw::to_account(kStakeContract, {seed}, NonceToken{{seed}}, some_account(seed));
    RC_ASSERT(to_account.is_signed_by_receiver());
    RC_ASSERT(archive_read<Withdraw>(archive_write(to_account)).value() == to_account);
    RC_ASSERT(to_account.signature_message()->size() == 32 + 8 + 96 + 8);
    RC_ASSERT(to_account.wrapped_signature_message()->size() == to_account.signature_message()->size() + 48);
}

TEST(Withdraw, EveryFieldIsSigned) {
    for (const Withdraw& good :
         {some_note_withdraw(1, 2), Withdraw::to_account(kStakeContract, {7}, NonceToken{{7}}, some_account(7))}) {
        const auto breaks = [&](auto&& change) {
            Withdraw changed = good;
            change(changed);
            EXPECT_FALSE(changed.is_signed_by_receiver());
        };
        breaks([](Withdraw& withdraw) { withdraw.contract = kTransferContract; });
        breaks([](Withdraw& withdraw) { ++withdraw.value.value; });
        breaks([](Withdraw& withdraw) { withdraw.token = NonceToken{{8}}; });
        breaks([](Withdraw& withdraw) { withdraw.receiver = some_note_withdraw(2, 0).receiver; });
        breaks([](Withdraw& withdraw) { withdraw.receiver = ToAccount{some_account(8).public_key()}; });
        breaks([](Withdraw& withdraw) { withdraw.signature = AccountSignature{}; });
        breaks([](Withdraw& withdraw) { withdraw.signature = NoteSignature{}; });
    }
}

// The network's reader asks nothing of limbs, and what an inspected call says must be the same here.
TEST(Withdraw, AnyLimbsAreAnArchive) {
    Bytes archive = archive_write(some_note_withdraw(1, 2));
    const std::size_t root = archive.size() - 584;
    std::fill_n(archive.begin() + static_cast<std::ptrdiff_t>(root + 8), 320, 0xff);
    std::fill_n(archive.begin(), 64, 0xff);  // nullifiers
    const auto read = archive_read<Withdraw>(archive);
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(std::get<NullifierToken>(read->token).nullifiers.size(), 2);
    EXPECT_FALSE(read->signature_message().has_value());
    EXPECT_FALSE(read->wrapped_signature_message().has_value());
    EXPECT_FALSE(read->is_signed_by_receiver());
    EXPECT_EQ(archive_write(*read), archive);

    archive[root] = 2;
    EXPECT_EQ(archive_read<Withdraw>(archive).error().fault, ArchiveFault::bad_tag);
    archive[root] = 0;
    archive[root + 339] = 0xff;  // how many nullifiers
    EXPECT_EQ(archive_read<Withdraw>(archive).error().fault, ArchiveFault::out_of_bounds);
}

TEST(Unchecked, PaddingOfPointsIsNotRead) {
    const AccountKey key = some_account(1).public_key();
    Bytes archive = archive_write(ContractToAccount{.account = key, .value = {5}});
    archive[199] = 0xff;
    const auto read = archive_read<ContractToAccount>(archive);
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(read->account, Unchecked(key));
    EXPECT_EQ(account_key(read->account), key);
    EXPECT_EQ(account_bytes(read->account), key.to_bytes());
    archive[192] = 7;  // infinity
    EXPECT_EQ(account_key(archive_read<ContractToAccount>(archive)->account).error(), crypto::BlsError::invalid_point);
}

TEST(Archives, BareValuesAreRefusedWhereTheyAreNone) {
    Bytes scalar(32, 0xff);
    EXPECT_EQ(archive_read<crypto::Fq>(scalar).error().fault, ArchiveFault::bad_value);
    EXPECT_TRUE(archive_read<Unchecked<crypto::Fq>>(scalar).has_value());
    Bytes key = archive_write(some_account(1).public_key());
    EXPECT_TRUE(archive_read<AccountKey>(key).has_value());
    key[0] ^= 1;
    EXPECT_EQ(archive_read<AccountKey>(key).error().fault, ArchiveFault::bad_value);

    crypto::ChaChaRng random(1);
    const auto address = some_owner(1).public_key().stealth_address(crypto::Fr::random(random));
    const phoenix::NoteLeaf leaf{
        .block_height = 7,
        .note = phoenix::Note::transparent_stealth(address, 5, phoenix::Sender(phoenix::ContractInfo{}))};
    Bytes note = archive_write(leaf);
    EXPECT_TRUE(equal(note, leaf.to_archive()));
    EXPECT_EQ(archive_read<phoenix::NoteLeaf>(note)->to_archive(), leaf.to_archive());
    note[724] = 2;
    EXPECT_EQ(archive_read<phoenix::NoteLeaf>(note).error().fault, ArchiveFault::bad_tag);
    note[724] = 1;
    note[264] ^= 1;
    EXPECT_EQ(archive_read<phoenix::NoteLeaf>(note).error().fault, ArchiveFault::bad_value);
}

RC_GTEST_PROP(Stake, IsSignedByAccountAndOwner, (std::uint64_t seed)) {
    const auto account = some_account(seed);
    const auto owner = some_account(seed + 1);
    const auto is_signed = [](const Unchecked<AccountKey>& key, const Unchecked<crypto::BlsSignature>& signature,
                              ByteView message) {
        return account_key(key)->verify(account_signature(signature).value(), message).has_value();
    };
    const Stake stake = Stake::sign(ChainId{0xFA}, {seed}, account, owner);
    RC_ASSERT(is_signed(account.public_key(), stake.signature.account, stake.signature_message()));
    RC_ASSERT(is_signed(owner.public_key(), stake.signature.owner, stake.signature_message()));
    RC_ASSERT(archive_read<Stake>(archive_write(stake)).value() == stake);

    const Stake held = Stake::sign_for_contract(ChainId{0xFA}, {seed}, account, kTransferContract);
    RC_ASSERT(is_signed(account.public_key(), held.signature.account, held.signature_message()));
    RC_ASSERT(held.signature.owner == held.signature.account);
    RC_ASSERT(held.signature_message() != stake.signature_message());

    const StakeWithdraw withdraw = StakeWithdraw::sign(some_note_withdraw(seed, 1), account, owner);
    RC_ASSERT(is_signed(account.public_key(), withdraw.signature.account, *withdraw.signature_message()));
    RC_ASSERT(is_signed(owner.public_key(), withdraw.signature.owner, *withdraw.signature_message()));
    RC_ASSERT(archive_read<StakeWithdraw>(archive_write(withdraw)).value() == withdraw);
}

TEST(ContractError, IsShownAsBlocksStoreIt) {
    EXPECT_EQ(display(Panic{"boom"}), "Panic: boom");
    EXPECT_EQ(display(OutOfGas{}), "OutOfGas");
    EXPECT_EQ(display(DoesNotExist{}), "Contract does not exist");
    EXPECT_EQ(display(UnknownFailure{}), "Unknown");
    const std::expected<Bytes, ContractError> failed = std::unexpected(ContractError(Panic{"a longer text"}));
    EXPECT_EQ((archive_read<std::expected<Bytes, ContractError>>(archive_write(failed)).value()), failed);
}

}  // namespace
}  // namespace dusk::ledger
