// Messages that came in one wake-up of the event loop, handed on together. For small ones: nothing is counted but their
// number, and what was read before the loop gets here is added to it.
#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "node/core_actions.hpp"

namespace dusk::node {

class Inbox {
  public:
    // That are handed on at once, unless it is said otherwise.
    static constexpr std::size_t kMost = 256;

    // In the order in which they were added.
    using Handle = std::function<void(std::span<const Received>)>;

    // `loop` outlives this. `handle` is called by the loop, never from within `add`.
    Inbox(boost::asio::io_context& loop, Handle handle, std::size_t most = kMost);
    ~Inbox() { close(); }
    Inbox(const Inbox&) = delete;
    Inbox& operator=(const Inbox&) = delete;

    // On the thread of the loop, as all of this.
    void add(Received message);
    // Nothing is handed on any more.
    void close();

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace dusk::node
