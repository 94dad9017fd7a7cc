#include "kadcast/packet.hpp"

#include <gtest/gtest.h>

namespace dusk::kadcast {
namespace {

const SocketAddress kFour{ByteArray<4>{127, 0, 0, 1}, 9000};
const SocketAddress kSix{ByteArray<16>{0x20, 1, 0x0d, 0xb8, 1}, 666};

Header header() { return header_of(Identity::of(kFour, 3, kAcceptedDifficulty)); }

template <class Body>
Body read_back(const Bytes& bytes) {
    const auto packet = read_packet(bytes);
    EXPECT_TRUE(packet.has_value());
    EXPECT_EQ(packet->header, header());
    EXPECT_EQ(packet->size, bytes.size());
    return std::get<Body>(packet->body);
}

TEST(Packet, SizesAndFields) {
    const Version version{1, 2, 65535};
    const NodeId target = id_of(kSix);
    EXPECT_EQ(to_bytes(header(), Ping{version}).size(), 31U);
    EXPECT_EQ(read_back<Ping>(to_bytes(header(), Ping{version})), Ping{version});
    EXPECT_EQ(read_back<Pong>(to_bytes(header(), Pong{version})), Pong{version});
    EXPECT_EQ(to_bytes(header(), FindNodes{version, target}).size(), 47U);
    EXPECT_EQ(read_back<FindNodes>(to_bytes(header(), FindNodes{version, target})), (FindNodes{version, target}));
    const Nodes nodes{.version = version, .entries = {{kFour, id_of(kFour)}, {kSix, target}}};
    EXPECT_EQ(to_bytes(header(), nodes).size(), 33U + 22 + 35);
    EXPECT_EQ(read_back<Nodes>(to_bytes(header(), nodes)), nodes);
    EXPECT_EQ(to_bytes(header(), Nodes{}).size(), 33U);
}

TEST(Packet, ABroadcastIsItsPrefixAndTheFrame) {
    const Bytes frame{1, 2, 3, 4, 5};
    const Bytes bytes = to_bytes(header(), Broadcast{.height = 125, .frame = frame});
    const auto prefix = broadcast_prefix(header(), 125, 5);
    EXPECT_TRUE(equal(ByteView(bytes).first(prefix.size()), prefix));
    EXPECT_TRUE(equal(ByteView(bytes).subspan(prefix.size()), frame));
    const auto read = read_back<Broadcast>(bytes);
    EXPECT_EQ(read.height, 125);
    EXPECT_TRUE(equal(read.frame, frame));
}

TEST(Packet, WhatEndsTooEarly) {
    const Bytes frame{1, 2, 3, 4, 5};
    for (const Bytes& whole :
         {to_bytes(header(), Ping{}), to_bytes(header(), FindNodes{}), to_bytes(header(), Broadcast{1, frame}),
          to_bytes(header(), Nodes{.entries = {{kFour, id_of(kFour)}, {kSix, id_of(kSix)}}})}) {
        for (std::size_t size = 0; size < whole.size(); ++size) {
            EXPECT_EQ(read_packet(ByteView(whole).first(size)).error(), PacketError::short_packet) << size;
        }
        Bytes longer = whole;
        longer.push_back(9);
        EXPECT_EQ(read_packet(longer)->size, whole.size());
    }
}

TEST(Packet, CountsAndLengthsAboveWhatIsThere) {
    Bytes nodes = to_bytes(header(), Nodes{.entries = {{kFour, id_of(kFour)}}});
    nodes[31] = nodes[32] = 0xff;
    EXPECT_EQ(read_packet(nodes).error(), PacketError::short_packet);
    Bytes broadcast = to_bytes(header(), Broadcast{1, ByteView(nodes)});
    for (std::size_t i = 27; i < 31; ++i) broadcast[i] = 0xff;
    EXPECT_EQ(read_packet(broadcast).error(), PacketError::short_packet);
}

TEST(Packet, OtherTypesAndTooLittleWork) {
    Bytes ping = to_bytes(header(), Ping{});
    for (const unsigned type : {4, 9, 11, 255}) {
        ping[0] = static_cast<std::uint8_t>(type);
        EXPECT_EQ(read_packet(ping).error(), PacketError::unknown_type);
    }
    ping[0] = 0;
    std::uint32_t nonce = 0;
    do store_le(ping.data() + 17, ++nonce);
    while (meets_difficulty(header().id, take<4>(ByteView(ping).subspan(17))));
    EXPECT_EQ(read_packet(ping).error(), PacketError::too_little_work);
}

TEST(Packet, AnAddressThatBeginsWithZeroIsReadAsTheOtherFamily) {
    const Nodes nodes{.entries = {{{ByteArray<4>{0, 1, 2, 3}, 9000}, id_of(kFour)}}};
    Bytes bytes = to_bytes(header(), nodes);
    EXPECT_EQ(read_packet(bytes).error(), PacketError::short_packet);
    bytes.resize(bytes.size() + 13, 9);
    const auto read = read_packet(bytes);
    EXPECT_TRUE(std::holds_alternative<ByteArray<16>>(std::get<Nodes>(read->body).entries.at(0).address.ip));
}

TEST(Packet, TheSourceRule) {
    EXPECT_TRUE(is_sent_from(header(), kFour));
    EXPECT_FALSE(is_sent_from(header(), {kFour.ip, 9001}));
    EXPECT_FALSE(is_sent_from(header(), {ByteArray<4>{127, 0, 0, 2}, 9000}));
    Header other = header();
    other.id.bytes[15] ^= 1;
    EXPECT_FALSE(is_sent_from(other, kFour));
}

TEST(Version, TheSameMajorOne) {
    EXPECT_TRUE((Version{1, 0, 0}.is_compatible()));
    EXPECT_TRUE((Version{1, 65535, 65535}.is_compatible()));
    EXPECT_FALSE((Version{0, 9, 9}.is_compatible()));
    EXPECT_FALSE((Version{2, 0, 0}.is_compatible()));
}

}  // namespace
}  // namespace dusk::kadcast
