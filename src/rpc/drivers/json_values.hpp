// Values of the genesis contracts as JSON, the way clients of the released node write them (spec/interfaces.md §6.5):
// numbers of 64 bits as decimal texts, keys, addresses and signatures in base58, ids, scalars and bytes in hexadecimal,
// alternatives as {"Name": value}.
//
// The first fault sticks; what is read or written after it means nothing.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>

#include "ledger/stake_contract.hpp"
#include "ledger/transfer_events.hpp"
#include "phoenix/transaction_skeleton.hpp"

namespace dusk::rpc {

// An argument of a function that takes none: null.
struct NoValue {};

class ValueReader {
  public:
    using Json = nlohmann::json;

    [[nodiscard]] bool ok() const { return fault_.empty(); }
    [[nodiscard]] const std::string& fault() const { return fault_; }

    void read(const Json& json, NoValue& out);
    // A number, or its decimal text.
    void read(const Json& json, std::uint64_t& out);
    void read(const Json& json, std::uint8_t& out);
    void read(const Json& json, std::string& out);
    void read(const Json& json, Bytes& out);
    void read(const Json& json, ByteArray<32>& out);
    void read(const Json& json, crypto::Fq& out);
    void read(const Json& json, ledger::Unchecked<crypto::Fq>& out);
    void read(const Json& json, ledger::Unchecked<ledger::AccountKey>& out);
    void read(const Json& json, ledger::Unchecked<crypto::BlsSignature>& out);
    void read(const Json& json, ledger::Unchecked<crypto::schnorr::Signature>& out);
    void read(const Json& json, ledger::Unchecked<phoenix::StealthAddress>& out);
    // Points may lie outside the prime-order group: the lax rule (spec/crypto.md §11.5).
    void read(const Json& json, phoenix::Sender& out);
    void read(const Json& json, phoenix::Note& out);
    void read(const Json& json, phoenix::TransactionSkeleton& out);
    void read(const Json& json, ledger::WithdrawReceiver& out);
    void read(const Json& json, ledger::WithdrawReplayToken& out);
    void read(const Json& json, ledger::WithdrawSignature& out);
    void read(const Json& json, ledger::Withdraw& out);
    void read(const Json& json, ledger::ContractToContract& out);
    void read(const Json& json, ledger::ReceiveFromContract& out);
    void read(const Json& json, ledger::ContractToAccount& out);
    void read(const Json& json, ledger::SyncRange& out);  // [from, limit]
    void read(const Json& json, ledger::StakeFundOwner& out);
    void read(const Json& json, ledger::StakeKeys& out);
    void read(const Json& json, ledger::DoubleSignature& out);
    void read(const Json& json, ledger::Stake& out);
    void read(const Json& json, ledger::StakeWithdraw& out);
    void read(const Json& json, ledger::WithdrawToContract& out);
    template <class Unit>
    void read(const Json& json, ledger::Quantity<Unit>& out) {
        read(json, out.value);
    }
    template <class Kind>
    void read(const Json& json, ledger::Identifier<Kind>& out) {
        read(json, out.bytes);
    }
    void read(const Json& json, ledger::ChainId& out);
    template <class T>
    void read(const Json& json, std::vector<T>& out) {
        if (!json.is_array()) return expected(json, "a sequence");
        for (const Json& item : json) {
            read(item, out.emplace_back());
            if (!ok()) return;
        }
    }

  private:
    void refuse(std::string text) {
        if (fault_.empty()) fault_ = std::move(text);
    }
    // `invalid type: map, expected …`
    void expected(const Json& json, std::string_view what);
    template <class T>
    void field(const Json& object, const char* name, T& out);
    // Of {"Name": value}: the value, where the name is this one.
    [[nodiscard]] const Json* variant(const Json& json, const char* name);
    void unknown_variant(const Json& json);
    // A text in base58 of so many bytes: keys and signatures (spec/crypto.md §7, §11.5).
    [[nodiscard]] std::optional<Bytes> base58(const Json& json, std::size_t size);
    [[nodiscard]] std::optional<Bytes> hex(const Json& json);
    template <class T>
    void unchecked(const Json& json, ledger::Unchecked<T>& out);

    std::string fault_;
};

class ValueWriter {
  public:
    using Json = nlohmann::json;

    [[nodiscard]] bool ok() const { return fault_.empty(); }
    [[nodiscard]] const std::string& fault() const { return fault_; }

    Json write(NoValue);
    Json write(std::uint64_t value);
    Json write(std::uint8_t value);
    Json write(const std::string& value);
    Json write(const Bytes& value);
    Json write(const crypto::Fq& value);
    Json write(const ledger::Unchecked<crypto::Fq>& value);
    Json write(const ledger::Unchecked<ledger::AccountKey>& value);
    Json write(const ledger::Unchecked<crypto::BlsSignature>& value);
    Json write(const ledger::Unchecked<crypto::schnorr::Signature>& value);
    Json write(const ledger::Unchecked<phoenix::StealthAddress>& value);
    Json write(const phoenix::Sender& value);
    Json write(const phoenix::Note& value);
    Json write(const phoenix::TransactionSkeleton& value);
    Json write(const ledger::WithdrawReceiver& value);
    Json write(const ledger::WithdrawReplayToken& value);
    Json write(const ledger::WithdrawSignature& value);
    Json write(const ledger::Withdraw& value);
    Json write(const ledger::ContractToContract& value);
    Json write(const ledger::ReceiveFromContract& value);
    Json write(const ledger::ContractToAccount& value);
    Json write(const ledger::SyncRange& value);
    Json write(const ledger::AccountData& value);
    Json write(const ledger::AccountEntry& value);    // [data, key]
    Json write(const ledger::AccountAmount& value);   // [key, value]
    Json write(const ledger::ContractAmount& value);  // [contract, value]
    Json write(const ledger::MoonlightTransactionEvent& value);
    Json write(const ledger::PhoenixTransactionEvent& value);
    Json write(const ledger::WithdrawEvent& value);
    Json write(const ledger::ConvertEvent& value);
    Json write(const ledger::DepositEvent& value);
    Json write(const ledger::ContractToContractEvent& value);
    Json write(const ledger::ContractToAccountEvent& value);
    Json write(const ledger::StakeFundOwner& value);
    Json write(const ledger::StakeKeys& value);
    Json write(const ledger::StakeAmount& value);
    Json write(const ledger::StakeData& value);
    Json write(const ledger::StakeEntry& value);   // [keys, data]
    Json write(const ledger::StakeChange& value);  // [key, data or null]
    Json write(const ledger::StakeConfig& value);
    Json write(const ledger::DoubleSignature& value);
    Json write(const ledger::Stake& value);
    Json write(const ledger::StakeWithdraw& value);
    Json write(const ledger::WithdrawToContract& value);
    Json write(const ledger::Reward& value);
    Json write(const ledger::StakeEvent& value);
    Json write(const ledger::SlashEvent& value);
    Json write(ledger::ChainId value) { return write(static_cast<std::uint8_t>(value)); }
    template <class Unit>
    Json write(const ledger::Quantity<Unit>& value) {
        return write(value.value);
    }
    template <class Kind>
    Json write(const ledger::Identifier<Kind>& value) {
        return write(to_vector(value.bytes));
    }
    template <class T>
    Json write(const std::optional<T>& value) {
        return value ? write(*value) : Json(nullptr);
    }
    template <class T>
    Json write(const std::vector<T>& values) {
        Json out = Json::array();
        for (const T& value : values) out.push_back(write(value));
        return out;
    }

  private:
    void refuse(std::string_view text) {
        if (fault_.empty()) fault_ = text;
    }

    std::string fault_;
};

}  // namespace dusk::rpc
