// The commands of `dusk wallet` that make transactions.
#pragma once

#include "app/wallet_send.hpp"

namespace dusk::app {

enum class PayFrom : std::uint8_t { automatic, account, notes };

// What a person asks for; texts are as they were typed.
struct WalletPay {
    WalletOptions wallet{};
    SendOptions send{};
    WalletOrder order{};  // action, profile and what belongs to it; gas 0: what is usual
    PayFrom from = PayFrom::automatic;
    std::string to{};  // a name of the address book, an address, or a request for payment
    std::string memo{};
    std::filesystem::path bytecode{};
    std::optional<std::string> argument{};  // of a call, in JSON: encoded by the contract's driver
    std::filesystem::path driver{};         // a file; else as in app/call_driver.hpp
};
// Finds out what is missing (nonce, notes, gas price), asks, makes, sends and waits; or writes a file. Errors: those of
// `send_made` and `make_from_order`; insufficient_funds; declined; usage.
[[nodiscard]] CommandResult wallet_pay(const WalletPay& command, RandomSource& random, Executor& executor);

// Its first step, for who asks a person in another way: sets what was left open, but who pays. `node` may be null, then
// nobody is asked. Whether notes pay. Errors: usage, refused, no_answer, file, nothing_there, other_chain.
[[nodiscard]] Result<bool, Failure> complete_order(const WalletFolder& folder, WalletNode* node, WalletPay& command);

// Signs an order that was made elsewhere; without a node. Errors: bad_order; those of `make_from_order`.
struct WalletSign {
    WalletOptions wallet{};
    SendOptions send{};
    std::filesystem::path order{};
};
[[nodiscard]] CommandResult wallet_sign(const WalletSign& command, RandomSource& random, Executor& executor);

// Sends a transaction that is in a file.
struct WalletSubmit {
    WalletOptions wallet{};
    SendOptions send{};
    std::string transaction{};  // a file, or hexadecimal digits
};
[[nodiscard]] CommandResult wallet_submit(const WalletSubmit& command);

// Of a transaction that is pending.
struct WalletAgain {
    enum class How : std::uint8_t { resend, replace, cancel };
    WalletOptions wallet{};
    SendOptions send{};
    How how = How::replace;
    std::string id{};             // or its first digits
    std::uint64_t gas_price = 0;  // 0: a tenth more than before, at least 1
};
// Of replace and cancel, the order that takes the place of the one that is pending. Errors: not_pending, bad_order,
// usage.
[[nodiscard]] Result<WalletOrder, Failure> order_again(wallet::Journal& journal, const WalletAgain& command);
// Hands one that is pending to the node again. Errors: not_pending; those of `propagate`.
[[nodiscard]] CommandResult resend(wallet::Journal& journal, WalletNode& node, const std::string& id);
// Errors: also not_pending.
[[nodiscard]] CommandResult wallet_again(const WalletAgain& command, RandomSource& random, Executor& executor);

}  // namespace dusk::app
