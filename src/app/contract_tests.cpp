#include "app/contract_tests.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/contract_project.hpp"
#include "app/contract_test_report.hpp"
#include "app/progress_line.hpp"
#include "app/scratch_machine.hpp"
#include "vm/wasm_contract.hpp"

namespace dusk::app {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kTestPrefix = "test_";
constexpr std::uint64_t kTestGas = 50'000'000'000;  // of the test itself: half a minute in a loop

// A module with tests.
struct TestFile {
    std::string file;
    Bytes bytecode;
    std::vector<std::string> tests;  // names without the prefix
};

std::vector<fs::path> files_of(const fs::path& folder, std::string_view ending) {
    std::vector<fs::path> out;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        if (entry.path().filename().string().ends_with(ending)) out.push_back(entry.path());
    }
    std::ranges::sort(out);
    return out;
}

Result<TestModules, Failure> modules_of(const ContractProject& project, const TestContract& command,
                                        ProgressLine& progress) {
    TestModules modules;
    progress.stage("compiling the contract");
    auto contract = compile_contract(project);
    if (!contract) return fail(contract.error());
    modules.emplace("", *std::move(contract));
    const fs::path folder = project.folder / "tests/modules";
    for (const fs::path& file : files_of(folder, ".wasm")) {
        auto bytes = read_module_file(file);
        if (!bytes) return fail(bytes.error());
        modules.insert_or_assign(file.stem().string(), *std::move(bytes));
    }
    for (const fs::path& file : files_of(folder, ".cpp")) {
        progress.stage("compiling " + file.filename().string());
        auto bytes = compile_contract(project, fs::path("tests/modules") / file.filename());
        if (!bytes) return fail(bytes.error());
        modules.insert_or_assign(file.stem().string(), *std::move(bytes));
    }
    for (const std::string& given : command.modules) {
        const std::size_t at = given.find('=');
        if (at == 0 || at == std::string::npos) {
            return fail(Failure{.exit = ExitCode::usage, .code = "bad_module", .message = "--module takes NAME=FILE"});
        }
        auto bytes = read_module_file(given.substr(at + 1));
        if (!bytes) return fail(bytes.error());
        modules.insert_or_assign(given.substr(0, at), *std::move(bytes));
    }
    return modules;
}

Result<TestFile, Failure> test_file(const ContractProject& project, const fs::path& source, const std::string& filter,
                                    ProgressLine& progress) {
    progress.stage("compiling " + source.string());
    auto bytecode = compile_module(project, ModuleKind::tests, source);
    if (!bytecode) return fail(bytecode.error());
    TestFile file{.file = source.string(), .bytecode = *std::move(bytecode), .tests = {}};
    const auto module = vm::parse_wasm_module(file.bytecode);
    if (!module) {
        return fail(Failure{.exit = ExitCode::failure, .code = "build_failed", .message = describe(module.error())});
    }
    for (const vm::WasmExport& exported : module->exports) {
        if (exported.kind != vm::ExternalKind::function || !exported.name.starts_with(kTestPrefix)) continue;
        std::string name = exported.name.substr(kTestPrefix.size());
        if (name.contains(filter)) file.tests.push_back(std::move(name));
    }
    return file;
}

Result<std::vector<TestFile>, Failure> test_files(const ContractProject& project, const std::string& filter,
                                                  ProgressLine& progress) {
    std::vector<fs::path> sources;
    if (project.language == ContractLanguage::rust) {
        sources.emplace_back("src/lib.rs");
    } else {
        for (const fs::path& file : files_of(project.folder / "tests", "_test.cpp")) {
            sources.push_back(fs::path("tests") / file.filename());
        }
    }
    std::vector<TestFile> files;
    for (const fs::path& source : sources) {
        auto file = test_file(project, source, filter, progress);
        if (!file) return fail(file.error());
        files.push_back(*std::move(file));
    }
    return files;
}

TestResult run_test(const std::shared_ptr<vm::Machine>& machine, const TestModules& modules, const TestFile& file,
                    const std::string& name, GasReport& gas, bool keep_trace) {
    TestChain chain(machine, modules, gas);
    vm::Session session(machine, machine->store().genesis());
    TestResult result{.file = file.file, .name = name};
    const auto deployed = session.deploy({}, file.bytecode, {}, {}, kTestGas);
    if (!deployed) {
        result.reason = describe(deployed.error());
        return result;
    }
    session.set_call_hook(
        [&](const vm::ContractId& id, std::string_view words, ByteView argument) -> std::optional<std::string> {
            if (id != TestChain::runner_id()) return "a test calls contracts by its chain";
            std::string answer = chain.run_command(words, argument);
            session.set_metadata(std::string(TestChain::kAnswer), chain.answer());
            return answer;
        });
    const auto receipt = session.call(deployed->contract, std::string(kTestPrefix) + name, {}, kTestGas);
    result.passed = receipt.has_value();
    if (!receipt) {
        const vm::CallError& error = receipt.error();
        result.reason =
            error.kind == vm::CallErrorKind::panic ? error.text : "the test itself failed: " + describe(error);
    }
    result.gas = chain.transactions_gas();
    result.printed = chain.printed();
    if (!result.passed || keep_trace) {
        result.trace = chain.trace().text(chain.legend());
        result.trace_json = chain.trace().json(chain.legend());
    }
    return result;
}

}  // namespace

CommandResult test_contract(const TestContract& command) {
    const auto project = open_project(command.folder, command.compiler);
    if (!project) return fail(project.error());
    ProgressLine progress;
    const auto modules = modules_of(*project, command, progress);
    if (!modules) return fail(modules.error());
    const auto files = test_files(*project, command.filter, progress);
    if (!files) return fail(files.error());
    std::size_t total = 0;
    for (const TestFile& file : *files) total += file.tests.size();
    if (total == 0) {
        const std::string_view where = project->language == ContractLanguage::cpp
                                           ? "tests/*_test.cpp, as DUSK_TEST(name)"
                                           : "the crate, in dusk_contract::tests! behind #[cfg(dusk_test)]";
        return fail(Failure{.exit = ExitCode::bad_input,
                            .code = "no_tests",
                            .message = command.filter.empty()
                                           ? fmt::format("there are no tests in {}", where)
                                           : fmt::format("no test has \"{}\" in its name", printable(command.filter))});
    }
    const auto scratch = ScratchFolder::make();
    if (!scratch) return fail(scratch.error());
    const auto machine = scratch_machine(*scratch);
    if (!machine) return fail(machine.error());
    TestReport report;
    for (const auto& [name, bytecode] : *modules) report.sizes[name.empty() ? "contract" : name] = bytecode.size();
    for (const TestFile& file : *files) {
        for (const std::string& name : file.tests) {
            progress.stage("testing " + name);
            progress.update(report.results.size(), total);
            report.results.push_back(run_test(*machine, *modules, file, name, report.gas, command.trace));
        }
    }
    if (report.failed() == 0) return Outcome{.text = report.text(), .json = report.json()};
    return fail(Failure{.exit = ExitCode::failure,
                        .code = "tests_failed",
                        .message = fmt::format("{} of {} tests failed", report.failed(), total),
                        .report = report.text(),
                        .details = report.json()});
}

}  // namespace dusk::app
