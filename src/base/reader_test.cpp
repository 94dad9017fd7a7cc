#include "base/reader.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/writer.hpp"

namespace dusk {
namespace {

// A message with every kind of field.
struct Message {
    std::uint64_t height = 0;
    std::uint32_t port = 0;
    bool final = false;
    std::uint8_t kind = 0;
    ByteArray<5> seed{};
    Bytes body;
    std::vector<std::uint16_t> votes;
    bool operator==(const Message&) const = default;
};
constexpr std::size_t max_body = 300;
constexpr std::size_t max_votes = 50;

Bytes encode(const Message& message) {
    Writer out;
    out.le(message.height).be(message.port).boolean(message.final).u8(message.kind).bytes(message.seed);
    out.prefixed_be<std::uint16_t>(message.body).count_le<std::uint64_t>(message.votes.size());
    for (std::uint16_t vote : message.votes) out.be(vote);
    return std::move(out).finish();
}

Result<Message, ReadError> decode(ByteView bytes) {
    Reader in(bytes);
    Message out;
    out.height = in.le<std::uint64_t>();
    out.port = in.be<std::uint32_t>();
    out.final = in.boolean();
    out.kind = in.tag(4);
    out.seed = in.array<5>();
    out.body = to_vector(in.prefixed_be<std::uint16_t>(max_body));
    out.votes.resize(in.count_le<std::uint64_t>(max_votes, 2));
    for (std::uint16_t& vote : out.votes) vote = in.be<std::uint16_t>();
    return in.finish(std::move(out));
}

rc::Gen<Message> messages() {
    return rc::gen::exec([] {
        Message out;
        out.height = *rc::gen::arbitrary<std::uint64_t>();
        out.port = *rc::gen::arbitrary<std::uint32_t>();
        out.final = *rc::gen::arbitrary<bool>();
        out.kind = *rc::gen::inRange<std::uint8_t>(0, 4);
        out.seed = *rc::gen::arbitrary<ByteArray<5>>();
        out.body = *rc::gen::arbitrary<Bytes>();
        out.votes = *rc::gen::arbitrary<std::vector<std::uint16_t>>();
        out.body.resize(std::min(out.body.size(), max_body));
        out.votes.resize(std::min(out.votes.size(), max_votes));
        return out;
    });
}

RC_GTEST_PROP(Reader, RoundTrip, ()) {
    const Message message = *messages();
    RC_ASSERT(decode(encode(message)).value() == message);
}

RC_GTEST_PROP(Reader, EveryTruncationIsAnError, ()) {
    const Bytes bytes = encode(*messages());
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        const auto got = decode(ByteView(bytes).first(size));
        RC_ASSERT(!got.has_value());
        RC_ASSERT(got.error().offset <= size);
        // A count may be seen not to fit before the field that ends too early is reached.
        RC_ASSERT(got.error().fault == ReadFault::short_input || got.error().fault == ReadFault::over_limit);
    }
}

RC_GTEST_PROP(Reader, EveryExcessIsAnError, (const Bytes& more)) {
    RC_PRE(!more.empty());
    Bytes bytes = encode(*messages());
    const std::size_t size = bytes.size();
    append(bytes, more);
    RC_ASSERT(decode(bytes).error() == (ReadError{ReadFault::trailing_bytes, size}));
}

RC_GTEST_PROP(Reader, WhatIsAcceptedIsCanonical, (const Bytes& bytes)) {
    const auto message = decode(bytes);
    if (message) RC_ASSERT(encode(*message) == bytes);
}

TEST(Reader, SaysWhatAndWhere) {
    const Bytes good = encode(Message{.body = Bytes(3), .votes = {1, 2}});
    const auto damaged = [&](std::size_t at, std::uint8_t value) {
        Bytes bytes = good;
        bytes[at] = value;
        return decode(bytes).error();
    };
    EXPECT_EQ(damaged(12, 2), (ReadError{ReadFault::bad_bool, 12}));
    EXPECT_EQ(damaged(13, 4), (ReadError{ReadFault::bad_tag, 13}));
    EXPECT_EQ(damaged(19, 2), (ReadError{ReadFault::over_limit, 19}));    // body of 515 bytes
    EXPECT_EQ(damaged(20, 200), (ReadError{ReadFault::over_limit, 19}));  // allowed, but not there
    EXPECT_EQ(damaged(24, 3), (ReadError{ReadFault::over_limit, 24}));    // three votes in the room of two
    EXPECT_EQ(damaged(24, 1), (ReadError{ReadFault::trailing_bytes, 34}));
    EXPECT_EQ(damaged(31, 0xff), (ReadError{ReadFault::over_limit, 24}));  // 2^63 votes
    EXPECT_EQ(decode(ByteView(good).first(35)).error(), (ReadError{ReadFault::over_limit, 24}));
    EXPECT_EQ(decode(ByteView(good).first(16)).error(), (ReadError{ReadFault::short_input, 14}));
    EXPECT_EQ(describe(ReadError{ReadFault::bad_tag, 13}), "an enum tag does not exist (at 13)");
}

TEST(Reader, AfterAFaultEverythingIsEmpty) {
    const Bytes bytes{5, 1, 2, 3};
    Reader in(bytes);
    EXPECT_FALSE(in.boolean());
    EXPECT_FALSE(in.ok());
    EXPECT_EQ(in.u8(), 0);
    EXPECT_EQ(in.count_le<std::uint8_t>(100, 1), 0U);
    EXPECT_TRUE(in.rest().empty());
    EXPECT_EQ(in.array<2>(), (ByteArray<2>{}));
    in.reject(ReadFault::bad_value, 3);
    EXPECT_EQ(in.finish().error(), (ReadError{ReadFault::bad_bool, 0}));
}

TEST(Reader, EmptyInput) {
    Reader in({});
    EXPECT_TRUE(in.finish().has_value());
    EXPECT_EQ(in.le<std::uint64_t>(), 0U);
    EXPECT_EQ(in.finish().error(), (ReadError{ReadFault::short_input, 0}));
}

TEST(Writer, ThrowsOnLengthsThatDoNotFit) {
    Writer out;
    out.prefixed_le<std::uint8_t>(Bytes(255));
    EXPECT_THROW(out.prefixed_le<std::uint8_t>(Bytes(256)), std::length_error);
    EXPECT_EQ(out.size(), 256U);
}

}  // namespace
}  // namespace dusk
