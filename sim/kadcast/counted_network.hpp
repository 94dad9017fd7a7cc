// A network in which datagrams are counted: no bytes, no codes, no tables that change. For many nodes, and for ways of
// spreading that have no implementation here.
//
// With repair symbols a node has an object when it got as many different datagrams as there are source symbols, and now
// and then (1 of 256) it needs one more, as RFC 6330 codes do; without, when it got all of them.
#pragma once

#include "sim/kadcast/coding.hpp"
#include "sim/kadcast/tally.hpp"
#include "sim/kadcast/trains.hpp"

namespace dusk::sim {

struct CountedSettings {
    LinkSettings links{};
    std::chrono::nanoseconds check{};  // between having an object and passing it on
    bool is_reliable = false;  // what is lost is sent again after the time for a way and back, until all is there
};

class CountedNetwork {
  public:
    // `way` outlives this.
    CountedNetwork(std::size_t nodes, std::uint64_t seed, const CountedSettings& settings, Way& way);

    // These get nothing and pass on nothing from now on, and nobody knows.
    void silence(std::span<const VirtualNode> nodes);
    // Until nothing is under way any more.
    void broadcast(VirtualNode origin, const Coding& coding);
    [[nodiscard]] Summary summary() const { return tally_.summary(); }

  private:
    struct Node {
        std::uint32_t got = 0;     // different datagrams
        std::uint32_t needed = 0;  // so many
        std::uint8_t height = 0;   // the highest that came
        bool has_it = false;
        bool is_silent = false;
    };
    struct Relay {
        MonotonicTime at{};
        std::uint64_t order = 0;
        VirtualNode node = 0;
        VirtualNode from = 0;
        std::uint8_t height = 0;
    };
    void pass_on(VirtualNode node, std::optional<VirtualNode> from, std::optional<std::uint8_t> height);
    void on_arrival(const Trains::Arrival& arrival);
    // Those of an arrival that are not lost: how many, and how many of them are new.
    struct Taken {
        std::size_t survived = 0;
        std::size_t fresh = 0;
    };
    [[nodiscard]] Taken take(VirtualNode node, const Trains::Arrival& arrival);
    [[nodiscard]] bool is_complete(VirtualNode node);

    Links links_;
    Trains trains_;
    Way& way_;
    CountedSettings settings_;
    Draws draws_;
    MonotonicTime now_{};
    Tally tally_;
    std::vector<Node> nodes_;
    std::vector<std::uint64_t> have_{};  // bits, `words_` for each node
    std::size_t words_ = 0;
    Coding coding_{};
    TimedQueue<Relay> relays_{};
    std::vector<Copy> copies_{};
};

}  // namespace dusk::sim
