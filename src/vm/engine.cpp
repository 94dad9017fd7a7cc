#include "vm/engine.hpp"

namespace dusk::vm {
namespace {

template <class Container>
void append(void* to, const std::uint8_t* bytes, std::size_t size) {
    auto& out = *static_cast<Container*>(to);
    out.insert(out.end(), bytes, bytes + size);
}

const std::uint8_t* bytes_of(std::string_view text) { return reinterpret_cast<const std::uint8_t*>(text.data()); }

// The numbers of the header are those of the enumeration.
Trap trap_of(std::int32_t number) {
    static_assert(static_cast<int>(Trap::other) == DUSK_WASM_TRAP_OTHER);
    return number >= 0 && number <= DUSK_WASM_TRAP_OTHER ? static_cast<Trap>(number) : Trap::other;
}

CallError creation_error(std::int32_t code, std::int32_t trap) {
    switch (code) {
        case DUSK_WASM_INVALID_FUNCTION:
            return {CallErrorKind::invalid_function, Trap::none,
                    "an export that is not (i32) -> i32 or an unknown import"};
        case DUSK_WASM_LINK:
            return {CallErrorKind::runtime, Trap::none,
                    "an import has another kind or signature than the host's function"};
        case DUSK_WASM_TRAP:
            return CallError::trapped(trap_of(trap));
        case DUSK_WASM_IMPORT:
            return {CallErrorKind::runtime, Trap::none, "a start function called the host"};
        default:
            return {CallErrorKind::runtime, Trap::none, "the engine could not make an instance"};
    }
}

}  // namespace

Module::Module(std::shared_ptr<dusk_wasm_engine> engine, dusk_wasm_module* module)
    : engine_(std::move(engine)), module_(module, dusk_wasm_module_free) {}

std::size_t Module::exported_memories() const { return dusk_wasm_module_exported_memories(module_.get()); }
bool Module::is_64() const { return dusk_wasm_module_is_64(module_.get()); }
bool Module::exports_function(std::string_view name) const {
    return dusk_wasm_module_exports_function(module_.get(), bytes_of(name), name.size());
}

std::optional<Bytes> Module::serialize() const {
    Bytes out;
    if (dusk_wasm_module_serialize(module_.get(), &out, append<Bytes>) != DUSK_WASM_OK) return std::nullopt;
    return out;
}

Engine::Engine(dusk_wasm_engine* engine) : engine_(engine, dusk_wasm_engine_free) {}

std::optional<Engine> Engine::create(const HostFunctions& imports) {
    dusk_wasm_engine* engine = nullptr;
    if (dusk_wasm_engine_new(&imports, &engine) != DUSK_WASM_OK) return std::nullopt;
    return Engine(engine);
}

Result<Module, ModuleFailure> Engine::compile(ByteView bytecode) const {
    dusk_wasm_module* module = nullptr;
    std::string text;
    const auto code =
        dusk_wasm_module_compile(engine_.get(), bytecode.data(), bytecode.size(), &module, &text, append<std::string>);
    if (code == DUSK_WASM_OK) return Module(engine_, module);
    return fail(ModuleFailure{text.empty() ? "the compiler failed" : std::move(text)});
}

std::optional<Module> Engine::deserialize(ByteView serialized) const {
    dusk_wasm_module* module = nullptr;
    const auto code = dusk_wasm_module_deserialize(engine_.get(), serialized.data(), serialized.size(), &module);
    if (code != DUSK_WASM_OK) return std::nullopt;
    return Module(engine_, module);
}

std::string Engine::fingerprint() const {
    std::string out;
    dusk_wasm_engine_fingerprint(engine_.get(), &out, append<std::string>);
    return out;
}

CallResult<Instance> Instance::create(const Module& module, LinearMemory& memory, void* context) {
    dusk_wasm_instance* instance = nullptr;
    std::int32_t trap = 0;
    const auto code =
        dusk_wasm_instantiate(module.engine_.get(), module.module_.get(), &memory, context, &instance, &trap);
    if (code != DUSK_WASM_OK) return fail(creation_error(code, trap));
    return Instance(module, instance);
}

std::optional<std::uint64_t> Instance::argument_buffer() const {
    std::uint64_t address = 0;
    if (!dusk_wasm_instance_argument_buffer(instance_.get(), &address)) return std::nullopt;
    return address;
}

Result<std::int32_t, CallFault> Instance::call(std::string_view function, std::uint32_t argument, std::uint64_t gas) {
    std::int32_t result = 0;
    std::int32_t trap = 0;
    switch (
        dusk_wasm_instance_call(instance_.get(), bytes_of(function), function.size(), argument, gas, &result, &trap)) {
        case DUSK_WASM_OK:
            return result;
        case DUSK_WASM_TRAP:
            return fail(CallFault{CallFault::Kind::trap, trap_of(trap)});
        case DUSK_WASM_IMPORT:
            return fail(CallFault{CallFault::Kind::import, Trap::none});
        case DUSK_WASM_NO_FUNCTION:
            return fail(CallFault{CallFault::Kind::no_such_function, Trap::none});
        default:
            return fail(CallFault{});
    }
}

std::uint64_t Instance::fuel() const { return dusk_wasm_instance_fuel(instance_.get()); }
void Instance::set_fuel(std::uint64_t gas) { dusk_wasm_instance_set_fuel(instance_.get(), gas); }

}  // namespace dusk::vm
