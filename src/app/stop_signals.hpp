// SIGINT, SIGTERM and SIGCHLD, which come one after the other when they are asked for.
#pragma once

#include <chrono>
#include <csignal>

namespace dusk::app {

// Before any thread begins: one that does not hold the signals back would end the process.
class StopSignals {
  public:
    StopSignals();
    StopSignals(const StopSignals&) = delete;
    StopSignals& operator=(const StopSignals&) = delete;
    ~StopSignals();

    // Whether somebody asks to stop, within this time; a child that ends makes it shorter.
    [[nodiscard]] bool wait_for_stop(std::chrono::milliseconds time) const;

  private:
    sigset_t set_{};
    sigset_t before_{};
};

}  // namespace dusk::app
