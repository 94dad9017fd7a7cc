// The state that `dusk contract deploy`, `call` and `query` work on: a state store in a folder, whose main state is
// what was done last. `dusk db` works on the same folder.
#pragma once

#include <filesystem>

#include "app/contract_values.hpp"
#include "app/outcome.hpp"
#include "vm/machine.hpp"

namespace dusk::app {

// What a contract sees of the chain around a call.
struct CallSetting {
    std::uint8_t chain_id = 0xfa;  // of local networks
    std::uint64_t block_height = 0;
    std::string sender{};  // a KEY (app/contract_values.hpp); empty: as in a shielded transaction
};
// Errors: usage (the key).
[[nodiscard]] Result<void, Failure> apply_setting(vm::Session& session, const CallSetting& setting);

class ContractState {
  public:
    // Makes the folder where there is none. Where no state is the main one, it is the only commit, else the empty
    // state. Errors: file, bad_input, usage (several commits and none of them the main one).
    [[nodiscard]] static Result<ContractState, Failure> open(const std::filesystem::path& folder);

    [[nodiscard]] std::unique_ptr<vm::Session> session() const {
        return std::make_unique<vm::Session>(machine_, head_);
    }
    [[nodiscard]] const vm::Machine& machine() const { return *machine_; }
    [[nodiscard]] std::shared_ptr<vm::Machine> shared_machine() const { return machine_; }
    [[nodiscard]] const vm::StatePtr& head() const { return head_; }
    // Of a contract in the state; nothing where there is none, or its file cannot be read.
    [[nodiscard]] std::optional<Bytes> bytecode(const vm::ContractId& contract) const;
    // The state of the session becomes the main one; it is on the disk when this returns. Its root.
    [[nodiscard]] Result<vm::Hash, Failure> keep(vm::Session& session);

  private:
    ContractState(std::shared_ptr<vm::Machine> machine, vm::StatePtr head)
        : machine_(std::move(machine)), head_(std::move(head)) {}
    std::shared_ptr<vm::Machine> machine_;
    vm::StatePtr head_;
};

}  // namespace dusk::app
