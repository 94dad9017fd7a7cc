#include "app/call_recording.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "crypto/blake3.hpp"

namespace dusk::app {
namespace {

CallRecording recording() {
    CallRecording out;
    out.base.fill(1);
    out.call = {.function = "set", .argument = {1, 2, 3}, .gas_limit = 1000};
    out.call.contract.fill(2);
    out.call.bytecode.fill(3);
    out.call.caller.emplace().fill(4);
    out.call.metadata = {{"block_height", Bytes(8)}, {"chain_id", {0xfa}}};
    out.outcome = {.result = {9}, .gas_spent = 17, .events = {{{}, "set", {5}, false}, {{}, "", {}, true}}};
    out.outcome.root.fill(5);
    out.state = {7, 7, 7};
    return out;
}

Bytes sealed(Bytes content) {
    append(content, crypto::blake3(content));
    return content;
}

TEST(CallRecording, IsReadAsItWasWritten) {
    CallRecording one = recording();
    EXPECT_EQ(decode_recording(encode_recording(one)), one);
    one.call.caller.reset();
    one.state.clear();
    one.outcome.failure = {.kind = vm::CallErrorKind::runtime, .trap = vm::Trap::integer_overflow, .text = "no"};
    EXPECT_EQ(decode_recording(encode_recording(one)), one);
    EXPECT_EQ(decode_recording(encode_recording({})), CallRecording{});
}

TEST(CallRecording, EveryCutIsRefused) {
    const Bytes bytes = encode_recording(recording());
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        EXPECT_FALSE(decode_recording(ByteView(bytes).first(size))) << size;
        // The same with a digest that fits.
        if (size < bytes.size() - 32) {
            EXPECT_FALSE(decode_recording(sealed({bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)})));
        }
    }
}

TEST(CallRecording, EveryChangeIsFound) {
    const Bytes bytes = encode_recording(recording());
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        Bytes other = bytes;
        other[at] ^= 1;
        EXPECT_FALSE(decode_recording(other)) << at;
    }
}

TEST(CallRecording, WhatIsWrongIsNamed) {
    const Bytes bytes = encode_recording(recording());
    EXPECT_EQ(decode_recording({}).error(), RecordingError::not_a_recording);
    EXPECT_EQ(decode_recording(Bytes(100)).error(), RecordingError::not_a_recording);
    Bytes later = bytes;
    later[8] = 2;
    EXPECT_EQ(decode_recording(later).error(), RecordingError::unknown_version);
    Bytes damaged = bytes;
    damaged[20] ^= 1;
    EXPECT_EQ(decode_recording(damaged).error(), RecordingError::damaged);
    Bytes longer(bytes.begin(), bytes.end() - 32);
    longer.push_back(0);
    EXPECT_EQ(decode_recording(sealed(longer)).error(), RecordingError::malformed);
    CallRecording unordered = recording();
    std::swap(unordered.call.metadata[0], unordered.call.metadata[1]);
    EXPECT_EQ(decode_recording(encode_recording(unordered)).error(), RecordingError::malformed);
    CallRecording text = recording();
    text.call.function = "\xff";
    EXPECT_EQ(decode_recording(encode_recording(text)).error(), RecordingError::malformed);
}

TEST(CallRecording, LengthsAreBounded) {
    // A function name of 4 GiB, and 2^32 events.
    Bytes bytes = encode_recording({});
    bytes.resize(bytes.size() - 32);
    const std::size_t name = 8 + 4 + 32 + 32 + 32;
    Bytes long_name = bytes;
    store_le(long_name.data() + name, ~std::uint32_t{0});
    EXPECT_EQ(decode_recording(sealed(long_name)).error(), RecordingError::malformed);
    for (std::size_t at = name; at + 4 <= bytes.size(); ++at) {
        Bytes other = bytes;
        store_le(other.data() + at, ~std::uint32_t{0});
        const auto decoded = decode_recording(sealed(other));
        if (decoded) EXPECT_EQ(encode_recording(*decoded), sealed(other));
    }
}

}  // namespace
}  // namespace dusk::app
