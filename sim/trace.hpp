// What happened, for people: a line for each thing, with the time and the node.
#pragma once

#include <cstdio>
#include <deque>
#include <string>

#include "ledger/label.hpp"
#include "ledger/message.hpp"
#include "sim/event_queue.hpp"

namespace dusk::sim {

class Trace {
  public:
    // Keeps the last `most` lines; writes all of them to `file`, if there is one.
    explicit Trace(std::size_t most, std::FILE* file = nullptr) : most_(most), file_(file) {}

    void line(SimTime at, NodeIndex node, const std::string& text);
    [[nodiscard]] const std::deque<std::string>& lines() const { return lines_; }

  private:
    std::size_t most_;
    std::FILE* file_;
    std::deque<std::string> lines_;
};

[[nodiscard]] std::string describe(const ledger::Vote& vote);
[[nodiscard]] std::string describe(const ledger::Message& message);
[[nodiscard]] std::string describe(const ledger::Block& block, const ledger::Label& label);

}  // namespace dusk::sim
