#include "ledger/event_bloom.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <bit>

namespace dusk::ledger {
namespace {

std::size_t bits_set(const EventBloom& bloom) {
    std::size_t out = 0;
    for (const std::uint8_t byte : bloom.bytes()) out += static_cast<std::size_t>(std::popcount(byte));
    return out;
}

RC_GTEST_PROP(EventBloom, WhatWasAddedIsFound, (const std::vector<std::vector<std::uint8_t>>& events)) {
    const ByteArray<32> source{3};
    EventBloom bloom;
    for (const Bytes& data : events) bloom.add(source, data, as_bytes("data"));
    RC_ASSERT(bits_set(bloom) <= 6 * events.size());
    for (const Bytes& data : events) {
        RC_ASSERT(bloom.may_contain(source, data));
        RC_ASSERT(bloom.may_contain(source, data, as_bytes("data")));
    }
    RC_ASSERT(EventBloom(bloom.bytes()) == bloom);
}

TEST(EventBloom, ANewOneContainsNothing) {
    const EventBloom bloom;
    EXPECT_FALSE(bloom.may_contain(ByteArray<32>{1}, as_bytes("moonlight")));
    EventBloom other;
    other.add(ByteArray<32>{1}, as_bytes("moonlight"), {});
    EXPECT_FALSE(other.may_contain(ByteArray<32>{2}, as_bytes("moonlight")));
    EXPECT_FALSE(other.may_contain(ByteArray<32>{1}, as_bytes("phoenix")));
}

}  // namespace
}  // namespace dusk::ledger
