// The modules that wallets in browsers load from the node they talk to (spec/interfaces.md §3, §10.1): WASM that makes
// keys, finds notes and builds transactions, under the names of the released node.
#pragma once

#include <optional>
#include <string_view>

#include "base/bytes.hpp"
#include "ledger/network.hpp"

namespace dusk::rpc {

struct WalletModule {
    ByteView bytes{};          // they live as long as the program
    bool is_released = false;  // the released file of this name; else ours in its place
};
// The module that clients of this network get under this name ("wallet-core-1.6.0.wasm"); nothing where there is none.
// This is the one place where a file is chosen.
[[nodiscard]] std::optional<WalletModule> wallet_module(std::string_view file, const ledger::Network& network);

}  // namespace dusk::rpc
