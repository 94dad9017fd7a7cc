#include "vm/wasm_contract.hpp"

#include <algorithm>
#include <array>

namespace dusk::vm {
namespace {

constexpr std::uint64_t kArgumentBufferSize = 65536;

// The parameters and results of the host functions (§3): p is the pointer type of the contract's memory.
struct HostFunction {
    std::string_view name;
    std::string_view parameters;
    std::string_view result;
};
constexpr std::array<HostFunction, 12> kHostFunctions{{{"caller", "", "i"},
                                                       {"callstack", "", "i"},
                                                       {"c", "ppiiI", "i"},
                                                       {"hq", "pii", "i"},
                                                       {"hd", "pi", "i"},
                                                       {"emit", "pii", ""},
                                                       {"feed", "i", ""},
                                                       {"limit", "", "I"},
                                                       {"spent", "", "I"},
                                                       {"panic", "i", ""},
                                                       {"owner", "p", "i"},
                                                       {"self_id", "", ""}}};

std::vector<ValueType> types_of(std::string_view letters, bool is_64) {
    std::vector<ValueType> types;
    for (const char letter : letters) {
        const bool wide = letter == 'I' || (letter == 'p' && is_64);
        types.push_back(wide ? ValueType::i64 : ValueType::i32);
    }
    return types;
}

const FunctionType& contract_function() {
    static const FunctionType type{{ValueType::i32}, {ValueType::i32}};
    return type;
}

void check_imports(const WasmModule& module, ContractReport& report) {
    for (const WasmImport& import : module.imports) {
        const auto* const found = std::ranges::find(kHostFunctions, import.name, &HostFunction::name);
        if (found == kHostFunctions.end()) {
            report.findings.push_back({ContractFault::unknown_import, import.name});
            continue;
        }
        const FunctionType expected{types_of(found->parameters, report.is_64), types_of(found->result, report.is_64)};
        if (import.kind != ExternalKind::function || module.types.at(import.type) != expected) {
            report.findings.push_back({ContractFault::import_signature, import.name});
        }
    }
}

void check_functions(const WasmModule& module, ContractReport& report) {
    for (const WasmExport& one : module.exports) {
        if (one.kind != ExternalKind::function) continue;
        report.functions.push_back(one.name);
        report.has_init = report.has_init || one.name == "init";
        if (module.types.at(module.functions.at(one.index)) != contract_function()) {
            report.findings.push_back({ContractFault::export_signature, one.name});
        }
    }
}

// The address is checked against the memory's address space, not its size: 2^32 bytes, or 2^42.
void check_argument_buffer(const WasmModule& module, ContractReport& report) {
    const auto found = std::ranges::find(module.exports, "A", &WasmExport::name);
    const ValueType pointer = report.is_64 ? ValueType::i64 : ValueType::i32;
    if (found == module.exports.end() || found->kind != ExternalKind::global) {
        report.findings.push_back({ContractFault::no_argument_buffer, "A"});
        return;
    }
    const WasmGlobal& global = module.globals.at(found->index);
    if (global.type.is_mutable || global.type.type != pointer) {
        report.findings.push_back({ContractFault::no_argument_buffer, "A"});
        return;
    }
    if (!global.constant) return;  // the value of another global: the engine knows
    const auto address = static_cast<std::uint64_t>(*global.constant);
    const std::uint64_t space = report.is_64 ? std::uint64_t{1} << 42 : std::uint64_t{1} << 32;
    report.argument_buffer = address;
    // An address just below 0 wraps around: deployment accepts it and every call fails.
    if (address > space || address + kArgumentBufferSize >= space) {
        report.findings.push_back({ContractFault::argument_buffer_place, "A"});
    }
}

}  // namespace

ContractReport check_contract(const WasmModule& module) {
    ContractReport report;
    const auto is_memory = [](const WasmExport& one) { return one.kind == ExternalKind::memory; };
    const auto memories = std::ranges::count_if(module.exports, is_memory);
    if (memories == 0) report.findings.push_back({ContractFault::no_exported_memory, ""});
    if (memories > 1) report.findings.push_back({ContractFault::several_exported_memories, ""});
    if (memories > 0) {
        report.is_64 = module.memories.at(std::ranges::find_if(module.exports, is_memory)->index).is_64;
    }
    for (const MemoryType& memory : module.memories) {
        if (memory.is_shared) report.findings.push_back({ContractFault::shared_memory, ""});
    }
    check_functions(module, report);
    check_imports(module, report);
    if (module.start) report.findings.push_back({ContractFault::start_function, ""});
    check_argument_buffer(module, report);
    return report;
}

std::uint64_t deployment_gas(std::size_t bytecode_size) {
    constexpr std::uint64_t kPerByte = 100;
    constexpr std::uint64_t kLeast = 5'000'000;
    return std::max(std::uint64_t{bytecode_size} * kPerByte, kLeast);
}

std::string_view to_string(ContractFault fault) {
    switch (fault) {
        case ContractFault::no_exported_memory:
            return "no memory is exported";
        case ContractFault::several_exported_memories:
            return "more than one memory is exported";
        case ContractFault::export_signature:
            return "an exported function is not (i32) -> i32";
        case ContractFault::unknown_import:
            return "no function of the host has this name";
        case ContractFault::import_signature:
            return "the function of the host has another type";
        case ContractFault::start_function:
            return "a start function never succeeds";
        case ContractFault::no_argument_buffer:
            return "no argument buffer: A is to be an exported immutable global with its address";
        case ContractFault::argument_buffer_place:
            return "the argument buffer is outside the memory";
        case ContractFault::shared_memory:
            return "shared memories are not allowed";
    }
    return "unknown fault of a contract";
}

}  // namespace dusk::vm
