#include "node/frame.hpp"

#include <gtest/gtest.h>

namespace dusk::node {
namespace {

TEST(Frame, HeaderAndContentFitTogether) {
    const Bytes content{1, 2, 3};
    const Bytes frame = make_frame(FrameKind::direct, content);
    ASSERT_EQ(frame.size(), kFrameHeaderBytes + 3);
    const auto header = FrameHeader::from_bytes(std::span(frame).first<kFrameHeaderBytes>());
    ASSERT_TRUE(header);
    EXPECT_EQ(header->length, 3U);
    EXPECT_EQ(header->kind, FrameKind::direct);
    EXPECT_THROW((void)make_frame(FrameKind::direct, Bytes(kMostFrameBytes + 1)), std::length_error);
}

TEST(Frame, RefusesOtherHeaders) {
    EXPECT_EQ(FrameHeader::from_bytes(ByteArray<5>{1, 0, 0, 0, 3}).error(), FrameError::unknown_kind);
    EXPECT_EQ(FrameHeader::from_bytes(ByteArray<5>{1, 0, 64, 0, 1}).error(), FrameError::too_long);
    EXPECT_TRUE(FrameHeader::from_bytes(ByteArray<5>{0, 0, 64, 0, 1}));
}

TEST(Frame, AGreetingIsReadBack) {
    for (const Peer& sender :
         {Peer{.ip = ByteArray<4>{127, 0, 0, 1}, .port = 9100}, Peer{.ip = ByteArray<16>{1, 2, 3}, .port = 1}}) {
        const Hello hello{.network = 100, .genesis = {{7}}, .sender = sender};
        const Bytes bytes = hello.to_bytes();
        EXPECT_EQ(Hello::from_bytes(bytes), hello);
        for (std::size_t length = 0; length < bytes.size(); ++length) {
            EXPECT_EQ(Hello::from_bytes(ByteView(bytes).first(length)).error(), FrameError::not_dusk);
        }
        Bytes longer = bytes;
        longer.push_back(0);
        EXPECT_FALSE(Hello::from_bytes(longer));
        Bytes later = bytes;
        ++later[4];
        EXPECT_FALSE(Hello::from_bytes(later));
    }
}

}  // namespace
}  // namespace dusk::node
