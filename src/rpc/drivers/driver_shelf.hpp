// The drivers that a node has: those of the genesis contracts, and those that the owners of contracts uploaded
// (spec/interfaces.md §6.4).
#pragma once

#include <list>
#include <memory>
#include <mutex>
#include <optional>

#include "ledger/identifiers.hpp"
#include "rpc/drivers/data_driver.hpp"
#include "vm/machine.hpp"

namespace dusk::rpc {

struct StoredDriver {
    Bytes code{};               // WASM
    ByteArray<48> signature{};  // of the contract's owner
};

// Keeps drivers over restarts. Thread-safe.
class DriverStore {
  public:
    DriverStore() = default;
    DriverStore(const DriverStore&) = delete;
    DriverStore& operator=(const DriverStore&) = delete;
    virtual ~DriverStore() = default;

    // Nothing: there is none. The error is a sentence.
    [[nodiscard]] virtual Result<std::optional<StoredDriver>, std::string> find(const ledger::ContractId& contract) = 0;
    // In place of the one that is there.
    [[nodiscard]] virtual Result<void, std::string> put(const ledger::ContractId& contract,
                                                        const StoredDriver& driver) = 0;
};

// Thread-safe.
class DriverShelf {
  public:
    static constexpr std::size_t kMostCode = std::size_t{2} << 20;  // bytes
    static constexpr std::size_t kMostCompiled = 16;                // that are kept ready to run

    // Both outlive it; without a store there are the drivers of the genesis contracts only.
    DriverShelf(DriverStore* store, const vm::Machine& machine) : store_(store), machine_(machine) {}

    // A driver for one thread, null where there is none. The first use of an uploaded one compiles it. Errors: the
    // store, or code that is no driver.
    [[nodiscard]] DriverResult<std::shared_ptr<DataDriver>> find(const ledger::ContractId& contract);
    // What was uploaded. Errors: the store.
    [[nodiscard]] DriverResult<std::optional<StoredDriver>> stored(const ledger::ContractId& contract);
    [[nodiscard]] DriverResult<void> put(const ledger::ContractId& contract, const StoredDriver& driver);

  private:
    struct Compiled {
        ledger::ContractId contract;
        vm::Module module;
    };
    [[nodiscard]] std::optional<vm::Module> compiled(const ledger::ContractId& contract);

    DriverStore* store_;
    const vm::Machine& machine_;
    std::mutex mutex_;
    std::list<Compiled> ready_;  // the last used first
    std::uint64_t uploads_ = 0;
};

}  // namespace dusk::rpc
