// What `dusk contract test` tells of its tests.
#pragma once

#include "app/contract_test_chain.hpp"

namespace dusk::app {

struct TestResult {
    std::string file;  // relative to the project
    std::string name;
    bool passed = false;
    std::string reason{};   // why not
    std::uint64_t gas = 0;  // of its transactions that succeeded
    std::vector<std::string> printed{};
    std::string trace{};  // text, where it is to be shown
    nlohmann::ordered_json trace_json{};
};

struct TestReport {
    std::vector<TestResult> results{};
    GasReport gas{};
    std::map<std::string, std::size_t> sizes{};  // bytes of the modules, by label

    [[nodiscard]] std::size_t failed() const;
    [[nodiscard]] std::string text() const;
    [[nodiscard]] nlohmann::ordered_json json() const;
};

}  // namespace dusk::app
