// Members of the JSON files of a wallet: of the expected kind, or nothing.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace dusk::wallet {

using Json = nlohmann::ordered_json;

// A JSON object of a file whose members "format" and "version" are these. At most `most_bytes` are parsed, nested 8
// deep. The error is a sentence.
struct FileForm {
    std::string_view format;
    unsigned version = 1;
    std::size_t most_bytes = std::size_t{64} << 20;
    // A last member "checksum", SHA-256 over the rest in its shortest form, in hexadecimal: no changed byte goes
    // unnoticed.
    bool has_checksum = false;
};
[[nodiscard]] Result<Json, std::string> parse_file(ByteView file, const FileForm& form);
// The members to begin such a file with.
[[nodiscard]] Json begin_file(const FileForm& form);
// With its checksum where the form has one, and a line feed at its end.
[[nodiscard]] std::string file_text(Json json, const FileForm& form);

// Nothing where there is no such member, `object` is none, or it is of another kind.
[[nodiscard]] std::optional<std::string> text_at(const Json& object, const char* name);
[[nodiscard]] std::optional<std::uint64_t> number_at(const Json& object, const char* name);
[[nodiscard]] std::optional<Bytes> hex_at(const Json& object, const char* name);
[[nodiscard]] std::optional<bool> truth_at(const Json& object, const char* name);
// Null where there is no such list.
[[nodiscard]] const Json* list_at(const Json& object, const char* name);

}  // namespace dusk::wallet
