// Where lines of progress go in a program that owns the whole terminal.
#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <string>

namespace dusk::app {

// What a long command does at the moment.
struct ProgressState {
    std::string what{};
    std::optional<unsigned> percent{};
    std::chrono::steady_clock::time_point begin{};
    // How long it is expected to take from its beginning on; 0: nobody knows.
    std::chrono::milliseconds expected{};
};

// "what … 40 %", or with the seconds that have passed and those that are left.
[[nodiscard]] std::string to_string(const ProgressState& state, std::chrono::steady_clock::time_point now);

// While one lives, every ProgressLine that is made writes here and not to the standard error. One at a time; it
// outlives the lines.
class ProgressScreen {
  public:
    ProgressScreen();
    ProgressScreen(const ProgressScreen&) = delete;
    ProgressScreen& operator=(const ProgressScreen&) = delete;
    ~ProgressScreen();

    // Null where there is none.
    [[nodiscard]] static ProgressScreen* current();

    // Nothing while nothing takes long. For any thread, as `set`.
    [[nodiscard]] std::optional<ProgressState> state() const;
    void set(std::optional<ProgressState> state);
    void set_percent(unsigned percent);

  private:
    mutable std::mutex mutex_;
    std::optional<ProgressState> state_{};
};

}  // namespace dusk::app
