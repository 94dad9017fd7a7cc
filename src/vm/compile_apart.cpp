#include "vm/compile_apart.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <optional>

namespace dusk::vm {
namespace {

// A file in memory.
class MemoryFile {
  public:
    explicit MemoryFile(const char* name) : descriptor_(::memfd_create(name, MFD_CLOEXEC)) {}
    ~MemoryFile() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;

    [[nodiscard]] int descriptor() const { return descriptor_; }

    [[nodiscard]] bool write(ByteView bytes) const {
        while (!bytes.empty()) {
            const ::ssize_t count = ::write(descriptor_, bytes.data(), bytes.size());
            if (count < 0 && errno == EINTR) continue;
            if (count <= 0) return false;
            bytes = bytes.subspan(static_cast<std::size_t>(count));
        }
        return ::lseek(descriptor_, 0, SEEK_SET) == 0;
    }

    [[nodiscard]] std::optional<Bytes> content() const {
        const ::off_t size = ::lseek(descriptor_, 0, SEEK_END);
        if (size < 0) return std::nullopt;
        Bytes bytes(static_cast<std::size_t>(size));
        for (std::size_t done = 0; done < bytes.size();) {
            const ::ssize_t count =
                ::pread(descriptor_, bytes.data() + done, bytes.size() - done, static_cast<::off_t>(done));
            if (count < 0 && errno == EINTR) continue;
            if (count <= 0) return std::nullopt;
            done += static_cast<std::size_t>(count);
        }
        return bytes;
    }

  private:
    int descriptor_;
};

std::filesystem::path program_of(const CompileLimits& limits) {
    if (!limits.program.empty()) return limits.program;
    std::error_code error;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
    return self.parent_path() / "dusk-compile";
}

// The status that `waitpid` gives, or an errno.
Result<int, int> run(const std::filesystem::path& program, std::array<std::string, 2> numbers, const MemoryFile& in,
                     const MemoryFile& out) {
    posix_spawn_file_actions_t files;
    if (const int error = ::posix_spawn_file_actions_init(&files); error != 0) return fail(error);
    ::posix_spawn_file_actions_adddup2(&files, in.descriptor(), STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&files, out.descriptor(), STDOUT_FILENO);
    ::posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    std::string name = program.string();
    std::array<char*, 4> arguments{name.data(), numbers[0].data(), numbers[1].data(), nullptr};
    std::array<char*, 1> environment{nullptr};
    ::pid_t child = 0;
    const int error = ::posix_spawn(&child, name.c_str(), &files, nullptr, arguments.data(), environment.data());
    ::posix_spawn_file_actions_destroy(&files);
    if (error != 0) return fail(error);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0) {
        if (errno != EINTR) return fail(errno);
    }
    return status;
}

std::unexpected<CompileFailure> no_module(CompileFailure::Kind kind, std::string text) {
    return fail(CompileFailure{kind, std::move(text)});
}

std::string text_of(const std::optional<Bytes>& bytes) {
    constexpr std::size_t kShown = 1000;
    return bytes ? std::string(bytes->begin(),
                               bytes->begin() + static_cast<std::ptrdiff_t>(std::min(bytes->size(), kShown)))
                 : std::string();
}

}  // namespace

Result<Module, CompileFailure> compile_apart(const Engine& engine, ByteView bytecode, const CompileLimits& limits) {
    using enum CompileFailure::Kind;
    const MemoryFile in("bytecode");
    const MemoryFile out("module");
    if (in.descriptor() < 0 || out.descriptor() < 0 || !in.write(bytecode)) {
        return no_module(system, "no memory for the files of the compiler");
    }
    const auto program = program_of(limits);
    const auto status =
        run(program, {std::to_string(limits.cpu_time.count()), std::to_string(limits.memory_bytes)}, in, out);
    if (!status) return no_module(system, program.string() + ": " + std::strerror(status.error()));
    if (WIFSIGNALED(*status)) {
        return no_module(limit, "compiling takes more than " + std::to_string(limits.cpu_time.count()) + " s or " +
                                    std::to_string(limits.memory_bytes >> 20) + " MiB");
    }
    const auto content = out.content();
    switch (WEXITSTATUS(*status)) {
        case kCompiled:
            break;
        case kInvalid:
            return no_module(invalid, text_of(content));
        default:
            return no_module(system, program.string() + ": " + text_of(content));
    }
    if (!content) return no_module(system, "no memory for a module");
    auto module = engine.deserialize(*content);
    if (!module) return no_module(system, program.string() + ": " + std::string(name_of(module.error())));
    return *std::move(module);
}

}  // namespace dusk::vm
