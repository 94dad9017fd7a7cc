// Archives that are read by what a contract says of its types.
#include <fmt/format.h>

#include "app/contract_interface.hpp"
#include "app/contract_trace.hpp"
#include "base/archive.hpp"
#include "base/hex.hpp"

namespace dusk::app {
namespace {

using Json = nlohmann::ordered_json;
using Kind = Interface::Kind;
using Type = Interface::Type;

constexpr std::size_t kMostValues = 100'000;
constexpr std::size_t kDeepest = 128;  // a struct may claim to hold itself
constexpr std::size_t kShownElements = 16;
constexpr std::size_t kKeySize = 200;
constexpr std::size_t kKeyMeaning = 193;  // its last seven bytes mean nothing

std::string decimal(ByteView little_endian, bool is_signed) {
    unsigned __int128 number = 0;
    for (std::size_t i = little_endian.size(); i-- > 0;) number = number << 8 | little_endian[i];
    const std::size_t bits = 8 * little_endian.size();
    const bool negative = is_signed && (number >> (bits - 1) & 1) != 0;
    if (negative) {
        number = ~number + 1;
        if (bits < 128) number &= (static_cast<unsigned __int128>(1) << bits) - 1;
    }
    std::string digits;
    do {
        digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(number % 10)));
        number /= 10;
    } while (number != 0);
    return negative ? "-" + digits : digits;
}

bool is_byte(const Type& type) { return type.kind == Kind::unsigned_integer && type.size == 1; }

class ValueReader {
  public:
    ValueReader(const Interface& contract, const KnownNames& names, ByteView archive)
        : contract_(contract), names_(names), source_(archive, default_buffer_alignment) {}

    Result<ReadValue, ValueFault> run(Interface::TypeIndex index) {
        const Type& type = contract_.type(index);
        if (!type.is_readable) return fail(ValueFault::unreadable);
        const auto root = source_.open_root(type.size, type.alignment);
        ReadValue value;
        if (root && read(index, *root, value)) return value;
        return fail(values_ > kMostValues ? ValueFault::too_many : ValueFault::malformed);
    }

  private:
    bool read(Interface::TypeIndex index, std::size_t at, ReadValue& out) {
        if (++values_ > kMostValues || depth_ == kDeepest) return false;
        ++depth_;
        const bool good = read_inside(index, at, out);
        --depth_;
        return good;
    }
    bool read_inside(Interface::TypeIndex index, std::size_t at, ReadValue& out) {
        const Type& type = contract_.type(index);
        switch (type.kind) {
            case Kind::unknown:
                return false;
            case Kind::unit:
                out = {.text = "()", .json = nullptr};
                return true;
            case Kind::boolean: {
                const auto byte = source_.load<std::uint8_t>(at);
                out = {.text = byte == 1 ? "true" : "false", .json = byte == 1};
                return byte <= 1;
            }
            case Kind::unsigned_integer:
            case Kind::signed_integer:
                integer(type, at, out);
                return true;
            case Kind::string: {
                std::string text;
                if (!Archived<std::string>::read(source_, at, text)) return false;
                out = {.text = "\"" + printable(text) + "\"", .json = text};
                return true;
            }
            case Kind::id:
                id(at, out);
                return true;
            case Kind::key:
                key(at, out);
                return true;
            case Kind::account:
                return account(at, out);
            case Kind::error:
                return error(at, out);
            case Kind::opaque:
                hexadecimal(source_.at(at, type.size), out);
                return true;
            case Kind::enumeration: {
                const auto tag = source_.load<std::uint8_t>(at);
                out = {.text = fmt::format("{}({})", type.name, tag), .json = tag};
                return tag < type.count;
            }
            case Kind::list:
                return list(type, at, out);
            case Kind::array:
                if (!is_byte(contract_.type(type.members[0].type))) {
                    return elements(type.members[0].type, at, type.count, out);
                }
                hexadecimal(source_.at(at, type.size), out);
                return true;
            case Kind::option: {
                const auto tag = source_.load<std::uint8_t>(at);
                out = {.text = "none", .json = nullptr};
                return tag == 0 || (tag == 1 && read(type.members[0].type, at + type.members[0].offset, out));
            }
            case Kind::result:
                return result(type, at, out);
            case Kind::tuple:
                return tuple(type, at, out);
            case Kind::structure:
                return structure(type, at, out);
        }
        return false;
    }

    void integer(const Type& type, std::size_t at, ReadValue& out) {
        const bool is_signed = type.kind == Kind::signed_integer;
        out.text = decimal(source_.at(at, type.size), is_signed);
        if (type.size > 8) {
            out.json = out.text;  // more than numbers of JSON hold
        } else if (is_signed) {
            out.json = std::stoll(out.text);
        } else {
            out.json = std::stoull(out.text);
        }
    }
    void hexadecimal(ByteView bytes, ReadValue& out) { out = {.text = short_hex(bytes), .json = to_hex(bytes)}; }
    void id(std::size_t at, ReadValue& out) {
        const auto id = take<32>(source_.at(at, 32));
        out = {.text = names_.contract(id), .json = to_hex(id)};
    }
    void key(std::size_t at, ReadValue& out) {
        const ByteView bytes = source_.at(at, kKeySize).first(kKeyMeaning);
        for (const auto& [archive, name] : names_.keys) {
            if (!equal(ByteView(archive).first(kKeyMeaning), bytes)) continue;
            out = {.text = name, .json = name};
            return;
        }
        out = {.text = "key " + to_hex(bytes.first(4)) + "…", .json = to_hex(bytes)};
    }
    bool account(std::size_t at, ReadValue& out) {
        const auto tag = source_.load<std::uint8_t>(at);
        if (tag == 0) key(at + 8, out);
        if (tag == 1) id(at + 1, out);
        return tag <= 1;
    }
    bool error(std::size_t at, ReadValue& out) {
        constexpr std::string_view kNames[] = {"panic", "out of gas", "no such contract", "unknown error"};
        const auto tag = source_.load<std::uint8_t>(at);
        if (tag > 3) return false;
        out = {.text = std::string(kNames[tag]), .json = kNames[tag]};
        std::string text;
        if (tag != 0) return true;
        if (!Archived<std::string>::read(source_, at + 4, text)) return false;
        out.text = fmt::format("panic \"{}\"", printable(text));
        out.json = {{"panic", text}};
        return true;
    }
    bool list(const Type& type, std::size_t at, ReadValue& out) {
        const Type& item = contract_.type(type.members[0].type);
        const auto count = source_.load<std::uint32_t>(at + 4);
        const auto claim = source_.enter(at, source_.pointer(at), std::uint64_t{count} * item.size, item.alignment);
        if (!claim) return false;
        if (is_byte(item)) {
            hexadecimal(source_.at(claim->start, count), out);
        } else if (!elements(type.members[0].type, claim->start, count, out)) {
            return false;
        }
        source_.leave(*claim);
        return true;
    }
    bool elements(Interface::TypeIndex item, std::size_t at, std::size_t count, ReadValue& out) {
        out = {.text = "[", .json = Json::array()};
        for (std::size_t i = 0; i < count; ++i) {
            ReadValue element;
            if (!read(item, at + i * contract_.type(item).size, element)) return false;
            if (i < kShownElements) out.text += (i == 0 ? "" : ", ") + element.text;
            out.json.push_back(std::move(element.json));
        }
        if (count > kShownElements) out.text += fmt::format(", … ({} in all)", count);
        out.text += "]";
        return true;
    }
    bool result(const Type& type, std::size_t at, ReadValue& out) {
        const auto tag = source_.load<std::uint8_t>(at);
        if (tag > 1) return false;
        const Interface::Member& member = type.members[tag];
        if (!read(member.type, at + member.offset, out)) return false;
        const std::string_view name = tag == 0 ? "ok" : "error";
        out.text = fmt::format("{} {}", name, out.text);
        out.json = Json{{name, std::move(out.json)}};
        return true;
    }
    // What elements point to stands from the last to the first.
    bool tuple(const Type& type, std::size_t at, ReadValue& out) {
        std::vector<ReadValue> values(type.members.size());
        for (std::size_t i = values.size(); i-- > 0;) {
            if (!read(type.members[i].type, at + type.members[i].offset, values[i])) return false;
        }
        out = {.text = "(", .json = Json::array()};
        for (ReadValue& value : values) {
            out.text += (out.json.empty() ? "" : ", ") + value.text;
            out.json.push_back(std::move(value.json));
        }
        out.text += ")";
        return true;
    }
    bool structure(const Type& type, std::size_t at, ReadValue& out) {
        std::string text = type.name + " {";
        Json json = Json::object();
        for (const Interface::Member& member : type.members) {
            ReadValue value;
            if (!read(member.type, at + member.offset, value)) return false;
            text += fmt::format("{} {}: {}", json.empty() ? "" : ",", member.name, value.text);
            json[member.name] = std::move(value.json);
        }
        out = {.text = text + " }", .json = std::move(json)};
        return true;
    }

    const Interface& contract_;
    const KnownNames& names_;
    ArchiveSource source_;
    std::size_t values_ = 0;
    std::size_t depth_ = 0;
};

}  // namespace

std::string KnownNames::contract(const vm::ContractId& id) const {
    for (const auto& [known, name] : contracts) {
        if (known == id) return name;
    }
    return short_id(id);
}

Result<ReadValue, ValueFault> read_value(const Interface& contract, Interface::TypeIndex type, ByteView archive,
                                         const KnownNames& names) {
    return ValueReader(contract, names, archive).run(type);
}

}  // namespace dusk::app
