// A machine in a folder of its own that is removed at the end.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "vm/machine.hpp"

namespace dusk::genesis {

class TemporaryMachine : public testing::Test {
  protected:
    TemporaryMachine() {
        std::string name = (std::filesystem::temp_directory_path() / "dusk-genesis-XXXXXX").string();
        folder_ = ::mkdtemp(name.data());
        open();
    }
    ~TemporaryMachine() override {
        machine_.reset();
        std::filesystem::remove_all(folder_);
    }

    void open() {
        vm::MachineOptions options;
        options.store.durability = vm::Durability::process;
        machine_.reset();
        auto machine = vm::Machine::open(folder_, options);
        ASSERT_TRUE(machine) << machine.error().text;
        machine_ = *std::move(machine);
    }

    std::filesystem::path folder_;
    std::shared_ptr<vm::Machine> machine_;
};

}  // namespace dusk::genesis
