// What a node tells of its network, as JSON. Times are unix microseconds, identifiers hexadecimal.
#pragma once

#include <nlohmann/json.hpp>

#include "node/network_view.hpp"
#include "node/object_trace.hpp"

namespace dusk::rpc {

// received, duplicates, malformed, sent, dropped: what /status has.
[[nodiscard]] nlohmann::ordered_json message_counts(const node::TransportCounts& counts);

// address, listening, id, nonce, network_id, known, alive, messages, kinds (counts of each kind of message), datagrams.
[[nodiscard]] nlohmann::ordered_json network_summary(const node::NetworkView& view);
// {"id", "peers": [{address, id, bucket, alive, silent_ms, round_trip_us (null: not known)}]}
[[nodiscard]] nlohmann::ordered_json network_peers(const node::NetworkView& view);
// {"address", "last": number of the last object of all, "objects": [{number, ray_id, kind, own, from, height, bytes,
// chunks, late_chunks, first_us, complete_us}]}
[[nodiscard]] nlohmann::ordered_json network_objects(const node::NetworkView& view, const node::RecentObjects& objects);

}  // namespace dusk::rpc
