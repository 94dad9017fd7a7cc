// A crash in the middle of an input: the stores of a node say when they pass a place where power could fail.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace dusk::sim {

// Thrown through the node's code; the node is destroyed and what it had not stored is lost.
struct Crashed {
    std::string_view where;
};

class CrashPoint {
  public:
    // Power fails at the `countdown`-th place from now on, counted from 0.
    void arm(std::uint64_t countdown) { countdown_ = countdown; }
    void disarm() { countdown_.reset(); }
    [[nodiscard]] bool is_armed() const { return countdown_.has_value(); }

    // Throws Crashed when it is time.
    void pass(std::string_view where) {
        ++passed_;
        if (!countdown_) return;
        if (*countdown_ == 0) {
            countdown_.reset();
            throw Crashed{where};
        }
        --*countdown_;
    }
    [[nodiscard]] std::uint64_t passed() const { return passed_; }

  private:
    std::optional<std::uint64_t> countdown_;
    std::uint64_t passed_ = 0;
};

}  // namespace dusk::sim
