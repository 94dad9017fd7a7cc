// Tells the operator what is wrong with the network, and what to do about it: once, and again after a while if it
// stays.
#pragma once

#include "base/log.hpp"
#include "node/network_view.hpp"

namespace dusk::node {

struct BufferSizes {
    std::size_t asked = 0;
    std::size_t given = 0;
};

class NetworkAdvice {
  public:
    explicit NetworkAdvice(Logger logger) : logger_(std::move(logger)) {}

    // At the start. `bootstrap`: the first of those that are asked.
    void on_start(const Peer& self, const Peer& listening, const BufferSizes& receive,
                  const std::optional<Peer>& bootstrap) const;
    void on_names(std::vector<std::string> failures);
    // Now and then. `expects_peers`: there are nodes to begin with.
    void look_at(const NetworkView& view, bool expects_peers, MonotonicTime now);

  private:
    [[nodiscard]] bool is_due(MonotonicTime& last, MonotonicTime now) const;

    Logger logger_;
    std::vector<std::string> name_failures_{};
    std::uint64_t kernel_drops_ = 0, wrong_network_ = 0, wrong_source_ = 0;
    MonotonicTime began_{}, said_alone_{}, said_drops_{}, said_network_{}, said_source_{};
};

}  // namespace dusk::node
