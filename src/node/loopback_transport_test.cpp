#include "node/loopback_transport.hpp"

#include <gtest/gtest.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <functional>
#include <thread>

#include "crypto/os_random.hpp"
#include "ledger/limits.hpp"
#include "node/loopback_link.hpp"

namespace dusk::node {
namespace {

using namespace std::chrono_literals;
namespace asio = boost::asio;
using asio::ip::tcp;

const Peer kAnyPort{.ip = ByteArray<4>{127, 0, 0, 1}, .port = 0};

MessagePtr numbered(std::uint8_t number) {
    ledger::GetBlocksMessage out;
    out.locator.bytes[0] = number;
    return std::make_shared<const ledger::Message>(ledger::Message{.payload = out});
}
std::uint8_t number_of(const MessagePtr& message) {
    return std::get<ledger::GetBlocksMessage>(message->payload).locator.bytes[0];
}
MessagePtr large_message() {
    ledger::InventoryMessage out;
    out.inventory.items.assign(ledger::kMostInventoryItems, ledger::PooledTransaction{});
    return std::make_shared<const ledger::Message>(ledger::Message{.payload = out});
}

class LoopbackTransportTest : public testing::Test {
  protected:
    struct Node {
        std::vector<std::pair<Peer, MessagePtr>> received{};
        std::unique_ptr<LoopbackTransport> transport{};

        [[nodiscard]] std::vector<int> numbers() const {
            std::vector<int> out;
            for (const auto& [from, message] : received) out.push_back(number_of(message));
            std::ranges::sort(out);
            return out;
        }
    };

    std::unique_ptr<Node> node(std::vector<Peer> peers, const std::function<void(LoopbackSettings&)>& change = {}) {
        auto out = std::make_unique<Node>();
        LoopbackSettings settings{.self = kAnyPort, .peers = std::move(peers), .network = 100};
        settings.patience = 500ms;
        if (change) change(settings);
        out->transport = std::make_unique<LoopbackTransport>(
            context_, settings, clock_, random_,
            [node = out.get()](const Peer& from, const MessagePtr& message) {
                node->received.emplace_back(from, message);
            },
            Logger());
        EXPECT_TRUE(out->transport->start());
        return out;
    }
    // Runs until something is so, at most some seconds.
    bool reached(const std::function<bool()>& condition) {
        const auto end = std::chrono::steady_clock::now() + 10s;
        while (!condition()) {
            if (std::chrono::steady_clock::now() > end) return false;
            run_for(2ms);
        }
        return true;
    }
    void run_for(std::chrono::milliseconds time) {
        context_.restart();
        context_.run_for(time);
    }
    // A program that is no node: sends bytes; true once the node has closed the connection.
    bool is_cut_off_after(const Node& target, ByteView bytes) {
        tcp::socket socket(context_);
        socket.connect(endpoint_of(target.transport->self()));
        boost::system::error_code error;
        asio::write(socket, asio::buffer(bytes.data(), bytes.size()), error);
        bool closed = false;
        std::uint8_t byte = 0;
        socket.async_read_some(asio::buffer(&byte, 1), [&](const auto& e, std::size_t) { closed = bool(e); });
        return reached([&] { return closed; });
    }
    Bytes greeting(std::uint8_t network = 100, const ledger::BlockHash& genesis = {}) {
        return make_frame(FrameKind::hello,
                          Hello{.network = network, .genesis = genesis, .sender = kAnyPort}.to_bytes());
    }

    asio::io_context context_{1};
    SystemClock clock_;
    crypto::OsRandom random_;
};

TEST_F(LoopbackTransportTest, ABroadcastReachesEveryNodeOnce) {
    const auto a = node({});
    const auto b = node({a->transport->self()});
    const auto c = node({a->transport->self(), b->transport->self()});
    // Those that were not told of others learn of them by their greeting.
    ASSERT_TRUE(reached([&] { return a->transport->alive_peers().size() == 2; }));
    ASSERT_TRUE(reached([&] { return b->transport->alive_peers().size() == 2; }));

    a->transport->broadcast(numbered(1));
    a->transport->broadcast(numbered(1));
    ASSERT_TRUE(reached([&] { return !b->received.empty() && !c->received.empty(); }));
    EXPECT_EQ(b->received[0].first, a->transport->self());
    // What consensus sends on is a duplicate everywhere.
    b->transport->broadcast(b->received[0].second);
    c->transport->broadcast(c->received[0].second);
    ASSERT_TRUE(reached([&] { return b->transport->counts().duplicates + c->transport->counts().duplicates == 2; }));
    EXPECT_EQ(a->numbers(), std::vector<int>());
    EXPECT_EQ(b->numbers(), std::vector<int>{1});
    EXPECT_EQ(c->numbers(), std::vector<int>{1});
}

TEST_F(LoopbackTransportTest, ABroadcastIsPassedOnToWhoeverTheSenderDoesNotReach) {
    const auto b = node({});
    const auto c = node({b->transport->self()});
    const auto a = node({b->transport->self()});  // never hears of c
    ASSERT_TRUE(reached([&] { return b->transport->alive_peers().size() == 2; }));
    a->transport->broadcast(numbered(7));
    ASSERT_TRUE(reached([&] { return b->received.size() == 1; }));
    EXPECT_TRUE(c->received.empty());
    b->transport->broadcast(b->received[0].second);
    ASSERT_TRUE(reached([&] { return c->received.size() == 1; }));
    EXPECT_EQ(c->received[0].first, b->transport->self());
    EXPECT_TRUE(a->received.empty());
}

TEST_F(LoopbackTransportTest, DirectMessagesComeAsOftenAsTheyAreSent) {
    const auto a = node({});
    const auto b = node({a->transport->self()});
    ASSERT_TRUE(reached([&] { return b->transport->alive_peers().size() == 1; }));
    for (int i = 0; i < 3; ++i) b->transport->send(a->transport->self(), numbered(5));
    b->transport->send_to_some(8, numbered(6));
    ASSERT_TRUE(reached([&] { return a->received.size() == 4; }));
    EXPECT_EQ(a->numbers(), (std::vector<int>{5, 5, 5, 6}));
    b->transport->send(Peer{.ip = ByteArray<4>{127, 0, 0, 1}, .port = 1}, numbered(5));
    EXPECT_EQ(b->transport->counts().dropped, 1U);
}

TEST_F(LoopbackTransportTest, LargeMessagesArrive) {
    const auto a = node({});
    const auto b = node({a->transport->self()});
    b->transport->broadcast(large_message());  // before the connection is there
    ASSERT_TRUE(reached([&] { return a->received.size() == 1; }));
    EXPECT_EQ(ledger::encode(*a->received[0].second), ledger::encode(*large_message()));
}

TEST_F(LoopbackTransportTest, AConnectionThatIsLostIsMadeAgain) {
    auto a = node({});
    const Peer address = a->transport->self();
    const auto b = node({address});
    ASSERT_TRUE(reached([&] { return b->transport->alive_peers().size() == 1; }));
    a.reset();
    ASSERT_TRUE(reached([&] { return b->transport->alive_peers().empty(); }));
    b->transport->broadcast(numbered(3));  // kept for a while
    a = node({}, [&](LoopbackSettings& settings) { settings.self = address; });
    ASSERT_TRUE(reached([&] { return a->received.size() == 1; }));
    EXPECT_EQ(a->numbers(), std::vector<int>{3});
}

TEST_F(LoopbackTransportTest, APeerThatDoesNotReadCostsNoMoreThanTheLimit) {
    tcp::acceptor silent(context_, {asio::ip::address_v4::loopback(), 0});
    const auto a = node({peer_of(silent.local_endpoint())}, [](LoopbackSettings& settings) {
        settings.most_queued = 10;
        settings.most_queued_bytes = 2'000'000;
    });
    ASSERT_TRUE(reached([&] { return a->transport->alive_peers().size() == 1; }));
    for (int i = 0; i < 200; ++i) {
        a->transport->send_to_some(1, large_message());
        run_for(1ms);
    }
    EXPECT_GT(a->transport->counts().dropped, 100U);
}

TEST_F(LoopbackTransportTest, WhatCannotBeReadEndsTheConnection) {
    const auto a = node({});
    const auto with = [this](ByteView more) {
        Bytes out = greeting();
        append(out, more);
        return out;
    };
    std::uint64_t expected = 0;
    for (const Bytes& bytes : {
             to_vector(as_bytes("GET / HTTP/1.1\r\n\r\n")),
             make_frame(FrameKind::direct, ledger::encode(*numbered(1))),  // no greeting
             make_frame(FrameKind::hello, as_bytes("DUSK")),               // cut short
             greeting(0),                                                  // of another network
             greeting(100, ledger::BlockHash{{1}}),                        // of another chain
             with(greeting()),                                             // twice
             with(make_frame(FrameKind::direct, as_bytes("no message"))),  //
             with(Bytes{0, 0, 0, 0, 9}),                                   // a kind that is none
             with(Bytes{0xff, 0xff, 0xff, 0xff, 1}),                       // too long
         }) {
        ASSERT_TRUE(is_cut_off_after(*a, bytes));
        EXPECT_EQ(a->transport->counts().malformed, ++expected);
    }
    EXPECT_TRUE(a->received.empty());
    // A frame whose rest does not come, and a greeting that does not.
    EXPECT_TRUE(is_cut_off_after(*a, with(Bytes{9, 0, 0, 0, 1, 1, 0})));
    EXPECT_TRUE(is_cut_off_after(*a, {}));
    EXPECT_EQ(a->transport->counts().malformed, expected);
}

TEST_F(LoopbackTransportTest, AnotherNodeOnThePortIsAnError) {
    const auto a = node({});
    LoopbackTransport b(context_, {.self = a->transport->self()}, clock_, random_, {}, Logger());
    EXPECT_FALSE(b.start());
    LoopbackTransport c(context_, {.self = {.ip = ByteArray<4>{0, 0, 0, 0}}}, clock_, random_, {}, Logger());
    EXPECT_FALSE(c.start());
}

TEST(ParsePeer, TakesAddressesWithPorts) {
    for (const char* good : {"127.0.0.1:9100", "[::1]:9100", "127.0.0.1:0"}) {
        ASSERT_TRUE(parse_peer(good)) << good;
        EXPECT_EQ(parse_peer(good)->to_text(), good);
    }
    for (const char* bad :
         {"", "127.0.0.1", "127.0.0.1:", "localhost:1", "127.0.0.1:65536", "::1:9100", "1.2.3.4:9a"}) {
        EXPECT_FALSE(parse_peer(bad)) << bad;
    }
}

}  // namespace
}  // namespace dusk::node
