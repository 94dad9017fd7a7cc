// One thread that does one job after the other, and hands what comes of it to an event loop.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace dusk::node {

class JobThread {
  public:
    // Called on the thread; gives what is to be called on the loop, or nothing.
    using Job = std::function<std::function<void()>()>;

    // `loop` outlives this.
    explicit JobThread(boost::asio::io_context& loop) : loop_(loop), thread_([this] { work(); }) {}
    JobThread(const JobThread&) = delete;
    JobThread& operator=(const JobThread&) = delete;
    ~JobThread() { stop(); }

    // In the order of the calls. After `stop` jobs are dropped.
    void add(Job job);
    // The job under way is finished; those that wait are dropped.
    void stop();

  private:
    void work();

    boost::asio::io_context& loop_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Job> jobs_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace dusk::node
