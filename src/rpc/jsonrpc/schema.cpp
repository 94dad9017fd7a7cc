#include "rpc/jsonrpc/schema.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>

namespace dusk::rpc::jsonrpc::schema {
namespace {

using std::string;
using std::string_view;

constexpr string_view kShared = "#/components/schemas/";

bool is_hex_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_base58(char c) {
    return is_digit(c) ? c != '0'
                       : (c >= 'a' && c <= 'z' && c != 'l') || (c >= 'A' && c <= 'Z' && c != 'I' && c != 'O');
}

bool is_u64(string_view text) {
    std::uint64_t value = 0;
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), value);
    return wrong == std::errc() && end == text.data() + text.size();
}

bool has_format(string_view format, string_view text) {
    if (format == "hex" || format == "hash") {
        if (text.starts_with("0x")) text.remove_prefix(2);
        if (format == "hash" && text.size() != 64) return false;
        return text.size() % 2 == 0 && std::ranges::all_of(text, is_hex_digit);
    }
    if (format == "base58") return !text.empty() && std::ranges::all_of(text, is_base58);
    if (format == "u64") return is_u64(text);
    return true;
}

string phrase_of(const Json& type) {
    if (const auto found = type.find("description"); found != type.end()) return found->get<string>();
    const string name = type.value("type", string("another value"));
    return (name == "array" || name == "integer" || name == "object" ? "an " : "a ") + name;
}

std::optional<Violation> wrong(string_view place, const Json& type) {
    return Violation{string(place), "must be " + phrase_of(type)};
}

bool is_of_type(string_view name, const RequestJson& value) {
    if (name == "string") return value.is_string();
    if (name == "integer") return value.is_number_integer();
    if (name == "number") return value.is_number();
    if (name == "boolean") return value.is_boolean();
    if (name == "object") return value.is_object();
    if (name == "array") return value.is_array();
    return value.is_null();
}

std::optional<Violation> check_text(const Json& type, const string& value, string_view place) {
    const std::uint64_t least = type.value("minLength", std::uint64_t{0});
    const std::uint64_t most = type.value("maxLength", std::uint64_t{SIZE_MAX});
    if (value.size() < least || value.size() > most) return wrong(place, type);
    if (const auto format = type.find("format"); format != type.end() && !has_format(format->get<string>(), value)) {
        return wrong(place, type);
    }
    return {};
}

std::optional<Violation> check_integer(const Json& type, const RequestJson& value, string_view place) {
    const auto least = type.value("minimum", std::uint64_t{0});
    const auto most = type.value("maximum", std::uint64_t{UINT64_MAX});
    const bool fits =
        value.is_number_unsigned() && value.get<std::uint64_t>() >= least && value.get<std::uint64_t>() <= most;
    if (fits) return {};
    if (type.contains("description")) return wrong(place, type);
    return Violation{string(place), fmt::format("must be an integer from {} to {}", least, most)};
}

std::optional<Violation> check_list(const Json& type, const RequestJson& value, string_view place) {
    const auto most = type.value("maxItems", std::uint64_t{SIZE_MAX});
    if (value.size() > most) return Violation{string(place), fmt::format("must have at most {} entries", most)};
    const auto items = type.find("items");
    if (items == type.end()) return {};
    std::size_t number = 0;
    for (const RequestJson& one : value) {
        if (auto bad = violation(*items, one, fmt::format("{}[{}]", place, number++))) return bad;
    }
    return {};
}

std::optional<Violation> check_object(const Json& type, const RequestJson& value, string_view place) {
    const auto properties = type.find("properties");
    if (properties == type.end()) return {};
    const auto below = [&](const string& name) { return place.empty() ? name : fmt::format("{}.{}", place, name); };
    for (const Json& name : type.value("required", Json::array())) {
        if (!value.contains(name.get<string>())) return Violation{below(name.get<string>()), "is missing"};
    }
    for (const auto& [name, one] : value.items()) {
        const auto known = properties->find(name);
        if (known == properties->end()) {
            string names;
            for (const auto& [other, unused] : properties->items()) names += (names.empty() ? "" : ", ") + other;
            // A name of the client's goes back to the client only.
            return Violation{below(name.substr(0, 64)),
                             names.empty() ? "is not known; there are none" : "is not known; there are: " + names};
        }
        if (auto bad = violation(*known, one, below(name))) return bad;
    }
    return {};
}

}  // namespace

Json ref(string_view name) { return {{"$ref", string(kShared) + string(name)}}; }
Json text() { return {{"type", "string"}}; }
Json boolean() { return {{"type", "boolean"}}; }
Json integer(std::uint64_t least, std::uint64_t most) {
    return {{"type", "integer"}, {"minimum", least}, {"maximum", most}};
}
Json any() { return Json::object(); }
Json one_of_names(std::initializer_list<string_view> names) {
    Json list = Json::array();
    for (const string_view name : names) list.push_back(string(name));
    return {{"type", "string"}, {"enum", list}};
}
Json list_of(Json items) { return {{"type", "array"}, {"items", std::move(items)}}; }
Json or_null(Json type) { return {{"oneOf", Json::array({std::move(type), {{"type", "null"}}})}}; }
Json object(std::initializer_list<Property> properties) {
    Json out{{"type", "object"}, {"properties", Json::object()}, {"required", Json::array()}};
    for (const Property& one : properties) {
        const bool is_optional = one.name.ends_with('?');
        const string name(one.name.substr(0, one.name.size() - (is_optional ? 1 : 0)));
        out["properties"][name] = one.type;
        if (!is_optional) out["required"].push_back(name);
    }
    out["additionalProperties"] = false;
    return out;
}
Json described(Json type, string_view phrase) {
    type["description"] = string(phrase);
    return type;
}

std::optional<Violation> violation(const Json& type, const RequestJson& value, string_view place) {
    if (const auto shared = type.find("$ref"); shared != type.end()) {
        const string name = shared->get<string>().substr(kShared.size());
        return violation(shared_types().at(name), value, place);
    }
    if (const auto choices = type.find("oneOf"); choices != type.end()) {
        const bool fits = std::ranges::any_of(*choices, [&](const Json& one) { return !violation(one, value, place); });
        if (fits) return {};
        // "… or null": what is wrong is said of the type itself.
        if (choices->size() == 2 && choices->at(1).value("type", string()) == "null" && !value.is_null()) {
            return violation(choices->at(0), value, place);
        }
        return wrong(place, type);
    }
    if (const auto names = type.find("enum"); names != type.end()) {
        const bool fits = std::ranges::any_of(*names, [&](const Json& one) {
            return value.is_string() && one.get<string>() == value.get_ref<const string&>();
        });
        if (fits) return {};
        string list;
        for (const Json& one : *names) list += (list.empty() ? "" : ", ") + one.dump();
        return Violation{string(place), "must be one of " + list};
    }
    const auto name = type.find("type");
    if (name == type.end()) return {};
    if (!is_of_type(name->get<string>(), value)) return wrong(place, type);
    if (value.is_string()) return check_text(type, value.get_ref<const string&>(), place);
    if (value.is_number_integer()) return check_integer(type, value, place);
    if (value.is_array()) return check_list(type, value, place);
    if (value.is_object()) return check_object(type, value, place);
    return {};
}

}  // namespace dusk::rpc::jsonrpc::schema
