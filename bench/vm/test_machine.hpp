// A machine with the test contracts of the reference's measurements, in a folder of its own.
#pragma once

#include <filesystem>

#include "vm/machine.hpp"

namespace dusk::bench {

struct TestMachine {
    explicit TestMachine(vm::Durability durability = vm::Durability::process);
    ~TestMachine();
    TestMachine(const TestMachine&) = delete;
    TestMachine& operator=(const TestMachine&) = delete;

    void open();
    [[nodiscard]] std::unique_ptr<vm::Session> session(const vm::Hash& commit) const;

    std::filesystem::path folder;
    vm::MachineOptions options;
    std::shared_ptr<vm::Machine> machine;
};

// counter, host, mem and kv, deployed under the hashes of their code as the reference's measurements do.
struct TestContracts {
    explicit TestContracts(vm::Session& session);
    vm::ContractId counter{}, host{}, mem{}, kv{};
};

[[nodiscard]] Bytes test_contract(const std::string& name);
[[nodiscard]] Bytes words(std::initializer_list<std::uint32_t> values);
// Must succeed: a call that fails would be measured as a fast one.
void must_call(vm::Session& session, const vm::ContractId& contract, std::string_view function, ByteView argument);
// The argument that makes the contract `host` call a function of another.
[[nodiscard]] Bytes inner_call(const vm::ContractId& contract, std::string_view function);

inline constexpr std::uint64_t kGas = 1'000'000'000'000;

}  // namespace dusk::bench
