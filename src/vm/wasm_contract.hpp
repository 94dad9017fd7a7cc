// Whether a module can be a contract: the rules of deployment that show without running it (spec/vm.md §2). The
// features of the code itself are the engine's to judge.
#pragma once

#include "vm/wasm_module.hpp"

namespace dusk::vm {

enum class ContractFault : std::uint8_t {
    no_exported_memory,  // §2, 4
    several_exported_memories,
    export_signature,       // §2, 5: an exported function is not (i32) -> i32
    unknown_import,         // §2, 5: no host function has this name
    import_signature,       // §2, 5: another type than the host function, or no function
    start_function,         // §2, 6
    no_argument_buffer,     // §2, 7: no export A that is an immutable i32 (i64 with a 64-bit memory)
    argument_buffer_place,  // §2, 7: it does not fit in the memory
    shared_memory,          // §1: threads are off
};
[[nodiscard]] std::string_view to_string(ContractFault fault);

struct ContractFinding {
    ContractFault fault;
    std::string name;  // of the import or export; empty where there is none
};

struct ContractReport {
    std::vector<ContractFinding> findings;         // empty: nothing stands against deployment
    std::vector<std::string> functions;            // exported, in order
    std::optional<std::uint64_t> argument_buffer;  // its address
    bool has_init = false;
    bool is_64 = false;
};
[[nodiscard]] ContractReport check_contract(const WasmModule& module);

// Gas that the deployment of so many bytes costs, `init` not counted (spec/vm.md §8.1).
[[nodiscard]] std::uint64_t deployment_gas(std::size_t bytecode_size);

}  // namespace dusk::vm
