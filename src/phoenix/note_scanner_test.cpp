#include "phoenix/note_scanner.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/cpu.hpp"
#include "crypto/chacha_rng.hpp"

namespace dusk::phoenix {
namespace {

using crypto::ChaChaRng;
using crypto::Fr;

RC_GTEST_PROP(PhoenixNoteScanner, VerdictsAreThoseOfTheSingleCheck, (std::uint64_t seed)) {
    ChaChaRng random(seed);
    const SecretKey mine = SecretKey::random(random);
    const SecretKey other = SecretKey::random(random);
    std::vector<StealthAddress> addresses;
    std::vector<std::size_t> expected;
    for (std::size_t i = 0; i < seed % 40; ++i) {
        const bool is_mine = random.next_u32() % 3 == 0;
        const auto coordinates = i % 4 == 0 ? Coordinates::reference : Coordinates::affine;
        addresses.push_back((is_mine ? mine : other).public_key().stealth_address(Fr::random(random), coordinates));
        // R of the one and note_pk of another belong to nobody.
        if (i % 7 == 6) addresses.back() = {addresses.back().r(), addresses.front().note_pk()};
        if (mine.view_key().owns(addresses.back())) expected.push_back(i);
    }
    SerialExecutor executor;
    const CpuFeatures before = cpu_features();
    RC_ASSERT(owned_addresses(mine.view_key(), addresses, executor) == expected);
    set_cpu_features({});
    RC_ASSERT(owned_addresses(mine.view_key(), addresses, executor) == expected);
    set_cpu_features(before);
}

TEST(PhoenixNoteScanner, FindsNotesInEveryTaskOfALongList) {
    ChaChaRng random(1);
    const SecretKey mine = SecretKey::random(random);
    const StealthAddress not_mine = SecretKey::random(random).public_key().stealth_address(Fr::random(random));
    std::vector<StealthAddress> addresses(300, not_mine);
    const std::vector<std::size_t> at{0, 7, 8, 127, 128, 255, 256, 299};
    for (const std::size_t i : at) addresses[i] = mine.public_key().stealth_address(Fr::random(random));
    SerialExecutor executor;
    EXPECT_EQ(owned_addresses(mine.view_key(), addresses, executor), at);
    EXPECT_TRUE(owned_addresses(mine.view_key(), {}, executor).empty());
}

}  // namespace
}  // namespace dusk::phoenix
