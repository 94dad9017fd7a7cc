// The whole terminal of the process: pictures out, keys in. Whatever ends it, the terminal is as it was before.
#pragma once

#include <termios.h>

#include <chrono>
#include <memory>
#include <vector>

#include "app/outcome.hpp"
#include "app/wallet_ui/keys.hpp"
#include "app/wallet_ui/picture.hpp"

namespace dusk::app::ui {

class Terminal {
  public:
    // Whether there is one that can be drawn on. Errors: no_terminal (there is none, or one that cannot place a cursor:
    // TERM is "dumb" or not set).
    [[nodiscard]] static Result<void, Failure> check();
    // Colours are shown unless NO_COLOR is set (no-color.org). Errors: no_terminal.
    [[nodiscard]] static Result<std::unique_ptr<Terminal>, Failure> open();
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;
    ~Terminal();

    [[nodiscard]] Size size() const;
    void show(const Picture& picture);
    // The next picture is drawn as a whole.
    void forget() { has_shown_ = false; }
    // Asks the terminal to put a text on the clipboard (OSC 52); not all do.
    void copy(std::string_view text);
    // Keys that come within this time, in order; none when it is over, the size has changed or a signal came.
    [[nodiscard]] std::vector<Key> keys(std::chrono::milliseconds patience);
    // Somebody wants the program to end, or the terminal is gone.
    [[nodiscard]] bool has_ended() const;
    // Gives the terminal back, stops the process as Ctrl-Z does, and takes it again afterwards.
    void suspend();

  private:
    explicit Terminal(int file);
    [[nodiscard]] bool take();
    void give_back();
    void write(std::string_view text);

    int file_;
    termios before_{};
    bool is_taken_ = false;
    bool is_gone_ = false;
    bool colours_;
    KeyReader reader_;
    Picture shown_;
    bool has_shown_ = false;
};

}  // namespace dusk::app::ui
