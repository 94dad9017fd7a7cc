#include "app/contract_interface.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "vm/wasm_module.hpp"

namespace dusk::app {
namespace {

using Kind = Interface::Kind;
using Type = Interface::Type;
using TypeIndex = Interface::TypeIndex;

constexpr std::size_t kLargestType = 65536;  // nothing larger fits an argument buffer
constexpr std::size_t kMostTypes = 4096;
constexpr std::size_t kDeepest = 32;

struct Simple {
    std::string_view name;
    Kind kind;
    std::size_t size;
    std::size_t alignment;
};
constexpr Simple kSimple[] = {
    {"?", Kind::unknown, 0, 1},
    {"()", Kind::unit, 0, 1},
    {"bool", Kind::boolean, 1, 1},
    {"u8", Kind::unsigned_integer, 1, 1},
    {"u16", Kind::unsigned_integer, 2, 2},
    {"u32", Kind::unsigned_integer, 4, 4},
    {"u64", Kind::unsigned_integer, 8, 8},
    {"u128", Kind::unsigned_integer, 16, 16},
    {"i8", Kind::signed_integer, 1, 1},
    {"i16", Kind::signed_integer, 2, 2},
    {"i32", Kind::signed_integer, 4, 4},
    {"i64", Kind::signed_integer, 8, 8},
    {"i128", Kind::signed_integer, 16, 16},
    {"string", Kind::string, 8, 4},
    {"id", Kind::id, 32, 1},
    {"key", Kind::key, 200, 8},
    {"account", Kind::account, 208, 8},
    {"error", Kind::error, 12, 4},
};

constexpr bool is_power_of_two(std::size_t number) { return number != 0 && (number & (number - 1)) == 0; }
constexpr std::size_t aligned(std::size_t at, std::size_t alignment) { return (at + alignment - 1) & ~(alignment - 1); }

bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

}  // namespace

// One line after the other; the first fault ends it.
class InterfaceParser {
  public:
    Result<Interface, InterfaceError> run(std::string_view text) {
        if (text.size() > Interface::kMostBytes) return fail(InterfaceError{InterfaceFault::too_long, 1});
        for (std::size_t number = 1; !text.empty(); ++number) {
            const std::size_t end = std::min(text.find('\n'), text.size());
            rest_ = text.substr(0, end);
            text.remove_prefix(std::min(end + 1, text.size()));
            const bool good = number == 1 ? rest_ == "interface 1" || fault(InterfaceFault::version) : line();
            if (!good) return fail(InterfaceError{fault_, number});
            started_ = true;
        }
        if (!started_) return fail(InterfaceError{InterfaceFault::version, 1});
        return std::move(out_);
    }

  private:
    bool fault(InterfaceFault fault) {
        fault_ = fault;
        return false;
    }
    std::optional<TypeIndex> no_type(InterfaceFault fault) {
        fault_ = fault;
        return {};
    }
    bool take(std::string_view what) {
        if (!rest_.starts_with(what)) return false;
        rest_.remove_prefix(what.size());
        return true;
    }
    std::string_view word() {
        std::size_t end = 0;
        while (end < rest_.size() && is_word(rest_[end])) ++end;
        const std::string_view found = rest_.substr(0, end);
        rest_.remove_prefix(end);
        return found;
    }
    bool number(std::size_t& out) {
        const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), out);
        if (error != std::errc{} || out > kLargestType) return false;
        rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
        return true;
    }
    TypeIndex add(Type type) {
        out_.types_.push_back(std::move(type));
        return static_cast<TypeIndex>(out_.types_.size() - 1);
    }

    bool line() {
        if (take("struct ")) return structure();
        if (take("enum ")) return enumeration();
        if (take("fn ")) return function();
        if (take("event ")) return event();
        return fault(InterfaceFault::bad_line);
    }
    bool new_name(std::string_view name) {
        if (name.empty()) return fault(InterfaceFault::bad_line);
        const bool simple = std::ranges::any_of(kSimple, [&](const Simple& type) { return type.name == name; });
        return (!simple && !find(name)) || fault(InterfaceFault::duplicate_name);
    }
    std::optional<TypeIndex> find(std::string_view name) const {
        for (const TypeIndex index : out_.defined_) {
            if (out_.types_[index].name == name) return index;
        }
        return {};
    }
    static bool has_layout(const Type& type) {
        return is_power_of_two(type.alignment) && type.alignment <= 16 && type.size % type.alignment == 0;
    }
    bool holds(const Type& owner, const Type& member, std::size_t offset) const {
        return offset + member.size <= owner.size && member.alignment <= owner.alignment &&
               offset % member.alignment == 0;
    }

    bool structure() {
        Type type{.kind = Kind::structure, .name = std::string(word())};
        if (!new_name(type.name)) return false;
        if (!take(" ") || !number(type.size) || !take(" ") || !number(type.alignment)) {
            return fault(InterfaceFault::bad_line);
        }
        if (!has_layout(type)) return fault(InterfaceFault::bad_layout);
        // Its name is known in its own fields: a list of itself has a size.
        const TypeIndex index = add(type);
        out_.defined_.push_back(index);
        while (!rest_.empty()) {
            if (!take(" ")) return fault(InterfaceFault::bad_line);
            const std::string name(word());
            if (name.empty() || !take(":")) return fault(InterfaceFault::bad_line);
            if (!member(type, name)) return false;
        }
        out_.types_[index] = std::move(type);
        return true;
    }
    // TYPE@OFFSET
    bool member(Type& owner, std::string name) {
        const auto element = parse_type(0);
        if (!element) return false;
        std::size_t offset = 0;
        if (!take("@") || !number(offset)) return fault(InterfaceFault::bad_type);
        owner.members.push_back({std::move(name), *element, offset});
        if (owner.kind == Kind::structure && !fits(owner, owner.members.back())) {
            return fault(InterfaceFault::bad_layout);
        }
        owner.is_readable = owner.is_readable && out_.types_[*element].is_readable;
        return true;
    }
    bool fits(const Type& owner, const Interface::Member& member) const {
        return holds(owner, out_.types_[member.type], member.offset);
    }
    bool enumeration() {
        Type type{.kind = Kind::enumeration, .name = std::string(word()), .size = 1};
        if (!new_name(type.name)) return false;
        if (!take(" ") || !number(type.count) || !rest_.empty() || type.count == 0 || type.count > 256) {
            return fault(InterfaceFault::bad_line);
        }
        out_.defined_.push_back(add(std::move(type)));
        return true;
    }
    bool function() {
        const std::string name(word());
        if (name.empty() || !take(" ")) return fault(InterfaceFault::bad_line);
        if (out_.function(name) != nullptr) return fault(InterfaceFault::duplicate_name);
        const auto argument = parse_type(0);
        if (!argument) return false;
        if (!take(" ")) return fault(InterfaceFault::bad_line);
        const auto result = parse_type(0);
        if (!result) return false;
        out_.functions_.push_back({name, *argument, *result});
        return rest_.empty() || fault(InterfaceFault::bad_line);
    }
    bool event() {
        const std::size_t end = std::min(rest_.find(' '), rest_.size());
        const std::string topic(rest_.substr(0, end));
        rest_.remove_prefix(end);
        if (topic.empty() || !take(" ")) return fault(InterfaceFault::bad_line);
        if (out_.event(topic) != nullptr) return fault(InterfaceFault::duplicate_name);
        const auto data = parse_type(0);
        if (!data) return false;
        out_.events_.push_back({topic, *data});
        return rest_.empty() || fault(InterfaceFault::bad_line);
    }

    std::optional<TypeIndex> parse_type(std::size_t depth) {
        if (depth == kDeepest) return no_type(InterfaceFault::too_deep);
        if (out_.types_.size() >= kMostTypes) return no_type(InterfaceFault::too_long);
        if (take("?")) return add({.kind = Kind::unknown, .is_readable = false});
        if (take("()")) return add({.kind = Kind::unit});
        if (take("[")) return sequence(depth);
        if (take("(")) return tuple(depth);
        const std::string_view name = word();
        if (name == "option" && take("<")) return option(depth);
        if (name == "result" && take("<")) return result(depth);
        if (name == "opaque" && take("<")) return opaque();
        for (const Simple& simple : kSimple) {
            if (simple.name == name)
                return add({.kind = simple.kind, .size = simple.size, .alignment = simple.alignment});
        }
        if (name.empty()) return no_type(InterfaceFault::bad_type);
        if (const auto found = find(name)) return found;
        return no_type(InterfaceFault::unknown_type);
    }
    std::optional<TypeIndex> element(Type& owner, std::size_t depth) {
        const auto index = parse_type(depth + 1);
        if (!index) return {};
        owner.members.push_back({{}, *index, 0});
        owner.is_readable = owner.is_readable && out_.types_[*index].is_readable;
        return index;
    }
    std::optional<TypeIndex> sequence(std::size_t depth) {
        Type type{.kind = Kind::list, .size = 8, .alignment = 4};
        const auto index = element(type, depth);
        if (!index) return {};
        const Type& item = out_.types_[*index];
        if (take(";")) {
            if (!number(type.count)) return no_type(InterfaceFault::bad_type);
            type.kind = Kind::array;
            type.size = type.count * item.size;
            type.alignment = item.alignment;
            if (type.size > kLargestType) return no_type(InterfaceFault::bad_layout);
        }
        // Nothing could be said of how many there are.
        if (item.size == 0) type.is_readable = false;
        if (!take("]")) return no_type(InterfaceFault::bad_type);
        return add(std::move(type));
    }
    // (TYPE@OFFSET,TYPE@OFFSET;SIZE,ALIGNMENT)
    std::optional<TypeIndex> tuple(std::size_t depth) {
        Type type{.kind = Kind::tuple};
        do {
            if (!element(type, depth)) return {};
            if (!take("@") || !number(type.members.back().offset)) return no_type(InterfaceFault::bad_type);
        } while (take(","));
        if (!take(";") || !number(type.size) || !take(",") || !number(type.alignment) || !take(")")) {
            return no_type(InterfaceFault::bad_type);
        }
        const bool good = has_layout(type) &&
                          std::ranges::all_of(type.members, [&](const auto& member) { return fits(type, member); });
        if (!good) return no_type(InterfaceFault::bad_layout);
        return add(std::move(type));
    }
    std::optional<TypeIndex> option(std::size_t depth) {
        Type type{.kind = Kind::option};
        const auto index = element(type, depth);
        if (!index) return {};
        const Type& item = out_.types_[*index];
        type.alignment = item.alignment;
        type.members[0].offset = item.alignment;
        type.size = aligned(item.alignment + item.size, item.alignment);
        if (!take(">")) return no_type(InterfaceFault::bad_type);
        if (type.size > kLargestType) return no_type(InterfaceFault::bad_layout);
        return add(std::move(type));
    }
    std::optional<TypeIndex> result(std::size_t depth) {
        Type type{.kind = Kind::result};
        if (!element(type, depth)) return {};
        if (!take(",")) return no_type(InterfaceFault::bad_type);
        if (!element(type, depth)) return {};
        if (!take(">")) return no_type(InterfaceFault::bad_type);
        std::size_t end = 0;
        for (Interface::Member& member : type.members) {
            const Type& item = out_.types_[member.type];
            member.offset = item.alignment;
            type.alignment = std::max(type.alignment, item.alignment);
            end = std::max(end, item.alignment + item.size);
        }
        type.size = aligned(end, type.alignment);
        if (type.size > kLargestType) return no_type(InterfaceFault::bad_layout);
        return add(std::move(type));
    }
    std::optional<TypeIndex> opaque() {
        Type type{.kind = Kind::opaque};
        if (!number(type.size) || !take(",") || !number(type.alignment) || !take(">")) {
            return no_type(InterfaceFault::bad_type);
        }
        if (type.size == 0 || !has_layout(type)) return no_type(InterfaceFault::bad_layout);
        return add(std::move(type));
    }

    Interface out_;
    std::string_view rest_;  // of the line
    InterfaceFault fault_ = InterfaceFault::bad_line;
    bool started_ = false;
};

Result<Interface, InterfaceError> Interface::parse(std::string_view text) { return InterfaceParser().run(text); }

const Interface::Function* Interface::function(std::string_view name) const {
    const auto at = std::ranges::find(functions_, name, &Function::name);
    return at == functions_.end() ? nullptr : &*at;
}
const Interface::Event* Interface::event(std::string_view topic) const {
    const auto at = std::ranges::find(events_, topic, &Event::topic);
    return at == events_.end() ? nullptr : &*at;
}

std::string_view to_string(InterfaceFault fault) {
    switch (fault) {
        case InterfaceFault::version:
            return "it does not begin with \"interface 1\"";
        case InterfaceFault::too_long:
            return "it is too long";
        case InterfaceFault::bad_line:
            return "this is no struct, enum, function or event";
        case InterfaceFault::bad_type:
            return "a type is not written as one";
        case InterfaceFault::bad_layout:
            return "a field is outside of its struct, or not aligned";
        case InterfaceFault::unknown_type:
            return "a type has no line before";
        case InterfaceFault::duplicate_name:
            return "a name is there already";
        case InterfaceFault::too_deep:
            return "types are nested too deeply";
    }
    return "";
}
std::string describe(const InterfaceError& error) {
    return fmt::format("line {} of the interface: {}", error.line, to_string(error.fault));
}

}  // namespace dusk::app
