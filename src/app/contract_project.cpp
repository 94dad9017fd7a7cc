#include "app/contract_project.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>

#include "app/contract_interface.hpp"
#include "app/scratch_machine.hpp"
#include "vm/wasm_contract.hpp"

namespace dusk::app {
namespace {

namespace fs = std::filesystem;

Failure failure(ExitCode exit, std::string_view code, std::string message) {
    return {.exit = exit, .code = std::string(code), .message = std::move(message)};
}

// Runs a program; what it prints goes to the standard error. Its exit status, or 128 and the signal.
Result<int, Failure> run(const std::vector<std::string>& words, const fs::path& folder, std::string_view install) {
    std::vector<char*> arguments;
    arguments.reserve(words.size() + 1);
    // The interface takes them so; it does not write.
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
    ::posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
    pid_t child = 0;
    const int error = ::posix_spawnp(&child, arguments.front(), &actions, nullptr, arguments.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    if (error != 0) {
        return fail(
            failure(ExitCode::failure, "no_compiler", fmt::format("{} cannot be started: {}", words.front(), install)));
    }
    int status = 0;
    while (::waitpid(child, &status, 0) < 0) {
        if (errno != EINTR) return fail(failure(ExitCode::failure, "failure", "the compiler was lost"));
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

// The name of the package: the first of its kind in the file that Cargo reads.
std::string package_name(const fs::path& manifest) {
    std::ifstream file(manifest);
    constexpr std::string_view kKey = "name = \"";
    for (std::string line; std::getline(file, line);) {
        if (!line.starts_with(kKey)) continue;
        return line.substr(kKey.size(), line.find('"', kKey.size()) - kKey.size());
    }
    return {};
}

struct Plan {
    std::vector<std::string> words;
    std::string install;  // what to do where the compiler is missing
    fs::path made;        // what the compiler writes
};

Plan cpp_plan(const ContractProject& project, ModuleKind kind, const fs::path& source, const fs::path& out) {
    const std::string compiler = project.compiler.empty() ? "clang++-19" : project.compiler.string();
    // Those of contracts/CMakeLists.txt. Features of WebAssembly that the VM does not take are off.
    Plan plan{.words = {compiler,
                        "--target=wasm32",
                        "-std=c++23",
                        "-Oz",
                        "-flto",
                        "-ffreestanding",
                        "-fno-exceptions",
                        "-fno-rtti",
                        "-nostdlib",
                        "-nostdinc++",
                        "-mbulk-memory",
                        "-mno-reference-types",
                        "-Wall",
                        "-Wextra",
                        "-fuse-ld=lld",
                        "-I",
                        "sdk/include",
                        source.string(),
                        "-o",
                        out.string(),
                        "-Wl,--no-entry,--export=A,--strip-all,--stack-first,-z,stack-size=32768,-O2,"
                        "--compress-relocations"},
              .install = "install clang-19 and lld-19, or name a clang++ with --compiler",
              .made = out};
    if (kind == ModuleKind::description) plan.words.emplace_back("-DDUSK_DESCRIBE");
    // Tests keep large values on the stack, and nobody pays for their memory.
    if (kind == ModuleKind::tests)
        plan.words.insert(plan.words.end(), {"-DDUSK_TEST_BUILD", "-Wl,-z,stack-size=262144"});
    return plan;
}

Plan rust_plan(const ContractProject& project, ModuleKind kind) {
    std::string library = project.name;
    for (char& c : library) c = c == '-' ? '_' : c;
    const std::string cargo = project.compiler.empty() ? "cargo" : project.compiler.string();
    // In folders of their own: each keeps what it compiled.
    const fs::path target = kind == ModuleKind::contract ? "target" : "target/dusk-test";
    Plan plan{.words = {cargo, "rustc", "--lib", "--release", "--target", "wasm32-unknown-unknown", "--target-dir",
                        target.string()},
              .install = "install Rust, and the target with: rustup target add wasm32-unknown-unknown",
              .made = project.folder / target / "wasm32-unknown-unknown/release" / (library + ".wasm")};
    if (kind != ModuleKind::contract) plan.words.insert(plan.words.end(), {"--", "--cfg", "dusk_test"});
    return plan;
}

}  // namespace

Result<Bytes, Failure> read_module_file(const fs::path& path) {
    constexpr std::size_t kLargestFile = 16 * 1024 * 1024;  // more than a transaction can carry by far
    const auto error = [&](FileError::Kind kind) { return fail(failure_of(FileError{.kind = kind, .path = path})); };
    std::error_code system;
    if (!fs::exists(path, system)) return error(FileError::Kind::missing);
    const auto size = fs::file_size(path, system);
    if (system) return error(FileError::Kind::unreadable);
    if (size > kLargestFile) {
        return fail(failure(ExitCode::file, "file_too_large", fmt::format("{} is larger than 16 MiB", path.string())));
    }
    Bytes bytes(size);
    std::ifstream file(path, std::ios::binary);
    file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size));
    if (!file) return error(FileError::Kind::unreadable);
    return bytes;
}

Result<ContractProject, Failure> open_project(const fs::path& folder, const fs::path& compiler) {
    std::error_code error;
    ContractProject project{.folder = fs::canonical(folder, error), .compiler = compiler, .name = {}};
    const bool is_cpp = !error && fs::exists(project.folder / "src/contract.cpp", error);
    const bool is_rust = !error && fs::exists(project.folder / "Cargo.toml", error);
    if (!is_cpp && !is_rust) {
        return fail(failure(ExitCode::bad_input, "not_a_project",
                            fmt::format("{} is no contract project: it has neither src/contract.cpp nor Cargo.toml "
                                        "(dusk contract new NAME makes one)",
                                        folder.string())));
    }
    project.language = is_cpp ? ContractLanguage::cpp : ContractLanguage::rust;
    project.name = is_cpp ? project.folder.filename().string() : package_name(project.folder / "Cargo.toml");
    return project;
}

Result<Bytes, Failure> compile_module(const ContractProject& project, ModuleKind kind, const fs::path& source) {
    const auto scratch = ScratchFolder::make();
    if (!scratch) return fail(scratch.error());
    const Plan plan = project.language == ContractLanguage::cpp
                          ? cpp_plan(project, kind, source, scratch->path() / "module.wasm")
                          : rust_plan(project, kind);
    const auto status = run(plan.words, project.folder, plan.install);
    if (!status) return fail(status.error());
    if (*status != 0) {
        return fail(failure(ExitCode::failure, "build_failed",
                            fmt::format("{} ended with status {}", plan.words.front(), *status)));
    }
    return read_module_file(plan.made);
}

Result<std::string, Failure> run_description(ByteView bytecode) {
    constexpr std::string_view kPrefix = "dusk_describe";
    constexpr std::uint64_t kGas = 1'000'000'000;
    const auto bad = [](std::string text) {
        return fail(failure(ExitCode::failure, "bad_interface",
                            "the contract cannot describe its types (--no-interface builds it without): " + text));
    };
    const auto module = vm::parse_wasm_module(bytecode);
    if (!module) return bad(describe(module.error()));
    const auto scratch = ScratchFolder::make();
    if (!scratch) return fail(scratch.error());
    const auto machine = scratch_machine(*scratch);
    if (!machine) return fail(machine.error());
    vm::Session session(*machine, (*machine)->store().genesis());
    const auto deployed = session.deploy({}, bytecode, {}, {}, kGas);
    if (!deployed) return bad(describe(deployed.error()));
    std::string text = "interface 1\n";
    for (const vm::WasmExport& exported : module->exports) {
        if (exported.kind != vm::ExternalKind::function || !exported.name.starts_with(kPrefix)) continue;
        const auto lines = session.call(deployed->contract, exported.name, {}, kGas);
        if (!lines) return bad(describe(lines.error()));
        text.append(lines->data.begin(), lines->data.end());
    }
    const auto parsed = Interface::parse(text);
    if (!parsed) return bad(describe(parsed.error()));
    return text;
}

Result<std::string, Failure> describe_contract(const ContractProject& project, const fs::path& source) {
    const bool is_cpp = project.language == ContractLanguage::cpp;
    const auto module = compile_module(project, is_cpp ? ModuleKind::description : ModuleKind::tests, source);
    if (!module) return fail(module.error());
    return run_description(*module);
}

Result<Bytes, Failure> compile_contract(const ContractProject& project, const fs::path& source) {
    const auto bytecode = compile_module(project, ModuleKind::contract, source);
    if (!bytecode) return bytecode;
    const auto module = vm::parse_wasm_module(*bytecode);
    if (!module || !vm::check_contract(*module).findings.empty()) {
        return fail(
            failure(ExitCode::bad_input, "not_a_contract",
                    fmt::format("what {} makes cannot be deployed (dusk contract build writes it, dusk contract "
                                "inspect tells why)",
                                source.string())));
    }
    const auto text = describe_contract(project, source);
    if (!text) return fail(text.error());
    return with_interface(*bytecode, *text);
}

}  // namespace dusk::app
