#include <fcntl.h>
#include <fmt/core.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>

#include "app/contract_commands.hpp"

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
    fs::path out;
};

Plan cpp_plan(const BuildContract& command, const fs::path& folder, const fs::path& out) {
    const std::string compiler = command.compiler.empty() ? "clang++-19" : command.compiler.string();
    // Those of contracts/CMakeLists.txt. Features of WebAssembly that the VM does not take are off.
    return {.words = {compiler,
                      "--target=wasm32",
                      "-std=c++23",
                      "-Os",
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
                      "src/contract.cpp",
                      "-o",
                      out.string(),
                      "-Wl,--no-entry,--export=A,--strip-all,--stack-first,-z,stack-size=32768,-O2,"
                      "--compress-relocations"},
            .install = "install clang-19 and lld-19, or name a clang++ with --compiler",
            .made = out,
            .out = folder / out};
}

Plan rust_plan(const BuildContract& command, const fs::path& folder, const fs::path& out) {
    std::string library = package_name(folder / "Cargo.toml");
    for (char& c : library) c = c == '-' ? '_' : c;
    const std::string cargo = command.compiler.empty() ? "cargo" : command.compiler.string();
    return {.words = {cargo, "build", "--release", "--target", "wasm32-unknown-unknown", "--target-dir", "target"},
            .install = "install Rust, and the target with: rustup target add wasm32-unknown-unknown",
            .made = folder / "target/wasm32-unknown-unknown/release" / (library + ".wasm"),
            .out = out};
}

}  // namespace

CommandResult build_contract(const BuildContract& command) {
    std::error_code error;
    const fs::path folder = fs::canonical(command.folder, error);
    const bool is_cpp = !error && fs::exists(folder / "src/contract.cpp", error);
    const bool is_rust = !error && fs::exists(folder / "Cargo.toml", error);
    if (!is_cpp && !is_rust) {
        return fail(failure(ExitCode::bad_input, "not_a_project",
                            fmt::format("{} is no contract project: it has neither src/contract.cpp nor Cargo.toml "
                                        "(dusk contract new NAME makes one)",
                                        command.folder.string())));
    }
    const fs::path out =
        command.out.empty() ? folder / (folder.filename().string() + ".wasm") : fs::absolute(command.out, error);
    const Plan plan = is_cpp ? cpp_plan(command, folder, out) : rust_plan(command, folder, out);
    const auto status = run(plan.words, folder, plan.install);
    if (!status) return fail(status.error());
    if (*status != 0) {
        return fail(failure(ExitCode::failure, "build_failed",
                            fmt::format("{} ended with status {}", plan.words.front(), *status)));
    }
    if (plan.made != plan.out && !fs::copy_file(plan.made, plan.out, fs::copy_options::overwrite_existing, error)) {
        return fail(failure_of(
            FileError{.kind = FileError::Kind::unwritable, .path = plan.out, .system_error = error.value()}));
    }
    auto report = inspect_contract({.file = plan.out});
    if (!report) return report;
    if (!report->json["deployable"].get<bool>()) {
        return fail(failure(ExitCode::bad_input, "not_a_contract",
                            fmt::format("{} cannot be deployed (dusk contract inspect tells why)", plan.out.string())));
    }
    report->json["file"] = plan.out.string();
    report->text = fmt::format("{}: {}", plan.out.string(), report->text);
    return report;
}

}  // namespace dusk::app
