// dusk-compile-limits [TEXT [CONTRACT...]]: what compiling costs, in a process of its own per module: CPU time, memory,
// size of the compiled code. TEXT picks rows by a part of their name ("" takes all); contracts are files. A row that
// takes 20 minutes of CPU or 8 GiB ends there.
#include <fmt/core.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>

#include "modules.hpp"
#include "vm/engine.hpp"

namespace dusk::compile_limits {
namespace {

constexpr rlim_t kMostSeconds = 1200;
constexpr rlim_t kMostBytes = rlim_t{8} << 30;

double seconds(const timeval& time) { return double(time.tv_sec) + double(time.tv_usec) / 1e6; }

// Runs in a child; what is printed is all that comes back.
void compile(ByteView module) {
    const rlimit time{kMostSeconds, kMostSeconds};
    const rlimit memory{kMostBytes, kMostBytes};
    (void)::setrlimit(RLIMIT_CPU, &time);
    (void)::setrlimit(RLIMIT_AS, &memory);
    const auto engine = vm::Engine::create();
    if (!engine) std::_Exit(1);
    const auto compiled = engine->compile(module);
    if (!compiled) {
        fmt::print("  refused: {}\n", compiled.error().text.substr(0, 120));
    } else if (const auto code = compiled->serialize()) {
        fmt::print("  {} bytes of code\n", code->size());
    }
    std::fflush(stdout);
    std::_Exit(0);
}

void measure(const Sample& sample) {
    fmt::print("{}: {} bytes\n", sample.name, sample.module.size());
    std::fflush(stdout);
    const pid_t child = ::fork();
    if (child == 0) compile(sample.module);
    int status = 0;
    rusage use{};
    ::wait4(child, &status, 0, &use);
    if (WIFSIGNALED(status)) fmt::print("  ended by signal {}\n", WTERMSIG(status));
    fmt::print("  {:.2f} s of CPU, {} MiB\n", seconds(use.ru_utime) + seconds(use.ru_stime), use.ru_maxrss >> 10);
    std::fflush(stdout);
}

Sample file_sample(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {path.filename().string(), Bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>())};
}

std::vector<std::function<Sample()>> samples() {
    constexpr std::size_t kMiB = std::size_t{1} << 20;
    return {
        [] { return straight_line(kMiB); },           [] { return straight_line(4 * kMiB); },
        [] { return straight_line(16 * kMiB); },      [] { return one_function(kMiB / 8); },
        [] { return one_function(kMiB - 100); },      [] { return tiny_functions(100'000); },
        [] { return jump_table(120'000); },           [] { return jump_table(140'000); },
        [] { return nested_blocks(340'000); },        [] { return nested_loops(1'000); },
        [] { return nested_loops(4'000); },           [] { return nested_loops(16'000); },
        [] { return nested_loops(340'000); },         [] { return many_locals(49'999); },
        [] { return many_locals(50'001); },           [] { return locals_in_loops(250, 250); },
        [] { return locals_in_loops(500, 500); },     [] { return locals_in_loops(1'000, 1'000); },
        [] { return locals_in_loops(2'000, 2'000); }, [] { return locals_in_loops(8'000, 6'000); },
    };
}

}  // namespace
}  // namespace dusk::compile_limits

int main(int count, char** arguments) {
    using namespace dusk::compile_limits;
    const std::string text = count > 1 ? arguments[1] : "";
    for (int i = 2; i < count; ++i) measure(file_sample(arguments[i]));
    for (const auto& make : samples()) {
        const Sample sample = make();
        if (sample.name.find(text) != std::string::npos) measure(sample);
    }
}
