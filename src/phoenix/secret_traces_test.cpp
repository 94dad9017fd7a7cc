// What is left of a secret in the memory of the stack when a function that had it is done: the function runs on a stack
// of ours, which is searched afterwards.
#include <gtest/gtest.h>
#include <pthread.h>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <memory>
#include <vector>

#include "crypto/chacha_rng.hpp"
#include "crypto/key_derivation.hpp"
#include "crypto/schnorr.hpp"
#include "phoenix/keys.hpp"

namespace dusk::phoenix {
namespace {

using crypto::Fr;

constexpr std::size_t kStackSize = 1 << 20;

// `run` on a stack of zeros; whether `needle` is on it then.
bool leaves(ByteView needle, const std::function<void()>& run) {
    const std::unique_ptr<std::uint8_t, decltype(&std::free)> stack(
        static_cast<std::uint8_t*>(std::aligned_alloc(4096, kStackSize)), &std::free);
    std::fill_n(stack.get(), kStackSize, std::uint8_t{0});
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstack(&attributes, stack.get(), kStackSize);
    pthread_t thread{};
    const auto entry = [](void* argument) -> void* {
        (*static_cast<const std::function<void()>*>(argument))();
        return nullptr;
    };
    if (pthread_create(&thread, &attributes, entry, const_cast<std::function<void()>*>(&run)) != 0) std::abort();
    pthread_join(thread, nullptr);
    pthread_attr_destroy(&attributes);
    return !std::ranges::search(std::span(stack.get(), kStackSize), needle).empty();
}

bool leaves_scalar(const Fr& secret, const std::function<void()>& run) {
    return leaves(secret.to_bytes(), run) || leaves(secret.to_archive(), run);
}

Fr some_scalar() {
    crypto::ChaChaRng random(std::uint64_t{5});
    return Fr::random(random);
}

TEST(SecretTraces, AreFoundWhereTheyAre) {
    const Fr secret = some_scalar();
    EXPECT_TRUE(leaves(secret.to_bytes(), [&] {
        volatile std::uint8_t copy[32];
        const auto bytes = secret.to_bytes();
        std::ranges::copy(bytes, copy);
    }));
}

TEST(SecretTraces, DrawnKeysLeaveNone) {
    const Fr secret = some_scalar();
    EXPECT_FALSE(leaves_scalar(secret, [] {
        crypto::ChaChaRng random(std::uint64_t{5});
        (void)crypto::schnorr::SecretKey::random(random);
    }));
    const crypto::WalletSeed seed(ByteArray<64>{1, 2, 3});
    const auto scalars = crypto::derive_phoenix_secret(seed, 0);
    const auto derive = [&] { (void)crypto::derive_phoenix_secret(seed, 0); };
    EXPECT_FALSE(leaves_scalar(scalars.reveal().a, derive));
    EXPECT_FALSE(leaves_scalar(scalars.reveal().b, derive));
}

TEST(SecretTraces, TheHashOfASharedPointLeavesNone) {
    const SharedPoint point(ByteArray<32>{4, 5, 6});
    const auto hash = hash_shared_point(point);
    EXPECT_FALSE(leaves_scalar(hash.reveal(), [&] { (void)hash_shared_point(point); }));
}

}  // namespace
}  // namespace dusk::phoenix
