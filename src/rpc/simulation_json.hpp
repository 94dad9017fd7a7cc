// A simulated transaction in JSON, as docs/interfaces.md describes it.
#pragma once

#include <nlohmann/json.hpp>

#include "execution/simulate.hpp"
#include "rpc/drivers/data_driver.hpp"

namespace dusk::rpc {

// The driver of a contract, null where there is none.
using FindDriver = std::function<std::shared_ptr<DataDriver>(const ledger::ContractId& contract)>;

// `height`: of the block whose state it ran on.
[[nodiscard]] nlohmann::ordered_json simulation_json(const execution::SimulationReport& report,
                                                     const ledger::Transaction& transaction, ledger::Height height,
                                                     const FindDriver& find_driver);

}  // namespace dusk::rpc
