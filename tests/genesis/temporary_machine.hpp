// A machine in a folder of its own that is removed at the end.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "execution/genesis_state.hpp"
#include "ledger/genesis_toml.hpp"

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

    // The state of a genesis file, with the official contracts unless a network has others.
    void build(std::string_view toml, const ledger::Network& network = ledger::rusk_network()) {
        const auto genesis = ledger::parse_genesis(toml);
        ASSERT_TRUE(genesis) << describe(genesis.error());
        const auto contracts = execution::genesis_contracts(network);
        const auto state = execution::build_genesis_state(*machine_, contracts, genesis->snapshot);
        ASSERT_TRUE(state) << state.error().text;
        root_ = state->root.bytes;
    }

    std::filesystem::path folder_;
    std::shared_ptr<vm::Machine> machine_;
    vm::Hash root_{};  // of what was built last
};

}  // namespace dusk::genesis
