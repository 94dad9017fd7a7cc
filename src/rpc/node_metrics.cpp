#include "rpc/node_metrics.hpp"

#include <algorithm>

#include "rpc/process_metrics.hpp"
#include "rpc/prometheus_text.hpp"

namespace dusk::rpc {
namespace {

void set_level(MetricsRegistry& out, const char* name, const char* help, std::uint64_t value) {
    out.gauge(name, help).set(static_cast<std::int64_t>(value));
}

void add_chain(MetricsRegistry& out, const node::NodeStatus& status) {
    const auto level = [&out](const char* name, const char* help, std::uint64_t value) {
        set_level(out, name, help, value);
    };
    const chain::ServiceStatus& chain = status.core.chain;
    level("dusk_chain_height", "Height of the last accepted block", chain.tip.value);
    level("dusk_chain_final_height", "Height of the last final block", chain.last_final.value);
    level("dusk_chain_best_claim_height", "The highest block that a peer claims to have", chain.best_claim.value);
    level("dusk_chain_in_sync", "1 while the node follows the chain", chain.in_sync ? 1 : 0);
    level("dusk_chain_stalled", "1 while the chain does not move", chain.stalled ? 1 : 0);
    level("dusk_mempool_transactions", "Transactions in the mempool", status.core.pooled);
    level("dusk_mempool_unchecked_transactions", "Transactions whose signature or proof waits to be checked",
          status.core.unchecked);
    out.counter("dusk_blocks_accepted_total", "Blocks accepted since the start").add(status.blocks_accepted);
    out.counter("dusk_transactions_spent_total", "Transactions in these blocks").add(status.transactions_spent);
    out.counter("dusk_gas_spent_total", "Gas that they took").add(status.gas_spent);
    out.counter("dusk_proofs_checked_total", "Signatures and proofs of transactions checked")
        .add(status.proofs_checked);
}

// Whether consensus runs here, where it is, and whether this node has a part in it.
void add_consensus(MetricsRegistry& out, const node::NodeStatus& status, const NodeFacts& facts) {
    const auto& consensus = status.core.consensus;
    set_level(out, "dusk_consensus_running", "1 while the node takes part in rounds or listens to them",
              consensus ? 1 : 0);
    if (consensus) {
        set_level(out, "dusk_consensus_round", "The height that is decided on", consensus->round);
        set_level(out, "dusk_consensus_iteration", "Attempts at it that came to nothing", consensus->iteration);
    }
    set_level(out, "dusk_provisioners", "Provisioners with a stake", status.core.provisioners);
    set_level(out, "dusk_provisioner_has_keys", "1 where this node has the keys of a provisioner",
              facts.has_keys ? 1 : 0);
    set_level(out, "dusk_provisioner_eligible", "1 while its stake counts", status.core.eligible ? 1 : 0);
}

void add_messages(MetricsRegistry& out, const node::TransportCounts& counts) {
    for (const auto& [topic, of_topic] : counts.topics) {
        const std::string kind(node::topic_name(topic));
        const auto both = [&](const char* name, const char* help, std::uint64_t received, std::uint64_t sent) {
            out.counter(name, help, {{"direction", "received"}, {"kind", kind}}).add(received);
            out.counter(name, help, {{"direction", "sent"}, {"kind", kind}}).add(sent);
        };
        both("dusk_network_messages_total", "Messages, each once", of_topic.received, of_topic.sent);
        both("dusk_network_message_bytes_total", "Their bytes, without codes and headers", of_topic.received_bytes,
             of_topic.sent_bytes);
        out.counter("dusk_network_late_datagrams_total", "Datagrams of messages that were complete", {{"kind", kind}})
            .add(of_topic.late_datagrams);
        out.counter("dusk_network_messages_dropped_total", "Messages that found no room in the node", {{"kind", kind}})
            .add(of_topic.dropped);
        out.counter("dusk_network_messages_of_nobody_total",
                    "Votes and candidates signed by a key without a stake, which were not decoded", {{"kind", kind}})
            .add(of_topic.of_nobody);
    }
    out.counter("dusk_network_malformed_total", "Datagrams and messages that could not be read").add(counts.malformed);
    out.counter("dusk_network_dropped_total", "Messages not sent or not handed on, for want of room")
        .add(counts.dropped);
}

void add_datagrams(MetricsRegistry& out, const node::TransportCounts& counts) {
    const auto count = [&out](const char* name, const char* help, const char* label, const char* value,
                              std::uint64_t amount) { out.counter(name, help, {{label, value}}).add(amount); };
    for (const auto& [direction, datagrams, bytes] :
         {std::tuple("received", counts.datagrams_received, counts.bytes_received),
          std::tuple("sent", counts.datagrams_sent, counts.bytes_sent)}) {
        count("dusk_network_datagrams_total", "Datagrams", "direction", direction, datagrams);
        count("dusk_network_datagram_bytes_total", "Bytes in datagrams", "direction", direction, bytes);
    }
    for (const auto& [type, amount] :
         {std::pair("ping", counts.pings), std::pair("pong", counts.pongs), std::pair("find_nodes", counts.find_nodes),
          std::pair("nodes", counts.nodes), std::pair("broadcast", counts.chunks)}) {
        count("dusk_network_packets_received_total", "Packets by type", "type", type, amount);
    }
    for (const auto& [reason, amount] :
         {std::pair("wrong_source", counts.wrong_source), std::pair("wrong_network", counts.wrong_network),
          std::pair("limited", counts.limited), std::pair("kernel_buffer", counts.kernel_drops),
          std::pair("duplicate", counts.duplicates)}) {
        count("dusk_network_datagrams_dropped_total", "Datagrams that were of no use, by reason", "reason", reason,
              amount);
    }
    out.counter("dusk_network_send_failures_total", "Datagrams that the system refused to send")
        .add(counts.send_failures);
    out.counter("dusk_network_objects_expired_total", "Objects that never were complete").add(counts.expired);
    out.counter("dusk_network_objects_mismatched_total", "Objects that were not what they were called")
        .add(counts.mismatches);
    const auto level = [&out](const char* name, const char* help, std::size_t value) {
        set_level(out, name, help, value);
    };
    level("dusk_network_objects_assembling", "Objects that are under way", counts.assembling);
    level("dusk_network_assembling_bytes", "Memory that they take", counts.assembling_bytes);
    level("dusk_network_waiting_bytes", "Bytes that wait to be sent", counts.waiting_bytes);
}

void add_http(MetricsRegistry& out, const HttpUse& use) {
    set_level(out, "dusk_http_connections", "Connections of clients, without WebSockets", use.server.open);
    set_level(out, "dusk_http_listeners", "WebSockets that get events", use.listeners);
    out.counter("dusk_http_listeners_cut_off_total", "WebSockets that were let go, for they did not read")
        .add(use.cut_off);
    for (const auto& [reason, amount] :
         {std::pair("rule", use.policy.denied), std::pair("kind_rate", use.policy.too_often),
          std::pair("kind_concurrency", use.policy.too_many), std::pair("client_rate", use.policy.of_client),
          std::pair("connections", use.server.too_many),
          std::pair("client_connections", use.server.too_many_of_client)}) {
        out.counter("dusk_http_refused_total", "Requests and connections refused, by the limit that they met",
                    {{"reason", reason}})
            .add(amount);
    }
}

void add_archive(MetricsRegistry& out, const ArchiveProgress& archive) {
    set_level(out, "dusk_archive_works", "1 while the archive's database takes what it is given",
              archive.works ? 1 : 0);
    if (archive.height) {
        set_level(out, "dusk_archive_height", "Height of the last block in the archive", archive.height->value);
    }
    const std::uint64_t left = archive.backfill ? archive.backfill->target.value - archive.backfill->height.value : 0;
    set_level(out, "dusk_archive_backfill_blocks_left",
              "Blocks from before the archive was enabled that are still to be executed anew", left);
}

}  // namespace

std::string node_metrics(const node::NodeStatus& status, const NodeFacts& facts) {
    MetricsRegistry out;
    out.gauge("dusk_node_info", "1; the labels say what runs", {{"version", facts.version}, {"network", facts.network}})
        .set(1);
    add_chain(out, status);
    if (facts.tip_timestamp) {
        set_level(out, "dusk_chain_tip_timestamp_seconds", "The time in the last accepted block, unix time",
                  *facts.tip_timestamp);
    }
    add_consensus(out, status, facts);
    if (facts.archive) add_archive(out, *facts.archive);
    if (status.network) {
        const auto& peers = status.network->peers;
        const auto alive = std::ranges::count_if(peers, &node::PeerView::is_alive);
        out.gauge("dusk_network_peers", "Nodes in the routing table", {{"state", "alive"}}).set(alive);
        out.gauge("dusk_network_peers", "Nodes in the routing table", {{"state", "silent"}})
            .set(static_cast<std::int64_t>(peers.size()) - alive);
        add_messages(out, status.network->counts);
        add_datagrams(out, status.network->counts);
    }
    if (facts.http) add_http(out, *facts.http);
    return prometheus_text(out) + (facts.process ? process_metrics(*facts.process) : std::string());
}

}  // namespace dusk::rpc
