#include "vm/engine.hpp"

#include <utility>

namespace dusk::vm {
namespace {

static_assert(std::to_underlying(Trap::none) == DUSK_WASM_TRAP_NONE);
static_assert(std::to_underlying(Trap::unreachable_code_reached) == DUSK_WASM_TRAP_UNREACHABLE_CODE_REACHED);
static_assert(std::to_underlying(Trap::other) == DUSK_WASM_TRAP_OTHER);

// A sink that appends to a container of bytes.
template <class Container>
void collect(void* to, const std::uint8_t* bytes, std::size_t size) {
    auto& all = *static_cast<Container*>(to);
    all.insert(all.end(), bytes, bytes + size);
}

ModuleError error_of(std::int32_t code) {
    switch (code) {
        case DUSK_WASM_INVALID_MODULE:
            return ModuleError::invalid;
        case DUSK_WASM_MEMORIES:
            return ModuleError::memories;
        case DUSK_WASM_INVALID_FUNCTION:
            return ModuleError::invalid_function;
        case DUSK_WASM_LINK:
            return ModuleError::link;
        case DUSK_WASM_INCOMPATIBLE:
            return ModuleError::incompatible;
        default:
            return ModuleError::engine;
    }
}

CallErrorKind kind_of(std::int32_t code) {
    switch (code) {
        case DUSK_WASM_MEMORIES:
            return CallErrorKind::persistence;
        case DUSK_WASM_INVALID_FUNCTION:
            return CallErrorKind::invalid_function;
        case DUSK_WASM_LINK:
        case DUSK_WASM_TRAP:
        case DUSK_WASM_IMPORT:
            return CallErrorKind::runtime;
        default:
            return CallErrorKind::session_lost;
    }
}

const std::uint8_t* bytes_of(std::string_view text) { return as_bytes(text).data(); }

}  // namespace

std::string_view name_of(ModuleError error) {
    switch (error) {
        case ModuleError::invalid:
            return "no valid module";
        case ModuleError::memories:
            return "not exactly one exported memory";
        case ModuleError::invalid_function:
            return "function not allowed in contracts";
        case ModuleError::link:
            return "import of another type";
        case ModuleError::incompatible:
            return "compiled by another engine";
        case ModuleError::engine:
            return "the engine failed";
    }
    return "unknown error";
}

Result<Engine, ModuleError> Engine::create(std::uint32_t threads) {
    dusk_wasm_engine* engine = nullptr;
    if (const auto code = dusk_wasm_engine_new(threads, &engine); code != DUSK_WASM_OK) return fail(error_of(code));
    return Engine(engine);
}

std::string Engine::fingerprint() const {
    std::string all;
    dusk_wasm_engine_fingerprint(engine_.get(), &all, collect<std::string>);
    return all;
}

Result<Module, ModuleFailure> Engine::compile(ByteView bytecode) const {
    dusk_wasm_module* module = nullptr;
    std::string text;
    const auto code =
        dusk_wasm_module_compile(engine_.get(), bytecode.data(), bytecode.size(), &module, &text, collect<std::string>);
    if (code != DUSK_WASM_OK) return fail(ModuleFailure{error_of(code), std::move(text)});
    return Module(module);
}

Result<Bytes, ModuleFailure> Engine::precompile(ByteView bytecode) const {
    Bytes code;
    std::string text;
    const auto answer = dusk_wasm_module_precompile(engine_.get(), bytecode.data(), bytecode.size(), &code,
                                                    collect<Bytes>, &text, collect<std::string>);
    if (answer != DUSK_WASM_OK) return fail(ModuleFailure{error_of(answer), std::move(text)});
    return code;
}

Result<Module, ModuleError> Engine::deserialize(ByteView code) const {
    dusk_wasm_module* module = nullptr;
    const auto answer = dusk_wasm_module_deserialize(engine_.get(), code.data(), code.size(), &module);
    if (answer != DUSK_WASM_OK) return fail(error_of(answer));
    return Module(module);
}

Result<Bytes, ModuleError> Module::serialize() const {
    Bytes bytes;
    const auto code = dusk_wasm_module_serialize(module_.get(), &bytes, collect<Bytes>);
    if (code != DUSK_WASM_OK) return fail(error_of(code));
    return bytes;
}

Result<void, ModuleFailure> Module::check() const {
    std::string text;
    const auto code = dusk_wasm_module_check(module_.get(), &text, collect<std::string>);
    if (code != DUSK_WASM_OK) return fail(ModuleFailure{error_of(code), std::move(text)});
    return {};
}

std::size_t Module::exported_memories() const { return dusk_wasm_module_exported_memories(module_.get()); }

bool Module::is_64() const { return dusk_wasm_module_is_64(module_.get()); }

bool Module::exports_function(std::string_view name) const {
    return dusk_wasm_module_exports_function(module_.get(), bytes_of(name), name.size());
}

namespace {

// Why there is no instance.
CallError refusal(const Module& module, std::int32_t code, std::int32_t trap) {
    std::string text;
    if (code == DUSK_WASM_IMPORT) text = "an import cannot be the start function";
    if (const auto checked = module.check(); !checked) text = checked.error().text;
    return CallError{kind_of(code), static_cast<Trap>(trap), std::move(text)};
}

}  // namespace

CallResult<Instance> Instance::create(const Module& module, LinearMemory& memory, const HostFunctions& functions,
                                      void* context) {
    dusk_wasm_instance* instance = nullptr;
    std::int32_t trap = DUSK_WASM_TRAP_NONE;
    const auto code = dusk_wasm_instance_new(module.module_.get(), &memory, &functions, context, &instance, &trap);
    if (code != DUSK_WASM_OK) return fail(refusal(module, code, trap));
    return Instance(instance);
}

CallResult<void> Instance::renew(const Module& module, LinearMemory& memory) {
    std::int32_t trap = DUSK_WASM_TRAP_NONE;
    const auto code = dusk_wasm_instance_renew(instance_.get(), module.module_.get(), &memory, &trap);
    if (code != DUSK_WASM_OK) return fail(refusal(module, code, trap));
    return {};
}

std::optional<std::uint64_t> Instance::argument_buffer() const {
    std::uint64_t address = 0;
    if (!dusk_wasm_instance_argument_buffer(instance_.get(), &address)) return std::nullopt;
    return address;
}

Result<std::int32_t, CallFault> Instance::call(std::string_view function, std::uint32_t argument, std::uint64_t fuel) {
    std::int32_t result = 0;
    std::int32_t trap = DUSK_WASM_TRAP_NONE;
    const auto code =
        dusk_wasm_instance_call(instance_.get(), bytes_of(function), function.size(), argument, fuel, &result, &trap);
    switch (code) {
        case DUSK_WASM_OK:
            return result;
        case DUSK_WASM_TRAP:
            return fail(CallFault{CallFault::Kind::trap, static_cast<Trap>(trap)});
        case DUSK_WASM_IMPORT:
            return fail(CallFault{CallFault::Kind::import, Trap::none});
        case DUSK_WASM_NO_FUNCTION:
            return fail(CallFault{CallFault::Kind::no_such_function, Trap::none});
        default:
            return fail(CallFault{CallFault::Kind::engine, Trap::none});
    }
}

}  // namespace dusk::vm
