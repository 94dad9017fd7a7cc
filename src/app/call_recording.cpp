#include "app/call_recording.hpp"

#include <algorithm>

#include "base/reader.hpp"
#include "base/utf8.hpp"
#include "base/writer.hpp"
#include "crypto/blake3.hpp"

namespace dusk::app {
namespace {

constexpr std::string_view kMagic = "duskcall";
constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kDigestBytes = 32;
constexpr std::uint8_t kErrorKinds = static_cast<std::uint8_t>(vm::CallErrorKind::session_lost) + 1;
constexpr std::uint8_t kTraps = static_cast<std::uint8_t>(vm::Trap::other) + 1;

using Call = CallRecording::Call;
using Event = CallRecording::Event;
using Outcome = CallRecording::Outcome;

void write_text(Writer& out, std::string_view text) { out.prefixed_le<std::uint32_t>(as_bytes(text)); }

void write_call(Writer& out, const Call& call) {
    out.bytes(call.contract);
    out.bytes(call.bytecode);
    write_text(out, call.function);
    out.prefixed_le<std::uint32_t>(call.argument);
    out.le(call.gas_limit);
    out.boolean(call.caller.has_value());
    if (call.caller) out.bytes(*call.caller);
    out.le(static_cast<std::uint32_t>(call.metadata.size()));
    for (const auto& [name, value] : call.metadata) {
        write_text(out, name);
        out.prefixed_le<std::uint32_t>(value);
    }
}

void write_outcome(Writer& out, const Outcome& outcome) {
    out.boolean(outcome.failure.has_value());
    if (outcome.failure) {
        out.u8(static_cast<std::uint8_t>(outcome.failure->kind));
        out.u8(static_cast<std::uint8_t>(outcome.failure->trap));
        write_text(out, outcome.failure->text);
    }
    out.prefixed_le<std::uint32_t>(outcome.result);
    out.le(outcome.gas_spent);
    out.le(static_cast<std::uint32_t>(outcome.events.size()));
    for (const Event& event : outcome.events) {
        out.bytes(event.source);
        write_text(out, event.topic);
        out.prefixed_le<std::uint32_t>(event.data);
        out.boolean(event.reverted);
    }
    out.bytes(outcome.root);
}

// A text of the contract, or of the VM.
std::string read_text(Reader& in) {
    const ByteView bytes = in.prefixed_le<std::uint32_t>(CallRecording::kMostTextBytes);
    if (!is_utf8(bytes)) in.reject(ReadFault::bad_value, in.position());
    return {bytes.begin(), bytes.end()};
}
Bytes read_buffer(Reader& in) { return to_vector(in.prefixed_le<std::uint32_t>(CallRecording::kMostBufferBytes)); }

Call read_call(Reader& in) {
    Call call{.contract = in.array<32>(), .bytecode = in.array<32>()};
    call.function = read_text(in);
    call.argument = read_buffer(in);
    call.gas_limit = in.le<std::uint64_t>();
    if (in.boolean()) call.caller = in.array<32>();
    constexpr std::size_t kSmallest = 8;
    const std::size_t count = in.count_le<std::uint32_t>(CallRecording::kMostMetadata, kSmallest);
    for (std::size_t i = 0; i < count; ++i) {
        std::string name = read_text(in);
        if (!call.metadata.empty() && call.metadata.back().first >= name)
            in.reject(ReadFault::bad_value, in.position());
        call.metadata.emplace_back(std::move(name), read_buffer(in));
    }
    return call;
}

Outcome read_outcome(Reader& in) {
    Outcome outcome;
    if (in.boolean()) {
        CallRecording::Failure failure;
        failure.kind = static_cast<vm::CallErrorKind>(in.tag(kErrorKinds));
        failure.trap = static_cast<vm::Trap>(in.tag(kTraps));
        failure.text = read_text(in);
        outcome.failure = std::move(failure);
    }
    outcome.result = read_buffer(in);
    outcome.gas_spent = in.le<std::uint64_t>();
    constexpr std::size_t kSmallest = 32 + 4 + 4 + 1;
    const std::size_t count = in.count_le<std::uint32_t>(CallRecording::kMostEvents, kSmallest);
    outcome.events.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        Event event{.source = in.array<32>()};
        event.topic = read_text(in);
        event.data = read_buffer(in);
        event.reverted = in.boolean();
        outcome.events.push_back(std::move(event));
    }
    outcome.root = in.array<32>();
    return outcome;
}

}  // namespace

std::string_view to_string(RecordingError error) {
    switch (error) {
        case RecordingError::not_a_recording:
            return "this is no recorded call";
        case RecordingError::unknown_version:
            return "it was written by a later version";
        case RecordingError::too_large:
            return "it is larger than 256 MiB";
        case RecordingError::damaged:
            return "it is damaged: its digest is another one";
        case RecordingError::malformed:
            return "it is no whole recording";
    }
    return "";
}

Bytes encode_recording(const CallRecording& recording) {
    Writer out;
    out.bytes(as_bytes(kMagic));
    out.le(kVersion);
    out.bytes(recording.base);
    write_call(out, recording.call);
    write_outcome(out, recording.outcome);
    out.prefixed_le<std::uint32_t>(recording.state);
    out.bytes(crypto::blake3(out.view()));
    return std::move(out).finish();
}

Result<CallRecording, RecordingError> decode_recording(ByteView bytes) {
    if (bytes.size() > CallRecording::kMostFileBytes) return fail(RecordingError::too_large);
    const std::size_t head = kMagic.size() + sizeof(kVersion);
    if (bytes.size() < head || !equal(bytes.first(kMagic.size()), as_bytes(kMagic))) {
        return fail(RecordingError::not_a_recording);
    }
    if (load_le<std::uint32_t>(bytes.data() + kMagic.size()) != kVersion) return fail(RecordingError::unknown_version);
    if (bytes.size() < head + kDigestBytes) return fail(RecordingError::damaged);
    const ByteView content = bytes.first(bytes.size() - kDigestBytes);
    if (!equal(crypto::blake3(content), bytes.last(kDigestBytes))) return fail(RecordingError::damaged);
    Reader in(content.subspan(head));
    CallRecording recording{.base = in.array<32>()};
    recording.call = read_call(in);
    recording.outcome = read_outcome(in);
    recording.state = to_vector(in.prefixed_le<std::uint32_t>(CallRecording::kMostStateBytes));
    auto finished = in.finish(std::move(recording));
    if (!finished) return fail(RecordingError::malformed);
    return *std::move(finished);
}

CallRecording::Outcome outcome_of(const vm::CallResult<vm::CallReceipt>& receipt, std::uint64_t gas_spent,
                                  const std::vector<vm::Event>& events, const ByteArray<32>& root) {
    Outcome outcome{.gas_spent = gas_spent, .root = root};
    if (receipt) {
        outcome.result = receipt->data;
    } else {
        const vm::CallError& error = receipt.error();
        outcome.failure = {.kind = error.kind, .trap = error.trap, .text = error.text};
    }
    for (const vm::Event& event : events) {
        if (outcome.events.size() == CallRecording::kMostEvents) break;
        outcome.events.push_back({event.source, event.topic, event.data, event.reverted});
    }
    return outcome;
}

}  // namespace dusk::app
