#include "kadcast/overlay.hpp"

#include <gmock/gmock.h>

#include <deque>
#include <map>
#include <set>

#include "base/cases.hpp"

namespace dusk::kadcast {
namespace {

using namespace std::chrono_literals;

class CountingSource final : public RandomSource {
  public:
    void fill(MutableByteView out) override {
        for (auto& byte : out) byte = static_cast<std::uint8_t>(state_ = state_ * 1103515245 + 12345, state_ >> 16);
    }

  private:
    std::uint32_t state_ = 1;
};

SocketAddress address(std::uint16_t port) { return {ByteArray<4>{10, 0, 0, 1}, port}; }

// Nodes that pass each other datagrams at once, in order.
class Wire {
  public:
    explicit Wire(const OverlaySettings& settings = {}) : settings_(settings) {}

    Overlay& add(std::uint16_t port, std::uint8_t network = 1) {
        return nodes_
            .emplace(port, Overlay(Identity::of(address(port), network, kAcceptedDifficulty), settings_, random_))
            .first->second;
    }
    Overlay& node(std::uint16_t port) { return nodes_.at(port); }
    // Until nobody has anything to say.
    void settle() {
        for (bool moved = true; moved;) {
            moved = false;
            for (auto& [port, overlay] : nodes_) {
                for (OverlayAction& action : overlay.take_actions()) {
                    carry_out(port, overlay, action);
                    moved = true;
                }
            }
        }
    }
    void pass(std::chrono::nanoseconds time) {
        for (const MonotonicTime end = now + time; now < end; now += 500ms) {
            for (auto& [port, overlay] : nodes_) {
                if (overlay.wakeup() <= now) overlay.on_time(now);
            }
            settle();
        }
    }
    // All know the first.
    void join(std::size_t count) {
        for (std::uint16_t i = 0; i < count; ++i) add(static_cast<std::uint16_t>(9000 + i));
        for (auto& [port, overlay] : nodes_) overlay.set_bootstrap({address(9000)}, now);
        settle();
        pass(5s);
    }

    MonotonicTime now{1h};
    std::map<std::uint16_t, std::vector<Deliver>> delivered{};
    std::uint64_t packets = 0;
    std::function<bool(std::uint16_t from, std::uint16_t to)> is_lost = [](auto, auto) { return false; };
    CountingSource random_;

  private:
    void arrive(std::uint16_t from, const SocketAddress& to, ByteView datagram) {
        ++packets;
        const auto at = nodes_.find(to.port);
        if (at == nodes_.end() || is_lost(from, to.port)) return;
        // It is sent from another port than the node listens on.
        at->second.on_datagram(address(static_cast<std::uint16_t>(from + 10'000)), datagram, now);
    }
    void carry_out(std::uint16_t port, Overlay& overlay, OverlayAction& action) {
        std::visit(
            Cases{[&](const SendPacket& send) { arrive(port, send.to, send.datagram); },
                  [&](const SendObject& send) {
                      for (const Target& target : send.targets) {
                          for (std::size_t i = 0; i < send.object->chunks(); ++i) {
                              const Broadcast body{target.height, send.object->frame(i)};
                              arrive(port, target.to, to_bytes(header_of(overlay.identity()), body));
                          }
                      }
                  },
                  [&](Deliver& deliver) { delivered[port].push_back(std::move(deliver)); }, [](const Vouched&) {}},
            action);
    }

    OverlaySettings settings_;
    std::map<std::uint16_t, Overlay> nodes_{};
};

TEST(Overlay, NodesFindEachOtherThroughOne) {
    Wire wire;
    wire.join(12);
    for (std::uint16_t port = 9000; port < 9012; ++port) {
        const RoutingTable& table = wire.node(port).table();
        EXPECT_EQ(table.size(), 11U) << port;
        EXPECT_EQ(table.alive(wire.now), 11U) << port;
    }
}

TEST(Overlay, WhoMissedAnswersWhenItJoinedFindsTheOthersSoon) {
    Wire wire;
    CountingSource loss;
    wire.is_lost = [&](auto, auto) {
        ByteArray<1> drawn{};
        loss.fill(drawn);
        return drawn[0] < 100;  // 39 %
    };
    wire.join(40);
    wire.pass(60s);
    for (std::uint16_t port = 9000; port < 9040; ++port) {
        const Overlay& overlay = wire.node(port);
        std::set<std::uint8_t> there, known;
        for (std::uint16_t other = 9000; other < 9040; ++other) {
            if (const auto height = distance(overlay.identity().id, id_of(address(other)))) there.insert(*height);
        }
        for (const auto& bucket : overlay.table().buckets()) {
            if (!bucket.nodes.empty()) known.insert(bucket.height);
        }
        EXPECT_EQ(known, there) << port;
    }
}

TEST(Overlay, ASmallNetworkStaysTogetherWithoutTraffic) {
    Wire wire;
    wire.join(5);
    wire.pass(5min);
    for (std::uint16_t port = 9000; port < 9005; ++port) EXPECT_EQ(wire.node(port).table().alive(wire.now), 4U);
}

TEST(Overlay, AloneItAsksLessAndLessOften) {
    Wire wire;
    wire.add(9000).set_bootstrap({address(9000), address(9999)}, wire.now);
    wire.settle();
    EXPECT_EQ(wire.packets, 1U);  // itself it does not ask
    wire.pass(20s);
    EXPECT_GE(wire.packets, 5U);
    EXPECT_LE(wire.packets, 7U);
    wire.packets = 0;
    wire.pass(10min);
    EXPECT_LE(wire.packets, 21U);
}

TEST(Overlay, ABroadcastReachesAllOnceAndIsPassedOnByHeight) {
    Wire wire;
    wire.join(40);
    const Bytes object(3000, 7);
    ASSERT_TRUE(wire.node(9007).broadcast(object, wire.now));
    std::set<std::uint16_t> relayed;
    for (bool moved = true; moved;) {
        moved = false;
        wire.settle();
        for (auto& [port, list] : wire.delivered) {
            EXPECT_EQ(list.size(), 1U);
            EXPECT_EQ(list.front().object, object);
            if (!relayed.insert(port).second) continue;
            ASSERT_TRUE(wire.node(port).broadcast(list.front().object, wire.now));
            moved = true;
        }
    }
    EXPECT_EQ(wire.delivered.size(), 39U);
    EXPECT_FALSE(wire.delivered.contains(9007));
    // Nothing is sent twice.
    wire.packets = 0;
    for (std::uint16_t port = 9000; port < 9040; ++port) ASSERT_TRUE(wire.node(port).broadcast(object, wire.now));
    wire.settle();
    EXPECT_EQ(wire.packets, 0U);
}

TEST(Overlay, WhatIsSentToOneIsPassedOnByNobody) {
    Wire wire;
    wire.join(6);
    const std::vector<SocketAddress> to{address(9003)};
    ASSERT_TRUE(wire.node(9001).send(to, as_bytes("to you alone")));
    wire.settle();
    ASSERT_EQ(wire.delivered.size(), 1U);
    const Deliver& got = wire.delivered.at(9003).front();
    EXPECT_EQ(got.height, 0);
    EXPECT_EQ(got.from, address(9001));
    ASSERT_TRUE(wire.node(9003).broadcast(got.object, wire.now));
    wire.settle();
    EXPECT_EQ(wire.delivered.size(), 1U);
}

TEST(Overlay, EmptyAndTooLargeObjects) {
    Wire wire;
    wire.join(2);
    EXPECT_EQ(wire.node(9000).broadcast({}, wire.now).error(), EncodeError::empty);
    const Bytes large(kMostObjectBytes + 1);
    EXPECT_EQ(wire.node(9000).broadcast(large, wire.now).error(), EncodeError::too_large);
    const std::vector<SocketAddress> to{address(9001)};
    EXPECT_EQ(wire.node(9000).send(to, {}).error(), EncodeError::empty);
}

TEST(Overlay, AnswersToAStrangerWhoIsKnownFromThenOn) {
    Wire wire;
    wire.join(4);
    Overlay& node = wire.node(9000);
    const Identity stranger = Identity::of(address(9500), 1, kAcceptedDifficulty);
    node.on_datagram(address(40'000), to_bytes(header_of(stranger), Ping{}), wire.now);
    std::size_t pings = 0;
    std::size_t pongs = 0;
    for (const OverlayAction& action : node.take_actions()) {
        const auto& send = std::get<SendPacket>(action);
        EXPECT_EQ(send.to, stranger.address);  // not where the datagram came from
        (send.datagram[0] == 0 ? pings : pongs) += 1;
    }
    EXPECT_EQ(pongs, 1U);
    EXPECT_EQ(pings, 1U);
    ASSERT_NE(node.table().find(stranger.id), nullptr);
    EXPECT_FALSE(node.table().find(stranger.id)->is_confirmed);
    node.on_datagram(address(40'000), to_bytes(header_of(stranger), Pong{}), wire.now);
    EXPECT_TRUE(node.table().find(stranger.id)->is_confirmed);
}

TEST(Overlay, APongThatNobodyAskedForConfirmsNothing) {
    Wire wire({.limits = {.newcomers = 1}});
    Overlay& node = wire.add(9000);
    const Identity stranger = Identity::of(address(9500), 1, kAcceptedDifficulty);
    node.on_datagram(stranger.address, to_bytes(header_of(stranger), Pong{}), wire.now);
    (void)node.take_actions();
    wire.now += 6s;
    node.on_time(wire.now);
    (void)node.take_actions();
    wire.now += 6s;
    node.on_time(wire.now + 0s);
    (void)node.take_actions();
    EXPECT_FALSE(node.table().find(stranger.id)->is_confirmed);
}

TEST(Overlay, ObjectsUnderAnothersAddressConfirmNothing) {
    Wire wire;
    Overlay& node = wire.add(9000);
    const Identity other = Identity::of(address(9500), 1, kAcceptedDifficulty);
    node.on_datagram(other.address, to_bytes(header_of(other), Ping{}), wire.now);  // it is in the table, and is pinged
    (void)node.take_actions();
    wire.now += 4500ms;
    node.on_time(wire.now);
    (void)node.take_actions();
    const auto object = encode_object(as_bytes("an object"), {});
    ASSERT_TRUE(object);
    node.on_datagram(other.address, to_bytes(header_of(other), Broadcast{9, object->frame(0)}), wire.now);
    const auto actions = node.take_actions();
    EXPECT_TRUE(std::ranges::any_of(actions, [](const auto& one) { return std::holds_alternative<Deliver>(one); }));
    EXPECT_TRUE(std::ranges::any_of(actions, [](const auto& one) { return std::holds_alternative<SendPacket>(one); }))
        << "whoever is there can show it";
    EXPECT_FALSE(node.table().find(other.id)->is_confirmed);
    node.on_datagram(other.address, to_bytes(header_of(other), Pong{}), wire.now);
    EXPECT_TRUE(node.table().find(other.id)->is_confirmed);
}

TEST(Overlay, WhomItDoesNotListenTo) {
    Wire wire;
    Overlay& node = wire.add(9000);
    const Identity other = Identity::of(address(9500), 1, kAcceptedDifficulty);
    const auto says = [&](const Identity& who, const Version& version, const SocketAddress& source) {
        node.on_datagram(source, to_bytes(header_of(who), Ping{version}), wire.now);
        return node.take_actions().size();
    };
    Identity foreign = other;
    foreign.network = 2;
    EXPECT_EQ(says(foreign, {}, other.address), 0U);
    EXPECT_EQ(node.counts().wrong_network, 1U);
    EXPECT_EQ(says(other, {0, 0, 1}, other.address), 0U);
    EXPECT_EQ(node.counts().wrong_network, 2U);
    EXPECT_EQ(says(other, {}, {ByteArray<4>{10, 0, 0, 2}, 9500}), 0U);
    EXPECT_EQ(node.counts().wrong_source, 1U);
    EXPECT_EQ(says(node.identity(), {}, address(9000)), 0U);
    EXPECT_EQ(node.counts().wrong_source, 2U);
    node.on_datagram(other.address, as_bytes("nonsense"), wire.now);
    EXPECT_EQ(node.counts().malformed, 1U);
    EXPECT_EQ(node.table().size(), 0U);
    EXPECT_GT(says(other, {1, 7, 0}, other.address), 0U);
    EXPECT_EQ(node.table().size(), 1U);
}

// Nobody makes a node send to addresses of its choice.
TEST(Overlay, AListOfNodesThatNobodyAskedForIsIgnored) {
    Wire wire;
    Overlay& node = wire.add(9000);
    const Identity liar = Identity::of(address(9500), 1, kAcceptedDifficulty);
    node.on_datagram(liar.address, to_bytes(header_of(liar), Pong{}), wire.now);
    wire.pass(10s);  // the ping that came of it is over
    const Nodes list{.entries = {{address(7777), id_of(address(7777))}}};
    (void)node.take_actions();
    node.on_datagram(liar.address, to_bytes(header_of(liar), list), wire.now);
    for (const OverlayAction& action : node.take_actions()) {
        EXPECT_NE(std::get<SendPacket>(action).to, address(7777));
    }
}

TEST(Overlay, ManyWhoOnlySayTheyAreThereDoNotPushOutThoseWhoAre) {
    Wire wire;
    wire.join(6);
    Overlay& node = wire.node(9000);
    for (std::uint32_t i = 0; i < 20'000; ++i) {
        const SocketAddress from{ByteArray<4>{11, static_cast<std::uint8_t>(i >> 16), static_cast<std::uint8_t>(i >> 8),
                                              static_cast<std::uint8_t>(i)},
                                 9000};
        const Identity fake = Identity::of(from, 1, kAcceptedDifficulty);
        node.on_datagram(from, to_bytes(header_of(fake), Ping{}), wire.now);
        if (i % 100 == 0) {
            (void)node.take_actions();
            wire.now += 50ms;
        }
    }
    EXPECT_GT(node.counts().limited, 0U);
    wire.pass(20s);
    std::set<std::uint16_t> reached;
    for (const auto& delegate : node.table().delegates(kHighest, kBeta, wire.random_, wire.now)) {
        if (delegate.to.ip == address(1).ip) reached.insert(delegate.to.port);
    }
    // All five true nodes would be too many to ask of three per bucket; most are there, none is lost.
    EXPECT_GE(reached.size(), 3U);
    for (std::uint16_t port = 9001; port < 9006; ++port) {
        EXPECT_NE(node.table().find(id_of(address(port))), nullptr) << port;
    }
}

// Into the table comes whoever sends a ping under any address. Until it has answered, what it sends is that of a
// stranger: it has no allowance of its own.
TEST(Overlay, WhoAnsweredNothingSharesTheAllowanceOfStrangers) {
    Wire wire({.limits = {.bytes_of_known = 1'000'000, .bytes_of_strangers = 10'000}});
    wire.join(2);
    Overlay& node = wire.node(9000);
    const auto limited_of = [&](const Identity& sender) {
        const auto before = node.counts().limited;
        for (std::uint8_t i = 0; i < 100; ++i) {
            const Bytes frame(1000, i);
            node.on_datagram(sender.address, to_bytes(header_of(sender), Broadcast{1, frame}), wire.now);
        }
        return node.counts().limited - before;
    };
    const Identity fake = Identity::of(address(9700), 1, kAcceptedDifficulty);
    node.on_datagram(fake.address, to_bytes(header_of(fake), Ping{}), wire.now);
    ASSERT_NE(node.table().find(fake.id), nullptr);
    EXPECT_GT(limited_of(fake), 70U);
    EXPECT_EQ(limited_of(wire.node(9001).identity()), 0U);
}

TEST(Overlay, SaysWhetherAnObjectIsOfAConfirmedNode) {
    Wire wire;
    wire.join(2);
    Overlay& node = wire.node(9000);
    const auto is_known = [&](const Identity& sender, std::string_view content) {
        const auto object = encode_object(as_bytes(content), {});
        (void)node.take_actions();
        node.on_datagram(sender.address, to_bytes(header_of(sender), Broadcast{1, object->frame(0)}), wire.now);
        for (const OverlayAction& action : node.take_actions()) {
            if (const auto* arrived = std::get_if<Deliver>(&action)) return std::optional(arrived->is_known);
        }
        return std::optional<bool>();
    };
    const Identity fake = Identity::of(address(9700), 1, kAcceptedDifficulty);
    EXPECT_EQ(is_known(wire.node(9001).identity(), "a"), true);
    EXPECT_EQ(is_known(fake, "b"), false);
    node.on_datagram(fake.address, to_bytes(header_of(fake), Ping{}), wire.now);
    EXPECT_EQ(is_known(fake, "c"), false);
    // What there was no room for is delivered again, to whoever brings it; other objects are not.
    EXPECT_EQ(is_known(fake, "c"), std::nullopt);
    node.forget(ray_id_of(as_bytes("c")));
    EXPECT_EQ(is_known(wire.node(9001).identity(), "c"), true);
    EXPECT_EQ(is_known(wire.node(9001).identity(), "b"), std::nullopt);
    // One's own stays one's own.
    ASSERT_TRUE(node.broadcast(as_bytes("d"), wire.now));
    node.forget(ray_id_of(as_bytes("d")));
    EXPECT_EQ(is_known(fake, "d"), std::nullopt);
}

TEST(Overlay, AConfirmedNodeVouchesOnceForWhatAStrangerBrought) {
    Wire wire;
    wire.join(2);
    Overlay& node = wire.node(9000);
    const Bytes block(4000, 7);
    const auto object = encode_object(block, {});
    const auto vouched_by = [&](const Identity& sender) {
        (void)node.take_actions();
        for (std::size_t i = 0; i < object->chunks(); ++i) {
            node.on_datagram(sender.address, to_bytes(header_of(sender), Broadcast{1, object->frame(i)}), wire.now);
        }
        std::vector<RayId> out;
        for (const OverlayAction& action : node.take_actions()) {
            const auto* vouched = std::get_if<Vouched>(&action);
            if (vouched == nullptr) continue;
            EXPECT_EQ(vouched->from, sender.address);
            out.push_back(vouched->ray_id);
        }
        return out;
    };
    const Identity& peer = wire.node(9001).identity();
    const Identity fake = Identity::of(address(9700), 1, kAcceptedDifficulty);
    EXPECT_TRUE(vouched_by(fake).empty());  // it brings it
    EXPECT_TRUE(vouched_by(fake).empty());
    EXPECT_EQ(vouched_by(peer), std::vector<RayId>{ray_id_of(block)});
    EXPECT_TRUE(vouched_by(peer).empty());
    // Nobody has to for what a confirmed node brought.
    node.forget(ray_id_of(block));
    EXPECT_TRUE(vouched_by(peer).empty());
    EXPECT_TRUE(vouched_by(peer).empty());
}

TEST(Overlay, ABroadcastOfAStrangerIsTakenAndTheStrangerPinged) {
    Wire wire;
    Overlay& node = wire.add(9000);
    Overlay stranger(Identity::of(address(9500), 1, kAcceptedDifficulty), {}, wire.random_);
    const std::vector<SocketAddress> to{address(9000)};
    ASSERT_TRUE(stranger.send(to, as_bytes("hello")));
    for (OverlayAction& action : stranger.take_actions()) {
        const auto& send = std::get<SendObject>(action);
        node.on_datagram(address(9500), to_bytes(header_of(stranger.identity()), Broadcast{0, send.object->frame(0)}),
                         wire.now);
    }
    bool is_pinged = false;
    bool is_delivered = false;
    for (const OverlayAction& action : node.take_actions()) {
        if (const auto* send = std::get_if<SendPacket>(&action)) is_pinged = send->to == address(9500);
        is_delivered = is_delivered || std::holds_alternative<Deliver>(action);
    }
    EXPECT_TRUE(is_pinged);
    EXPECT_TRUE(is_delivered);
    EXPECT_EQ(node.table().size(), 0U);
}

}  // namespace
}  // namespace dusk::kadcast
