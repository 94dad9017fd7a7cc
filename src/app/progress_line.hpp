// What a long command does, on the standard error, for a person who waits.
#pragma once

#include <string>

namespace dusk::app {

// One line that is written over and over, and gone at the end. Silent where the standard error is no terminal.
class ProgressLine {
  public:
    ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;
    ~ProgressLine();

    // Shows "what …", and then "what … 40 %" as `update` is called.
    void stage(std::string what);
    void update(std::size_t done, std::size_t total);

  private:
    void show(const std::string& text);

    bool terminal_;
    std::string what_;
    std::string shown_;
};

}  // namespace dusk::app
