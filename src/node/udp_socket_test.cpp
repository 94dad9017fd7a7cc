#include "node/udp_socket.hpp"

#include <gtest/gtest.h>
#include <poll.h>

namespace dusk::node {
namespace {

const SocketAddress kLoopback{.ip = ByteArray<4>{127, 0, 0, 1}, .port = 0};
const SocketAddress kLoopback6{.ip = ByteArray<16>{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, .port = 0};

UdpSocket bound(const SocketAddress& at) { return UdpSocket::bound(at).value(); }

std::vector<std::pair<SocketAddress, Bytes>> receive(const UdpSocket& socket, std::size_t count) {
    ReceiveBatch batch;
    std::vector<std::pair<SocketAddress, Bytes>> out;
    pollfd watched{.fd = socket.handle(), .events = POLLIN, .revents = 0};
    while (out.size() < count && ::poll(&watched, 1, 5000) > 0) {
        for (const Datagram& one : batch.receive(socket)) out.emplace_back(one.source, to_vector(one.bytes));
    }
    return out;
}

TEST(UdpSocket, SendsAndReceivesManyAtOnce) {
    const UdpSocket a = bound(kLoopback);
    const UdpSocket b = bound(kLoopback);
    const Bytes head{1, 2, 3};
    std::vector<Bytes> bodies;
    for (std::uint8_t i = 0; i < 150; ++i) bodies.emplace_back(i, i);
    std::vector<OutgoingDatagram> out;
    for (const Bytes& body : bodies) out.push_back({.to = b.local_address(), .head = head, .body = body});
    const SendProgress sent = a.send(out);
    EXPECT_EQ(sent.done, bodies.size());
    EXPECT_EQ(sent.failed, 0U);
    const auto received = receive(b, bodies.size());
    ASSERT_EQ(received.size(), bodies.size());
    for (std::size_t i = 0; i < received.size(); ++i) {
        Bytes expected = head;
        append(expected, bodies[i]);
        EXPECT_EQ(received[i].second, expected);
        EXPECT_EQ(received[i].first, a.local_address());
    }
}

TEST(UdpSocket, DatagramsThatTheSystemRefusesDoNotStopTheOthers) {
    const UdpSocket a = bound(kLoopback);
    const UdpSocket b = bound(kLoopback);
    const Bytes small{7};
    const Bytes large(70'000, 1);
    const OutgoingDatagram out[]{{.to = b.local_address(), .head = large, .body = {}},
                                 {.to = b.local_address(), .head = small, .body = {}}};
    const SendProgress sent = a.send(out);
    EXPECT_EQ(sent.done, 2U);
    EXPECT_EQ(sent.failed, 1U);
    ASSERT_EQ(receive(b, 1).size(), 1U);
}

TEST(UdpSocket, CountsWhatTheKernelDrops) {
    const UdpSocket a = bound(kLoopback);
    const UdpSocket b = bound(kLoopback);
    EXPECT_LT(b.ask_receive_buffer(4096), 20'000U);
    const Bytes content(1375, 1);
    for (int i = 0; i < 100; ++i) {
        const OutgoingDatagram out{.to = b.local_address(), .head = content, .body = {}};
        (void)a.send({&out, 1});
    }
    ReceiveBatch batch;
    std::size_t received = 0;
    while (const std::size_t some = batch.receive(b).size()) received += some;
    EXPECT_LT(received, 100U);
    // It is told with the next one that finds room.
    const OutgoingDatagram out{.to = b.local_address(), .head = content, .body = {}};
    (void)a.send({&out, 1});
    EXPECT_EQ(batch.receive(b).size(), 1U);
    EXPECT_EQ(batch.kernel_drops(), 100 - received);
}

TEST(UdpSocket, GivesTheRoomThatItGot) {
    const UdpSocket socket = bound(kLoopback);
    EXPECT_EQ(socket.ask_receive_buffer(100'000), 100'000U);
    EXPECT_EQ(socket.ask_send_buffer(100'000), 100'000U);
    EXPECT_LT(socket.ask_receive_buffer(1U << 30), 1U << 30);
}

TEST(UdpSocket, IPv4ThroughASocketOfBothFamiliesIsIPv4) {
    const auto both = UdpSocket::bound({.ip = ByteArray<16>{}, .port = 0});
    if (!both) GTEST_SKIP() << "the kernel has no IPv6";
    const UdpSocket a = bound(kLoopback);
    const Bytes content{1};
    const SocketAddress to{.ip = ByteArray<4>{127, 0, 0, 1}, .port = both->local_address().port};
    const OutgoingDatagram out{.to = to, .head = content, .body = {}};
    EXPECT_EQ(a.send({&out, 1}).failed, 0U);
    const auto received = receive(*both, 1);
    ASSERT_EQ(received.size(), 1U);
    EXPECT_EQ(received[0].first, a.local_address());
}

TEST(UdpSocket, SpeaksIPv6) {
    const auto a = UdpSocket::bound(kLoopback6);
    if (!a) GTEST_SKIP() << "the kernel has no IPv6";
    const UdpSocket b = bound(kLoopback6);
    const Bytes content{1};
    const OutgoingDatagram out{.to = b.local_address(), .head = content, .body = {}};
    EXPECT_EQ(a->send({&out, 1}).failed, 0U);
    const auto received = receive(b, 1);
    ASSERT_EQ(received.size(), 1U);
    EXPECT_EQ(received[0].first, a->local_address());
}

TEST(UdpSocket, APortThatIsTakenIsAnError) {
    const UdpSocket a = bound(kLoopback);
    const auto b = UdpSocket::bound(a.local_address());
    ASSERT_FALSE(b);
    EXPECT_TRUE(b.error().starts_with("cannot listen on UDP 127.0.0.1:")) << b.error();
}

TEST(SocketAddresses, AreRecognised) {
    EXPECT_TRUE(is_wildcard({.ip = ByteArray<4>{}, .port = 1}));
    EXPECT_TRUE(is_wildcard({.ip = ByteArray<16>{}, .port = 1}));
    EXPECT_FALSE(is_wildcard(kLoopback));
    EXPECT_TRUE(is_loopback(kLoopback));
    EXPECT_TRUE(is_loopback(kLoopback6));
    EXPECT_FALSE(is_loopback({.ip = ByteArray<4>{192, 0, 2, 1}, .port = 1}));
    EXPECT_TRUE(is_of_this_machine(kLoopback));
    EXPECT_FALSE(is_of_this_machine({.ip = ByteArray<4>{192, 0, 2, 1}, .port = 1}));
    EXPECT_FALSE(is_of_this_machine({.ip = ByteArray<4>{}, .port = 1}));
    const auto source = source_towards({.ip = ByteArray<4>{127, 0, 0, 9}, .port = 9000});
    ASSERT_TRUE(source);
    EXPECT_TRUE(is_loopback(*source));
}

TEST(SocketAddresses, AreReadFromText) {
    for (const char* good : {"127.0.0.1:9100", "[::1]:9100", "127.0.0.1:0"}) {
        ASSERT_TRUE(parse_socket_address(good)) << good;
        EXPECT_EQ(parse_socket_address(good)->to_text(), good);
    }
    for (const char* bad :
         {"", "127.0.0.1", "127.0.0.1:", "localhost:1", "127.0.0.1:65536", "::1:9100", "1.2.3.4:9a"}) {
        EXPECT_FALSE(parse_socket_address(bad)) << bad;
    }
}

}  // namespace
}  // namespace dusk::node
