#include "node/kadcast_transport.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "kadcast/object_encoder.hpp"
#include "kadcast/packet.hpp"
#include "ledger/block_samples.hpp"
#include "ledger/limits.hpp"
#include "node/test_datagram_relay.hpp"

namespace dusk::node {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;
namespace asio = boost::asio;

const Peer kAnyPort{.ip = ByteArray<4>{127, 0, 0, 1}, .port = 0};
const Peer kAnyPort6{.ip = ByteArray<16>{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, .port = 0};

MessagePtr numbered(std::uint8_t number) {
    ledger::GetResourceMessage out{.ttl = std::numeric_limits<std::uint64_t>::max()};
    out.hops_limit = number;
    return std::make_shared<const ledger::Message>(ledger::Message{.payload = out});
}
int number_of(const MessagePtr& message) {
    const auto* request = std::get_if<ledger::GetResourceMessage>(&message->payload);
    return request == nullptr ? -1 : request->hops_limit;
}
// 330 kB: 255 chunks and more.
MessagePtr large_message(std::uint16_t kind = 0) {
    ledger::InventoryMessage out;
    out.inventory.items.assign(ledger::kMostInventoryItems, ledger::PooledTransaction{});
    out.inventory.max_entries = kind;
    return std::make_shared<const ledger::Message>(ledger::Message{.payload = out});
}

class KadcastTransportTest : public testing::Test {
  protected:
    struct Node {
        std::vector<std::pair<Peer, MessagePtr>> received{};
        std::unique_ptr<KadcastTransport> transport{};
        int of_strangers = 0;

        [[nodiscard]] Peer self() const { return transport->self(); }
        [[nodiscard]] std::vector<int> numbers() const {
            std::vector<int> out;
            for (const auto& [from, message] : received) out.push_back(number_of(message));
            std::ranges::sort(out);
            return out;
        }
        [[nodiscard]] std::size_t alive() const { return transport->alive_peers().size(); }
    };

    std::unique_ptr<Node> unstarted(std::vector<std::string> bootstrap,
                                    const std::function<void(KadcastSettings&)>& change = {}) {
        auto out = std::make_unique<Node>();
        KadcastSettings settings{
            .public_address = kAnyPort, .bootstrap = std::move(bootstrap), .network = 100, .difficulty = 8};
        if (change) change(settings);
        out->transport = std::make_unique<KadcastTransport>(
            context_, settings, clock_,
            [node = out.get()](std::span<const Received> messages, Standing sender) {
                for (const auto& [from, message] : messages) node->received.emplace_back(from, message);
                if (sender == Standing::stranger) node->of_strangers += static_cast<int>(messages.size());
            },
            Logger());
        return out;
    }
    std::unique_ptr<Node> node(std::vector<std::string> bootstrap,
                               const std::function<void(KadcastSettings&)>& change = {}) {
        auto out = unstarted(std::move(bootstrap), change);
        const auto started = out->transport->start();
        if (!started) ADD_FAILURE() << started.error();
        return out;
    }
    // Nodes that all know the first one, and wait until everybody knows everybody.
    std::vector<std::unique_ptr<Node>> network(std::size_t count) {
        std::vector<std::unique_ptr<Node>> out;
        out.push_back(node({}));
        for (std::size_t i = 1; i < count; ++i) out.push_back(node({out[0]->self().to_text()}));
        EXPECT_TRUE(reached(
            [&] { return std::ranges::all_of(out, [&](const auto& one) { return one->alive() == count - 1; }); }));
        return out;
    }
    // Runs until something is so, at most some seconds.
    bool reached(const std::function<bool()>& condition) {
        const auto end = std::chrono::steady_clock::now() + 20s;
        while (!condition()) {
            if (std::chrono::steady_clock::now() > end) return false;
            run_for(2ms);
        }
        return true;
    }
    void run_for(std::chrono::milliseconds time) {
        context_.restart();
        context_.run_for(time);
        // Without work the loop returns at once.
        std::this_thread::sleep_for(1ms);
    }
    static TransportCounts counts(const Node& node) { return node.transport->view()->counts; }

    asio::io_context context_{1};
    SystemClock clock_;
};

TEST_F(KadcastTransportTest, NodesFindEachOtherAndABroadcastReachesEachOnce) {
    const auto nodes = network(5);
    nodes[2]->transport->broadcast(numbered(1));
    nodes[2]->transport->broadcast(numbered(1));
    // Whoever finds it good hands it on: to those that the sender's choice of three in each bucket left out.
    const auto hand_on = [&] {
        for (const auto& one : nodes) {
            if (!one->received.empty()) one->transport->broadcast(one->received[0].second);
        }
    };
    ASSERT_TRUE(reached([&] {
        hand_on();
        return std::ranges::all_of(nodes, [&](const auto& one) { return one == nodes[2] || !one->received.empty(); });
    }));
    hand_on();
    run_for(200ms);
    for (const auto& one : nodes) EXPECT_EQ(one->numbers(), one == nodes[2] ? std::vector<int>() : std::vector{1});
}

TEST_F(KadcastTransportTest, MessagesForOneArriveThereAlone) {
    const auto nodes = network(2);
    for (const std::uint8_t number : {std::uint8_t{5}, std::uint8_t{7}, std::uint8_t{8}})
        nodes[0]->transport->send(nodes[1]->self(), numbered(number));
    nodes[1]->transport->send_to_some(8, numbered(6));
    ASSERT_TRUE(reached([&] { return nodes[1]->received.size() == 3 && nodes[0]->received.size() == 1; }));
    EXPECT_THAT(nodes[1]->numbers(), UnorderedElementsAre(5, 7, 8));
    EXPECT_THAT(nodes[0]->numbers(), ElementsAre(6));
    // To itself and to nobody nothing is sent.
    const auto before = counts(*nodes[0]).dropped;
    nodes[0]->transport->send(nodes[0]->self(), numbered(5));
    nodes[0]->transport->send(kAnyPort, numbered(5));
    ASSERT_TRUE(reached([&] { return counts(*nodes[0]).dropped == before + 2; }));
}

TEST_F(KadcastTransportTest, CountersInRequestsBeginWithTheAddress) {
    const auto nodes = network(2);
    const auto ask = std::make_shared<const ledger::Message>(ledger::Message{.payload = ledger::GetMempoolMessage{}});
    nodes[0]->transport->send(nodes[1]->self(), ask);
    nodes[0]->transport->send_to_some(1, ask);
    ASSERT_TRUE(reached([&] { return nodes[1]->received.size() == 2; }));
    std::vector<std::uint64_t> nonces;
    for (const auto& [from, message] : nodes[1]->received) {
        nonces.push_back(
            load_le<std::uint64_t>(std::get<ledger::GetMempoolMessage>(message->payload).nonce.bytes.data()));
    }
    const std::uint64_t first = 127 + (std::uint64_t{1} << 24);
    EXPECT_THAT(nonces, UnorderedElementsAre(first, first + 1));
}

TEST_F(KadcastTransportTest, LargeMessagesArriveOverALineThatLosesATenth) {
    const auto relay = std::make_unique<TestDatagramRelay>([](std::uint64_t number) { return number % 10 == 3; });
    const auto sender = node({});
    const auto receiver = node({sender->self().to_text()}, [&](KadcastSettings& settings) {
        settings.public_address = relay->address();
        settings.listen_address = kAnyPort;
    });
    ASSERT_TRUE(reached([&] { return receiver->transport->view()->listening.port != 0; }));
    relay->forward_to(receiver->transport->view()->listening);
    ASSERT_TRUE(reached([&] { return sender->alive() == 1; }));
    for (std::uint16_t i = 1; i <= 5; ++i) sender->transport->broadcast(large_message(i));
    ASSERT_TRUE(reached([&] { return receiver->received.size() == 5; }));
    EXPECT_GT(relay->lost(), 50U);
    const auto traced = receiver->transport->objects_after(0);
    ASSERT_EQ(traced.objects.size(), 5U);
    EXPECT_GE(traced.objects[0].chunks, 250U);
    EXPECT_EQ(traced.last, 5U);
    EXPECT_EQ(topic_name(traced.objects[0].topic), "inventory");
    EXPECT_EQ(traced.objects[0].from, sender->self());
}

// Each stands behind an address that is not its own.
TEST_F(KadcastTransportTest, PublicAndListeningAddressMayDiffer) {
    TestDatagramRelay before_a, before_b;
    const auto behind = [](const TestDatagramRelay& relay) {
        return [&relay](KadcastSettings& settings) {
            settings.public_address = relay.address();
            settings.listen_address = Peer{.ip = ByteArray<4>{0, 0, 0, 0}, .port = 0};
        };
    };
    const auto local = [](const Node& node) {
        return Peer{.ip = ByteArray<4>{127, 0, 0, 1}, .port = node.transport->view()->listening.port};
    };
    const auto a = node({}, behind(before_a));
    const auto b = node({before_a.address().to_text()}, behind(before_b));
    ASSERT_TRUE(reached([&] { return local(*a).port != 0 && local(*b).port != 0; }));
    before_a.forward_to(local(*a));
    before_b.forward_to(local(*b));
    EXPECT_EQ(a->self(), before_a.address());
    ASSERT_TRUE(reached([&] { return a->alive() == 1 && b->alive() == 1; }));
    EXPECT_THAT(a->transport->alive_peers(), ElementsAre(before_b.address()));
    a->transport->broadcast(numbered(3));
    b->transport->broadcast(numbered(4));
    ASSERT_TRUE(reached([&] { return a->received.size() == 1 && b->received.size() == 1; }));
    EXPECT_EQ(b->received[0].first, before_a.address());
    EXPECT_GT(before_a.forwarded(), 6U);
}

TEST_F(KadcastTransportTest, SpeaksIPv6) {
    if (!UdpSocket::bound(kAnyPort6)) GTEST_SKIP() << "the kernel has no IPv6";
    const auto six = [](KadcastSettings& settings) { settings.public_address = kAnyPort6; };
    const auto a = node({}, six);
    const auto b = node({a->self().to_text()}, six);
    ASSERT_TRUE(reached([&] { return a->alive() == 1 && b->alive() == 1; }));
    a->transport->broadcast(large_message());
    ASSERT_TRUE(reached([&] { return b->received.size() == 1; }));
    EXPECT_EQ(b->received[0].first, a->self());
    EXPECT_TRUE(b->self().to_text().starts_with("[::1]:"));
}

// A socket for both families calls IPv4 addresses ::ffff:a.b.c.d; the identifier is that of the four bytes.
TEST_F(KadcastTransportTest, ListensToBothFamilies) {
    if (!UdpSocket::bound(kAnyPort6)) GTEST_SKIP() << "the kernel has no IPv6";
    const Peer any6{.ip = ByteArray<16>{}, .port = 0};
    const auto a = node({}, [&](KadcastSettings& settings) { settings.listen_address = any6; });
    const auto b = node({a->self().to_text()});
    ASSERT_TRUE(reached([&] { return a->alive() == 1 && b->alive() == 1; }));
    EXPECT_THAT(a->transport->alive_peers(), ElementsAre(b->self()));
}

TEST_F(KadcastTransportTest, BeginsWithNames) {
    const auto a = node({});
    const auto b = node({"nobody.invalid:9000", "localhost:" + std::to_string(a->self().port)});
    ASSERT_TRUE(reached([&] { return a->alive() == 1 && b->alive() == 1; }));
}

TEST_F(KadcastTransportTest, NodesOfAnotherNetworkStayStrangers) {
    const auto a = node({});
    const auto other = node({a->self().to_text()}, [](KadcastSettings& settings) { settings.network = 1; });
    other->transport->send(a->self(), numbered(1));
    ASSERT_TRUE(reached([&] { return counts(*a).wrong_network >= 2; }));
    EXPECT_THAT(a->transport->alive_peers(), IsEmpty());
    EXPECT_THAT(a->received, IsEmpty());
}

TEST_F(KadcastTransportTest, ANodeThatCameBackIsHeardAgain) {
    auto a = node({});
    const Peer address = a->self();
    const auto b = node({address.to_text()});
    ASSERT_TRUE(reached([&] { return a->alive() == 1; }));
    a.reset();
    a = node({b->self().to_text()}, [&](KadcastSettings& settings) { settings.public_address = address; });
    ASSERT_TRUE(reached([&] { return a->alive() == 1; }));
    b->transport->broadcast(numbered(3));
    ASSERT_TRUE(reached([&] { return a->received.size() == 1; }));
}

TEST_F(KadcastTransportTest, AnotherNodeOnThePortIsAnError) {
    const auto a = node({});
    const auto on = [](const Peer& address) {
        return [address](KadcastSettings& settings) { settings.public_address = address; };
    };
    const auto started = unstarted({}, on(a->self()))->transport->start();
    ASSERT_FALSE(started);
    EXPECT_TRUE(started.error().starts_with("cannot listen on UDP " + a->self().to_text()));
    const auto elsewhere = unstarted({}, on({.ip = ByteArray<4>{192, 0, 2, 1}, .port = 0}))->transport->start();
    ASSERT_FALSE(elsewhere);
    EXPECT_TRUE(elsewhere.error().contains("set kadcast.listen_address"));
}

TEST_F(KadcastTransportTest, NoiseIsCountedAndCostsNothing) {
    const auto a = node({});
    const auto noise = UdpSocket::bound(kAnyPort).value();
    const kadcast::Identity liar{.address = {.ip = ByteArray<4>{10, 1, 2, 3}, .port = 9}, .id = {}, .network = 100};
    const auto identity = kadcast::Identity::of(liar.address, 100, 8);
    const std::vector<Bytes> bad{
        {}, {1, 2, 3}, Bytes(1375, 0xff), kadcast::to_bytes(kadcast::header_of(identity), kadcast::Ping{})};
    for (const Bytes& bytes : bad) {
        const OutgoingDatagram out{.to = a->self(), .head = bytes, .body = {}};
        EXPECT_EQ(noise.send({&out, 1}).done, 1U);
    }
    ASSERT_TRUE(reached([&] { return counts(*a).datagrams_received == bad.size(); }));
    EXPECT_EQ(counts(*a).malformed, 3U);
    EXPECT_EQ(counts(*a).wrong_source, 1U);
    EXPECT_THAT(a->transport->alive_peers(), IsEmpty());
}

// The loop is busy, and others keep sending.
TEST_F(KadcastTransportTest, WhatTheLoopDoesNotTakeIsDroppedBeyondTheLimit) {
    const auto a = node({}, [](KadcastSettings& settings) { settings.inlet.requests = 10; });
    const auto b = node({a->self().to_text()});
    ASSERT_TRUE(reached([&] { return b->alive() == 1; }));
    for (std::uint8_t i = 0; i < 50; ++i) b->transport->send(a->self(), numbered(i));
    const auto end = std::chrono::steady_clock::now() + 20s;
    while (counts(*a).topics[8].received < 50 && std::chrono::steady_clock::now() < end) {
        std::this_thread::sleep_for(5ms);
    }
    EXPECT_EQ(counts(*a).topics[8].received, 50U);
    EXPECT_EQ(counts(*a).topics[8].dropped, 40U);
    ASSERT_TRUE(reached([&] { return a->received.size() == 10; }));
    run_for(50ms);
    EXPECT_EQ(a->received.size(), 10U);
}

TEST_F(KadcastTransportTest, WhatNoKnownKeySignedIsDroppedAndCounted) {
    const auto nodes = network(2);
    ledger::BlockSamples samples(1);
    const ledger::SignInfo known = samples.sign_info(), unknown = samples.sign_info();
    const auto vote = [&](const ledger::SignInfo& by) {
        return std::make_shared<const ledger::Message>(
            ledger::Message{.payload = ledger::ValidationMessage{
                                .header = samples.consensus_header(), .vote = samples.vote(), .sign_info = by}});
    };
    const auto second_vote = [&](const ledger::SignInfo& by) {
        return std::make_shared<const ledger::Message>(
            ledger::Message{.payload = ledger::RatificationMessage{
                                .header = samples.consensus_header(), .vote = samples.vote(), .sign_info = by}});
    };
    const auto candidate = [&](const ledger::SignInfo& by) {
        ledger::Block block = samples.block();
        block.header.generator = {by.signer.to_bytes()};
        return std::make_shared<const ledger::Message>(
            ledger::Message{.payload = ledger::CandidateMessage{std::move(block)}});
    };
    const auto send_all = [&](const ledger::SignInfo& by) {
        for (const auto& message : {vote(by), second_vote(by), candidate(by)}) nodes[1]->transport->broadcast(message);
    };
    const auto of_nobody = [&](std::uint8_t topic) { return counts(*nodes[0]).topics[topic].of_nobody; };
    const auto set_known = [&](std::vector<ledger::SignInfo> infos) {
        std::vector<ledger::KeyBytes> keys;
        for (const auto& info : infos) keys.push_back({info.signer.to_bytes()});
        nodes[0]->transport->set_known_signers(std::make_shared<const KnownSigners>(std::move(keys)));
    };

    send_all(unknown);  // nothing has been said yet
    ASSERT_TRUE(reached([&] { return nodes[0]->received.size() == 3; }));
    set_known({known});
    send_all(unknown);
    send_all(known);
    nodes[1]->transport->broadcast(numbered(1));  // what nobody signs goes through
    ASSERT_TRUE(reached([&] { return nodes[0]->received.size() == 7; }));
    ASSERT_TRUE(reached([&] { return of_nobody(16) == 1 && of_nobody(17) == 1 && of_nobody(18) == 1; }));
    EXPECT_EQ(counts(*nodes[0]).topics[17].received, 2U);
    EXPECT_EQ(counts(*nodes[0]).malformed, 0U);
    const auto traced = nodes[0]->transport->objects_after(0);
    EXPECT_EQ(std::ranges::count(traced.objects, 17, &TracedObject::topic), 3);
    set_known({known, unknown});
    send_all(unknown);
    ASSERT_TRUE(reached([&] { return nodes[0]->received.size() == 10; }));
    EXPECT_EQ(of_nobody(17), 1U);
}

// Nobody answers for the stranger, so it stays one. There is room for two of its messages, and time for none after the
// first.
class Stranger {
  public:
    void send(const Peer& to, std::uint8_t number) {
        const auto object = kadcast::encode_object(ledger::encode(*numbered(number)), {}).value();
        const Bytes datagram = kadcast::to_bytes(kadcast::header_of(identity_), kadcast::Broadcast{1, object.frame(0)});
        const OutgoingDatagram out{.to = to, .head = datagram, .body = {}};
        EXPECT_EQ(socket_.send({&out, 1}).done, 1U);
    }

  private:
    UdpSocket socket_ = UdpSocket::bound(kAnyPort).value();
    kadcast::Identity identity_ = kadcast::Identity::of(socket_.local_address(), 100, 8);
};

TEST_F(KadcastTransportTest, APeerBringsWhatAStrangerHadNoRoomFor) {
    const auto a = node({}, [](KadcastSettings& settings) { settings.arrivals.strangers.items = 0; });
    const auto b = node({a->self().to_text()});
    ASSERT_TRUE(reached([&] { return b->alive() == 1 && a->alive() == 1; }));
    Stranger stranger;
    for (std::uint8_t number = 1; number <= 3; ++number) stranger.send(a->self(), number);
    ASSERT_TRUE(reached([&] { return counts(*a).topics[8].dropped == 3; }));
    b->transport->broadcast(numbered(4));
    b->transport->broadcast(numbered(3));
    ASSERT_TRUE(reached([&] { return a->received.size() == 2; }));
    EXPECT_THAT(a->numbers(), ElementsAre(3, 4));
    EXPECT_EQ(a->of_strangers, 0);
}

TEST_F(KadcastTransportTest, WhoIsDoubtedCountsAsAStranger) {
    const auto nodes = network(3);
    const auto quorum = [](std::uint64_t round) {
        return std::make_shared<const ledger::Message>(
            ledger::Message{.payload = ledger::QuorumMessage{.header = {.round = round}}});
    };
    EXPECT_TRUE(nodes[0]->transport->doubt(nodes[1]->self()));
    EXPECT_FALSE(nodes[0]->transport->doubt(nodes[1]->self()));
    nodes[1]->transport->send(nodes[0]->self(), quorum(1));
    ASSERT_TRUE(reached([&] { return nodes[0]->received.size() == 1; }));
    EXPECT_EQ(nodes[0]->of_strangers, 1);
    nodes[2]->transport->send(nodes[0]->self(), quorum(2));
    ASSERT_TRUE(reached([&] { return nodes[0]->received.size() == 2; }));
    EXPECT_EQ(nodes[0]->of_strangers, 1);
}

TEST_F(KadcastTransportTest, AfterItsEndNothingIsHandedOn) {
    const auto nodes = network(2);
    nodes[0]->transport->send(nodes[1]->self(), numbered(1));
    nodes[1]->transport->stop();
    nodes[1]->transport->broadcast(numbered(2));
    run_for(100ms);
    EXPECT_THAT(nodes[1]->received, IsEmpty());
    EXPECT_THAT(nodes[0]->received, IsEmpty());
}

TEST_F(KadcastTransportTest, TellsOfPeersAndMessages) {
    const auto nodes = network(3);
    nodes[0]->transport->broadcast(numbered(1));
    ASSERT_TRUE(reached([&] { return nodes[1]->received.size() == 1 && nodes[2]->received.size() == 1; }));
    ASSERT_TRUE(
        reached([&] { return counts(*nodes[0]).topics[8].sent == 1 && counts(*nodes[1]).topics[8].received == 1; }));
    const auto view = nodes[0]->transport->view();
    ASSERT_EQ(view->peers.size(), 2U);
    for (const PeerView& peer : view->peers) {
        EXPECT_TRUE(peer.is_alive);
        ASSERT_TRUE(peer.round_trip);
        EXPECT_LT(*peer.round_trip, 5s);
        EXPECT_EQ(peer.id, kadcast::id_of(peer.address).bytes);
        EXPECT_EQ(peer.height, kadcast::distance({view->id}, {peer.id}));
    }
    EXPECT_EQ(view->network, 100);
    EXPECT_EQ(view->self, nodes[0]->self());
    EXPECT_GE(view->counts.datagrams_sent, 12U);
    EXPECT_GT(view->counts.find_nodes, 0U);
    const auto sent = nodes[0]->transport->objects_after(0);
    ASSERT_EQ(sent.objects.size(), 1U);
    EXPECT_TRUE(sent.objects[0].is_own);
    const auto came = nodes[1]->transport->objects_after(0);
    ASSERT_EQ(came.objects.size(), 1U);
    EXPECT_EQ(came.objects[0].ray_id, sent.objects[0].ray_id);
    EXPECT_FALSE(came.objects[0].is_own);
    EXPECT_GT(came.objects[0].height, 0);
    EXPECT_THAT(nodes[1]->transport->objects_after(1).objects, IsEmpty());
}

}  // namespace
}  // namespace dusk::node
