// The data drivers that owners of contracts uploaded: one file for each in the folder `drivers/` of the node. Its name
// is the contract's id in hexadecimal, its content the signature of the owner (48 bytes) and the WASM behind it.
#pragma once

#include <filesystem>

#include "rpc/drivers/driver_shelf.hpp"

namespace dusk::app {

class DriverFiles final : public rpc::DriverStore {
  public:
    explicit DriverFiles(std::filesystem::path folder) : folder_(std::move(folder)) {}

    [[nodiscard]] Result<std::optional<rpc::StoredDriver>, std::string> find(
        const ledger::ContractId& contract) override;
    // The folder is made with the first one.
    [[nodiscard]] Result<void, std::string> put(const ledger::ContractId& contract,
                                                const rpc::StoredDriver& driver) override;

  private:
    [[nodiscard]] std::filesystem::path path_of(const ledger::ContractId& contract) const;

    std::filesystem::path folder_;
};

}  // namespace dusk::app
