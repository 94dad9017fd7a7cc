// A node of the Kadcast network, without sockets, clocks and threads: datagrams, objects and time go in, actions come
// out (spec/network.md §3 to §5). The owner calls it from one thread.
//
// Work for a datagram of an unknown sender is constant: two hashes, and no memory beyond fixed bounds.
#pragma once

#include <memory>
#include <span>
#include <variant>
#include <vector>

#include "base/random.hpp"
#include "kadcast/object_encoder.hpp"
#include "kadcast/packet.hpp"
#include "kadcast/reassembly.hpp"
#include "kadcast/routing_table.hpp"
#include "kadcast/source_limits.hpp"

namespace dusk::kadcast {

inline constexpr std::size_t kBeta = 3;   // nodes of a bucket that a broadcast goes to
inline constexpr std::size_t kAlpha = 3;  // nodes that are asked at once

struct OverlaySettings {
    TableSettings table{};
    FecSettings fec{};
    ReassemblySettings reassembly{};
    SourceLimitSettings limits{};
    std::size_t min_peers = 3;        // below, the bootstrapping nodes are asked again
    bool recursive_discovery = true;  // nodes that others name are asked for nodes too, not only pinged
};

// --- actions ---

struct SendPacket {
    SocketAddress to{};
    Bytes datagram{};
};
struct Target {
    SocketAddress to{};
    std::uint8_t height = 0;  // that the chunks are sent with
};
// Each target gets all chunks in their order, each behind its `broadcast_prefix`.
struct SendObject {
    std::shared_ptr<const EncodedObject> object{};
    std::vector<Target> targets{};
};
struct Deliver {
    SocketAddress from{};
    bool is_known = false;    // a confirmed node of the routing table; else anybody
    std::uint8_t height = 0;  // 0: sent to this node alone
    RayId ray_id{};
    Bytes object{};
};
// An object that was delivered as a stranger's is sent by a confirmed node too. Once for each.
struct Vouched {
    SocketAddress from{};
    RayId ray_id{};
};
using OverlayAction = std::variant<SendPacket, SendObject, Deliver, Vouched>;

struct OverlayCounts {
    std::uint64_t pings = 0, pongs = 0, find_nodes = 0, nodes = 0, chunks = 0;  // received and taken
    std::uint64_t malformed = 0;      // datagrams that are no packet, or chunks that are none
    std::uint64_t wrong_source = 0;   // the identifier is not that of the address
    std::uint64_t wrong_network = 0;  // another network or version
    std::uint64_t limited = 0;        // above the rate of their source
    std::uint64_t refused = 0;        // chunks for which there was no room
    std::uint64_t delivered = 0;      // objects
};

class Overlay {
  public:
    // `random` outlives it: draws decide nothing but whom a message goes to.
    Overlay(const Identity& identity, const OverlaySettings& settings, RandomSource& random);
    Overlay(Overlay&&) noexcept;
    Overlay& operator=(Overlay&&) noexcept;
    ~Overlay();

    // --- inputs ---
    // Nodes that are asked who is there, at once and then again and again until there are enough peers. The own address
    // is left out.
    void set_bootstrap(std::vector<SocketAddress> nodes, MonotonicTime now);
    // `source`: where the datagram came from.
    void on_datagram(const SocketAddress& source, ByteView datagram, MonotonicTime now);
    // Due at `wakeup()`.
    void on_time(MonotonicTime now);

    // To the whole network. An object that came in by a broadcast of height H is passed on below H, once; one that this
    // node sent or passed on lately is not sent again.
    Result<void, EncodeError> broadcast(ByteView object, MonotonicTime now);
    // There was no room for what came in: the next copy is delivered as if it were the first.
    void forget(const RayId& ray_id);
    // To these nodes alone.
    Result<void, EncodeError> send(std::span<const SocketAddress> to, ByteView object);

    // --- outputs ---
    [[nodiscard]] std::vector<OverlayAction> take_actions();
    [[nodiscard]] MonotonicTime wakeup() const;

    // --- views ---
    [[nodiscard]] const Identity& identity() const;
    [[nodiscard]] const RoutingTable& table() const;
    // `count` of the table, drawn at random: those that were heard lately before others.
    [[nodiscard]] std::vector<SocketAddress> draw_peers(std::size_t count, MonotonicTime now);
    [[nodiscard]] const OverlayCounts& counts() const;
    [[nodiscard]] ReassemblyCounts reassembly() const;

    // For simulations that begin with a grown network: the node counts as heard and confirmed.
    void insert(const Identity& node, MonotonicTime now);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace dusk::kadcast
