#include "app/contract_test_report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "vm/wasm_contract.hpp"

namespace dusk::app {
namespace {

using Json = nlohmann::ordered_json;

struct Spread {
    std::uint64_t least = 0;
    std::uint64_t median = 0;
    std::uint64_t most = 0;
};
Spread spread_of(std::vector<std::uint64_t> values) {
    if (values.empty()) return {};
    std::ranges::sort(values);
    return {values.front(), values[(values.size() - 1) / 2], values.back()};
}

// "contract#2" is another deployment of "contract".
std::string_view label_of(std::string_view name) { return name.substr(0, name.find('#')); }

std::string indented(std::string_view text, std::string_view blanks) {
    std::string out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        out += fmt::format("{}{}\n", blanks, text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

// Its lines stay lines.
std::string printable_lines(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        out += printable(text.substr(0, end)) + '\n';
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

// The calls of all deployments of a contract together.
GasReport by_label(const GasReport& gas) {
    GasReport out;
    for (const auto& [key, function] : gas) {
        FunctionGas& into = out[{std::string(label_of(key.first)), key.second}];
        into.spent.insert(into.spent.end(), function.spent.begin(), function.spent.end());
        into.failed += function.failed;
    }
    return out;
}

}  // namespace

std::size_t TestReport::failed() const {
    return static_cast<std::size_t>(std::ranges::count(results, false, &TestResult::passed));
}

std::string TestReport::text() const {
    std::string out;
    std::size_t width = 0;
    for (const TestResult& result : results) width = std::max(width, result.name.size());
    std::string_view file;
    for (const TestResult& result : results) {
        if (result.file != file) out += fmt::format("{}\n", result.file);
        file = result.file;
        out +=
            fmt::format("  {}  {:<{}}  {:>12} gas\n", result.passed ? "ok  " : "FAIL", result.name, width, result.gas);
        if (!result.passed) out += indented(printable_lines(result.reason), "        ");
        for (const std::string& line : result.printed) out += fmt::format("        | {}\n", printable(line));
        out += indented(result.trace, "      ");
    }
    std::string contract;
    for (const auto& [key, function] : by_label(gas)) {
        if (key.first != contract) {
            contract = key.first;
            const auto size = sizes.find(contract);
            out += fmt::format("\nGas of {}", contract);
            if (size != sizes.end()) {
                out += fmt::format(", {} bytes, deployment {}", size->second, vm::deployment_gas(size->second));
            }
            out += fmt::format("\n  {:<24}{:>8}{:>8}{:>14}{:>14}{:>14}\n", "function", "calls", "failed", "min",
                               "median", "max");
        }
        const Spread spread = spread_of(function.spent);
        out += fmt::format("  {:<24}{:>8}{:>8}{:>14}{:>14}{:>14}\n", printable(key.second), function.spent.size(),
                           function.failed, spread.least, spread.median, spread.most);
    }
    return out + fmt::format("\n{} passed, {} failed\n", results.size() - failed(), failed());
}

Json TestReport::json() const {
    Json out{
        {"passed", results.size() - failed()}, {"failed", failed()}, {"tests", Json::array()}, {"gas", Json::array()}};
    for (const TestResult& result : results) {
        Json test{{"file", result.file}, {"name", result.name}, {"passed", result.passed}, {"gas", result.gas}};
        if (!result.passed) test["reason"] = result.reason;
        if (!result.printed.empty()) test["printed"] = result.printed;
        if (!result.trace_json.is_null()) test["trace"] = result.trace_json;
        out["tests"].push_back(std::move(test));
    }
    for (const auto& [key, function] : by_label(gas)) {
        const Spread spread = spread_of(function.spent);
        out["gas"].push_back({{"contract", key.first},
                              {"function", key.second},
                              {"calls", function.spent.size()},
                              {"failed", function.failed},
                              {"min", spread.least},
                              {"median", spread.median},
                              {"max", spread.most}});
    }
    for (const auto& [label, size] : sizes) {
        out["modules"].push_back({{"name", label}, {"size", size}, {"deployment_gas", vm::deployment_gas(size)}});
    }
    return out;
}

}  // namespace dusk::app
