// How what a contract takes and answers becomes bytes: by a data driver (docs/interfaces.md).
#pragma once

#include <filesystem>
#include <memory>

#include "app/scratch_machine.hpp"
#include "app/wallet_node.hpp"

namespace dusk::rpc {
class DataDriver;
class DriverShelf;
class DriverStore;
}  // namespace dusk::rpc

namespace dusk::app {

// The driver in a file, where one is named; else that of this program, which has those of the transfer and the stake
// contract; else the one that the node has. For one thread.
class CallDriver {
  public:
    // `file` may be empty and `node` null; the node outlives this. Errors: file, bad_driver.
    [[nodiscard]] static Result<CallDriver, Failure> of(const ledger::ContractId& contract,
                                                        const std::filesystem::path& file, WalletNode* node);
    CallDriver(CallDriver&&) noexcept;
    CallDriver& operator=(CallDriver&&) = delete;
    ~CallDriver();

    // The bytes of an argument that is given as a text in JSON. Errors: bad_argument (it is no such argument),
    // no_driver, no_answer.
    [[nodiscard]] Result<Bytes, Failure> encode(const std::string& function, const std::string& argument);
    // Errors: bad_answer, no_driver, no_answer.
    [[nodiscard]] Result<nlohmann::json, Failure> decode(const std::string& function, ByteView answer);

  private:
    struct FromFile;
    CallDriver(const ledger::ContractId& contract, WalletNode* node);

    ledger::ContractId contract_;
    WalletNode* node_;
    std::unique_ptr<FromFile> file_;
    std::shared_ptr<rpc::DataDriver> driver_;  // null: the node is asked
};

}  // namespace dusk::app
