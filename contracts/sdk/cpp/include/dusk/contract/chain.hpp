// What a contract knows of the chain: session metadata (spec/vm.md §7.9), and who sent the transaction.
#pragma once

#include "dusk/contract/call.hpp"

namespace dusk::contract {

// The value that the host keeps under this name; nothing when there is none, or it is of another type.
template <class T>
[[nodiscard]] Optional<T> metadata(StringView name) {
    const uint32_t length = host::metadata(name.data(), static_cast<uint32_t>(name.size()));
    T value{};
    if (length == 0 || !read_archive(host::buffer(), length, value)) return {};
    return value;
}

[[nodiscard]] inline uint8_t chain_id() { return *metadata<uint8_t>("chain_id"); }

// 0 while the genesis state is made: the host keeps four bytes then, not eight.
[[nodiscard]] inline uint64_t block_height() {
    constexpr StringView name = "block_height";
    const uint32_t length = host::metadata(name.data(), static_cast<uint32_t>(name.size()));
    uint64_t height = 0;
    if (length == sizeof(height)) __builtin_memcpy(&height, host::buffer(), sizeof(height));
    return height;
}

// The key whose account pays for the transaction; nothing in a shielded one. Not the caller: any contract that the
// transaction reaches sees the same key. Use `sender` to decide who may do what.
[[nodiscard]] inline Optional<PublicKey> public_sender() {
    constexpr StringView name = "public_sender";
    // The archive of an Option: the tag, and the key behind it.
    constexpr uint32_t offset = Archive<Optional<PublicKey>>::offset;
    const uint32_t length = host::metadata(name.data(), static_cast<uint32_t>(name.size()));
    Optional<PublicKey> sender;
    if (length == Archive<Optional<PublicKey>>::size && *host::buffer() == 1) {
        __builtin_memcpy(sender.emplace().bytes, host::buffer() + offset, PublicKey::length - PublicKey::padding);
    }
    return sender;
}

// On whose behalf this call is made: the contract that called; or, where the transfer contract called for a
// transaction, the key that signed it. Where the transfer contract called for another contract, that contract. Nothing
// for a shielded transaction and for a call from outside the chain (a query).
[[nodiscard]] inline __attribute__((noinline)) Optional<Account> sender() {
    Optional<Account> account;
    const int32_t callers = host::callstack();
    if (callers == 0) return account;
    const ContractId first = id_in_buffer(0);
    if (!(first == transfer_contract)) {
        account.emplace(first);
    } else if (callers > 1) {
        account.emplace(id_in_buffer(1));
    } else if (const auto key = public_sender()) {
        account.emplace(*key);
    }
    return account;
}
// The same; panics when there is none.
[[nodiscard]] inline __attribute__((noinline)) Account require_sender() {
    const auto account = sender();
    require(account.has_value(), "the sender of this call is not known");
    return *account;
}

}  // namespace dusk::contract
