#include "app/contract_run.hpp"

#include <fmt/format.h>

#include "app/contract_project.hpp"
#include "app/contract_replay.hpp"
#include "app/contract_trace.hpp"
#include "base/hex.hpp"
#include "vm/wasm_contract.hpp"

namespace dusk::app {
namespace {

using Json = nlohmann::ordered_json;

Result<Bytes, Failure> argument_of(const ArgumentWords& words) {
    const int forms = (words.values.empty() ? 0 : 1) + (words.hex ? 1 : 0) + (words.file.empty() ? 0 : 1);
    if (forms > 1) return usage("bad_argument", "an argument is given as values, as hex or as a file");
    if (!words.file.empty()) return read_module_file(words.file);
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

Json json_of(const vm::EventList& events, const TraceLegend& legend) {
    Json out = Json::array();
    for (const vm::EventView& event : events) {
        out.push_back(
            {{"source", to_hex(event.source)}, {"topic", std::string(event.topic)}, {"data", to_hex(event.data)}});
        if (auto value = legend.event(event.source, event.topic, event.data)) out.back()["value"] = value->json;
        if (event.reverted) out.back()["reverted"] = true;
    }
    return out;
}
std::string text_of(const vm::EventList& events, const TraceLegend& legend) {
    std::string out;
    for (const vm::EventView& event : events) {
        out += fmt::format("Event    {}{}\n", legend.event_text(event), event.reverted ? " (undone)" : "");
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
Failure with_trace(Failure failure, const TraceRecorder& trace, const TraceLegend& legend, bool wanted) {
    if (!wanted) return failure;
    failure.report = trace.text(legend);
    failure.details["trace"] = trace.json(legend);
    return failure;
}
void add_trace(Outcome& outcome, const TraceRecorder& trace, const TraceLegend& legend, bool wanted) {
    if (!wanted) return;
    outcome.text = trace.text(legend) + outcome.text;
    outcome.json["trace"] = trace.json(legend);
}

// What is known of the contracts in a trace, and of the test keys that were named.
TraceLegend legend_of(const ContractState& state, const TraceRecorder& trace, const CallSetting& setting,
                      const ArgumentWords& words) {
    TraceLegend legend;
    const auto note_key = [&](std::string_view name) {
        const auto key = parse_public_key(name);
        if (key && is_test_key(name)) legend.names.keys.emplace_back(to_vector(key->to_archive()), name);
    };
    if (!setting.sender.empty()) note_key(setting.sender);
    for (const std::string_view value : words.values) {
        for (const std::string_view type : {"key:", "account:"}) {
            if (value.starts_with(type)) note_key(value.substr(type.size()));
        }
    }
    for (const auto& step : trace.steps()) {
        if (legend.interfaces.contains(step.contract)) continue;
        const auto bytecode = state.bytecode(step.contract);
        auto contract = bytecode ? interface_of_module(*bytecode) : std::nullopt;
        if (contract) legend.interfaces.emplace(step.contract, *std::move(contract));
    }
    return legend;
}

}  // namespace

CommandResult deploy_contract(const DeployContract& command) {
    const auto bytecode = read_module_file(command.file);
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
    TraceLegend legend = legend_of(*state, trace, command.run.setting, command.init);
    if (auto contract = interface_of_module(*bytecode)) {
        legend.interfaces.emplace(id ? *id : vm::default_contract_id(*bytecode), *std::move(contract));
    }
    if (!deployed) {
        return fail(with_trace(call_failure(deployed.error(), command.file.string() + " was not deployed"), trace,
                               legend, command.run.trace));
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
    outcome.text += text_of(events, legend);
    outcome.json["events"] = json_of(events, legend);
    add_trace(outcome, trace, legend, command.run.trace);
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
    const TraceLegend legend = legend_of(*state, trace, command.run.setting, command.argument);
    std::vector<std::string> warnings;
    if (!command.record.empty()) {
        const auto recorded = write_recording(command.record, *state, *session,
                                              {.contract = *id,
                                               .function = command.function,
                                               .argument = *argument,
                                               .gas_limit = command.run.gas,
                                               .caller = caller},
                                              receipt, trace);
        if (!recorded) return fail(recorded.error());
        if (*recorded) warnings.push_back(**recorded);
    }
    if (!receipt) {
        return fail(with_trace(call_failure(receipt.error(), printable(command.function) + " failed"), trace, legend,
                               command.run.trace));
    }
    std::optional<ReadValue> value;
    if (command.as.empty() && !receipt->data.empty()) value = legend.result(*id, command.function, receipt->data);
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
        fmt::format("Gas      {} of {}\n", receipt->gas_spent, receipt->gas_limit) + text_of(receipt->events, legend);
    outcome.json.update({{"gas_spent", receipt->gas_spent}, {"gas_limit", receipt->gas_limit}});
    outcome.json["events"] = json_of(receipt->events, legend);
    if (command.keeps) {
        const auto root = state->keep(*session);
        if (!root) return fail(root.error());
        outcome.json["root"] = to_hex(*root);
    }
    add_trace(outcome, trace, legend, command.run.trace);
    return outcome;
}

}  // namespace dusk::app
