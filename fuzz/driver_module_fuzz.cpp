// Uploaded drivers: what is made of a module is a module, with the exports that a driver has.
#include <algorithm>

#include "require.hpp"
#include "rpc/drivers/driver_module.hpp"
#include "vm/wasm_module.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace dusk;
    const auto form = rpc::contract_form({data, size});
    if (!form) {
        fuzz::require(!form.error().empty());
        return 0;
    }
    const auto module = vm::parse_wasm_module(*form);
    fuzz::require(module.has_value());
    fuzz::require(module->imports.empty());
    fuzz::require(module->exports.size() == rpc::kDriverFunctions.size() + 2);
    return 0;
}
