// What a wallet is asked to do, in a file: made on a machine that knows the chain, signed on one that has the keys
// (docs/formats/order.md).
#pragma once

#include "app/tx_build.hpp"

namespace dusk::app {

struct WalletOrder {
    // "send", "shield", "unshield", "stake", "unstake", "claim", "call", "deploy", "blob", "cancel"
    std::string action{};
    std::string account{};  // the public account of the profile that pays: keys of another make nothing of it
    std::uint8_t profile = 0;
    // Without keys, files and ways to prove: those belong to the machine that signs. No gas limit and price: what is
    // usual.
    BuildTx tx{.gas_price = 0};
};

inline constexpr std::size_t kLargestOrder = std::size_t{8} << 20;  // bytes; a contract or blobs may be in it

// What it moves, in lux: of a transfer the value, of a call the deposit, of others the amount. Error: usage.
[[nodiscard]] Result<ledger::Lux, Failure> moved_by(const WalletOrder& order);

// JSON with a line feed at its end. The amounts are texts in DUSK, as people typed them.
[[nodiscard]] std::string write_order(const WalletOrder& order);

// Whether amounts, addresses and hexadecimal digits are such is found out when the transaction is made. The error is a
// sentence. Time and memory are linear in the text.
[[nodiscard]] Result<WalletOrder, std::string> read_order(ByteView text);

}  // namespace dusk::app
