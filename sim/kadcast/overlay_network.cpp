#include "sim/kadcast/overlay_network.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace dusk::sim {
namespace {

SocketAddress address_in(const Population& population, VirtualNode node) { return population.identity(node).address; }

}  // namespace

OverlayNetwork::OverlayNetwork(const OverlayNetworkSettings& settings)
    : settings_(settings),
      population_(settings.nodes, settings.seed),
      links_(settings.nodes, settings.seed, settings.links),
      trains_(links_, 1),
      nodes_(settings.nodes),
      churn_draws_(settings.seed, "churn"),
      tally_(settings.nodes),
      control_since_(now_) {
    for (VirtualNode node = 0; node < std::min(settings.bootstrap_nodes, settings.nodes); ++node) {
        bootstrap_.push_back(address_in(population_, node));
    }
}

void OverlayNetwork::join() {
    Draws draws(settings_.seed, "joining");
    for (VirtualNode node = 0; node < nodes_.size(); ++node) {
        const bool is_first = node < bootstrap_.size();
        const auto later = is_first ? std::chrono::nanoseconds(0) : draws.between({}, settings_.joining);
        queue_.push({.at = now_ + later, .kind = Kind::join, .node = node});
    }
    run_for(settings_.joining);
}

void OverlayNetwork::run_for(std::chrono::nanoseconds time) {
    const MonotonicTime end = now_ + time;
    while ((!queue_.empty() && queue_.next_at() <= end) || (!trains_.empty() && trains_.next_at() <= end)) step();
    now_ = end;
}

void OverlayNetwork::step() {
    if (queue_.empty() || (!trains_.empty() && trains_.next_at() <= queue_.next_at())) {
        const auto arrival = trains_.pop();
        now_ = arrival.at;
        on_cars(arrival);
    } else {
        const auto happening = queue_.pop();
        now_ = happening.at;
        happen(happening);
    }
}

void OverlayNetwork::happen(const Happening& happening) {
    Node& node = nodes_[happening.node];
    switch (happening.kind) {
        case Kind::join:
            start(happening.node);
            return;
        case Kind::packet: {
            const Bytes packet = std::move(packets_[happening.packet]);
            free_packets_.push_back(happening.packet);
            on_datagram(happening.node, happening.from, packet);
            return;
        }
        case Kind::wakeup:
            if (happening.at != node.wakeup) return;  // it was called since, and asked for another time
            node.wakeup = MonotonicTime::max();
            if (node.is_silent) return;
            node.overlay->on_time(now_);
            act(happening.node);
            return;
        case Kind::relay:
            --relays_;
            if (node.is_silent || node.life != happening.life) return;
            if (!node.overlay->broadcast(object_, now_))
                throw std::logic_error("an object that came cannot be passed on");
            act(happening.node);
            return;
        case Kind::leave:
            leave(happening.node);
            return;
        case Kind::come:
            come(happening.node);
            return;
    }
}

void OverlayNetwork::start(VirtualNode index) {
    Node& node = nodes_[index];
    node.draws = std::make_unique<Draws>(settings_.seed, "node", index);
    node.overlay = std::make_unique<kadcast::Overlay>(population_.identity(index), settings_.overlay, *node.draws);
    node.overlay->set_bootstrap(bootstrap_, now_);
    node.since = now_;
    ++node.life;
    act(index);
}

void OverlayNetwork::silence(std::span<const VirtualNode> nodes) {
    for (const auto node : nodes) {
        nodes_[node].is_silent = true;
        nodes_[node].since = now_;
    }
}

void OverlayNetwork::awaken(std::span<const VirtualNode> nodes) {
    for (const auto node : nodes) {
        nodes_[node].is_silent = false;
        start(node);
    }
}

std::chrono::nanoseconds OverlayNetwork::stay() {
    const std::chrono::duration<double> mean = std::chrono::minutes(1) / churn_.leaving;
    return churn_draws_.waiting(std::chrono::duration_cast<std::chrono::nanoseconds>(mean));
}

void OverlayNetwork::begin_churn(const Churn& churn) {
    churn_ = churn;
    for (auto node = static_cast<VirtualNode>(bootstrap_.size()); node < nodes_.size(); ++node) {
        if (!nodes_[node].is_silent) queue_.push({.at = now_ + stay(), .kind = Kind::leave, .node = node});
    }
}

void OverlayNetwork::leave(VirtualNode index) {
    if (index == origin_ && !is_quiet()) {
        queue_.push({.at = now_ + stay(), .kind = Kind::leave, .node = index});
        return;
    }
    silence(std::array{index});
    if (!is_quiet()) tally_.went(index);
    queue_.push({.at = now_ + churn_draws_.waiting(churn_.absence), .kind = Kind::come, .node = index});
}

void OverlayNetwork::come(VirtualNode index) {
    if (!is_quiet()) tally_.came(index);
    awaken(std::array{index});
    queue_.push({.at = now_ + stay(), .kind = Kind::leave, .node = index});
}

void OverlayNetwork::act(VirtualNode index) {
    Node& node = nodes_[index];
    for (auto& action : node.overlay->take_actions()) {
        if (auto* packet = std::get_if<kadcast::SendPacket>(&action)) send_packet(index, std::move(*packet));
        if (const auto* object = std::get_if<kadcast::SendObject>(&action)) send_object(index, *object);
        if (const auto* delivered = std::get_if<kadcast::Deliver>(&action)) deliver(index, *delivered);
    }
    most_incomplete_ = std::max(most_incomplete_, node.overlay->reassembly().bytes);
    const MonotonicTime next = std::max(node.overlay->wakeup(), now_);
    if (next >= node.wakeup || next == MonotonicTime::max()) return;
    node.wakeup = next;
    queue_.push({.at = next, .kind = Kind::wakeup, .node = index});
}

void OverlayNetwork::send_packet(VirtualNode from, kadcast::SendPacket packet) {
    const VirtualNode to = population_.node_at(packet.to);
    ++control_packets_;
    control_bytes_ += packet.datagram.size() + kUdpOverhead;
    const MonotonicTime begin = links_.occupy(from, 1, packet.datagram.size(), now_);
    const MonotonicTime at = begin + links_.time_of(packet.datagram.size()) + links_.delay(from, to);
    if (links_.is_lost() || to >= nodes_.size()) return;
    std::uint32_t place = 0;
    if (free_packets_.empty()) {
        place = static_cast<std::uint32_t>(packets_.size());
        packets_.push_back(std::move(packet.datagram));
    } else {
        place = free_packets_.back();
        free_packets_.pop_back();
        packets_[place] = std::move(packet.datagram);
    }
    queue_.push({.at = at, .kind = Kind::packet, .node = to, .from = from, .packet = place});
}

void OverlayNetwork::send_object(VirtualNode from, const kadcast::SendObject& send) {
    if (sent_.object == nullptr) sent_.object = send.object;
    if (send.object->ray_id() != sent_.object->ray_id() || send.object->chunks() != sent_.object->chunks()) {
        throw std::logic_error("a node sends an object that nobody gave it");
    }
    std::vector<Copy> copies;
    for (const auto& target : send.targets) {
        copies.push_back({.to = population_.node_at(target.to), .height = target.height});
    }
    const std::size_t bytes = kadcast::kBroadcastPrefixBytes + send.object->frame_bytes();
    trains_.send(from, copies, 0, send.object->chunks(), bytes, now_);
    tally_.sent(from, copies.size() * send.object->chunks(), bytes);
}

void OverlayNetwork::on_cars(const Trains::Arrival& arrival) {
    const VirtualNode to = arrival.train.to;
    // What had not left its line when the sender went away never leaves it.
    const Node& sender = nodes_[arrival.train.from];
    if (sender.is_silent ? arrival.left > sender.since : arrival.left < sender.since) return;
    if (links_.is_lost() || nodes_[to].is_silent || nodes_[to].overlay == nullptr) return;
    const ByteView frame = sent_.object->frame(arrival.first);
    const auto prefix = kadcast::broadcast_prefix(kadcast::header_of(population_.identity(arrival.train.from)),
                                                  arrival.train.height, static_cast<std::uint32_t>(frame.size()));
    datagram_.assign(prefix.begin(), prefix.end());
    datagram_.insert(datagram_.end(), frame.begin(), frame.end());
    // Of use is what the code takes for an object that it does not have.
    const auto before = nodes_[to].overlay->reassembly();
    on_datagram(to, arrival.train.from, datagram_);
    const auto after = nodes_[to].overlay->reassembly();
    const bool is_useful = after.chunks - before.chunks > after.superfluous - before.superfluous;
    tally_.received(to, 1, datagram_.size(), is_useful ? 1 : 0);
}

void OverlayNetwork::on_datagram(VirtualNode to, VirtualNode from, ByteView datagram) {
    Node& node = nodes_[to];
    if (node.is_silent || node.overlay == nullptr) return;
    SocketAddress source = address_in(population_, from);
    source.port = static_cast<std::uint16_t>(40'000 + from % 20'000);  // nodes send from another port
    node.overlay->on_datagram(source, datagram, now_);
    act(to);
}

void OverlayNetwork::deliver(VirtualNode index, const kadcast::Deliver& delivered) {
    if (delivered.object != object_) throw std::logic_error("a node is given another object than was sent");
    if (tally_.has_it(index)) throw std::logic_error("a node is given an object twice");
    const VirtualNode from = population_.node_at(delivered.from);
    tally_.has(index, from, now_);
    ++relays_;
    queue_.push(
        {.at = now_ + settings_.check, .kind = Kind::relay, .node = index, .from = from, .life = nodes_[index].life});
}

void OverlayNetwork::broadcast(VirtualNode origin, std::size_t object_bytes) {
    object_.resize(object_bytes);
    Draws(settings_.seed, "object", ++objects_).fill(object_);
    sent_ = {};
    origin_ = origin;
    tally_.begin(origin, living(), now_);
    if (!nodes_[origin].overlay->broadcast(object_, now_).has_value()) throw std::logic_error("an object is not sent");
    act(origin);
    while (!is_quiet()) step();
    tally_.end();
}

}  // namespace dusk::sim
