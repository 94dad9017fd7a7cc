#include "program.hpp"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <stdexcept>

namespace dusk::cli {
namespace {

constexpr auto kPatience = std::chrono::seconds(60);

struct Pipe {
    int read = -1;
    int write = -1;
};

Pipe new_pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe");
    return {.read = ends[0], .write = ends[1]};
}

// As a shell starts it, even where this test runs in the background with interrupts ignored.
void reset_signals() {
    for (const int signal : {SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGTERM, SIGTSTP}) (void)::signal(signal, SIG_DFL);
    sigset_t none;
    ::sigemptyset(&none);
    (void)::sigprocmask(SIG_SETMASK, &none, nullptr);
}

// Whether a program leaves one is then its own choice.
void allow_core_dumps() {
    rlimit limit{};
    (void)::getrlimit(RLIMIT_CORE, &limit);
    limit.rlim_cur = limit.rlim_max;
    (void)::setrlimit(RLIMIT_CORE, &limit);
}

void limit_memory(std::size_t bytes) {
    const rlimit limit{.rlim_cur = bytes, .rlim_max = bytes};
    if (::setrlimit(RLIMIT_AS, &limit) != 0) ::_exit(126);
}

[[noreturn]] void become_program(const Start& start) {
    reset_signals();
    allow_core_dumps();
    if (start.memory_mib != 0) limit_memory(start.memory_mib << 20);
    std::vector<char*> words;
    std::string program = start.program;
    words.push_back(program.data());
    std::vector<std::string> arguments = start.arguments;
    for (std::string& argument : arguments) words.push_back(argument.data());
    words.push_back(nullptr);
    if (!start.folder.empty() && ::chdir(start.folder.c_str()) != 0) ::_exit(126);
    ::execv(program.c_str(), words.data());
    ::_exit(127);
}

void wait_for_end(pid_t child, Finished& finished) {
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    finished.exit = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    finished.core_dumped = WIFSIGNALED(status) && WCOREDUMP(status);
}

// Small enough for any pipe's buffer, so that nobody waits for anybody.
void give(const Pipe& pipe, const std::string& text) {
    if (text.size() > 32 * 1024) throw std::runtime_error("more input than a pipe holds");
    const ssize_t written = ::write(pipe.write, text.data(), text.size());
    const bool ended_without_reading = written < 0 && errno == EPIPE;
    if (!ended_without_reading && written != static_cast<ssize_t>(text.size())) throw std::runtime_error("write");
    ::close(pipe.write);
}

// More of `text`; false at its end.
bool read_more(int file, std::string& text) {
    std::array<char, 4096> buffer{};
    const ssize_t got = ::read(file, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) return true;
    if (got <= 0) return false;
    text.append(buffer.data(), static_cast<std::size_t>(got));
    return true;
}

}  // namespace

Finished run(const Start& start) {
    const Pipe input = new_pipe();
    const Pipe out = new_pipe();
    const Pipe err = new_pipe();
    std::map<int, Pipe> extra;
    for (const auto& [descriptor, text] : start.pipes) extra[descriptor] = new_pipe();

    const pid_t child = ::fork();
    if (child < 0) throw std::runtime_error("fork");
    if (child == 0) {
        ::setsid();
        ::dup2(input.read, STDIN_FILENO);
        ::dup2(out.write, STDOUT_FILENO);
        ::dup2(err.write, STDERR_FILENO);
        // Above the descriptors of our own first, or one may hit another.
        for (auto& [descriptor, pipe] : extra) pipe.read = ::fcntl(pipe.read, F_DUPFD, 200);
        for (const auto& [descriptor, pipe] : extra) ::dup2(pipe.read, descriptor);
        become_program(start);
    }
    ::close(input.read);
    ::close(out.write);
    ::close(err.write);
    for (const auto& [descriptor, pipe] : extra) ::close(pipe.read);
    // A program that ends without reading is no reason to end with it.
    (void)std::signal(SIGPIPE, SIG_IGN);
    give(input, start.input);
    for (const auto& [descriptor, text] : start.pipes) give(extra[descriptor], text);

    Finished finished;
    std::array<pollfd, 2> files{pollfd{out.read, POLLIN, 0}, pollfd{err.read, POLLIN, 0}};
    while (files[0].fd >= 0 || files[1].fd >= 0) {
        if (::poll(files.data(), files.size(), -1) < 0 && errno != EINTR) break;
        if (files[0].revents != 0 && !read_more(out.read, finished.out)) files[0].fd = -1;
        if (files[1].revents != 0 && !read_more(err.read, finished.err)) files[1].fd = -1;
    }
    ::close(out.read);
    ::close(err.read);
    wait_for_end(child, finished);
    return finished;
}

Finished run_at_terminal(const Start& start, const std::vector<Answer>& answers) {
    int terminal = -1;
    const pid_t child = ::forkpty(&terminal, nullptr, nullptr, nullptr);
    if (child < 0) throw std::runtime_error("forkpty");
    if (child == 0) become_program(start);

    Finished finished;
    std::size_t seen = 0;
    std::size_t next = 0;
    const auto end = std::chrono::steady_clock::now() + kPatience;
    pollfd file{terminal, POLLIN, 0};
    while (true) {
        if (next < answers.size()) {
            const auto at = finished.out.find(answers[next].question, seen);
            if (at != std::string::npos) {
                seen = at + answers[next].question.size();
                const std::string& typed = answers[next].typed;
                if (::write(terminal, typed.data(), typed.size()) < 0) break;
                ++next;
                continue;
            }
        }
        if (std::chrono::steady_clock::now() > end) {
            ::kill(child, SIGKILL);
            break;
        }
        if (::poll(&file, 1, 1000) > 0 && !read_more(terminal, finished.out)) break;
    }
    wait_for_end(child, finished);
    termios settings{};
    finished.echo = ::tcgetattr(terminal, &settings) == 0 && (settings.c_lflag & ECHO) != 0;
    ::close(terminal);
    return finished;
}

}  // namespace dusk::cli
