// The modules that wallets in browsers load from the node they talk to (spec/interfaces.md §3, §10.1): WASM that makes
// keys, finds notes and builds transactions, under the names of the released node.
#pragma once

#include <optional>
#include <string_view>

#include "base/bytes.hpp"
#include "ledger/network.hpp"

namespace dusk::rpc {

// The module that clients of this network get under this name ("wallet-core-1.6.0.wasm"); nothing where there is none.
// This is the one place where a file is chosen. The bytes live as long as the program.
[[nodiscard]] std::optional<ByteView> wallet_module(std::string_view file, const ledger::Network& network);

}  // namespace dusk::rpc
