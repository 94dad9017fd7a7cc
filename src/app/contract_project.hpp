// A contract project as `dusk contract new` makes it, and what its compiler makes of it.
#pragma once

#include <filesystem>
#include <vector>

#include "app/contract_commands.hpp"

namespace dusk::app {

struct ContractProject {
    std::filesystem::path folder;    // absolute
    std::filesystem::path compiler;  // empty: clang++-19, or cargo
    ContractLanguage language = ContractLanguage::cpp;
    std::string name;
};
// Errors: bad_input (not_a_project).
[[nodiscard]] Result<ContractProject, Failure> open_project(const std::filesystem::path& folder,
                                                            const std::filesystem::path& compiler);

enum class ModuleKind : std::uint8_t {
    contract,
    description,  // C++: exports that describe the contract's functions and events
    tests,        // the tests; of a Rust project the description too
};
// The module that the compiler makes; its messages go to the standard error. `source` is a file of a C++ project,
// relative to its folder. Errors: no_compiler, build_failed, file.
[[nodiscard]] Result<Bytes, Failure> compile_module(const ContractProject& project, ModuleKind kind,
                                                    const std::filesystem::path& source = "src/contract.cpp");

// The text of the interface (app/contract_interface.hpp) of a C++ source or of a Rust project, asked of the compiled
// description. Errors: those of `compile_module`; bad_interface.
[[nodiscard]] Result<std::string, Failure> describe_contract(const ContractProject& project,
                                                             const std::filesystem::path& source = "src/contract.cpp");
// The same of a module that has it.
[[nodiscard]] Result<std::string, Failure> run_description(ByteView bytecode);

// The contract with its interface, which may be deployed. Errors: also not_a_contract.
[[nodiscard]] Result<Bytes, Failure> compile_contract(const ContractProject& project,
                                                      const std::filesystem::path& source = "src/contract.cpp");

// The whole file, 16 MiB at most. Errors: file.
[[nodiscard]] Result<Bytes, Failure> read_module_file(const std::filesystem::path& path);

}  // namespace dusk::app
