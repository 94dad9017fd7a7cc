#include "rpc/drivers/driver_shelf.hpp"

#include <algorithm>

#include "rpc/drivers/driver_module.hpp"
#include "rpc/drivers/genesis_drivers.hpp"
#include "rpc/drivers/wasm_driver.hpp"

namespace dusk::rpc {
namespace {

std::unexpected<DriverError> other(std::string text) {
    return fail(DriverError{.kind = DriverError::Kind::other, .text = std::move(text)});
}

DriverResult<vm::Module> compile(const vm::Machine& machine, ByteView code) {
    const auto form = contract_form(code);
    if (!form) return fail(DriverError{.kind = DriverError::Kind::wasm_export, .text = form.error()});
    auto module = machine.compile(*form);
    if (!module) return fail(DriverError{.kind = DriverError::Kind::wasm_runtime, .text = describe(module.error())});
    if (const auto runs = module->check(); !runs) {
        return fail(DriverError{.kind = DriverError::Kind::wasm_export, .text = runs.error().text});
    }
    return *std::move(module);
}

}  // namespace

std::optional<vm::Module> DriverShelf::compiled(const ledger::ContractId& contract) {
    const auto at = std::ranges::find(ready_, contract, &Compiled::contract);
    if (at == ready_.end()) return {};
    ready_.splice(ready_.begin(), ready_, at);
    return at->module;
}

DriverResult<std::shared_ptr<DataDriver>> DriverShelf::find(const ledger::ContractId& contract) {
    if (DataDriver* const own = genesis_driver(contract)) return std::shared_ptr<DataDriver>(own, [](DataDriver*) {});
    std::uint64_t uploads = 0;
    {
        const std::lock_guard lock(mutex_);
        if (const auto module = compiled(contract)) return std::make_shared<WasmDriver>(*module);
        uploads = uploads_;
    }
    const auto found = stored(contract);
    if (!found) return fail(found.error());
    if (!*found) return std::shared_ptr<DataDriver>();
    const auto module = compile(machine_, (*found)->code);
    if (!module) return fail(module.error());
    const std::lock_guard lock(mutex_);
    // It may have been replaced meanwhile.
    if (uploads == uploads_ && !compiled(contract)) {
        ready_.push_front({contract, *module});
        if (ready_.size() > kMostCompiled) ready_.pop_back();
    }
    return std::make_shared<WasmDriver>(*module);
}

DriverResult<std::optional<StoredDriver>> DriverShelf::stored(const ledger::ContractId& contract) {
    if (store_ == nullptr) return std::nullopt;
    auto found = store_->find(contract);
    if (!found) return other(found.error());
    return *std::move(found);
}

DriverResult<void> DriverShelf::put(const ledger::ContractId& contract, const StoredDriver& driver) {
    if (store_ == nullptr) return other("this node keeps no drivers");
    if (const auto kept = store_->put(contract, driver); !kept) return other(kept.error());
    const std::lock_guard lock(mutex_);
    ++uploads_;
    std::erase_if(ready_, [&](const Compiled& one) { return one.contract == contract; });
    return {};
}

}  // namespace dusk::rpc
