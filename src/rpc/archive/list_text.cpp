#include "rpc/archive/list_text.hpp"

namespace dusk::rpc {
namespace {

constexpr std::string_view kEnd = "\r\n";

std::string compact(const OrderedJson& value) {
    return value.dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

std::string flat(const OrderedJson& value) {
    if (value.is_null()) return {};
    if (value.is_string()) return value.get<std::string>();
    if (!value.is_object()) return compact(value);
    std::string out;
    for (const auto& [name, part] : value.items()) {
        if (part.is_null()) continue;
        if (!out.empty()) out += ' ';
        out += name + ":" + flat(part);
    }
    return out;
}

std::string field(std::string text) {
    // Texts of contracts and memos are anybody's.
    if (!text.empty() && std::string_view("=+-@\t").contains(text.front())) text.insert(0, 1, '\'');
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string out = "\"";
    for (const char c : text) {
        out += c;
        if (c == '"') out += c;
    }
    return out + '"';
}

}  // namespace

std::string csv_header(const OrderedJson& item) {
    std::string out;
    for (const auto& [name, value] : item.items()) {
        if (!out.empty()) out += ',';
        out += field(name);
    }
    return out.append(kEnd);
}

std::string csv_line(const OrderedJson& item) {
    std::string out;
    bool is_first = true;
    for (const auto& [name, value] : item.items()) {
        if (!std::exchange(is_first, false)) out += ',';
        const bool is_number = value.is_number() || value.is_boolean();
        out += is_number ? compact(value) : field(flat(value));
    }
    return out.append(kEnd);
}

std::string json_line(const OrderedJson& item) { return compact(item) + '\n'; }

}  // namespace dusk::rpc
