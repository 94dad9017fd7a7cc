// `dusk contract test`: the tests of a project, each in the real VM on a chain of its own.
#pragma once

#include <filesystem>

#include "app/outcome.hpp"

namespace dusk::app {

struct TestContract {
    std::filesystem::path folder = ".";
    std::filesystem::path compiler{};    // clang++-19, or cargo
    std::string filter{};                // only tests whose name contains it
    std::vector<std::string> modules{};  // NAME=FILE: contracts that tests deploy by name
    bool trace = false;                  // of tests that pass as well
};
// Errors: what building gives; bad_input (no_tests: there are none, or none with that name); usage (bad_module);
// failure (tests_failed, with the whole report).
[[nodiscard]] CommandResult test_contract(const TestContract& command);

}  // namespace dusk::app
