// What lies between the nodes: distances, lines of limited speed, and loss.
//
// Nodes are spread over a square, whose side takes `across` one way; each has an access line of its own, and each
// sending waits a little longer by chance. A node sends one datagram after the other, as fast as its line takes them.
// Lines towards the nodes are as fast as need be.
#pragma once

#include <vector>

#include "base/clock.hpp"
#include "sim/draws.hpp"
#include "sim/kadcast/population.hpp"

namespace dusk::sim {

struct LinkSettings {
    double loss = 0;  // of each datagram, 0 to 1
    std::chrono::nanoseconds across = std::chrono::milliseconds(100);
    std::chrono::nanoseconds access = std::chrono::milliseconds(5);  // mean, exponential, at both ends
    std::chrono::nanoseconds jitter = std::chrono::milliseconds(2);  // mean, exponential
    double uplink = 100e6;                                           // bits a second
};

// Bytes of the IPv4 and UDP headers, which count as sent.
inline constexpr std::size_t kUdpOverhead = 28;

class Links {
  public:
    Links(std::size_t nodes, std::uint64_t seed, const LinkSettings& settings);

    [[nodiscard]] const LinkSettings& settings() const { return settings_; }
    // One way, with what chance adds.
    [[nodiscard]] std::chrono::nanoseconds delay(VirtualNode from, VirtualNode to);
    [[nodiscard]] bool is_lost() { return draws_.chance(settings_.loss); }
    // How often the sender has to send again what was lost until all of them have arrived.
    [[nodiscard]] unsigned draw_repetitions(std::size_t datagrams);
    // So many datagrams with all that are sent again, on average.
    [[nodiscard]] std::size_t with_repetitions(std::size_t datagrams) const;
    // How long a line is busy with a datagram.
    [[nodiscard]] std::chrono::nanoseconds time_of(std::size_t datagram_bytes) const;
    // The line of `node` takes so many datagrams after what it has already. When it begins.
    MonotonicTime occupy(VirtualNode node, std::size_t datagrams, std::size_t datagram_bytes, MonotonicTime now);

  private:
    struct Place {
        double x = 0, y = 0;
        std::chrono::nanoseconds access{};
        MonotonicTime free{};  // when its line is
    };
    LinkSettings settings_;
    Draws draws_;
    std::vector<Place> places_;
};

}  // namespace dusk::sim
