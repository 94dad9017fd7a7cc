#include "wallet/json_fields.hpp"

#include <fmt/core.h>

#include "base/hex.hpp"
#include "base/json_nesting.hpp"
#include "crypto/sha2.hpp"

namespace dusk::wallet {
namespace {

constexpr std::size_t kMostNesting = 8;  // more than any of the formats has

const Json* member(const Json& object, const char* name) {
    if (!object.is_object()) return nullptr;
    const auto found = object.find(name);
    return found == object.end() ? nullptr : &*found;
}

constexpr const char* kChecksum = "checksum";

std::string checksum_of(const Json& json) {
    return to_hex(crypto::sha256(as_bytes(json.dump(-1, ' ', false, Json::error_handler_t::replace))));
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
    if (!form.has_checksum) return json;
    const auto checksum = text_at(json, kChecksum);
    json.erase(kChecksum);
    if (checksum != checksum_of(json)) return fail(std::string("it is damaged: its checksum differs from its content"));
    return json;
}

Json begin_file(const FileForm& form) { return {{"format", form.format}, {"version", form.version}}; }

std::string file_text(Json json, const FileForm& form) {
    if (form.has_checksum) json[kChecksum] = checksum_of(json);
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

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
