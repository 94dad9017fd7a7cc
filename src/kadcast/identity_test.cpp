#include "kadcast/identity.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"

namespace dusk::kadcast {
namespace {

const SocketAddress kFour{ByteArray<4>{127, 0, 0, 1}, 9000};
const SocketAddress kSix{ByteArray<16>{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 9000};

TEST(NodeId, OfAnAddress) {
    EXPECT_EQ(to_hex(id_of(kFour).bytes), "453692203cad4f930f681cd59b97638a");
    EXPECT_NE(id_of(kFour), id_of({kFour.ip, 9001}));
    EXPECT_NE(id_of(kFour), id_of(kSix));
}

TEST(Nonce, TheFirstThatDoes) {
    const Identity own = Identity::of(kFour, 7);
    EXPECT_EQ(to_hex(own.nonce), "8fba0e00");
    EXPECT_TRUE(meets_difficulty(own.id, own.nonce, kProducedDifficulty));
    EXPECT_FALSE(meets_difficulty(own.id, own.nonce, 60));
    const Nonce cheap = find_nonce(own.id, kAcceptedDifficulty);
    EXPECT_LT(load_le<std::uint32_t>(cheap.data()), load_le<std::uint32_t>(own.nonce.data()));
    for (std::uint32_t i = 0; i < load_le<std::uint32_t>(cheap.data()); ++i) {
        Nonce nonce{};
        store_le(nonce.data(), i);
        EXPECT_FALSE(meets_difficulty(own.id, nonce));
    }
    EXPECT_TRUE(meets_difficulty(own.id, {}, 0));
}

TEST(Distance, IsTheHighestBit) {
    const NodeId id = id_of(kFour);
    EXPECT_EQ(distance(id, id), std::nullopt);
    for (unsigned height = 0; height < 128; ++height) {
        const NodeId other = at_distance(id, static_cast<std::uint8_t>(height));
        EXPECT_EQ(distance(id, other), height);
        EXPECT_EQ(distance(other, id), height);
        NodeId lower = other;  // bits below the highest do not count
        for (std::size_t i = 0; i < height / 8; ++i) lower.bytes[i] ^= 0x55;
        EXPECT_EQ(distance(id, lower), height);
    }
}

TEST(SocketAddress, OfADualStackSocket) {
    const SocketAddress mapped{ByteArray<16>{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 127, 0, 0, 1}, 9000};
    EXPECT_EQ(unmapped(mapped), kFour);
    EXPECT_EQ(unmapped(kFour), kFour);
    EXPECT_EQ(unmapped(kSix), kSix);
}

}  // namespace
}  // namespace dusk::kadcast
