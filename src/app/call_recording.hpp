// A call of a contract with all that it depends on, and what came of it: what `dusk contract call --record` writes and
// `dusk replay` runs again (docs/formats/call-recording.md).
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "vm/error.hpp"
#include "vm/receipt.hpp"

namespace dusk::app {

struct CallRecording {
    // Bounds of the decoder. The state is that of a contract developer's machine, not of a network.
    static constexpr std::size_t kMostFileBytes = std::size_t{256} << 20;
    static constexpr std::size_t kMostStateBytes = std::size_t{64} << 20;
    static constexpr std::size_t kMostEvents = 1 << 20;
    static constexpr std::size_t kMostTextBytes = 65536;    // of names, topics, panics
    static constexpr std::size_t kMostBufferBytes = 65536;  // of arguments, results, events
    static constexpr std::size_t kMostMetadata = 16;

    struct Call {
        vm::ContractId contract{};
        vm::ContractId bytecode{};  // BLAKE3
        std::string function{};
        Bytes argument{};
        std::uint64_t gas_limit = 0;
        std::optional<vm::ContractId> caller{};
        std::vector<std::pair<std::string, Bytes>> metadata{};  // what contracts read with `hd`, by ascending name
        bool operator==(const Call&) const = default;
    };
    struct Failure {
        vm::CallErrorKind kind = vm::CallErrorKind::runtime;
        vm::Trap trap = vm::Trap::none;
        std::string text{};
        bool operator==(const Failure&) const = default;
    };
    struct Event {
        vm::ContractId source{};
        std::string topic{};
        Bytes data{};
        bool reverted = false;
        bool operator==(const Event&) const = default;
    };
    struct Outcome {
        std::optional<Failure> failure{};
        Bytes result{};  // empty after a failure
        std::uint64_t gas_spent = 0;
        std::vector<Event> events{};
        ByteArray<32> root{};  // of the state with what the call did
        bool operator==(const Outcome&) const = default;
    };

    ByteArray<32> base{};  // root of the state before
    Call call{};
    Outcome outcome{};
    Bytes state{};  // that state, exported (vm/store/state_export.hpp); empty: it is to be found elsewhere

    bool operator==(const CallRecording&) const = default;
};

enum class RecordingError : std::uint8_t {
    not_a_recording,  // another kind of file
    unknown_version,  // written by a later version
    too_large,
    damaged,    // its digest is another one, or it is cut off
    malformed,  // the digest is right, and a field is none
};
[[nodiscard]] std::string_view to_string(RecordingError error);

[[nodiscard]] Bytes encode_recording(const CallRecording& recording);
// Time and memory are linear in the number of bytes. What is accepted is encoded to the same bytes again.
[[nodiscard]] Result<CallRecording, RecordingError> decode_recording(ByteView bytes);

// What a session made of a call.
[[nodiscard]] CallRecording::Outcome outcome_of(const vm::CallResult<vm::CallReceipt>& receipt, std::uint64_t gas_spent,
                                                const std::vector<vm::Event>& events, const ByteArray<32>& root);

}  // namespace dusk::app
