// The commands of `dusk wallet` that look.
#pragma once

#include "app/wallet_folder.hpp"
#include "app/wallet_order.hpp"
#include "base/executor.hpp"

namespace dusk::app {

struct WalletBalance {
    WalletOptions wallet{};
    std::optional<std::uint8_t> profile{};  // none: all
    bool is_public = false;                 // only public accounts: no password
    bool cached = false;                    // shielded notes as they were known last: no password
};
// Public accounts as the node tells, shielded notes as far as the chain is read: it is read on first.
[[nodiscard]] CommandResult wallet_balance(const WalletBalance& command, Executor& executor);

struct WalletSync {
    WalletOptions wallet{};
    bool anew = false;  // from the birthday
};
[[nodiscard]] CommandResult wallet_sync(const WalletSync& command, Executor& executor);

struct WalletHistory {
    WalletOptions wallet{};
    std::optional<std::uint8_t> profile{};
    bool offline = false;  // what is written down, without asking a node
};
// What this wallet sent and the notes that it received; of a node with an archive also what others paid to its public
// accounts. Notes as they were known last.
[[nodiscard]] CommandResult wallet_history(const WalletHistory& command);

// Transactions that are in no block yet, and what the node says of them.
[[nodiscard]] CommandResult wallet_pending(const WalletOptions& options);

struct WalletReceive {
    WalletOptions wallet{};
    std::uint8_t profile = 0;
    bool is_public = false;
    std::string amount{};
    std::string label{};
    std::string memo{};
    bool qr = true;
};
// The address, or a request for payment, with a QR code.
[[nodiscard]] CommandResult wallet_receive(const WalletReceive& command);

struct WalletStakeInfo {
    WalletOptions wallet{};
    std::uint8_t profile = 0;
};
[[nodiscard]] CommandResult wallet_stake_info(const WalletStakeInfo& command);

// Asks a contract on the last state; nothing is sent and no password asked for.
struct WalletQuery {
    WalletOptions wallet{};
    std::string contract{};  // 64 hexadecimal digits
    std::string function{};
    std::string bytes{};                    // hexadecimal
    std::optional<std::string> argument{};  // instead of them, in JSON
    std::filesystem::path driver{};         // a file; else as in app/call_driver.hpp
};
// The answer in JSON where there is a driver, else in hexadecimal. Errors: those of CallDriver.
[[nodiscard]] CommandResult wallet_query(const WalletQuery& command);

}  // namespace dusk::app
