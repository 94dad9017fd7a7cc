// Who takes part: a key outside the chain, or a contract.
#pragma once

#include "dusk/contract/archive.hpp"

namespace dusk::contract {

// enum Account { External(PublicKey), Contract(ContractId) } in archives: 208 bytes, aligned to 8.
class Account {
  public:
    constexpr Account() = default;
    Account(const PublicKey& key) { __builtin_memcpy(bytes_, key.bytes, PublicKey::length); }
    Account(const ContractId& id) : is_contract_(true) { __builtin_memcpy(bytes_, id.bytes, ContractId::length); }

    [[nodiscard]] bool is_contract() const { return is_contract_; }
    // Panic when it is of the other kind.
    [[nodiscard]] PublicKey key() const {
        require(!is_contract_, "the account is a contract");
        PublicKey key;
        __builtin_memcpy(key.bytes, bytes_, PublicKey::length);
        return key;
    }
    [[nodiscard]] ContractId contract() const {
        require(is_contract_, "the account is a key");
        ContractId id;
        __builtin_memcpy(id.bytes, bytes_, ContractId::length);
        return id;
    }

    __attribute__((noinline)) bool operator==(const Account& other) const {
        return is_contract_ == other.is_contract_ && __builtin_memcmp(bytes_, other.bytes_, sizeof(bytes_)) == 0;
    }
    __attribute__((noinline)) bool operator<(const Account& other) const {
        if (is_contract_ != other.is_contract_) return other.is_contract_;
        return __builtin_memcmp(bytes_, other.bytes_, sizeof(bytes_)) < 0;
    }

  private:
    friend struct Archive<Account>;
    bool is_contract_ = false;
    uint8_t bytes_[PublicKey::length]{};  // what a shorter id leaves is zero
};

template <>
struct Archive<Account> : PlainArchive<Account, 208, 8> {
    static constexpr Niche niche{0, 254};
    static constexpr uint32_t key_offset = 8;
    static constexpr uint32_t id_offset = 1;
    static __attribute__((noinline)) void write_self(Sink& sink, uint32_t at, const Account& value, Unit /*parts*/) {
        if (value.is_contract_) {
            sink.store<uint8_t>(at, 1);
            __builtin_memcpy(sink.at(at + id_offset), value.bytes_, ContractId::length);
        } else {
            __builtin_memcpy(sink.at(at + key_offset), value.bytes_, PublicKey::length);
        }
    }
    static __attribute__((noinline)) bool read(Source& source, uint32_t at, Account& out) {
        const auto tag = source.load<uint8_t>(at);
        out = {};
        out.is_contract_ = tag == 1;
        if (tag == 0) {
            __builtin_memcpy(out.bytes_, source.at(at + key_offset), PublicKey::length - PublicKey::padding);
        } else {
            __builtin_memcpy(out.bytes_, source.at(at + id_offset), ContractId::length);
        }
        return tag <= 1;
    }
};

}  // namespace dusk::contract
