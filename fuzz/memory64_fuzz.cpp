// The test for 64-bit memories that comes before every deployment, against the reader of whole modules.
#include <algorithm>

#include "execution/preconditions.hpp"
#include "require.hpp"
#include "vm/wasm_module.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const dusk::ByteView bytecode(data, size);
    const bool declared = dusk::execution::declares_memory64(bytecode);
    const auto module = dusk::vm::parse_wasm_module(bytecode);
    if (!module) return 0;
    // Imported memories do not count; they come first.
    const auto imported =
        std::ranges::count(module->imports, dusk::vm::ExternalKind::memory, &dusk::vm::WasmImport::kind);
    const auto own = std::span(module->memories).subspan(static_cast<std::size_t>(imported));
    dusk::fuzz::require(declared == std::ranges::any_of(own, &dusk::vm::MemoryType::is_64));
    return 0;
}
