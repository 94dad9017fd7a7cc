// The drivers of the genesis contracts, which are part of the node.
#pragma once

#include <memory>

#include "ledger/identifiers.hpp"
#include "rpc/drivers/data_driver.hpp"

namespace dusk::rpc {

// They keep nothing: for any number of threads. Null: another contract.
[[nodiscard]] DataDriver* genesis_driver(const ledger::ContractId& contract);

[[nodiscard]] DataDriver& transfer_driver();
[[nodiscard]] DataDriver& stake_driver();

}  // namespace dusk::rpc
