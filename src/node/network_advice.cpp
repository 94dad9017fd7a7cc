#include "node/network_advice.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "node/udp_socket.hpp"

namespace dusk::node {
namespace {

constexpr std::chrono::seconds kAgain{300};
constexpr std::chrono::seconds kAlone{15};

}  // namespace

void NetworkAdvice::on_start(const Peer& self, const Peer& listening, const BufferSizes& receive,
                             const std::optional<Peer>& bootstrap) const {
    if (receive.given < receive.asked / 2) {
        logger_.warn(
            fmt::format("the kernel gives less room for datagrams than asked for, so that some may be lost while much "
                        "comes at once: sysctl -w net.core.rmem_max={}",
                        receive.asked),
            {{"asked", receive.asked}, {"given", receive.given}});
    }
    if (is_loopback(self)) return;
    if (!is_of_this_machine(self)) {
        logger_.info(
            "the public address is not of this machine: whatever has it must forward its UDP port to this node",
            {{"public", self.to_text()}, {"listening", listening.to_text()}});
        return;
    }
    if (!bootstrap) return;
    const auto source = source_towards(*bootstrap);
    if (source && is_wildcard(listening) && source->ip.index() == self.ip.index() && source->ip != self.ip) {
        logger_.warn(
            "datagrams leave with another address than the public one, and others drop them: set "
            "kadcast.listen_address to the public address",
            {{"public", self.to_text()}, {"leaving", Peer{source->ip, self.port}.to_text()}});
    }
}

void NetworkAdvice::on_names(std::vector<std::string> failures) {
    std::ranges::sort(failures);
    if (failures == name_failures_) return;
    name_failures_ = failures;
    for (const std::string& failure : failures) {
        logger_.warn("a bootstrapping node is not found by its name; it is looked up again", {{"reason", failure}});
    }
}

bool NetworkAdvice::is_due(MonotonicTime& last, MonotonicTime now) const {
    if (last != MonotonicTime() && now - last < kAgain) return false;
    last = now;
    return true;
}

void NetworkAdvice::look_at(const NetworkView& view, bool expects_peers, MonotonicTime now) {
    if (began_ == MonotonicTime()) began_ = now;
    const TransportCounts& counts = view.counts;
    const bool is_alone = std::ranges::none_of(view.peers, &PeerView::is_alive);
    if (is_alone && expects_peers && now - began_ >= kAlone && is_due(said_alone_, now)) {
        logger_.warn(
            "no node answers: see whether the bootstrapping nodes run, and whether UDP reaches this node at its public "
            "address; `dusk net ping` tries it",
            {{"public", view.self.to_text()}, {"datagrams_received", counts.datagrams_received}});
    }
    if (counts.kernel_drops > kernel_drops_ && is_due(said_drops_, now)) {
        logger_.warn(
            "datagrams were lost because the kernel's buffer was full: raise net.core.rmem_max and "
            "kadcast.network.udp_recv_buffer_size, or give the machine more processors",
            {{"lost", counts.kernel_drops - kernel_drops_}});
        kernel_drops_ = counts.kernel_drops;
    }
    if (counts.wrong_network > wrong_network_ && is_due(said_network_, now)) {
        logger_.warn("nodes of another network or version send here: see kadcast_id on both sides",
                     {{"datagrams", counts.wrong_network - wrong_network_}});
        wrong_network_ = counts.wrong_network;
    }
    if (counts.wrong_source > wrong_source_ && is_due(said_source_, now)) {
        logger_.warn(
            "nodes send from another address than they say they have, and are not heard: their public_address "
            "is wrong, or something between rewrites addresses",
            {{"datagrams", counts.wrong_source - wrong_source_}});
        wrong_source_ = counts.wrong_source;
    }
}

}  // namespace dusk::node
