// What a long command does, on the standard error, for a person who waits.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "app/progress_screen.hpp"

namespace dusk::app {

// One line that is written over and over, and gone at the end. Silent where the standard error is no terminal; where a
// ProgressScreen is there, it tells that one instead.
class ProgressLine {
  public:
    ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;
    ~ProgressLine();

    // Shows "what …", and then "what … 40 %" as `update` is called.
    void stage(std::string what);
    // The line counts the seconds by itself, against those that the stage is expected to take; 0: nobody knows.
    void stage(std::string what, std::chrono::milliseconds expected);
    void update(std::size_t done, std::size_t total);

  private:
    void show(const std::string& text);
    void count(std::chrono::milliseconds expected);
    void stop_counting();

    ProgressScreen* screen_;
    bool terminal_;
    std::string what_;
    std::string shown_;
    std::mutex mutex_;  // of what follows, and of the line while the thread runs
    std::condition_variable stopped_;
    bool stopping_ = false;
    std::thread counter_;
};

}  // namespace dusk::app
