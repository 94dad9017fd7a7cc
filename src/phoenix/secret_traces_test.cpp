// What is left of a secret in the memory of the stack when a function that had it is done: the function runs on a stack
// of ours, which is searched afterwards.
#include <gtest/gtest.h>
#include <pthread.h>

#include <algorithm>
#include <array>
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

// The compiler has to give the object a place in memory.
template <class T>
void keep(const T& object) {
    asm volatile("" : : "r"(&object) : "memory");
}

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
        // The end of the thread writes over the top of the stack: `run` begins below that.
        std::array<std::uint8_t, 1 << 14> above;
        keep(above);
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
        const auto bytes = secret.to_bytes();
        keep(bytes);
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

TEST(SecretTraces, ReadingAndWritingAScalarLeavesNone) {
    const Fr secret = some_scalar();
    const auto bytes = std::make_unique<ByteArray<32>>(secret.to_bytes());
    EXPECT_FALSE(leaves_scalar(secret, [&] { (void)into_secret(Fr::from_bytes(*bytes)); }));
    const auto kept = std::make_unique<Secret<Fr>>(secret);
    EXPECT_FALSE(leaves_scalar(secret, [&] { (void)SecretArray<32>(kept->reveal().to_bytes()); }));
    EXPECT_FALSE(leaves_scalar(secret, [&] { (void)SecretArray<32>(kept->reveal().to_archive()); }));
}

TEST(SecretTraces, ReadingAndWritingKeysLeavesNone) {
    crypto::ChaChaRng random(std::uint64_t{6});
    const SecretKey key = SecretKey::random(random);
    const auto bytes = std::make_unique<SecretArray<SecretKey::kSize>>(key.to_bytes());
    const auto read = [&] { (void)SecretKey::from_bytes(bytes->reveal()); };
    const auto write = [&] { (void)key.to_bytes(); };
    for (const Fr* scalar : {&key.a(), &key.b()}) {
        EXPECT_FALSE(leaves_scalar(*scalar, read));
        EXPECT_FALSE(leaves_scalar(*scalar, write));
    }
}

TEST(SecretTraces, TheHashOfASharedPointLeavesNone) {
    const SharedPoint point(ByteArray<32>{4, 5, 6});
    const auto hash = hash_shared_point(point);
    EXPECT_FALSE(leaves_scalar(hash.reveal(), [&] { (void)hash_shared_point(point); }));
}

}  // namespace
}  // namespace dusk::phoenix
