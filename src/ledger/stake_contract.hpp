// What the stake contract holds, takes and reports, as archives (spec/transactions.md §9, §13).
#pragma once

#include "ledger/withdraw.hpp"

namespace dusk::ledger {

struct StakeAmount {
    Lux value;
    Lux locked;
    Height eligibility;
    friend bool operator==(const StakeAmount&, const StakeAmount&) = default;
};
struct StakeData {
    std::optional<StakeAmount> amount;
    Lux reward;
    std::uint8_t faults = 0;
    std::uint8_t hard_faults = 0;
    friend bool operator==(const StakeData&, const StakeData&) = default;
};

// Who may take a stake out: an account, or a contract.
struct AccountOwner {
    Unchecked<AccountKey> account;
    friend bool operator==(const AccountOwner&, const AccountOwner&) = default;
};
struct ContractOwner {
    ContractId contract;
    friend bool operator==(const ContractOwner&, const ContractOwner&) = default;
};
using StakeFundOwner = std::variant<AccountOwner, ContractOwner>;
struct StakeKeys {
    Unchecked<AccountKey> account;  // votes
    StakeFundOwner owner;

    // The account is its own owner.
    [[nodiscard]] static StakeKeys single(const AccountKey& account) { return {account, AccountOwner{account}}; }
    friend bool operator==(const StakeKeys&, const StakeKeys&) = default;
};

struct DoubleSignature {
    Unchecked<crypto::BlsSignature> account;
    Unchecked<crypto::BlsSignature> owner;
    friend bool operator==(const DoubleSignature&, const DoubleSignature&) = default;
};

// Of `stake`: the deposit of the transaction becomes a stake. There is no nonce in what is signed: whoever deposits the
// same value may use it again.
struct Stake {
    ChainId chain_id{};
    StakeKeys keys;
    Lux value;
    DoubleSignature signature;

    [[nodiscard]] static Stake sign(ChainId chain, Lux value, const crypto::BlsSecretKey& account,
                                    const crypto::BlsSecretKey& owner);
    // For a contract that stakes; the account's signature stands in both places.
    [[nodiscard]] static Stake sign_for_contract(ChainId chain, Lux value, const crypto::BlsSecretKey& account,
                                                 ContractId owner);
    // chain_id 1 ‖ account 96 ‖ owner 96 (a key, or a contract id and zeros) ‖ value u64.
    [[nodiscard]] ByteArray<201> signature_message() const;
    friend bool operator==(const Stake&, const Stake&) = default;
};
// Of `unstake` and `withdraw`: takes out of a stake or its reward what the permit inside says.
struct StakeWithdraw {
    Unchecked<AccountKey> account;
    Withdraw withdraw;
    DoubleSignature signature;

    // `withdraw` is signed by its receiver.
    [[nodiscard]] static StakeWithdraw sign(Withdraw withdraw, const crypto::BlsSecretKey& account,
                                            const crypto::BlsSecretKey& owner);
    // account 96 ‖ the wrapped message of the permit; nothing where that is nothing.
    [[nodiscard]] std::optional<Bytes> signature_message() const;
    friend bool operator==(const StakeWithdraw&, const StakeWithdraw&) = default;
};
// Of `unstake_from_contract` and `withdraw_from_contract`.
struct WithdrawToContract {
    Unchecked<AccountKey> account;
    Lux value;
    std::string fn_name;
    Bytes data;
    friend bool operator==(const WithdrawToContract&, const WithdrawToContract&) = default;
};

enum class RewardReason : std::uint8_t { generator_fixed, generator_extra, voter, other };
// Of `reward`, a list of them; so is the event `reward`.
struct Reward {
    Unchecked<AccountKey> account;
    Lux value;
    RewardReason reason = RewardReason::generator_fixed;
    friend bool operator==(const Reward&, const Reward&) = default;
};
// Of `slash`: how much; none: by the number of faults.
struct Slash {
    Unchecked<AccountKey> account;
    std::optional<Lux> value;
    friend bool operator==(const Slash&, const Slash&) = default;
};
// Of `hard_slash`.
struct HardSlash {
    Unchecked<AccountKey> account;
    std::optional<Lux> value;
    std::optional<std::uint8_t> severity;
    friend bool operator==(const HardSlash&, const HardSlash&) = default;
};
// Of `insert_stake`; what `stakes` feeds.
struct StakeEntry {
    StakeKeys keys;
    StakeData data;
    friend bool operator==(const StakeEntry&, const StakeEntry&) = default;
};
// What `prev_state_changes` feeds: the stake before the block, if there was one.
struct StakeChange {
    Unchecked<AccountKey> account;
    std::optional<StakeData> before;
    friend bool operator==(const StakeChange&, const StakeChange&) = default;
};
// Of `set_config`, from `get_config`.
struct StakeConfig {
    std::uint8_t warnings = 0;
    Lux minimum_stake;
    friend bool operator==(const StakeConfig&, const StakeConfig&) = default;
};

// `stake`, `unstake`, `withdraw`.
struct StakeEvent {
    StakeKeys keys;
    Lux value;
    Lux locked;
    friend bool operator==(const StakeEvent&, const StakeEvent&) = default;
};
// `slash`, `hard_slash`.
struct SlashEvent {
    Unchecked<AccountKey> account;
    Lux value;
    Height next_eligibility;
    friend bool operator==(const SlashEvent&, const SlashEvent&) = default;
};

}  // namespace dusk::ledger

namespace dusk {

template <>
struct Archived<ledger::StakeAmount>
    : ArchivedStruct<ledger::StakeAmount, 24, 8, Field<&ledger::StakeAmount::value, 0>,
                     Field<&ledger::StakeAmount::locked, 8>, Field<&ledger::StakeAmount::eligibility, 16>> {};
template <>
struct Archived<ledger::StakeData>
    : ArchivedStruct<ledger::StakeData, 48, 8, Field<&ledger::StakeData::amount, 0>,
                     Field<&ledger::StakeData::reward, 32>, Field<&ledger::StakeData::faults, 40>,
                     Field<&ledger::StakeData::hard_faults, 41>> {};
template <>
struct Archived<ledger::StakeFundOwner>
    : ArchivedEnum<ledger::StakeFundOwner, 208, 8,
                   Variant<ledger::AccountOwner, Field<&ledger::AccountOwner::account, 8>>,
                   Variant<ledger::ContractOwner, Field<&ledger::ContractOwner::contract, 1>>> {};
template <>
struct Archived<ledger::StakeKeys> : ArchivedStruct<ledger::StakeKeys, 408, 8, Field<&ledger::StakeKeys::account, 208>,
                                                    Field<&ledger::StakeKeys::owner, 0>> {};
template <>
struct Archived<ledger::DoubleSignature>
    : ArchivedStruct<ledger::DoubleSignature, 208, 8, Field<&ledger::DoubleSignature::account, 0>,
                     Field<&ledger::DoubleSignature::owner, 104>> {};
template <>
struct Archived<ledger::Stake>
    : ArchivedStruct<ledger::Stake, 632, 8, Field<&ledger::Stake::chain_id, 624>, Field<&ledger::Stake::keys, 0>,
                     Field<&ledger::Stake::value, 408>, Field<&ledger::Stake::signature, 416>> {};
template <>
struct Archived<ledger::StakeWithdraw>
    : ArchivedStruct<ledger::StakeWithdraw, 992, 8, Field<&ledger::StakeWithdraw::account, 584>,
                     Field<&ledger::StakeWithdraw::withdraw, 0>, Field<&ledger::StakeWithdraw::signature, 784>> {};
template <>
struct Archived<ledger::WithdrawToContract>
    : ArchivedStruct<ledger::WithdrawToContract, 224, 8, Field<&ledger::WithdrawToContract::account, 0>,
                     Field<&ledger::WithdrawToContract::value, 200>, Field<&ledger::WithdrawToContract::fn_name, 208>,
                     Field<&ledger::WithdrawToContract::data, 216>> {};
template <>
struct Archived<ledger::RewardReason> : ArchivedTag<ledger::RewardReason, 4> {};
template <>
struct Archived<ledger::Reward>
    : ArchivedStruct<ledger::Reward, 216, 8, Field<&ledger::Reward::account, 0>, Field<&ledger::Reward::value, 200>,
                     Field<&ledger::Reward::reason, 208>> {};
// The arguments with several parts are tuples: the last element comes first.
template <>
struct Archived<ledger::Slash>
    : ArchivedStruct<ledger::Slash, 216, 8, Field<&ledger::Slash::value, 200>, Field<&ledger::Slash::account, 0>> {};
template <>
struct Archived<ledger::HardSlash>
    : ArchivedStruct<ledger::HardSlash, 224, 8, Field<&ledger::HardSlash::severity, 216>,
                     Field<&ledger::HardSlash::value, 0>, Field<&ledger::HardSlash::account, 16>> {};
template <>
struct Archived<ledger::StakeEntry> : ArchivedStruct<ledger::StakeEntry, 456, 8, Field<&ledger::StakeEntry::data, 408>,
                                                     Field<&ledger::StakeEntry::keys, 0>> {};
template <>
struct Archived<ledger::StakeChange>
    : ArchivedStruct<ledger::StakeChange, 256, 8, Field<&ledger::StakeChange::before, 200>,
                     Field<&ledger::StakeChange::account, 0>> {};
template <>
struct Archived<ledger::StakeConfig>
    : ArchivedStruct<ledger::StakeConfig, 16, 8, Field<&ledger::StakeConfig::warnings, 8>,
                     Field<&ledger::StakeConfig::minimum_stake, 0>> {};
template <>
struct Archived<ledger::StakeEvent>
    : ArchivedStruct<ledger::StakeEvent, 424, 8, Field<&ledger::StakeEvent::keys, 0>,
                     Field<&ledger::StakeEvent::value, 408>, Field<&ledger::StakeEvent::locked, 416>> {};
template <>
struct Archived<ledger::SlashEvent>
    : ArchivedStruct<ledger::SlashEvent, 216, 8, Field<&ledger::SlashEvent::account, 0>,
                     Field<&ledger::SlashEvent::value, 200>, Field<&ledger::SlashEvent::next_eligibility, 208>> {};

}  // namespace dusk
