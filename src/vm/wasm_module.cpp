#include "vm/wasm_module.hpp"

#include <fmt/format.h>

#include <array>

#include "vm/wasm_reader.hpp"

namespace dusk::vm {
namespace {

enum SectionId : std::uint8_t {
    custom = 0,
    type = 1,
    import = 2,
    function = 3,
    table = 4,
    memory = 5,
    global = 6,
    exported = 7,
    start = 8,
    element = 9,
    code = 10,
    data = 11,
    data_count = 12,
};

struct SectionKind {
    std::string_view name;
    int order;  // sections come in this order; custom ones anywhere
};
constexpr std::array<SectionKind, 13> kSections{{{"custom", 0},
                                                 {"type", 1},
                                                 {"import", 2},
                                                 {"function", 3},
                                                 {"table", 4},
                                                 {"memory", 5},
                                                 {"global", 6},
                                                 {"export", 7},
                                                 {"start", 8},
                                                 {"element", 9},
                                                 {"code", 11},
                                                 {"data", 12},
                                                 {"data count", 10}}};

class Parser {
  public:
    explicit Parser(ByteView bytes) : bytes_(bytes), in_(bytes, 0, bytes.size()) { module_.size = bytes.size(); }

    [[nodiscard]] Result<WasmModule, WasmError> parse() {
        constexpr std::array<std::uint8_t, 4> kMagic{0, 'a', 's', 'm'};
        constexpr std::array<std::uint8_t, 4> kVersion{1, 0, 0, 0};
        if (!equal(in_.bytes(4), kMagic)) return fail(WasmError{WasmFault::not_wasm, 0});
        if (!equal(in_.bytes(4), kVersion)) return fail(WasmError{WasmFault::wrong_version, 4});
        while (in_.remaining() > 0) {
            if (const auto error = section()) return fail(*error);
        }
        if (in_.error()) return fail(*in_.error());
        if (bodies_ != defined_functions_) return fail(WasmError{WasmFault::count_mismatch, bytes_.size()});
        return std::move(module_);
    }

  private:
    [[nodiscard]] std::optional<WasmError> section() {
        const std::size_t begin = in_.position();
        const std::uint8_t id = in_.u8();
        const std::uint32_t size = in_.u32();
        const std::size_t offset = in_.position();
        if (static_cast<void>(in_.bytes(size)); !in_.ok()) return in_.error();
        if (id >= kSections.size()) return WasmError{WasmFault::bad_section, begin};
        WasmReader content(bytes_, offset, offset + size);
        module_.sections.push_back({id, std::string(kSections.at(id).name), offset, size});
        if (id == custom) {
            module_.sections.back().name = content.name();
            return content.error();
        }
        const int order = kSections.at(id).order;
        if (order <= last_order_) return WasmError{WasmFault::bad_section, begin};
        last_order_ = order;
        if (!read(id, content) && content.ok() && content.remaining() > 0) {
            content.reject(WasmFault::bad_section, content.position());
        }
        return content.error();
    }

    // Whether the content is left unread.
    [[nodiscard]] bool read(std::uint8_t id, WasmReader& in) {
        if (id == element) return true;
        if (id == start) {
            module_.start = index(in, module_.functions.size());
            return false;
        }
        const std::uint32_t items = id == data_count ? in.u32() : in.count();
        switch (id) {
            case code:
                bodies_ = items;
                return true;
            case function:
                defined_functions_ = items;
                break;
            case table:
                module_.tables += items;
                return true;
            case data_count:
                return false;
            default:
                break;
        }
        for (std::uint32_t i = 0; i < items && in.ok(); ++i) item(id, in);
        return false;
    }
    void item(std::uint8_t id, WasmReader& in) {
        switch (id) {
            case type:
                module_.types.push_back(function_type(in));
                break;
            case import:
                import_item(in);
                break;
            case function:
                module_.functions.push_back(index(in, module_.types.size()));
                break;
            case memory:
                module_.memories.push_back(memory_type(in));
                break;
            case global: {
                const GlobalType of = global_type(in);
                module_.globals.push_back({of, constant(in)});
                break;
            }
            case exported:
                export_item(in);
                break;
            default:
                data_item(in);
                break;
        }
    }

    static std::uint32_t index(WasmReader& in, std::size_t count) {
        const std::size_t at = in.position();
        const std::uint32_t found = in.u32();
        if (in.ok() && found >= count) in.reject(WasmFault::bad_index, at);
        return found;
    }
    static ValueType value_type(WasmReader& in) {
        const std::size_t at = in.position();
        const std::uint8_t byte = in.u8();
        const bool known = (byte >= 0x7b && byte <= 0x7f) || byte == 0x70 || byte == 0x6f;
        if (in.ok() && !known) in.reject(WasmFault::bad_type, at);
        return known ? static_cast<ValueType>(byte) : ValueType::i32;
    }
    static std::vector<ValueType> value_types(WasmReader& in) {
        std::vector<ValueType> types;
        const std::uint32_t count = in.count();
        for (std::uint32_t i = 0; i < count && in.ok(); ++i) types.push_back(value_type(in));
        return types;
    }
    static FunctionType function_type(WasmReader& in) {
        constexpr std::uint8_t kFunction = 0x60;
        const std::size_t at = in.position();
        if (in.u8() != kFunction) in.reject(WasmFault::bad_type, at);
        FunctionType type;
        type.parameters = value_types(in);
        type.results = value_types(in);
        return type;
    }
    static GlobalType global_type(WasmReader& in) {
        GlobalType type{.type = value_type(in)};
        const std::size_t at = in.position();
        const std::uint8_t mutability = in.u8();
        if (mutability > 1) in.reject(WasmFault::bad_type, at);
        type.is_mutable = mutability == 1;
        return type;
    }
    static MemoryType memory_type(WasmReader& in) {
        constexpr std::uint8_t kHasMaximum = 1;
        constexpr std::uint8_t kShared = 2;
        constexpr std::uint8_t k64 = 4;
        const std::size_t at = in.position();
        const std::uint8_t flags = in.u8();
        if (flags > (kHasMaximum | kShared | k64)) in.reject(WasmFault::bad_type, at);
        MemoryType type{.is_64 = (flags & k64) != 0, .is_shared = (flags & kShared) != 0};
        const auto pages = [&] { return type.is_64 ? in.u64() : in.u32(); };
        type.minimum = pages();
        if ((flags & kHasMaximum) != 0) type.maximum = pages();
        return type;
    }
    static ExternalKind external_kind(WasmReader& in) {
        const std::size_t at = in.position();
        const std::uint8_t kind = in.u8();
        if (in.ok() && kind > 3) in.reject(WasmFault::bad_kind, at);
        return static_cast<ExternalKind>(kind & 3);
    }
    // Reads the initial value of a global, or the place of a data segment.
    static std::optional<std::int64_t> constant(WasmReader& in) {
        const std::size_t at = in.position();
        std::optional<std::int64_t> value;
        switch (in.u8()) {
            case 0x41:  // i32.const
                value = in.s32();
                break;
            case 0x42:  // i64.const
                value = in.s64();
                break;
            case 0x43:  // f32.const
                static_cast<void>(in.bytes(4));
                break;
            case 0x44:  // f64.const
                static_cast<void>(in.bytes(8));
                break;
            case 0x23:  // global.get
            case 0xd2:  // ref.func
                static_cast<void>(in.u32());
                break;
            case 0xd0:  // ref.null
                static_cast<void>(in.u8());
                break;
            case 0xfd:  // v128.const
                if (in.u32() != 12) in.reject(WasmFault::bad_expression, at);
                static_cast<void>(in.bytes(16));
                break;
            default:
                in.reject(WasmFault::bad_expression, at);
                break;
        }
        constexpr std::uint8_t kEnd = 0x0b;
        if (in.u8() != kEnd) in.reject(WasmFault::bad_expression, at);
        return value;
    }
    void import_item(WasmReader& in) {
        WasmImport made{.module = in.name(), .name = in.name(), .kind = external_kind(in)};
        switch (made.kind) {
            case ExternalKind::function:
                made.type = index(in, module_.types.size());
                module_.functions.push_back(made.type);
                break;
            case ExternalKind::table:
                static_cast<void>(value_type(in));
                static_cast<void>(memory_type(in));  // limits have one form
                ++module_.tables;
                break;
            case ExternalKind::memory:
                module_.memories.push_back(memory_type(in));
                break;
            case ExternalKind::global:
                module_.globals.push_back({global_type(in), {}});
                break;
        }
        module_.imports.push_back(std::move(made));
    }
    void export_item(WasmReader& in) {
        WasmExport made{.name = in.name(), .kind = external_kind(in), .index = 0};
        const std::array<std::size_t, 4> counts{module_.functions.size(), module_.tables, module_.memories.size(),
                                                module_.globals.size()};
        made.index = index(in, counts.at(static_cast<std::size_t>(made.kind)));
        module_.exports.push_back(std::move(made));
    }
    void data_item(WasmReader& in) {
        const std::size_t at = in.position();
        const std::uint32_t flags = in.u32();
        if (flags > 2) in.reject(WasmFault::bad_section, at);
        if (flags == 2) static_cast<void>(index(in, module_.memories.size()));
        if (flags != 1) static_cast<void>(constant(in));
        const std::uint32_t size = in.u32();
        static_cast<void>(in.bytes(size));
        module_.data_bytes += size;
        ++(flags == 1 ? module_.passive_data : module_.active_data);
    }

    ByteView bytes_;
    WasmReader in_;
    WasmModule module_;
    int last_order_ = 0;
    std::uint32_t defined_functions_ = 0;
    std::uint32_t bodies_ = 0;
};

std::string list_of(const std::vector<ValueType>& types) {
    std::string text = "(";
    for (const ValueType type : types) {
        if (text.size() > 1) text += ", ";
        text += to_string(type);
    }
    return text + ")";
}

}  // namespace

Result<WasmModule, WasmError> parse_wasm_module(ByteView bytes) { return Parser(bytes).parse(); }

std::string_view to_string(WasmFault fault) {
    switch (fault) {
        case WasmFault::not_wasm:
            return "it is no WebAssembly module";
        case WasmFault::wrong_version:
            return "it is a component, or of another version of WebAssembly";
        case WasmFault::truncated:
            return "it ends too early";
        case WasmFault::bad_integer:
            return "a number is malformed";
        case WasmFault::bad_section:
            return "a section is unknown, out of order or of the wrong length";
        case WasmFault::bad_type:
            return "a type is unknown";
        case WasmFault::bad_name:
            return "a name is not UTF-8";
        case WasmFault::bad_index:
            return "an index names nothing";
        case WasmFault::bad_kind:
            return "an import or export is of an unknown kind";
        case WasmFault::bad_expression:
            return "an initial value is no constant";
        case WasmFault::count_mismatch:
            return "the numbers of functions and of bodies differ";
    }
    return "unknown fault of a module";
}

std::string describe(const WasmError& error) {
    return fmt::format("{} (at byte {})", to_string(error.fault), error.offset);
}

std::string_view to_string(ValueType type) {
    switch (type) {
        case ValueType::i32:
            return "i32";
        case ValueType::i64:
            return "i64";
        case ValueType::f32:
            return "f32";
        case ValueType::f64:
            return "f64";
        case ValueType::v128:
            return "v128";
        case ValueType::funcref:
            return "funcref";
        case ValueType::externref:
            return "externref";
    }
    return "unknown";
}

std::string_view to_string(ExternalKind kind) {
    switch (kind) {
        case ExternalKind::function:
            return "function";
        case ExternalKind::table:
            return "table";
        case ExternalKind::memory:
            return "memory";
        case ExternalKind::global:
            return "global";
    }
    return "unknown";
}

std::string to_string(const FunctionType& type) {
    const std::string results =
        type.results.size() == 1 ? std::string(to_string(type.results.front())) : list_of(type.results);
    return list_of(type.parameters) + " -> " + results;
}

}  // namespace dusk::vm
