// Notes and skeletons of transactions as JSON (spec/crypto.md §11.5).
#include "rpc/drivers/json_values.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"
#include "crypto/chacha_rng.hpp"

namespace dusk::rpc {
namespace {

using Json = nlohmann::json;
using phoenix::Note;
using phoenix::TransactionSkeleton;

Note some_note(std::uint64_t seed, bool is_hidden) {
    crypto::ChaChaRng random(seed);
    const auto from = phoenix::SecretKey::random(random).public_key();
    const auto to = phoenix::SecretKey::random(random).public_key();
    const std::array blinders{crypto::Fr::random(random), crypto::Fr::random(random)};
    Note out = is_hidden ? Note::obfuscated(random, from, to, 5, crypto::Fr::random(random), blinders)
                         : Note::transparent(random, from, to, 5, blinders);
    out.set_pos(seed);
    return out;
}

template <class T>
Json written(const T& value) {
    ValueWriter writer;
    Json out = writer.write(value);
    EXPECT_TRUE(writer.ok()) << writer.fault();
    return out;
}
template <class T>
std::optional<T> read(const Json& json) {
    ValueReader reader;
    T out;
    reader.read(json, out);
    if (reader.ok()) return out;
    EXPECT_FALSE(reader.fault().empty());
    return {};
}

TEST(JsonValues, ReadNotesAsTheyAreWritten) {
    const Note from_contract =
        Note::transparent_stealth(some_note(8, false).stealth_address(), 7, phoenix::ContractInfo{.bytes = {1, 2, 3}});
    for (const Note& note : {some_note(1, true), some_note(2, false), from_contract, Note()}) {
        const auto again = read<Note>(written(note));
        ASSERT_TRUE(again);
        EXPECT_EQ(to_hex(again->to_bytes()), to_hex(note.to_bytes()));
    }
}

TEST(JsonValues, ReadSkeletonsAsTheyAreWritten) {
    crypto::ChaChaRng random(3);
    const TransactionSkeleton skeleton{.root = crypto::Fq::random(random),
                                       .nullifiers = {crypto::Fq::random(random), crypto::Fq::random(random)},
                                       .outputs = {some_note(4, true), some_note(5, true)},
                                       .max_fee = ~std::uint64_t{0},
                                       .deposit = 1};
    const Json json = written(skeleton);
    EXPECT_EQ(json["max_fee"], "18446744073709551615");
    const auto again = read<TransactionSkeleton>(json);
    ASSERT_TRUE(again);
    EXPECT_EQ(to_hex(again->to_bytes()), to_hex(skeleton.to_bytes()));
    for (const char* member : {"root", "nullifiers", "outputs", "max_fee", "deposit"}) {
        Json less = json;
        less.erase(member);
        EXPECT_FALSE(read<TransactionSkeleton>(less)) << member;
    }
    Json one = json;
    one["outputs"].erase(1);
    EXPECT_FALSE(read<TransactionSkeleton>(one));
}

// (0, -1) has order 2: the strict rule refuses it, and old blocks may have it.
TEST(JsonValues, TakePointsOfNotesByTheLaxRule) {
    Json note = written(some_note(6, true));
    const auto outside = (-crypto::Fq::one()).to_bytes();
    note["value_commitment"] = to_hex(outside);
    ByteArray<Note::kSize> bytes = some_note(6, true).to_bytes();
    std::ranges::copy(outside, bytes.begin() + 1);
    EXPECT_FALSE(Note::from_bytes(bytes));
    ASSERT_TRUE(Note::from_bytes(bytes, phoenix::PointRule::lax));
    EXPECT_TRUE(read<Note>(note));
}

TEST(JsonValues, RefuseWhatIsNoNote) {
    const Json good = written(some_note(7, true));
    const auto refused = [&](const char* member, const Json& value) {
        Json json = good;
        json[member] = value;
        return !read<Note>(json);
    };
    EXPECT_TRUE(refused("note_type", "Open"));
    EXPECT_TRUE(refused("note_type", 1));
    EXPECT_TRUE(refused("value_commitment", std::string(64, 'f')));
    EXPECT_TRUE(refused("value_commitment", "00"));
    EXPECT_TRUE(refused("stealth_address", "abc"));
    EXPECT_TRUE(refused("stealth_address", 5));
    EXPECT_TRUE(refused("pos", "-1"));
    EXPECT_TRUE(refused("value_enc", "0011"));
    EXPECT_TRUE(refused("sender", {{"ContractInfo", "00"}}));
    EXPECT_TRUE(refused("sender", {{"Encryption", Json::array({Json::array({std::string(64, '0')})})}}));
    EXPECT_TRUE(refused("sender", "nobody"));
    for (const auto& [member, value] : good.items()) {
        Json less = good;
        less.erase(member);
        EXPECT_FALSE(read<Note>(less)) << member;
    }
    EXPECT_FALSE(read<Note>(Json::array()));
}

}  // namespace
}  // namespace dusk::rpc
