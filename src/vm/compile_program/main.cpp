// dusk-compile SECONDS BYTES: compiles a contract within limits of CPU time and address space, for programs that cannot
// stop their own compiler (vm/compile_apart.hpp).
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <optional>

#include "vm/compile_apart.hpp"

namespace {

using dusk::Bytes;
using dusk::ByteView;

std::optional<rlim_t> number(std::string_view text) {
    rlim_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

bool limit(int resource, rlim_t most) {
    const rlimit both{most, most};
    return ::setrlimit(resource, &both) == 0;
}

std::optional<Bytes> standard_input() {
    Bytes bytes;
    std::size_t size = 0;
    while (true) {
        bytes.resize(size + (std::size_t{1} << 20));
        const ::ssize_t count = ::read(STDIN_FILENO, bytes.data() + size, bytes.size() - size);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return std::nullopt;
        size += static_cast<std::size_t>(count);
        bytes.resize(size);
        if (count == 0) return bytes;
    }
}

int answer(int status, ByteView bytes) {
    const bool is_whole =
        std::fwrite(bytes.data(), 1, bytes.size(), stdout) == bytes.size() && std::fflush(stdout) == 0;
    return is_whole ? status : dusk::vm::kNotCompiled;
}
int failed(std::string_view text) { return answer(dusk::vm::kNotCompiled, dusk::as_bytes(text)); }

}  // namespace

int main(int count, char** arguments) {
    const auto seconds = count == 3 ? number(arguments[1]) : std::nullopt;
    const auto bytes = count == 3 ? number(arguments[2]) : std::nullopt;
    if (!seconds || !bytes) return failed("this program serves others: dusk-compile SECONDS BYTES");
    // Ends with whoever waits for it, and leaves no image of its memory behind.
    (void)::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (!limit(RLIMIT_CORE, 0) || !limit(RLIMIT_CPU, *seconds) || !limit(RLIMIT_AS, *bytes)) {
        return failed("the system refuses the limits");
    }
    const auto engine = dusk::vm::Engine::create(1);
    if (!engine) return failed("the engine does not start");
    const auto bytecode = standard_input();
    if (!bytecode) return failed("the bytecode cannot be read");
    const auto code = engine->precompile(*bytecode);
    if (code) return answer(dusk::vm::kCompiled, *code);
    if (code.error().error == dusk::vm::ModuleError::invalid) {
        return answer(dusk::vm::kInvalid, dusk::as_bytes(code.error().text));
    }
    return failed(dusk::vm::name_of(code.error().error));
}
