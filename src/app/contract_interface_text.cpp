// Interfaces as text, and in modules.
#include <fmt/format.h>

#include "app/contract_interface.hpp"
#include "vm/wasm_module.hpp"

namespace dusk::app {
namespace {

using Kind = Interface::Kind;
using Type = Interface::Type;

std::string_view integer_sign(Kind kind) { return kind == Kind::unsigned_integer ? "u" : "i"; }

// What is written the same for people and in the text. Empty: more is to be said.
std::string plain_name(const Type& type) {
    switch (type.kind) {
        case Kind::unknown:
            return "?";
        case Kind::unit:
            return "()";
        case Kind::boolean:
            return "bool";
        case Kind::unsigned_integer:
        case Kind::signed_integer:
            return fmt::format("{}{}", integer_sign(type.kind), 8 * type.size);
        case Kind::string:
            return "string";
        case Kind::id:
            return "id";
        case Kind::key:
            return "key";
        case Kind::account:
            return "account";
        case Kind::error:
            return "error";
        case Kind::enumeration:
        case Kind::structure:
            return type.name;
        default:
            return {};
    }
}

template <class Name>
std::string composed(const Type& type, const Name& name_of) {
    const auto inner = [&](std::size_t i) { return name_of(type.members[i].type); };
    switch (type.kind) {
        case Kind::list:
            return fmt::format("[{}]", inner(0));
        case Kind::array:
            return fmt::format("[{};{}]", inner(0), type.count);
        case Kind::option:
            return fmt::format("option<{}>", inner(0));
        case Kind::result:
            return fmt::format("result<{},{}>", inner(0), inner(1));
        default:
            return {};
    }
}

void append_leb(Bytes& out, std::size_t number) {
    do {
        const auto low = static_cast<std::uint8_t>(number & 0x7f);
        number >>= 7;
        out.push_back(number == 0 ? low : static_cast<std::uint8_t>(low | 0x80));
    } while (number != 0);
}

}  // namespace

std::string Interface::written(TypeIndex index) const {
    const Type& type = types_[index];
    if (auto name = plain_name(type); !name.empty()) return name;
    if (type.kind == Kind::opaque) return fmt::format("opaque<{},{}>", type.size, type.alignment);
    if (type.kind != Kind::tuple) return composed(type, [this](TypeIndex inner) { return written(inner); });
    std::string out;
    for (const Member& member : type.members) {
        out += fmt::format("{}{}@{}", out.empty() ? '(' : ',', written(member.type), member.offset);
    }
    return out + fmt::format(";{},{})", type.size, type.alignment);
}

std::string Interface::type_text(TypeIndex index) const {
    const Type& type = types_[index];
    if (auto name = plain_name(type); !name.empty()) return name;
    if (type.kind == Kind::opaque) return fmt::format("bytes{}", type.size);
    if (type.kind != Kind::tuple) return composed(type, [this](TypeIndex inner) { return type_text(inner); });
    std::string out;
    for (const Member& member : type.members) out += (out.empty() ? "(" : ", ") + type_text(member.type);
    return out + ")";
}

std::string Interface::signature(const Function& function) const {
    std::string out = function.name;
    const Kind argument = types_[function.argument].kind;
    if (argument == Kind::unit || argument == Kind::tuple) {
        out += type_text(function.argument);
    } else {
        out += "(" + type_text(function.argument) + ")";
    }
    if (types_[function.result].kind != Kind::unit) out += " -> " + type_text(function.result);
    return out;
}

std::string Interface::text() const {
    std::string out = "interface 1\n";
    for (const TypeIndex index : defined_) {
        const Type& type = types_[index];
        if (type.kind == Kind::enumeration) {
            out += fmt::format("enum {} {}\n", type.name, type.count);
            continue;
        }
        out += fmt::format("struct {} {} {}", type.name, type.size, type.alignment);
        for (const Member& member : type.members) {
            out += fmt::format(" {}:{}@{}", member.name, written(member.type), member.offset);
        }
        out += '\n';
    }
    for (const Function& function : functions_) {
        out += fmt::format("fn {} {} {}\n", function.name, written(function.argument), written(function.result));
    }
    for (const Event& event : events_) out += fmt::format("event {} {}\n", event.topic, written(event.data));
    return out;
}

std::optional<Interface> interface_of_module(ByteView bytecode) {
    const auto module = vm::parse_wasm_module(bytecode);
    if (!module) return {};
    constexpr std::uint8_t kCustom = 0;
    for (const vm::WasmSection& section : module->sections) {
        if (section.id != kCustom || section.name != Interface::kSection) continue;
        // Its name stands first, behind one byte of length.
        const std::size_t name_size = 1 + Interface::kSection.size();
        if (section.size < name_size) return {};
        const ByteView content = bytecode.subspan(section.offset + name_size, section.size - name_size);
        auto parsed = Interface::parse({reinterpret_cast<const char*>(content.data()), content.size()});
        if (!parsed) return {};
        return *std::move(parsed);
    }
    return {};
}

Bytes with_interface(ByteView bytecode, std::string_view text) {
    Bytes content;
    append_leb(content, Interface::kSection.size());
    append(content, as_bytes(Interface::kSection));
    append(content, as_bytes(text));
    Bytes out = to_vector(bytecode);
    out.push_back(0);
    append_leb(out, content.size());
    append(out, content);
    return out;
}

}  // namespace dusk::app
