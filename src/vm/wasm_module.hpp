// What a WebAssembly module says of itself: imports, exports, memories, globals and the sizes of its sections. The code
// is not read; a module that parses here may still be refused by the engine.
//
// Source: WebAssembly core specification 2.0, chapter 5 (binary format), with memory64 and multi-memory.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace dusk::vm {

enum class WasmFault : std::uint8_t {
    not_wasm,        // the first four bytes are no "\0asm"
    wrong_version,   // another version, or a component
    truncated,       // the bytes end inside something
    bad_integer,     // a LEB128 number that is too long or too large
    bad_section,     // unknown, twice, out of order, or of another length than its content
    bad_type,        // a value, function, memory or global type that does not exist
    bad_name,        // not UTF-8
    bad_index,       // of a type, function, memory or global that is not there
    bad_kind,        // an import or export that is none of function, table, memory, global
    bad_expression,  // an initial value that is no constant
    count_mismatch,  // functions without bodies, or bodies without functions
};

// `offset`: where the thing begins that is wrong.
struct WasmError {
    WasmFault fault;
    std::size_t offset;

    bool operator==(const WasmError&) const = default;
};
[[nodiscard]] std::string_view to_string(WasmFault fault);
[[nodiscard]] std::string describe(const WasmError& error);

// The byte that stands for the type.
enum class ValueType : std::uint8_t {
    i32 = 0x7f,
    i64 = 0x7e,
    f32 = 0x7d,
    f64 = 0x7c,
    v128 = 0x7b,
    funcref = 0x70,
    externref = 0x6f,
};
[[nodiscard]] std::string_view to_string(ValueType type);

struct FunctionType {
    std::vector<ValueType> parameters;
    std::vector<ValueType> results;

    bool operator==(const FunctionType&) const = default;
};
// "(i32) -> i32"
[[nodiscard]] std::string to_string(const FunctionType& type);

enum class ExternalKind : std::uint8_t { function = 0, table = 1, memory = 2, global = 3 };
[[nodiscard]] std::string_view to_string(ExternalKind kind);

struct MemoryType {
    std::uint64_t minimum = 0;  // pages of 64 KiB
    std::optional<std::uint64_t> maximum{};
    bool is_64 = false;
    bool is_shared = false;
};

struct GlobalType {
    ValueType type = ValueType::i32;
    bool is_mutable = false;
};
struct WasmGlobal {
    GlobalType type;
    // The value, where it is an integer constant; an i32 is extended by its sign.
    std::optional<std::int64_t> constant;
};

struct WasmImport {
    std::string module;
    std::string name;
    ExternalKind kind;
    std::uint32_t type = 0;  // of a function: index into types
};
struct WasmExport {
    std::string name;
    ExternalKind kind;
    std::uint32_t index;  // imports count first
};

struct WasmSection {
    std::uint8_t id;
    std::string name;    // "code"; of a custom section its own
    std::size_t offset;  // of the content
    std::size_t size;    // of the content
};

struct WasmModule {
    std::size_t size = 0;
    std::vector<WasmSection> sections;
    std::vector<FunctionType> types;
    std::vector<WasmImport> imports;
    std::vector<WasmExport> exports;
    std::vector<std::uint32_t> functions;  // index into types, imported ones first
    std::vector<MemoryType> memories;      // imported ones first
    std::vector<WasmGlobal> globals;       // imported ones first, without a constant
    std::uint32_t tables = 0;
    std::optional<std::uint32_t> start;
    std::uint32_t active_data = 0;
    std::uint32_t passive_data = 0;
    std::uint64_t data_bytes = 0;
};

// Time and memory are linear in the number of bytes.
[[nodiscard]] Result<WasmModule, WasmError> parse_wasm_module(ByteView bytes);

}  // namespace dusk::vm
