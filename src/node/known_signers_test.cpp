#include "node/known_signers.hpp"

#include <gtest/gtest.h>

namespace dusk::node {
namespace {

ledger::KeyBytes key(std::uint8_t first, std::uint8_t last) {
    ledger::KeyBytes out;
    out.bytes.front() = first;
    out.bytes.back() = last;
    return out;
}

TEST(KnownSigners, FindsThemInAnyOrder) {
    const KnownSigners signers({key(9, 1), key(1, 2), key(5, 0), key(1, 1), key(1, 2)});
    for (const auto& one : {key(9, 1), key(1, 2), key(5, 0), key(1, 1)}) EXPECT_TRUE(signers.contains(one));
    for (const auto& other : {key(9, 0), key(1, 0), key(5, 1), key(0, 0), key(255, 255)}) {
        EXPECT_FALSE(signers.contains(other));
    }
}

TEST(KnownSigners, MayBeNone) { EXPECT_FALSE(KnownSigners({}).contains(key(0, 0))); }

}  // namespace
}  // namespace dusk::node
