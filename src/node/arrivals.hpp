// What came in, on its way from the overlay to decoded messages (docs/design/kadcast.md). To decode an object may take
// a hundred times as long as to receive it, and nobody has to show anything to send one. So
//
//     what no key with a stake has signed is dropped before it is decoded;
//     the others wait in a part of the queue for each node of the routing table, and in one for all strangers, and have
//     their turns by the time that the work on them takes;
//     while datagrams never end, all of this work gets its share of the thread's time alone.
//
// Where nobody floods the node, nothing waits. On the network's thread.
#pragma once

#include <functional>

#include "base/log.hpp"
#include "kadcast/overlay.hpp"
#include "node/core_actions.hpp"
#include "node/fair_queue.hpp"
#include "node/known_signers.hpp"
#include "node/network_view.hpp"
#include "node/object_trace.hpp"
#include "node/standing.hpp"
#include "node/time_share.hpp"

namespace dusk::node {

struct ArrivalLimits {
    QueueLimits waiting{.items = 8192, .bytes = std::size_t{64} << 20};
    QueueLimits strangers{.items = 1024, .bytes = std::size_t{16} << 20};  // of these
    unsigned share = 2;                                                    // one part of so many of the time
    std::chrono::nanoseconds burst = std::chrono::milliseconds(100);
    std::chrono::nanoseconds at_once = std::chrono::milliseconds(2);  // before datagrams are read again
};

class Arrivals {
  public:
    // Gets each decoded message, with its size; false where there is no room for it.
    using Deliver = std::function<bool(Received message, std::size_t bytes, Standing sender)>;
    // Is told what found no room before it was decoded, so that the copy that somebody else brings is not taken for a
    // repetition.
    using Forget = std::function<void(const kadcast::RayId& ray_id)>;

    // `clock`, `trace` and `counts` outlive it.
    Arrivals(const ArrivalLimits& limits, const Clock& clock, Deliver deliver, Forget forget, ObjectTrace& trace,
             TransportCounts& counts, Logger logger);

    // Before the first call votes and candidates of all are decoded.
    void set_known_signers(KnownSignersPtr signers) { signers_ = std::move(signers); }
    void add(kadcast::Deliver&& object);
    // An object that a stranger brought comes from a node of the table too: it is that one's, if it waits.
    void vouch(const kadcast::Vouched& vouched);
    // Decodes and hands on what there is time for. From when on there is more to do; nothing while nothing waits.
    [[nodiscard]] std::optional<MonotonicTime> work();
    // There is nothing else to do on this thread.
    void forgive(MonotonicTime now) { share_.forgive(now); }

  private:
    using Source = std::optional<Peer>;  // none: the strangers

    [[nodiscard]] bool is_of_nobody(ByteView message) const;
    void drop(const kadcast::Deliver& object);
    void hand_on(const kadcast::Deliver& object, Standing sender);

    ArrivalLimits limits_;
    const Clock& clock_;
    Deliver deliver_;
    Forget forget_;
    ObjectTrace& trace_;
    TransportCounts& counts_;
    Logger logger_;
    KnownSignersPtr signers_{};
    FairQueue<Source, kadcast::Deliver> waiting_;
    TimeShare share_;
};

}  // namespace dusk::node
