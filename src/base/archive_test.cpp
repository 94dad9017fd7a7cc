#include "base/archive.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/archive_layout.hpp"
#include "base/archive_map.hpp"
#include "base/hex.hpp"

namespace dusk {
namespace {

struct Text {
    std::string text;
    bool operator==(const Text&) const = default;
};
struct Nothing {
    bool operator==(const Nothing&) const = default;
};
struct Pair {
    std::uint32_t number = 0;
    std::vector<Bytes> lists;
    bool operator==(const Pair&) const = default;
};
using Choice = std::variant<Nothing, Text, Pair>;

struct Record {
    std::uint16_t kind = 0;
    std::string name;
    std::uint64_t amount = 0;
    std::optional<Bytes> memo;
    std::vector<std::string> tags;
    Choice choice;
    bool operator==(const Record&) const = default;
};
struct Tree {
    std::vector<Tree> children;
    bool operator==(const Tree&) const = default;
};
enum class Colour : std::uint8_t { red, green, blue };

}  // namespace

template <>
struct Archived<Choice> : ArchivedEnum<Choice, 16, 4, Variant<Nothing>, Variant<Text, Field<&Text::text, 4>>,
                                       Variant<Pair, Field<&Pair::number, 4>, Field<&Pair::lists, 8>>> {};
template <>
struct Archived<Record>
    : ArchivedStruct<Record, 56, 8, Field<&Record::kind, 52>, Field<&Record::name, 8>, Field<&Record::amount, 0>,
                     Field<&Record::memo, 24>, Field<&Record::tags, 16>, Field<&Record::choice, 36>> {};
template <>
struct Archived<Tree> : ArchivedStruct<Tree, 8, 4, Field<&Tree::children, 0>> {};
template <>
struct Archived<std::tuple<Bytes, Bytes, Bytes>> : ArchivedTuple<std::tuple<Bytes, Bytes, Bytes>, 24, 4, 0, 8, 16> {};
template <>
struct Archived<Colour> : ArchivedTag<Colour, 3> {};
template <>
inline constexpr MapLayout map_layout<std::string, Bytes>{
    .entry = {.size = 16, .alignment = 4, .key = 0, .value = 8},
    .branch = {.size = 12, .alignment = 4, .pointer = 8, .key = 0}};
template <>
inline constexpr MapLayout map_layout<std::uint64_t, std::monostate>{
    .entry = {.size = 8, .alignment = 8, .key = 0, .value = 8},
    .branch = {.size = 16, .alignment = 8, .pointer = 8, .key = 0}};

}  // namespace dusk

namespace rc {
template <>
struct Arbitrary<dusk::Record> {
    static Gen<dusk::Record> arbitrary() {
        return gen::exec([] {
            dusk::Record out;
            out.kind = *gen::arbitrary<std::uint16_t>();
            out.name = *gen::string<std::string>();
            for (char& c : out.name) c = static_cast<char>(c & 0x7f);
            out.amount = *gen::arbitrary<std::uint64_t>();
            if (*gen::arbitrary<bool>()) out.memo = *gen::arbitrary<dusk::Bytes>();
            out.tags = *gen::container<std::vector<std::string>>(
                gen::element<std::string>("", "short", "longer than seven", "é"));
            switch (*gen::inRange(0, 3)) {
                case 1:
                    out.choice = dusk::Text{*gen::element<std::string>("x", "quite a long text")};
                    break;
                case 2:
                    out.choice =
                        dusk::Pair{*gen::arbitrary<std::uint32_t>(), *gen::arbitrary<std::vector<dusk::Bytes>>()};
                    break;
                default:
                    break;
            }
            return out;
        });
    }
};
}  // namespace rc

namespace dusk {
namespace {

Bytes hex(std::string_view text) { return from_hex(text).value(); }

template <class T>
ArchiveFault fault_of(ByteView bytes, std::size_t buffer_alignment = 16) {
    const auto read = archive_read<T>(bytes, buffer_alignment);
    EXPECT_FALSE(read.has_value());
    return read ? ArchiveFault{} : read.error().fault;
}

using Lists = std::vector<Bytes>;
using Map = std::map<std::string, Bytes>;
using Set = std::set<std::uint64_t>;

TEST(Archive, RejectsTruthValuesAndTagsThatDoNotExist) {
    EXPECT_EQ(fault_of<bool>(hex("02")), ArchiveFault::bad_bool);
    EXPECT_EQ(fault_of<std::optional<std::uint8_t>>(hex("0200")), ArchiveFault::bad_tag);
    EXPECT_EQ(fault_of<Colour>(hex("03")), ArchiveFault::bad_tag);
    EXPECT_EQ(archive_read<Colour>(hex("02")).value(), Colour::blue);
    EXPECT_EQ((fault_of<std::expected<std::uint8_t, std::uint8_t>>(hex("0200"))), ArchiveFault::bad_tag);
    EXPECT_EQ(fault_of<Choice>(hex("03000000000000000000000000000000")), ArchiveFault::bad_tag);
}

TEST(Archive, RejectsTextThatIsNotUtf8) {
    EXPECT_EQ(fault_of<std::string>(hex("ff00000000000001")), ArchiveFault::bad_text);
    EXPECT_EQ(fault_of<std::string>(hex("6162636465666708")), ArchiveFault::bad_text);  // inline, eight bytes
    EXPECT_EQ(fault_of<std::string>(hex("61626364656667c008000000f8ffffff")), ArchiveFault::bad_text);
    EXPECT_EQ(archive_read<std::string>(hex("616263646566676808000000f8ffffff")).value(), "abcdefgh");
    // Out of line though it would fit inline: the reference reads it.
    EXPECT_EQ(archive_read<std::string>(hex("6162636402000000fcffffff")).value(), "ab");
}

TEST(Archive, RejectsPointersOutOfBounds) {
    EXPECT_EQ(fault_of<Bytes>(hex("01020300f8ffffff03000000")), ArchiveFault::out_of_bounds);
    EXPECT_EQ(fault_of<Bytes>(hex("01020300fcffffffffffffff")), ArchiveFault::out_of_bounds);
    EXPECT_EQ(fault_of<Bytes>(hex("010203000900000000000000")), ArchiveFault::out_of_bounds);
    EXPECT_EQ(fault_of<Bytes>(hex("010203000000008000000000")), ArchiveFault::out_of_bounds);
    EXPECT_EQ(fault_of<std::vector<std::uint64_t>>(hex("0000000000000000f8ffffffffffffff")),
              ArchiveFault::out_of_bounds);
    EXPECT_EQ(fault_of<Boxed<std::uint32_t>>(hex("0700000001000000")), ArchiveFault::out_of_bounds);
}

TEST(Archive, RejectsMisalignedObjects) {
    EXPECT_EQ(fault_of<std::vector<std::uint32_t>>(hex("0000000000000000f9ffffff01000000")), ArchiveFault::misaligned);
    EXPECT_EQ(fault_of<std::uint32_t>(hex("0001020304")), ArchiveFault::misaligned);
    EXPECT_EQ(fault_of<std::uint32_t>(hex("01020304"), 2), ArchiveFault::weak_buffer);
    EXPECT_EQ(fault_of<std::vector<std::uint64_t>>(hex("0100000000000000f8ffffff01000000"), 4),
              ArchiveFault::weak_buffer);
    EXPECT_TRUE(archive_read<std::vector<std::uint64_t>>(hex("0100000000000000f8ffffff01000000"), 8).has_value());
    // Even an empty list must be aligned for what it does not hold.
    EXPECT_EQ(fault_of<std::vector<std::uint64_t>>(hex("000000000000000000000000"), 8), ArchiveFault::misaligned);
}

TEST(Archive, RejectsBytesThatAreClaimedTwice) {
    // Two lists with the same content, then in the wrong order, then inside one another.
    EXPECT_TRUE(archive_read<Lists>(hex("01020000fcffffff01000000f5ffffff01000000f0ffffff02000000")).has_value());
    EXPECT_EQ(fault_of<Lists>(hex("01020000fcffffff01000000f4ffffff01000000f0ffffff02000000")),
              ArchiveFault::claimed_before);
    EXPECT_EQ(fault_of<Lists>(hex("01020000fdffffff01000000f4ffffff01000000f0ffffff02000000")),
              ArchiveFault::claimed_before);
    EXPECT_EQ(fault_of<Lists>(hex("01020000fcffffff02000000f5ffffff01000000f0ffffff02000000")),
              ArchiveFault::claimed_before);
    // A list that contains its own header.
    EXPECT_EQ(fault_of<Bytes>(hex("000000000000000008000000")), ArchiveFault::claimed_before);
}

TEST(Archive, TuplesRunFromTheLastElementToTheFirst) {
    const std::tuple<Bytes, Bytes, Bytes> value{{1}, {2}, {3}};
    const Bytes bytes = hex("03020100feffffff01000000f5ffffff01000000ecffffff01000000");
    EXPECT_EQ(to_hex(archive_write(value)), to_hex(bytes));
    EXPECT_EQ((archive_read<std::tuple<Bytes, Bytes, Bytes>>(bytes).value()), value);
    EXPECT_EQ(
        (fault_of<std::tuple<Bytes, Bytes, Bytes>>(hex("01020300fcffffff01000000f5ffffff01000000eeffffff01000000"))),
        ArchiveFault::claimed_before);
}

TEST(Archive, BytesBeforeTheFirstObjectAreAllowed) {
    EXPECT_EQ(archive_read<Bytes>(hex("0909090901020300fcffffff03000000")).value(), (Bytes{1, 2, 3}));
}

TEST(Archive, WritesWithinLimits) {
    const ArchiveLimits limits = contract_argument_limits;
    EXPECT_TRUE(archive_write(Bytes(65536 - 8), limits).has_value());
    EXPECT_EQ(archive_write(Bytes(65536 - 7), limits).error().fault, ArchiveFault::buffer_full);
    // 1024 bytes of notes, eight for each inner list.
    EXPECT_TRUE(archive_write(Lists(128), limits).has_value());
    EXPECT_EQ(archive_write(Lists(129), limits).error().fault, ArchiveFault::scratch_exhausted);
    EXPECT_TRUE(archive_write(std::vector<std::uint64_t>(2000), limits).has_value());
    EXPECT_TRUE(archive_write(std::vector<std::optional<std::uint8_t>>(1024), limits).has_value());
    EXPECT_EQ(archive_write(std::vector<std::optional<std::uint8_t>>(1025), limits).error().fault,
              ArchiveFault::scratch_exhausted);
    // The outer list's notes stay while the inner list is written.
    EXPECT_TRUE(archive_write(std::vector<Lists>(64, Lists(64)), limits).has_value());
    EXPECT_EQ(archive_write(std::vector<Lists>(65, Lists(64)), limits).error().fault, ArchiveFault::scratch_exhausted);
}

TEST(Archive, MapsOfManyLevels) {
    Set set;
    for (std::uint64_t i = 0; i < 300'000; ++i) set.insert(3 * i);
    const Bytes bytes = archive_write(set);
    EXPECT_EQ(archive_read<Set>(bytes).value(), set);
}

TEST(Archive, RejectsDamagedMaps) {
    Map map;
    for (int i = 0; i < 500; ++i)
        map["a key of many letters " + std::to_string(i)] = Bytes(static_cast<std::size_t>(i % 40));
    const Bytes good = archive_write(map);
    ASSERT_EQ(archive_read<Map>(good).value(), map);

    Bytes longer = good;
    longer[longer.size() - 8] += 1;  // the number of entries
    EXPECT_EQ(fault_of<Map>(longer), ArchiveFault::bad_map);

    Bytes unlinked = archive_write(Map{{"a", {}}});
    const std::size_t node = unlinked.size() - Archived<Map>::size - 16 - MapNode::size;
    unlinked[node + MapNode::pointer_offset] = 4;
    EXPECT_EQ(fault_of<Map>(unlinked), ArchiveFault::bad_map);
    unlinked[node + MapNode::pointer_offset] = 0;
    EXPECT_TRUE(archive_read<Map>(unlinked).has_value());
    unlinked[node + MapNode::meta_offset] = 0;
    EXPECT_EQ(fault_of<Map>(unlinked), ArchiveFault::bad_map);
    unlinked[node + MapNode::meta_offset] = 1;
    unlinked[node + MapNode::block_size_offset] = 0xf0;
    EXPECT_EQ(fault_of<Map>(unlinked), ArchiveFault::bad_map);

    Bytes unsorted = archive_write(Map{{"a", {}}, {"b", {}}});
    std::swap(unsorted[unsorted.size() - 8 - 32], unsorted[unsorted.size() - 8 - 16]);
    EXPECT_EQ(fault_of<Map>(unsorted), ArchiveFault::bad_map);
}

TEST(Archive, LimitsTheDepth) {
    Tree tree;
    for (int depth = 1; depth <= 128; ++depth) tree = Tree{{tree}};
    EXPECT_EQ(fault_of<Tree>(archive_write(tree)), ArchiveFault::too_deep);
    tree = tree.children.front();
    EXPECT_EQ(archive_read<Tree>(archive_write(tree)).value(), tree);
}

RC_GTEST_PROP(Archive, RoundTrip, (const std::vector<Record>& records)) {
    const Bytes bytes = archive_write(records);
    RC_ASSERT(archive_read<std::vector<Record>>(bytes).value() == records);
    RC_ASSERT(archive_read<std::vector<Record>>(bytes, 8).has_value());
    RC_ASSERT(!archive_read<std::vector<Record>>(bytes, 2).has_value());
}

RC_GTEST_PROP(Archive, MapRoundTrip, (const std::map<std::uint64_t, Bytes>& numbers)) {
    Map map;
    for (const auto& [key, value] : numbers) map[std::to_string(key)] = value;
    RC_ASSERT(archive_read<Map>(archive_write(map)).value() == map);
}

// Cut anywhere: an error, or another archive that happens to stand there; never a crash.
RC_GTEST_PROP(Archive, Truncation, (const Record& record)) {
    const Bytes bytes = archive_write(record);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        const auto read = archive_read<Record>(ByteView(bytes).first(size));
        if (size < Archived<Record>::size) {
            RC_ASSERT(read.error().fault == ArchiveFault::too_short);
        } else if (read) {
            RC_ASSERT(archive_read<Record>(archive_write(*read)).value() == *read);
        }
    }
}

RC_GTEST_PROP(Archive, DamageIsFoundOrReadsAsSomethingElse, (const Record& record, std::size_t at, std::uint8_t flip)) {
    Bytes bytes = archive_write(record);
    bytes[at % bytes.size()] ^= flip;
    const auto read = archive_read<Record>(bytes);
    if (read) RC_ASSERT(archive_read<Record>(archive_write(*read)).value() == *read);
}

}  // namespace
}  // namespace dusk
