// What people see of an overlay (network_view.hpp).
#pragma once

#include "kadcast/overlay.hpp"
#include "node/network_view.hpp"
#include "node/round_trips.hpp"

namespace dusk::node {

[[nodiscard]] std::vector<PeerView> peers_of(const kadcast::Overlay& overlay, const RoundTrips& round_trips,
                                             MonotonicTime now);
// Those that the overlay counts.
void add_counts(TransportCounts& out, const kadcast::Overlay& overlay);

}  // namespace dusk::node
