#include "app/child_process.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>

extern char** environ;

namespace dusk::app {
namespace {

std::vector<std::string> whole_environment(const ChildCommand& command) {
    std::vector<std::string> out;
    for (char** at = environ; *at != nullptr; ++at) {
        const std::string_view entry(*at);
        bool replaced = false;
        for (const auto& [name, value] : command.environment) replaced |= entry.starts_with(name + "=");
        if (!replaced) out.emplace_back(entry);
    }
    for (const auto& [name, value] : command.environment) out.push_back(name + "=" + value);
    return out;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> out;
    out.reserve(texts.size() + 1);
    for (std::string& text : texts) out.push_back(text.data());
    out.push_back(nullptr);
    return out;
}

// After the fork: only calls that are safe there.
[[noreturn]] void become(const char* program, char** arguments, char** environment, int log, int output, int nice,
                         pid_t parent) {
    ::setpgid(0, 0);
    if (nice != 0) ::setpriority(PRIO_PROCESS, 0, nice);
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (::getppid() != parent) ::_exit(1);  // it ended before the line above
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    const int null = ::open("/dev/null", O_RDONLY);
    if (null >= 0) ::dup2(null, STDIN_FILENO);
    ::dup2(output, STDOUT_FILENO);
    ::dup2(log, STDERR_FILENO);
    // Sockets of the parent are not the child's.
    ::close_range(STDERR_FILENO + 1, ~0U, 0);
    ::execve(program, arguments, environment);
    ::_exit(127);
}

}  // namespace

Result<ChildProcess, std::string> ChildProcess::start(const ChildCommand& command) {
    const int log = ::open(command.log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (log < 0) return fail(fmt::format("{}: {}", command.log.string(), std::strerror(errno)));
    const bool is_apart = !command.output.empty();
    const int output = is_apart ? ::open(command.output.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600) : log;
    if (output < 0) {
        const int error = errno;
        ::close(log);
        return fail(fmt::format("{}: {}", command.output.string(), std::strerror(error)));
    }
    std::vector<std::string> arguments{command.program.string()};
    arguments.insert(arguments.end(), command.arguments.begin(), command.arguments.end());
    std::vector<std::string> environment = whole_environment(command);
    const std::vector<char*> argument_pointers = pointers(arguments);
    const std::vector<char*> environment_pointers = pointers(environment);
    const pid_t parent = ::getpid();
    const pid_t pid = ::fork();
    if (pid == 0) {
        become(command.program.c_str(), const_cast<char**>(argument_pointers.data()),
               const_cast<char**>(environment_pointers.data()), log, output, command.nice, parent);
    }
    const int error = errno;
    if (is_apart) ::close(output);
    ::close(log);
    if (pid < 0) return fail(fmt::format("cannot start {}: {}", command.program.string(), std::strerror(error)));
    return ChildProcess(pid);
}

ChildProcess::~ChildProcess() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
}

std::optional<std::string> ChildProcess::ended() {
    if (pid_ <= 0) return std::nullopt;
    int status = 0;
    if (::waitpid(pid_, &status, WNOHANG) != pid_) return std::nullopt;
    pid_ = -1;
    if (WIFSIGNALED(status)) return fmt::format("signal {}", WTERMSIG(status));
    return fmt::format("exit status {}", WEXITSTATUS(status));
}

void ChildProcess::send(int signal) const {
    if (pid_ > 0) ::kill(pid_, signal);
}

std::filesystem::path own_program() {
    std::error_code error;
    return std::filesystem::read_symlink("/proc/self/exe", error);
}

}  // namespace dusk::app
