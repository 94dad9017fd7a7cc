// Programs that this one starts and that end with it.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace dusk::app {

struct ChildCommand {
    std::filesystem::path program{};
    std::vector<std::string> arguments{};
    std::vector<std::pair<std::string, std::string>> environment{};  // besides that of this program
    std::filesystem::path log{};                                     // standard output and error are added to it
    int nice = 0;                                                    // above 0: others go first
    std::filesystem::path output{};                                  // standard output alone, anew; empty: to the log
};

// In a process group of its own, so that Ctrl-C at the terminal is for the parent alone. When the parent ends, however
// it ends, the child is sent SIGTERM.
class ChildProcess {
  public:
    // On the thread that lives as long as the program. The error is a sentence.
    [[nodiscard]] static Result<ChildProcess, std::string> start(const ChildCommand& command);
    ChildProcess(ChildProcess&& other) noexcept : pid_(std::exchange(other.pid_, -1)) {}
    ChildProcess& operator=(ChildProcess&&) = delete;
    // One that still runs is killed.
    ~ChildProcess();

    [[nodiscard]] pid_t pid() const { return pid_; }
    // How it ended, for people ("exit status 5", "signal 9"); nothing while it runs. Once.
    [[nodiscard]] std::optional<std::string> ended();
    void send(int signal) const;

  private:
    explicit ChildProcess(pid_t pid) : pid_(pid) {}
    pid_t pid_;
};

// This program's own file.
[[nodiscard]] std::filesystem::path own_program();

}  // namespace dusk::app
