#include "wallet/json_fields.hpp"

#include <fmt/core.h>

#include "base/hex.hpp"
#include "base/json_nesting.hpp"

namespace dusk::wallet {
namespace {

constexpr std::size_t kMostNesting = 8;  // more than any of the formats has

const Json* member(const Json& object, const char* name) {
    if (!object.is_object()) return nullptr;
    const auto found = object.find(name);
    return found == object.end() ? nullptr : &*found;
}

}  // namespace

Result<Json, std::string> parse_file(ByteView file, const FileForm& form) {
    const std::string_view text(reinterpret_cast<const char*>(file.data()), file.size());
    if (text.size() > form.most_bytes) return fail(std::string("the file is too large"));
    Json json;
    if (json_nesting(text) <= kMostNesting) json = Json::parse(text, nullptr, false);
    if (!json.is_object()) return fail(std::string("this is no JSON object"));
    if (text_at(json, "format") != form.format)
        return fail(fmt::format("this is no file of the format {}", form.format));
    if (number_at(json, "version") != form.version) return fail(std::string("a later version of dusk wrote this"));
    return json;
}

Json begin_file(const FileForm& form) { return {{"format", form.format}, {"version", form.version}}; }

std::string file_text(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

std::optional<std::string> text_at(const Json& object, const char* name) {
    const Json* const found = member(object, name);
    if (found == nullptr || !found->is_string()) return {};
    return found->get<std::string>();
}

std::optional<std::uint64_t> number_at(const Json& object, const char* name) {
    const Json* const found = member(object, name);
    if (found == nullptr || !found->is_number_unsigned()) return {};
    return found->get<std::uint64_t>();
}

std::optional<Bytes> hex_at(const Json& object, const char* name) {
    const auto text = text_at(object, name);
    if (!text) return {};
    auto bytes = from_hex(*text);
    if (!bytes) return {};
    return *std::move(bytes);
}

std::optional<bool> truth_at(const Json& object, const char* name) {
    const Json* const found = member(object, name);
    if (found == nullptr || !found->is_boolean()) return {};
    return found->get<bool>();
}

const Json* list_at(const Json& object, const char* name) {
    const Json* const found = member(object, name);
    return found != nullptr && found->is_array() ? found : nullptr;
}

}  // namespace dusk::wallet
