#include "app/contract_replay.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <fstream>
#include <iostream>

#include "app/call_debugger.hpp"
#include "app/call_recording.hpp"
#include "app/files.hpp"
#include "app/scratch_machine.hpp"
#include "base/hex.hpp"
#include "vm/store/state_export.hpp"
#include "vm/wasm_contract.hpp"

namespace dusk::app {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr std::string_view kMetadata[] = {"block_height", "chain_id", "public_sender"};  // ascending

Result<CallRecording, Failure> read_recording(const fs::path& path) {
    const auto error = [&](FileError::Kind kind) { return fail(failure_of(FileError{.kind = kind, .path = path})); };
    std::error_code system;
    if (!fs::exists(path, system)) return error(FileError::Kind::missing);
    const auto size = fs::file_size(path, system);
    if (system) return error(FileError::Kind::unreadable);
    const auto unreadable = [&](RecordingError why) {
        return refused("not_a_recording", fmt::format("{}: {}", path.string(), to_string(why)));
    };
    if (size > CallRecording::kMostFileBytes) return unreadable(RecordingError::too_large);
    Bytes bytes(size);
    std::ifstream file(path, std::ios::binary);
    file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size));
    if (!file) return error(FileError::Kind::unreadable);
    auto recording = decode_recording(bytes);
    if (!recording) return unreadable(recording.error());
    return *std::move(recording);
}

// The whole state, where it is not too large.
std::optional<Bytes> exported(const ContractState& state) {
    Bytes bytes;
    const auto sink = [&](ByteView more) -> Result<void, vm::StoreFailure> {
        if (bytes.size() + more.size() > CallRecording::kMostStateBytes) {
            return fail(vm::StoreFailure{.kind = vm::StoreError::no_space});
        }
        append(bytes, more);
        return {};
    };
    if (!vm::write_export(state.machine().store(), *state.head(), sink)) return {};
    return bytes;
}

// The machine and the state that the recording begins with.
struct Ground {
    std::shared_ptr<vm::Machine> machine;
    vm::StatePtr state;
};

Result<Ground, Failure> ground_of(const CallRecording& recording, const ReplayCall& command,
                                  const ScratchFolder& scratch) {
    if (!command.state.empty()) {
        auto state = ContractState::open(command.state);
        if (!state) return fail(state.error());
        Ground ground{state->shared_machine(), state->head()};
        if (ground.state->root() == recording.base) return ground;
        auto commit = ground.machine->store().state(recording.base);
        if (!commit) {
            return refused("wrong_state", fmt::format("{} does not hold the state {} that the call was made on",
                                                      command.state.string(), to_hex(recording.base)));
        }
        ground.state = *std::move(commit);
        return ground;
    }
    if (recording.state.empty()) {
        return refused("no_state", fmt::format("the recording holds no state: name with --state a folder that holds {}",
                                               to_hex(recording.base)));
    }
    auto machine = scratch_machine(scratch);
    if (!machine) return fail(machine.error());
    vm::Store& store = (*machine)->store();
    ByteView rest = recording.state;
    const auto source = [&](MutableByteView out) -> Result<std::size_t, vm::StoreFailure> {
        const std::size_t count = std::min(out.size(), rest.size());
        std::ranges::copy(rest.first(count), out.begin());
        rest = rest.subspan(count);
        return count;
    };
    const auto report = vm::import_state(store, source);
    if (!report || report->root != recording.base) {
        return refused("wrong_state", report ? "the state in the recording is another one than the call was made on"
                                             : "the state in the recording: " + describe(report.error()));
    }
    if (report->root == store.genesis()->root() && report->contracts == 0) return Ground{*machine, store.genesis()};
    auto state = store.state(report->root);
    if (!state) return refused("wrong_state", describe(state.error()));
    return Ground{*std::move(machine), *std::move(state)};
}

// What is known of all contracts of the state that describe themselves.
struct Known {
    TraceLegend legend;
    std::map<vm::ContractId, std::uint64_t> buffers;
};
Known known_of(const Ground& ground) {
    constexpr std::size_t kMostContracts = 10'000;
    Known known;
    std::size_t count = 0;
    ground.state->for_each([&](const vm::ContractRecord& record) {
        if (++count > kMostContracts) return;
        const auto bytecode = ground.machine->store().bytecode(record.deployment->bytecode);
        if (!bytecode) return;
        if (auto contract = interface_of_module(*bytecode))
            known.legend.interfaces.emplace(record.id, *std::move(contract));
        const auto module = vm::parse_wasm_module(*bytecode);
        if (!module) return;
        if (const auto at = vm::check_contract(*module).argument_buffer) known.buffers.emplace(record.id, *at);
    });
    return known;
}

// Tells two observers.
class ObserverPair : public vm::CallObserver {
  public:
    ObserverPair(vm::CallObserver& first, vm::CallObserver& second) : first_(first), second_(second) {}
    void on_call(const vm::ContractId& contract, std::string_view function, ByteView argument,
                 std::uint64_t gas_limit) override {
        first_.on_call(contract, function, argument, gas_limit);
        second_.on_call(contract, function, argument, gas_limit);
    }
    void on_return(ByteView result, std::uint64_t spent) override {
        first_.on_return(result, spent);
        second_.on_return(result, spent);
    }
    void on_failure(const vm::CallError& error, std::uint64_t spent) override {
        first_.on_failure(error, spent);
        second_.on_failure(error, spent);
    }
    void on_event(const vm::EventView& event) override {
        first_.on_event(event);
        second_.on_event(event);
    }
    void on_import(const vm::ContractId& contract, std::string_view import, std::string_view text) override {
        first_.on_import(contract, import, text);
    }

  private:
    vm::CallObserver& first_;
    vm::CallObserver& second_;
};

// Commands from a file, a terminal, or whatever the standard input is.
class CommandReader {
  public:
    CommandReader(std::istream& from, bool prompts, bool echoes, CallDebugger::Sink sink)
        : from_(from), prompts_(prompts), echoes_(echoes), sink_(std::move(sink)) {}

    std::optional<std::string> next() {
        if (prompts_) sink_("(replay) ");
        std::string line;
        if (!std::getline(from_, line)) return {};
        if (line.find_first_not_of(" \t") == std::string::npos) line = last_;
        last_ = line;
        if (echoes_) sink_("(replay) " + line + "\n");
        return line;
    }

  private:
    std::istream& from_;
    bool prompts_;
    bool echoes_;
    CallDebugger::Sink sink_;
    std::string last_;
};

std::string result_text(const CallRecording::Outcome& outcome) {
    if (!outcome.failure) return short_hex(outcome.result);
    return "failed: " +
           printable(describe(vm::CallError{outcome.failure->kind, outcome.failure->trap, outcome.failure->text}));
}

std::vector<std::string> differences(const CallRecording::Outcome& was, const CallRecording::Outcome& is) {
    std::vector<std::string> out;
    if (was.failure != is.failure || was.result != is.result) {
        out.push_back(fmt::format("the result is {}, not {}", result_text(is), result_text(was)));
    }
    if (was.gas_spent != is.gas_spent) out.push_back(fmt::format("gas is {}, not {}", is.gas_spent, was.gas_spent));
    if (was.events != is.events) {
        out.push_back(fmt::format("the events are others ({}, recorded {})", is.events.size(), was.events.size()));
    }
    if (was.root != is.root) out.push_back(fmt::format("the root is {}, not {}", to_hex(is.root), to_hex(was.root)));
    return out;
}

}  // namespace

Result<std::optional<std::string>, Failure> write_recording(const fs::path& path, const ContractState& state,
                                                            vm::Session& session, const RecordedCall& call,
                                                            const vm::CallResult<vm::CallReceipt>& receipt,
                                                            const TraceRecorder& trace) {
    CallRecording recording{.base = state.head()->root()};
    recording.call = {.contract = call.contract,
                      .function = call.function,
                      .argument = call.argument,
                      .gas_limit = call.gas_limit,
                      .caller = call.caller};
    if (const vm::ContractRecord* record = state.head()->find(call.contract)) {
        recording.call.bytecode = record->deployment->bytecode;
    }
    for (const std::string_view name : kMetadata) {
        if (const auto value = session.metadata(name)) recording.call.metadata.emplace_back(name, to_vector(*value));
    }
    const auto root = session.root();
    if (!root) return fail(Failure{.exit = ExitCode::file, .code = "state", .message = describe(root.error())});
    recording.outcome = outcome_of(receipt, trace.root_spent(), trace.events(), *root);
    std::optional<std::string> warning;
    if (auto bytes = exported(state)) {
        recording.state = *std::move(bytes);
    } else {
        warning = fmt::format("the state is too large to be in {}: replay it with --state, before the state changes",
                              path.string());
    }
    const Bytes bytes = encode_recording(recording);
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (!file) return fail(failure_of(FileError{.kind = FileError::Kind::unwritable, .path = path}));
    return warning;
}

CommandResult replay_call(const ReplayCall& command) {
    const auto recording = read_recording(command.file);
    if (!recording) return fail(recording.error());
    std::ifstream file;
    if (!command.commands.empty()) {
        file.open(command.commands);
        if (!file) {
            return fail(failure_of(FileError{.kind = FileError::Kind::unreadable, .path = command.commands}));
        }
    }
    const auto scratch = ScratchFolder::make();
    if (!scratch) return fail(scratch.error());
    const auto ground = ground_of(*recording, command, *scratch);
    if (!ground) return fail(ground.error());
    const Known known = known_of(*ground);

    vm::Session session(ground->machine, ground->state);
    for (const auto& [name, value] : recording->call.metadata) session.set_metadata(name, value);
    session.set_outer_caller(recording->call.caller);
    std::string transcript;
    const CallDebugger::Sink sink = [&](std::string_view text) {
        if (command.json) {
            transcript += text;
        } else {
            (void)std::fwrite(text.data(), 1, text.size(), stdout);
            (void)std::fflush(stdout);
        }
    };
    const bool is_terminal = command.commands.empty() && ::isatty(STDIN_FILENO) != 0;
    CommandReader commands(command.commands.empty() ? std::cin : file, is_terminal && !command.json, !is_terminal,
                           sink);
    CallDebugger debugger(session, known.legend, known.buffers, [&] { return commands.next(); }, sink);
    TraceRecorder trace;
    ObserverPair observers(debugger, trace);
    session.set_observer(&observers);
    const auto& call = recording->call;
    const auto receipt = session.call(call.contract, call.function, call.argument, call.gas_limit);
    const auto root = session.root();
    if (!root) return fail(Failure{.exit = ExitCode::failure, .code = "state", .message = describe(root.error())});
    const auto outcome = outcome_of(receipt, trace.root_spent(), trace.events(), *root);

    const auto found = differences(recording->outcome, outcome);
    Json json{{"contract", to_hex(call.contract)},
              {"function", call.function},
              {"result", to_hex(outcome.result)},
              {"gas_spent", outcome.gas_spent},
              {"gas_limit", call.gas_limit},
              {"root", to_hex(outcome.root)},
              {"same", found.empty()},
              {"trace", trace.json(known.legend)}};
    if (outcome.failure) json["failure"] = result_text(outcome);
    if (command.json) json["transcript"] = transcript;
    if (!found.empty()) {
        json["differences"] = found;
        std::string message = "the replay differs from the recording: ";
        for (const std::string& one : found) message += (&one == found.data() ? "" : "; ") + one;
        return fail(Failure{
            .exit = ExitCode::failure, .code = "replay_differs", .message = std::move(message), .details = json});
    }
    return Outcome{
        .text = fmt::format("Result   {}\nGas      {} of {}\nThe same result, gas, events and root as recorded.\n",
                            result_text(outcome), outcome.gas_spent, call.gas_limit),
        .json = std::move(json)};
}

}  // namespace dusk::app
