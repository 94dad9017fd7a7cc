// A VM in a folder of its own, which is removed at the end.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <stdexcept>

#include "vm/machine.hpp"

namespace dusk::vectors {

class TemporaryMachine {
  public:
    TemporaryMachine() {
        std::string name = (std::filesystem::temp_directory_path() / "dusk-vectors-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder can be made");
        folder_ = name;
        vm::MachineOptions options;
        options.store.durability = vm::Durability::process;
        auto machine = vm::Machine::open(folder_, options);
        if (!machine) throw std::runtime_error(machine.error().text);
        machine_ = *std::move(machine);
    }
    ~TemporaryMachine() {
        machine_.reset();
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    TemporaryMachine(const TemporaryMachine&) = delete;
    TemporaryMachine& operator=(const TemporaryMachine&) = delete;

    vm::Machine& operator*() const { return *machine_; }
    vm::Machine* operator->() const { return machine_.get(); }

  private:
    std::filesystem::path folder_;
    std::shared_ptr<vm::Machine> machine_;
};

}  // namespace dusk::vectors
