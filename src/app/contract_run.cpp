#include "app/contract_run.hpp"

#include <fmt/format.h>

#include <fstream>

#include "app/contract_trace.hpp"
#include "base/hex.hpp"
#include "vm/wasm_contract.hpp"

namespace dusk::app {
namespace {

using Json = nlohmann::ordered_json;

// More than a transaction can carry by far.
constexpr std::size_t kLargestFile = 16 * 1024 * 1024;

std::unexpected<Failure> usage(std::string_view code, std::string message) {
    return fail(Failure{.exit = ExitCode::usage, .code = std::string(code), .message = std::move(message)});
}
std::unexpected<Failure> refused(std::string_view code, std::string message) {
    return fail(Failure{.exit = ExitCode::bad_input, .code = std::string(code), .message = std::move(message)});
}

Result<Bytes, Failure> read_file(const std::filesystem::path& path) {
    const auto error = [&](FileError::Kind kind) { return fail(failure_of(FileError{.kind = kind, .path = path})); };
    std::error_code system;
    if (!std::filesystem::exists(path, system)) return error(FileError::Kind::missing);
    const auto size = std::filesystem::file_size(path, system);
    if (system) return error(FileError::Kind::unreadable);
    if (size > kLargestFile) {
        return fail(Failure{.exit = ExitCode::file,
                            .code = "file_too_large",
                            .message = fmt::format("{} is larger than 16 MiB", path.string())});
    }
    Bytes bytes(size);
    std::ifstream file(path, std::ios::binary);
    file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size));
    if (!file) return error(FileError::Kind::unreadable);
    return bytes;
}

Result<Bytes, Failure> argument_of(const ArgumentWords& words) {
    const int forms = (words.values.empty() ? 0 : 1) + (words.hex ? 1 : 0) + (words.file.empty() ? 0 : 1);
    if (forms > 1) return usage("bad_argument", "an argument is given as values, as hex or as a file");
    if (!words.file.empty()) return read_file(words.file);
    if (words.hex) {
        auto bytes = from_hex(*words.hex);
        if (!bytes) return usage("bad_argument", "the argument is not hexadecimal");
        return *std::move(bytes);
    }
    auto archive = archive_of_values(words.values);
    if (!archive) return usage("bad_argument", archive.error());
    return *std::move(archive);
}

Result<Bytes, Failure> owner_of(const std::string& text) {
    constexpr std::string_view kHex = "0x";
    if (text.empty()) return Bytes{};
    if (text.starts_with(kHex)) {
        auto bytes = from_hex(std::string_view(text).substr(kHex.size()));
        if (!bytes) return usage("bad_owner", "the owner is not hexadecimal");
        return *std::move(bytes);
    }
    const auto key = parse_public_key(text);
    if (!key) return usage("bad_owner", key.error());
    return to_vector(key->to_bytes());
}

Json json_of(const vm::EventList& events) {
    Json out = Json::array();
    for (const vm::EventView& event : events) {
        out.push_back(
            {{"source", to_hex(event.source)}, {"topic", std::string(event.topic)}, {"data", to_hex(event.data)}});
        if (event.reverted) out.back()["reverted"] = true;
    }
    return out;
}
std::string text_of(const vm::EventList& events) {
    std::string out;
    for (const vm::EventView& event : events) {
        out += fmt::format("Event    {} {}: {}{}\n", short_id(event.source), printable(event.topic),
                           short_hex(event.data), event.reverted ? " (undone)" : "");
    }
    return out;
}

Failure call_failure(const vm::CallError& error, const std::string& what) {
    using enum vm::CallErrorKind;
    const auto [exit, code] = [&]() -> std::pair<ExitCode, std::string_view> {
        switch (error.kind) {
            case contract_does_not_exist:
                return {ExitCode::bad_input, "no_such_contract"};
            case invalid_function:
            case invalid_argument_buffer:
                return {ExitCode::bad_input, "not_a_contract"};
            case initialization:
                return {ExitCode::bad_input, "refused"};
            case panic:
                return {ExitCode::failure, "panic"};
            case out_of_gas:
                return {ExitCode::failure, "out_of_gas"};
            default:
                return {ExitCode::failure, "contract_failed"};
        }
    }();
    return {
        .exit = exit, .code = std::string(code), .message = fmt::format("{}: {}", what, printable(describe(error)))};
}

// A failure with what was recorded until then.
Failure with_trace(Failure failure, const TraceRecorder& trace, bool wanted) {
    if (!wanted) return failure;
    failure.report = trace.text();
    failure.details["trace"] = trace.json();
    return failure;
}
void add_trace(Outcome& outcome, const TraceRecorder& trace, bool wanted) {
    if (!wanted) return;
    outcome.text = trace.text() + outcome.text;
    outcome.json["trace"] = trace.json();
}

}  // namespace

CommandResult deploy_contract(const DeployContract& command) {
    const auto bytecode = read_file(command.file);
    if (!bytecode) return fail(bytecode.error());
    const auto init = argument_of(command.init);
    if (!init) return fail(init.error());
    const auto owner = owner_of(command.owner);
    if (!owner) return fail(owner.error());
    std::optional<vm::ContractId> id;
    if (!command.id.empty()) {
        id = parse_contract_id(command.id);
        if (!id) return usage("bad_id", "the id of a contract is 64 hexadecimal digits");
    }
    const auto module = vm::parse_wasm_module(*bytecode);
    if (!module || !vm::check_contract(*module).findings.empty()) {
        return refused("not_a_contract",
                       fmt::format("{} cannot be deployed (dusk contract inspect tells why)", command.file.string()));
    }
    auto state = ContractState::open(command.run.state);
    if (!state) return fail(state.error());
    const auto session = state->session();
    if (const auto set = apply_setting(*session, command.run.setting); !set) return fail(set.error());
    TraceRecorder trace;
    session->set_observer(&trace);
    const auto deployed = session->deploy(id, *bytecode, *owner, *init, command.run.gas);
    if (!deployed) {
        return fail(with_trace(call_failure(deployed.error(), command.file.string() + " was not deployed"), trace,
                               command.run.trace));
    }
    const auto root = state->keep(*session);
    if (!root) return fail(root.error());
    const std::uint64_t init_gas = deployed->init ? deployed->init->gas_spent : 0;
    const std::string hex = to_hex(deployed->contract);
    Outcome outcome{
        .text = fmt::format("Contract {}\nGas      {} for {} bytes, {} of {} for init\n", hex,
                            vm::deployment_gas(bytecode->size()), bytecode->size(), init_gas, command.run.gas),
        .json = {{"contract", hex},
                 {"deployment_gas", vm::deployment_gas(bytecode->size())},
                 {"init_gas", init_gas},
                 {"gas_limit", command.run.gas},
                 {"root", to_hex(*root)}}};
    const vm::EventList none;
    const vm::EventList& events = deployed->init ? deployed->init->events : none;
    outcome.text += text_of(events);
    outcome.json["events"] = json_of(events);
    add_trace(outcome, trace, command.run.trace);
    return outcome;
}

CommandResult call_contract(const CallContract& command) {
    const auto id = parse_contract_id(command.contract);
    if (!id) return usage("bad_id", "the id of a contract is 64 hexadecimal digits");
    if (!command.as.empty() && !is_readable_type(command.as)) {
        return usage("bad_type", fmt::format("--as takes one of: {}", kReadableTypes));
    }
    const auto argument = argument_of(command.argument);
    if (!argument) return fail(argument.error());
    if (argument->size() > vm::kArgumentBufferBytes) return usage("bad_argument", "an argument has 64 KiB at most");
    // What the transfer contract does for transactions (spec/vm.md §8).
    std::optional<vm::ContractId> caller;
    if (!command.caller.empty()) {
        caller = parse_contract_id(command.caller);
        if (!caller) return usage("bad_id", "the id of a contract is 64 hexadecimal digits");
    } else if (command.keeps || !command.run.setting.sender.empty()) {
        caller.emplace().front() = 1;  // the transfer contract
    }
    auto state = ContractState::open(command.run.state);
    if (!state) return fail(state.error());
    const auto session = state->session();
    if (const auto set = apply_setting(*session, command.run.setting); !set) return fail(set.error());
    session->set_outer_caller(caller);
    TraceRecorder trace;
    session->set_observer(&trace);
    const auto receipt = session->call(*id, command.function, *argument, command.run.gas);
    if (!receipt) {
        return fail(with_trace(call_failure(receipt.error(), printable(command.function) + " failed"), trace,
                               command.run.trace));
    }
    std::optional<ReadValue> value;
    std::vector<std::string> warnings;
    if (!command.as.empty()) {
        auto read = read_archive(command.as, receipt->data);
        // The call was made all the same.
        if (read)
            value = *std::move(read);
        else
            warnings.push_back(read.error());
    }
    Outcome outcome{.text = fmt::format("Result   {}\n", receipt->data.empty() ? "nothing" : to_hex(receipt->data)),
                    .json = {{"result", to_hex(receipt->data)}},
                    .warnings = std::move(warnings)};
    if (value) {
        outcome.text += fmt::format("Value    {}\n", value->text);
        outcome.json["value"] = value->json;
    }
    outcome.text +=
        fmt::format("Gas      {} of {}\n", receipt->gas_spent, receipt->gas_limit) + text_of(receipt->events);
    outcome.json.update({{"gas_spent", receipt->gas_spent}, {"gas_limit", receipt->gas_limit}});
    outcome.json["events"] = json_of(receipt->events);
    if (command.keeps) {
        const auto root = state->keep(*session);
        if (!root) return fail(root.error());
        outcome.json["root"] = to_hex(*root);
    }
    add_trace(outcome, trace, command.run.trace);
    return outcome;
}

}  // namespace dusk::app
