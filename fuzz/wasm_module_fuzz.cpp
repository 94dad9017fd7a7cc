// Modules as their authors send them: what parses names only what is there, and the walk over the code ends.
#include "require.hpp"
#include "vm/compile_effort.hpp"
#include "vm/wasm_contract.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using dusk::fuzz::require;
    const auto module = dusk::vm::parse_wasm_module({data, size});
    const auto effort = dusk::vm::compile_effort({data, size});
    if (effort) require(module && effort->functions <= size && effort->loop_depths <= size * size);
    if (!module) {
        require(module.error().offset <= size);
        require(!describe(module.error()).empty());
        return 0;
    }
    require(module->imports.size() + module->exports.size() + module->functions.size() <= 3 * size);
    for (const auto& section : module->sections) require(section.offset + section.size <= size);
    for (const std::uint32_t type : module->functions) require(type < module->types.size());
    const auto report = dusk::vm::check_contract(*module);
    for (const auto& finding : report.findings) require(!to_string(finding.fault).empty());
    return 0;
}
