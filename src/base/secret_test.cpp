#include "base/secret.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <new>
#include <sstream>

namespace dusk {
namespace {

template <class T>
concept Printable = requires(std::ostream& out, const T& value) { out << value; };

static_assert(!std::is_copy_constructible_v<SecretArray<32>> && !std::is_copy_assignable_v<SecretArray<32>>);
static_assert(!std::is_copy_constructible_v<SecretBytes> && !std::is_copy_assignable_v<SecretBytes>);
static_assert(Printable<int>);
static_assert(!Printable<SecretArray<32>>);
static_assert(!Printable<SecretBytes>);
static_assert(!fmt::is_formattable<SecretArray<32>>::value);
static_assert(!fmt::is_formattable<SecretBytes>::value);

TEST(Secret, MovingWipesTheSource) {
    SecretArray<4> from(ByteArray<4>{1, 2, 3, 4});
    const SecretArray<4> to = std::move(from);
    EXPECT_EQ(to.reveal(), (ByteArray<4>{1, 2, 3, 4}));
    // NOLINTNEXTLINE(bugprone-use-after-move,clang-analyzer-cplusplus.Move): that is the question
    EXPECT_EQ(from.reveal(), (ByteArray<4>{}));
}

// Moving a plain value does have an effect here, and reading it afterwards is the question.
// NOLINTBEGIN(performance-move-const-arg,bugprone-use-after-move,clang-analyzer-cplusplus.Move)
TEST(Secret, TakingAValueWipesTheSource) {
    ByteArray<4> from{1, 2, 3, 4};
    const SecretArray<4> copy(from);
    EXPECT_EQ(from, (ByteArray<4>{1, 2, 3, 4}));
    const SecretArray<4> to(std::move(from));
    EXPECT_TRUE(to == copy);
    EXPECT_EQ(from, (ByteArray<4>{}));
    Result<ByteArray<4>, int> decoded = ByteArray<4>{1, 2, 3, 4};
    EXPECT_TRUE(into_secret(std::move(decoded)).value() == copy);
    EXPECT_EQ(*decoded, (ByteArray<4>{}));
    EXPECT_EQ(into_secret(Result<ByteArray<4>, int>(fail(7))).error(), 7);
}
// NOLINTEND(performance-move-const-arg,bugprone-use-after-move,clang-analyzer-cplusplus.Move)

TEST(Secret, DestructionWipes) {
    alignas(SecretArray<8>) ByteArray<sizeof(SecretArray<8>)> place{};
    auto* secret = new (place.data()) SecretArray<8>(ByteArray<8>{9, 9, 9, 9, 9, 9, 9, 9});
    EXPECT_EQ(place[0], 9);
    secret->~Secret();
    EXPECT_EQ(place, (ByteArray<sizeof(SecretArray<8>)>{}));
}

TEST(Secret, ClonesAreIndependent) {
    SecretBytes first(std::string_view("correct horse"));
    const SecretBytes second = first.clone();
    first.clear();
    EXPECT_TRUE(first.empty());
    EXPECT_EQ(second.reveal_text(), "correct horse");
}

TEST(Secret, TruncatedBytesAreWiped) {
    SecretBytes secret(std::string_view("abcdef"));
    const std::uint8_t* tail = secret.reveal().data() + 4;  // stays allocated
    secret.truncate(4);
    EXPECT_EQ(secret.reveal_text(), "abcd");
    EXPECT_EQ(tail[0], 0);
    EXPECT_EQ(tail[1], 0);
}

RC_GTEST_PROP(Secret, ComparesLikePlainBytes, (const Bytes& a, const Bytes& b)) {
    RC_ASSERT(equal_constant_time(a, b) == (a == b));
    RC_ASSERT(SecretBytes(ByteView(a)) == SecretBytes(ByteView(a)));
    RC_ASSERT((SecretBytes(ByteView(a)) == SecretBytes(ByteView(b))) == (a == b));
}

RC_GTEST_PROP(Secret, OneChangedBitIsSeen, (Bytes bytes, std::size_t at)) {
    RC_PRE(!bytes.empty());
    Bytes other = bytes;
    other[at % bytes.size()] ^= static_cast<std::uint8_t>(1U << (at % 8));
    RC_ASSERT(!equal_constant_time(bytes, other));
}

}  // namespace
}  // namespace dusk
