// `dusk replay`: a recorded call again, step by step.
#pragma once

#include <filesystem>

#include "app/contract_state.hpp"
#include "app/contract_trace.hpp"

namespace dusk::app {

struct ReplayCall {
    std::filesystem::path file{};
    std::filesystem::path state{};     // where the recording holds no state
    std::filesystem::path commands{};  // empty: the standard input
    bool json = false;
};
// Errors: file; bad_input (not_a_recording, no_state, wrong_state); failure (replay_differs: result, gas, events or
// root are not the recorded ones).
[[nodiscard]] CommandResult replay_call(const ReplayCall& command);

struct RecordedCall {
    vm::ContractId contract{};
    std::string function{};
    Bytes argument{};
    std::uint64_t gas_limit = 0;
    std::optional<vm::ContractId> caller{};
};
// Writes what `dusk replay` needs; the session has made the call. A warning where the state is too large to be in the
// file. Errors: file.
[[nodiscard]] Result<std::optional<std::string>, Failure> write_recording(
    const std::filesystem::path& path, const ContractState& state, vm::Session& session, const RecordedCall& call,
    const vm::CallResult<vm::CallReceipt>& receipt, const TraceRecorder& trace);

}  // namespace dusk::app
