// A machine in a folder of its own, for tests.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "vm/machine.hpp"

namespace dusk::vm {

inline Bytes file_bytes(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    EXPECT_TRUE(file) << path;
    return Bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
}
inline Bytes hostile_contract() { return file_bytes(DUSK_HOSTILE_CONTRACT); }
inline Bytes test_contract(const std::string& name) {
    return file_bytes(std::filesystem::path(DUSK_TEST_CONTRACTS) / (name + ".wasm"));
}

// Little-endian words, as the test contracts take them.
inline Bytes words(std::initializer_list<std::uint32_t> values) {
    Bytes out(4 * values.size());
    std::size_t at = 0;
    for (const std::uint32_t value : values) store_le(out.data() + 4 * at++, value);
    return out;
}

class MachineTest : public testing::Test {
  protected:
    MachineTest() {
        std::string name = (std::filesystem::temp_directory_path() / "dusk-vm-test-XXXXXX").string();
        folder_ = ::mkdtemp(name.data());
    }
    ~MachineTest() override { std::filesystem::remove_all(folder_); }

    std::shared_ptr<Machine> open(const MachineLimits& limits = {}) {
        MachineOptions options;
        options.store.durability = Durability::process;
        options.limits = limits;
        auto machine = Machine::open(folder_, options);
        EXPECT_TRUE(machine) << machine.error().text;
        return *std::move(machine);
    }

    std::filesystem::path folder_;
};

}  // namespace dusk::vm
