#include "kadcast/overlay.hpp"

#include <algorithm>

#include "base/cases.hpp"
#include "kadcast/discovery.hpp"

namespace dusk::kadcast {
namespace {

// A node of the table that keeps sending counts as heard once in this time, whatever it sends.
constexpr std::chrono::nanoseconds kHeardAgain = std::chrono::seconds(1);
// Of a list of nodes, so many are looked at.
constexpr std::size_t kMostEntries = 40;

ReassemblySettings with_key(ReassemblySettings settings, RandomSource& random) {
    ByteArray<8> key{};
    random.fill(key);
    settings.hash_key = load_le<std::uint64_t>(key.data());
    return settings;
}

}  // namespace

struct Overlay::State {
    State(const Identity& i, const OverlaySettings& s, RandomSource& r)
        : identity(i),
          settings(s),
          random(r),
          table(i, s.table),
          discovery(s.min_peers, s.table.bucket_ttl),
          objects(with_key(s.reassembly, r)),
          limits(s.limits) {}

    // --- sending ---
    template <class Body>
    void send_packet(const SocketAddress& to, const Body& body) {
        actions.emplace_back(SendPacket{.to = to, .datagram = to_bytes(header_of(identity), body)});
    }
    void ping(const SocketAddress& to, MonotonicTime now) {
        if (!discovery.is_expected(to) && discovery.expect(to, now)) send_packet(to, Ping{});
    }
    void ask(const SocketAddress& to, const NodeId& target, MonotonicTime now) {
        if (discovery.expect(to, now)) send_packet(to, FindNodes{.target = target});
    }
    Result<void, EncodeError> send_object(ByteView object, std::vector<Target> targets) {
        auto encoded = encode_object(object, settings.fec);
        if (!encoded) return fail(encoded.error());
        if (targets.empty()) return {};
        actions.emplace_back(SendObject{.object = std::make_shared<const EncodedObject>(*std::move(encoded)),
                                        .targets = std::move(targets)});
        return {};
    }
    std::vector<Target> targets_up_to(std::uint8_t highest, MonotonicTime now) {
        std::vector<Target> out;
        for (const auto& one : table.delegates(highest, kBeta, random, now)) out.push_back({one.to, one.height});
        return out;
    }

    // --- who is there ---
    // The sender of a packet has shown itself. False: it is of another network, or it is this node.
    bool meet(const Identity& sender, bool is_known, MonotonicTime now) {
        if (!is_known && !limits.take_newcomer(now)) return true;
        switch (table.insert(sender, now)) {
            case Insertion::network_mismatch:
            case Insertion::invalid:
                return false;
            case Insertion::inserted:
                ping(sender.address, now);  // only who answers is what it says
                break;
            case Insertion::pending:
            case Insertion::updated:
                if (const KnownNode* first = table.asked_to_make_room(sender.id)) ping(first->identity.address, now);
                break;
            case Insertion::full:
                break;
        }
        return true;
    }

    // --- receiving ---
    struct Sender {
        Identity identity{};
        const KnownNode* known = nullptr;

        // Answered something: it is where it says. Anybody can have come into the table.
        [[nodiscard]] bool is_confirmed() const { return known != nullptr && known->is_confirmed; }
    };
    std::optional<Sender> sender_of(const SocketAddress& source, const Header& header) {
        Sender out;
        out.identity = {.address = {unmapped(source).ip, header.port},
                        .id = header.id,
                        .nonce = header.nonce,
                        .network = header.network};
        out.known = table.find(header.id);
        const bool is_true = out.known != nullptr ? out.known->identity.address == out.identity.address
                                                  : is_sent_from(header, out.identity.address);
        if (!is_true || header.id == identity.id) {
            ++counts.wrong_source;
            return {};
        }
        if (header.network != identity.network) {
            ++counts.wrong_network;
            return {};
        }
        return out;
    }
    void receive(const SocketAddress& source, ByteView datagram, MonotonicTime now) {
        const auto packet = read_packet(datagram);
        if (!packet) {
            ++counts.malformed;
            return;
        }
        const auto sender = sender_of(source, packet->header);
        if (!sender) return;
        const bool is_broadcast = std::holds_alternative<Broadcast>(packet->body);
        const bool has_own_limit = is_broadcast ? sender->is_confirmed() : sender->known != nullptr;
        if (!limits.take_bytes(has_own_limit ? &sender->identity.id : nullptr, datagram.size(), now)) {
            ++counts.limited;
            return;
        }
        std::visit(Cases{[&](const Broadcast& broadcast) { take_chunk(*sender, broadcast, now); },
                         [&](const auto& body) { take_control(*sender, body, now); }},
                   packet->body);
    }
    template <class Body>
    void take_control(const Sender& sender, const Body& body, MonotonicTime now) {
        if (!body.version.is_compatible()) {
            ++counts.wrong_network;
            return;
        }
        const bool is_known = sender.known != nullptr;
        if (!limits.take_request(is_known ? &sender.identity.id : nullptr, now)) {
            ++counts.limited;
            return;
        }
        // Before this node asks it something because of this very packet.
        const bool is_answer = discovery.is_expected(sender.identity.address);
        if (meet(sender.identity, is_known, now)) handle(sender.identity, body, is_answer, now);
    }
    void handle(const Identity& sender, const Ping&, bool, MonotonicTime) {
        ++counts.pings;
        send_packet(sender.address, Pong{});
    }
    void handle(const Identity& sender, const Pong&, bool is_answer, MonotonicTime) {
        ++counts.pongs;
        if (is_answer) table.confirm(sender.id);
    }
    void handle(const Identity& sender, const FindNodes& request, bool, MonotonicTime) {
        ++counts.find_nodes;
        Nodes out;
        for (const KnownNode* node : table.closest(request.target)) {
            out.entries.push_back({.address = node->identity.address, .id = node->identity.id});
        }
        send_packet(sender.address, out);
    }
    // Only from those who were asked: nobody makes this node send to addresses of its choice.
    void handle(const Identity& sender, const Nodes& nodes, bool is_answer, MonotonicTime now) {
        ++counts.nodes;
        if (!is_answer) return;
        table.confirm(sender.id);
        std::size_t looked_at = 0;
        for (const NodeEntry& entry : nodes.entries) {
            if (entry.id == identity.id) continue;
            if (++looked_at > kMostEntries) break;
            if (table.find(entry.id) != nullptr || table.is_full(entry.id)) continue;
            if (discovery.is_expected(entry.address)) continue;
            if (settings.recursive_discovery) {
                ask(entry.address, entry.id, now);
            } else {
                ping(entry.address, now);
            }
        }
    }
    void take_chunk(const Sender& sender, const Broadcast& broadcast, MonotonicTime now) {
        const auto chunk = Chunk::from_frame(broadcast.frame);
        if (!chunk) {
            ++counts.malformed;
            return;
        }
        ++counts.chunks;
        const bool is_confirmed = sender.is_confirmed();
        if (sender.known != nullptr && now - sender.known->seen >= kHeardAgain) meet(sender.identity, true, now);
        auto added = objects.add(*chunk, broadcast.height, sender.identity.address, is_confirmed, now);
        if (!added) {
            ++(added.error() == ChunkError::no_room ? counts.refused : counts.malformed);
            return;
        }
        if (!*added) {
            if (is_confirmed && objects.vouch(chunk->ray_id, now)) {
                actions.emplace_back(Vouched{.from = sender.identity.address, .ray_id = chunk->ray_id});
            }
            return;
        }
        CompleteObject& object = **added;
        ++counts.delivered;
        // Objects confirm nobody: they can be sent under the addresses of others. Whoever is there answers a ping.
        const KnownNode* known = table.find(sender.identity.id);
        if (known != nullptr ? !known->is_confirmed : limits.take_newcomer(now)) ping(sender.identity.address, now);
        actions.emplace_back(Deliver{.from = sender.identity.address,
                                     .is_known = object.is_known,
                                     .height = object.height,
                                     .ray_id = object.ray_id,
                                     .object = std::move(object.object)});
    }

    // --- time ---
    void look_for_peers(MonotonicTime now) {
        for (const SocketAddress& node : discovery.due_bootstrap(table.alive(now), now)) ask(node, identity.id, now);
    }
    // Asked are nodes near to what is looked for, and others, since the near ones may be gone.
    void look_for(const NodeId& target, MonotonicTime now) {
        const auto near = table.closest(target);
        for (std::size_t i = 0; i < std::min(kAlpha, near.size()); ++i) ask(near[i]->identity.address, target, now);
        for (const SocketAddress& peer : table.draw(kAlpha, random, now)) ask(peer, target, now);
    }
    void look_after_buckets(MonotonicTime now) {
        if (discovery.is_refresh_due(now)) {
            for (const std::uint8_t height : table.stale_heights(now)) look_for(at_distance(identity.id, height), now);
        }
        if (!discovery.is_search_due(now)) return;
        look_for(identity.id, now);
        for (const std::uint8_t height : table.thin_heights(kBeta, now))
            look_for(at_distance(identity.id, height), now);
    }
    void on_time(MonotonicTime now) {
        discovery.forget_requests(now);
        table.forget_silent(now);
        for (const SocketAddress& peer : table.take_silent(now)) ping(peer, now);
        look_for_peers(now);
        look_after_buckets(now);
    }

    Identity identity;
    OverlaySettings settings;
    RandomSource& random;
    RoutingTable table;
    Discovery discovery;
    Reassembly objects;
    SourceLimits limits;
    OverlayCounts counts{};
    std::vector<OverlayAction> actions{};
};

Overlay::Overlay(const Identity& identity, const OverlaySettings& settings, RandomSource& random)
    : state_(std::make_unique<State>(identity, settings, random)) {}
Overlay::Overlay(Overlay&&) noexcept = default;
Overlay& Overlay::operator=(Overlay&&) noexcept = default;
Overlay::~Overlay() = default;

void Overlay::set_bootstrap(std::vector<SocketAddress> nodes, MonotonicTime now) {
    std::erase(nodes, state_->identity.address);
    state_->discovery.set_bootstrap(std::move(nodes), now);
    state_->look_for_peers(now);
}

void Overlay::on_datagram(const SocketAddress& source, ByteView datagram, MonotonicTime now) {
    state_->receive(source, datagram, now);
}

void Overlay::on_time(MonotonicTime now) { state_->on_time(now); }

Result<void, EncodeError> Overlay::broadcast(ByteView object, MonotonicTime now) {
    if (object.empty()) return fail(EncodeError::empty);
    if (object.size() > kMostObjectBytes) return fail(EncodeError::too_large);
    State& state = *state_;
    const RayId ray_id = ray_id_of(object);
    Reassembly::Seen* seen = state.objects.find(ray_id, now);
    if (seen == nullptr) {
        state.objects.remember(ray_id, now);
        return state.send_object(object, state.targets_up_to(kHighest, now));
    }
    if (seen->is_own || seen->is_relayed) return {};
    seen->is_relayed = true;
    if (seen->height == 0) return {};
    auto targets = state.targets_up_to(static_cast<std::uint8_t>(seen->height - 1), now);
    return targets.empty() ? Result<void, EncodeError>() : state.send_object(object, std::move(targets));
}

void Overlay::forget(const RayId& ray_id) { state_->objects.forget(ray_id); }

Result<void, EncodeError> Overlay::send(std::span<const SocketAddress> to, ByteView object) {
    std::vector<Target> targets;
    for (const SocketAddress& one : to) targets.push_back({.to = one});
    return state_->send_object(object, std::move(targets));
}

std::vector<OverlayAction> Overlay::take_actions() { return std::exchange(state_->actions, {}); }
MonotonicTime Overlay::wakeup() const { return state_->discovery.wakeup(); }
const Identity& Overlay::identity() const { return state_->identity; }
const RoutingTable& Overlay::table() const { return state_->table; }

std::vector<SocketAddress> Overlay::draw_peers(std::size_t count, MonotonicTime now) {
    return state_->table.draw(count, state_->random, now);
}

const OverlayCounts& Overlay::counts() const { return state_->counts; }
ReassemblyCounts Overlay::reassembly() const { return state_->objects.counts(); }

void Overlay::insert(const Identity& node, MonotonicTime now) {
    state_->table.insert(node, now);
    state_->table.confirm(node.id);
}

}  // namespace dusk::kadcast
