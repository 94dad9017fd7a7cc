#include "rpc/drivers/driver_module.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <optional>

#include "vm/wasm_module.hpp"
#include "vm/wasm_reader.hpp"

namespace dusk::rpc {
namespace {

using vm::FunctionType;
using vm::ValueType;
using vm::WasmExport;
using vm::WasmModule;

constexpr std::uint8_t kI32 = 0x7f;
constexpr std::uint8_t kFunctionForm = 0x60;
constexpr std::size_t kHead = 8;  // bytes before the first section
enum Section : std::uint8_t { custom = 0, type = 1, import = 2, function = 3, exports = 7, code = 10 };

void put_number(Bytes& out, std::uint32_t value) {
    do {
        const std::uint8_t low = value & 0x7f;
        value >>= 7;
        out.push_back(value == 0 ? low : low | 0x80);
    } while (value != 0);
}

void put_section(Bytes& out, std::uint8_t id, ByteView content) {
    out.push_back(id);
    put_number(out, static_cast<std::uint32_t>(content.size()));
    append(out, content);
}

// Calls the function with the words at the address that it is given.
Bytes caller_of(std::uint32_t index, const FunctionType& type) {
    constexpr std::uint8_t kLocalGet = 0x20;
    constexpr std::uint8_t kLoad = 0x28;
    constexpr std::uint8_t kCall = 0x10;
    constexpr std::uint8_t kConst = 0x41;
    constexpr std::uint8_t kEnd = 0x0b;
    Bytes body{0};  // no locals
    for (std::size_t i = 0; i < type.parameters.size(); ++i) {
        append(body, Bytes{kLocalGet, 0, kLoad, 2, static_cast<std::uint8_t>(4 * i)});
    }
    body.push_back(kCall);
    put_number(body, index);
    if (type.results.empty()) append(body, Bytes{kConst, 0});
    body.push_back(kEnd);
    Bytes out;
    put_number(out, static_cast<std::uint32_t>(body.size()));
    append(out, body);
    return out;
}

// Exports, and the functions that stand behind them.
struct Added {
    Bytes exports{};
    std::uint32_t export_count = 0;
    Bytes functions{};
    Bytes code{};
    std::uint32_t count = 0;

    void add_export(std::string_view name, vm::ExternalKind kind, std::uint32_t index) {
        put_number(exports, static_cast<std::uint32_t>(name.size()));
        append(exports, as_bytes(name));
        exports.push_back(static_cast<std::uint8_t>(kind));
        put_number(exports, index);
        ++export_count;
    }
};

const WasmExport* find(const WasmModule& module, std::string_view name, vm::ExternalKind kind) {
    const auto at = std::ranges::find_if(module.exports,
                                         [&](const WasmExport& one) { return one.name == name && one.kind == kind; });
    return at == module.exports.end() ? nullptr : &*at;
}

const FunctionType* type_of(const WasmModule& module, const WasmExport* one) {
    if (one == nullptr || one->index >= module.functions.size()) return nullptr;
    const std::uint32_t index = module.functions[one->index];
    return index < module.types.size() ? &module.types[index] : nullptr;
}

bool is_of_words(const FunctionType* type) {
    const auto is_word = [](ValueType value) { return value == ValueType::i32; };
    return type != nullptr && type->parameters.size() <= kDriverArguments && type->results.size() <= 1 &&
           std::ranges::all_of(type->parameters, is_word) && std::ranges::all_of(type->results, is_word);
}

Result<Added, std::string> added_to(const WasmModule& module) {
    Added out;
    const WasmExport* const memory = find(module, "memory", vm::ExternalKind::memory);
    if (memory == nullptr) return fail("it exports no memory");
    out.add_export("memory", vm::ExternalKind::memory, memory->index);
    const WasmExport* const alloc = find(module, kDriverAlloc, vm::ExternalKind::function);
    const FunctionType* const alloc_type = type_of(module, alloc);
    if (!is_of_words(alloc_type) || alloc_type->parameters.size() != 1 || alloc_type->results.size() != 1) {
        return fail("it exports no function alloc of one number");
    }
    out.add_export(kDriverAlloc, vm::ExternalKind::function, alloc->index);
    const auto own_type = static_cast<std::uint32_t>(module.types.size());  // (i32) -> i32, behind its types
    const auto first = static_cast<std::uint32_t>(module.functions.size());
    for (const std::string_view name : kDriverFunctions) {
        const WasmExport* const one = find(module, name, vm::ExternalKind::function);
        const FunctionType* const type = type_of(module, one);
        if (!is_of_words(type)) return fail(fmt::format("it exports no function {} of numbers of 32 bits", name));
        append(out.code, caller_of(one->index, *type));
        put_number(out.functions, own_type);
        out.add_export(name, vm::ExternalKind::function, first + out.count++);
    }
    return out;
}

// The items of a section, with more behind them.
Bytes longer(ByteView content, std::uint32_t count, ByteView more) {
    vm::WasmReader in(content, 0, content.size());
    Bytes out;
    put_number(out, in.count() + count);
    append(out, content.subspan(in.position()));
    append(out, more);
    return out;
}

}  // namespace

Result<Bytes, std::string> contract_form(ByteView driver) {
    const auto module = vm::parse_wasm_module(driver);
    if (!module) return fail(describe(module.error()));
    if (!module->imports.empty()) return fail("it imports something");
    const auto added = added_to(*module);
    if (!added) return fail(added.error());
    Bytes out = to_vector(driver.first(kHead));
    for (const vm::WasmSection& section : module->sections) {
        const ByteView content = driver.subspan(section.offset, section.size);
        switch (section.id) {
            case custom:
            case import:
                break;  // of no use, or empty
            case type:
                put_section(out, type, longer(content, 1, Bytes{kFunctionForm, 1, kI32, 1, kI32}));
                break;
            case function:
                put_section(out, function, longer(content, added->count, added->functions));
                break;
            case exports:
                put_section(out, exports, longer(Bytes{0}, added->export_count, added->exports));
                break;
            case code:
                put_section(out, code, longer(content, added->count, added->code));
                break;
            default:
                put_section(out, section.id, content);
        }
    }
    return out;
}

}  // namespace dusk::rpc
