// What `dusk contract` does.
#pragma once

#include <filesystem>

#include "app/outcome.hpp"

namespace dusk::app {

enum class ContractLanguage : std::uint8_t { cpp, rust };

struct NewContract {
    std::string name;  // a lower-case letter, then letters, digits and hyphens; 40 at most
    ContractLanguage language = ContractLanguage::cpp;
};
// Writes a project into a new folder of that name. Errors: usage (the name), file (the folder exists, or cannot be
// written).
[[nodiscard]] CommandResult new_contract(const NewContract& command);

struct BuildContract {
    std::filesystem::path folder = ".";
    std::filesystem::path compiler{};  // clang++-19, or cargo
    std::filesystem::path out{};       // NAME.wasm in the folder
    bool with_interface = true;        // the module says of itself what its functions take and answer
};
// Runs the compiler of the project and checks what it made. Its messages go to the standard error. Errors: no_compiler,
// build_failed, bad_input where the folder is no project or the module no contract. Warns when the contract cannot
// describe its types.
[[nodiscard]] CommandResult build_contract(const BuildContract& command);

struct InspectContract {
    std::filesystem::path file;
};
// Imports, exports, sizes, the gas of deployment, and what stands against it. Errors: file, bad_input.
[[nodiscard]] CommandResult inspect_contract(const InspectContract& command);

// The same of bytes that are at hand. `name` stands in errors.
[[nodiscard]] CommandResult inspect_module(ByteView bytecode, const std::string& name);

}  // namespace dusk::app
