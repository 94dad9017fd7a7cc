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
};
// Finds out what is missing (nonce, notes, gas price), asks, makes, sends and waits; or writes a file. Errors: those of
// `send_made` and `make_from_order`; insufficient_funds; declined; usage.
[[nodiscard]] CommandResult wallet_pay(const WalletPay& command, RandomSource& random, Executor& executor);

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
// Errors: also not_pending.
[[nodiscard]] CommandResult wallet_again(const WalletAgain& command, RandomSource& random, Executor& executor);

}  // namespace dusk::app
