// A network of whole nodes: what dusk::kadcast::Overlay does with datagrams and time, from asking a first node who is
// there to objects that reach all. Datagrams have bytes, objects are encoded and put together by the real code.
//
// What a node hands to its owner, the owner checks for a while and passes on, as the node does.
#pragma once

#include <memory>

#include "kadcast/overlay.hpp"
#include "sim/kadcast/tally.hpp"
#include "sim/kadcast/trains.hpp"

namespace dusk::sim {

struct OverlayNetworkSettings {
    std::size_t nodes = 100;
    std::uint64_t seed = 1;
    LinkSettings links{};
    std::chrono::nanoseconds check = std::chrono::milliseconds(2);
    std::size_t bootstrap_nodes = 4;                              // whose addresses all others begin with
    std::chrono::nanoseconds joining = std::chrono::seconds(30);  // within which all nodes come
    kadcast::OverlaySettings overlay{};
};

// Nodes that go away unnoticed while others come back, each as it happens; those that others begin with stay.
struct Churn {
    double leaving = 0;                                           // part of those that are there, in a minute
    std::chrono::nanoseconds absence = std::chrono::seconds(60);  // mean, exponential; then it starts anew
};

// What the tables of the living nodes are like.
struct TableSummary {
    double nodes = 0;  // known by a node, mean
    std::size_t fewest = 0;
    std::size_t most = 0;
    double silent = 0;       // part of the entries that are of nodes that went away
    double unreachable = 0;  // part of the (node, bucket) pairs in which a node knows none of those who are there
};

// Since the start, or since it was asked last, per living node and second.
struct ControlTraffic {
    double packets = 0;
    double bytes = 0;
};

class OverlayNetwork {
  public:
    explicit OverlayNetwork(const OverlayNetworkSettings& settings);

    // Nodes join within `joining`.
    void join();
    void run_for(std::chrono::nanoseconds time);
    // These get nothing and send nothing from now on, and nobody knows.
    void silence(std::span<const VirtualNode> nodes);
    void awaken(std::span<const VirtualNode> nodes);
    // From now on. Whoever sends an object stays until it has spread.
    void begin_churn(const Churn& churn);
    // Until nothing of it is under way any more. An exception where a node gets an object twice, or another one. Those
    // should have it that were there all the time.
    void broadcast(VirtualNode origin, std::size_t object_bytes);

    [[nodiscard]] Summary summary() const { return tally_.summary(); }
    // From here on a new one.
    void forget_summary() { tally_ = Tally(nodes_.size()); }
    [[nodiscard]] TableSummary tables() const;
    [[nodiscard]] ControlTraffic take_control_traffic();
    // Bytes that the incomplete objects of one node took at most, ever.
    [[nodiscard]] std::size_t most_incomplete_bytes() const { return most_incomplete_; }
    [[nodiscard]] MonotonicTime now() const { return now_; }
    [[nodiscard]] const kadcast::Overlay& overlay(VirtualNode node) const { return *nodes_[node].overlay; }
    [[nodiscard]] std::size_t living() const;
    // Whether a node is there, and has been for so long.
    [[nodiscard]] bool is_there(VirtualNode node, std::chrono::nanoseconds for_so_long) const;
    // Sums over all nodes.
    [[nodiscard]] kadcast::OverlayCounts counts() const;

  private:
    enum class Kind : std::uint8_t { join, packet, wakeup, relay, leave, come };
    struct Happening {
        MonotonicTime at{};
        std::uint64_t order = 0;
        Kind kind{};
        VirtualNode node = 0;
        VirtualNode from = 0;
        std::uint32_t packet = 0;
        std::uint32_t life = 0;  // relay: that of the node in which the object came
    };
    struct Node {
        std::unique_ptr<Draws> draws{};
        std::unique_ptr<kadcast::Overlay> overlay{};  // once it joined
        MonotonicTime wakeup = MonotonicTime::max();  // that is in the queue
        MonotonicTime since{};                        // when it started, or went away
        std::uint32_t life = 0;                       // how often it started
        bool is_silent = false;
    };
    // An object that nodes send: all encode it to the same frames.
    struct Sent {
        std::shared_ptr<const kadcast::EncodedObject> object{};
        std::size_t under_way = 0;  // trains
    };

    void step();
    void happen(const Happening& happening);
    void on_cars(const Trains::Arrival& arrival);
    void on_datagram(VirtualNode to, VirtualNode from, ByteView datagram);
    void start(VirtualNode node);
    void leave(VirtualNode node);
    void come(VirtualNode node);
    [[nodiscard]] std::chrono::nanoseconds stay();
    void act(VirtualNode node);
    void send_packet(VirtualNode from, kadcast::SendPacket packet);
    void send_object(VirtualNode from, const kadcast::SendObject& send);
    void deliver(VirtualNode node, const kadcast::Deliver& delivered);
    [[nodiscard]] bool is_quiet() const { return trains_.empty() && relays_ == 0; }

    OverlayNetworkSettings settings_;
    Population population_;
    Links links_;
    Trains trains_;
    MonotonicTime now_{std::chrono::hours(1)};
    TimedQueue<Happening> queue_{};
    std::vector<Node> nodes_;
    std::vector<Bytes> packets_{};
    std::vector<std::uint32_t> free_packets_{};
    std::vector<SocketAddress> bootstrap_{};
    Churn churn_{};
    Draws churn_draws_;
    Sent sent_{};
    VirtualNode origin_ = 0;
    Bytes object_{};
    Bytes datagram_{};
    std::size_t relays_ = 0;
    std::uint64_t objects_ = 0;
    Tally tally_;
    std::size_t most_incomplete_ = 0;
    std::uint64_t control_packets_ = 0, control_bytes_ = 0;
    MonotonicTime control_since_{};
};

}  // namespace dusk::sim
