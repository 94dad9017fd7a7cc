#include <fmt/format.h>

#include "app/contract_commands.hpp"
#include "app/contract_interface.hpp"
#include "app/contract_project.hpp"
#include "app/contract_values.hpp"
#include "base/hex.hpp"
#include "vm/contract_id.hpp"
#include "vm/wasm_contract.hpp"

namespace dusk::app {
namespace {

using vm::ContractReport;
using vm::WasmModule;
using Json = nlohmann::ordered_json;

std::string type_of(const WasmModule& module, const vm::WasmImport& import) {
    if (import.kind != vm::ExternalKind::function) return std::string(to_string(import.kind));
    return to_string(module.types.at(import.type));
}
std::string type_of(const WasmModule& module, const vm::WasmExport& exported) {
    if (exported.kind != vm::ExternalKind::function) return std::string(to_string(exported.kind));
    return to_string(module.types.at(module.functions.at(exported.index)));
}

Json json_of(const WasmModule& module, const ContractReport& report, const std::string& id,
             const std::optional<Interface>& contract) {
    Json out{{"size", module.size},
             {"blake3", id},
             {"deployment_gas", vm::deployment_gas(module.size)},
             {"deployable", report.findings.empty()},
             {"functions", report.functions},
             {"has_init", report.has_init}};
    for (const auto& import : module.imports) {
        out["imports"].push_back({{"module", import.module}, {"name", import.name}, {"type", type_of(module, import)}});
    }
    for (const auto& one : module.exports) {
        out["exports"].push_back({{"name", one.name}, {"type", type_of(module, one)}});
    }
    for (const auto& memory : module.memories) {
        Json entry{{"minimum_pages", memory.minimum}, {"bits", memory.is_64 ? 64 : 32}};
        if (memory.maximum) entry["maximum_pages"] = *memory.maximum;
        out["memories"].push_back(std::move(entry));
    }
    if (report.argument_buffer) out["argument_buffer"] = *report.argument_buffer;
    if (contract) {
        for (const auto& function : contract->functions()) {
            out["interface"]["functions"].push_back({{"name", function.name},
                                                     {"argument", contract->type_text(function.argument)},
                                                     {"result", contract->type_text(function.result)}});
        }
        for (const auto& event : contract->events()) {
            out["interface"]["events"].push_back({{"topic", event.topic}, {"data", contract->type_text(event.data)}});
        }
    }
    for (const auto& section : module.sections) {
        out["sections"].push_back({{"name", section.name}, {"size", section.size}});
    }
    for (const auto& finding : report.findings) {
        out["findings"].push_back({{"name", finding.name}, {"message", to_string(finding.fault)}});
    }
    return out;
}

std::string text_of(const WasmModule& module, const ContractReport& report, const std::string& id,
                    const std::optional<Interface>& contract) {
    std::string text = fmt::format("{} bytes, BLAKE3 {}\nDeployment costs {} gas, and what init spends.\n", module.size,
                                   id, vm::deployment_gas(module.size));
    text += "\nFunctions:";
    for (const auto& name : report.functions) text += " " + printable(name);
    text += "\nImports:  ";
    for (const auto& import : module.imports) text += " " + printable(import.name);
    for (const auto& memory : module.memories) {
        text += fmt::format("\nMemory:    {} pages of 64 KiB at first, {}-bit", memory.minimum, memory.is_64 ? 64 : 32);
    }
    if (report.argument_buffer) text += fmt::format("\nBuffer:    A at {}", *report.argument_buffer);
    text += "\nSections: ";
    for (const auto& section : module.sections) text += fmt::format(" {} {}", printable(section.name), section.size);
    if (contract) {
        text += "\n\nIts interface, as it says itself:";
        for (const auto& function : contract->functions()) text += "\n  " + contract->signature(function);
        for (const auto& event : contract->events()) {
            text += fmt::format("\n  event {}: {}", printable(event.topic), contract->type_text(event.data));
        }
    }
    text += "\n\n";
    if (report.findings.empty()) return text + "Nothing in its imports and exports stands against deployment.\n";
    text += "It cannot be deployed:\n";
    for (const auto& finding : report.findings) {
        const std::string name = finding.name.empty() ? "" : printable(finding.name) + ": ";
        text += fmt::format("  {}{}\n", name, to_string(finding.fault));
    }
    return text;
}

}  // namespace

CommandResult inspect_module(ByteView bytecode, const std::string& name) {
    const auto module = vm::parse_wasm_module(bytecode);
    if (!module) {
        return fail(Failure{.exit = ExitCode::bad_input,
                            .code = "not_a_module",
                            .message = fmt::format("{}: {}", name, describe(module.error()))});
    }
    const ContractReport report = vm::check_contract(*module);
    const std::string id = to_hex(vm::default_contract_id(bytecode));
    const auto contract = interface_of_module(bytecode);
    return Outcome{.text = text_of(*module, report, id, contract), .json = json_of(*module, report, id, contract)};
}

CommandResult inspect_contract(const InspectContract& command) {
    const auto bytecode = read_module_file(command.file);
    if (!bytecode) return fail(bytecode.error());
    return inspect_module(*bytecode, command.file.string());
}

}  // namespace dusk::app
