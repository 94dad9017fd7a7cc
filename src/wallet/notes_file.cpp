#include "wallet/notes_file.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/hex.hpp"
#include "base/json_nesting.hpp"

namespace dusk::wallet {
namespace {

using Json = nlohmann::ordered_json;
using crypto::Fq;
using phoenix::Note;
using phoenix::SpendableNote;

constexpr std::string_view kFormat = "dusk-notes";
constexpr unsigned kVersion = 1;

std::optional<Bytes> hex_at(const Json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_string()) return {};
    auto bytes = from_hex(found->get_ref<const std::string&>());
    if (!bytes) return {};
    return *std::move(bytes);
}

std::optional<std::uint64_t> number_at(const Json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_number_unsigned()) return {};
    return found->get<std::uint64_t>();
}

// Nothing for what is no JSON object, or can be no file of notes.
std::optional<Json> parse(ByteView bytes) {
    constexpr std::size_t kMostNesting = 8;  // more than the format has
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    if (text.size() > kLargestNotesFile || json_nesting(text) > kMostNesting) return {};
    Json json = Json::parse(text, nullptr, false);
    if (!json.is_object()) return {};
    return json;
}

Result<SpendableNote, std::string> read_note(const Json& object, const Fq& root) {
    if (!object.is_object()) return fail(std::string("it is no object"));
    const auto position = number_at(object, "position");
    if (!position) return fail(std::string("position is missing or no number"));
    const auto note_bytes = hex_at(object, "note");
    if (!note_bytes) return fail(std::string("note is missing or not hexadecimal"));
    auto note = Note::from_bytes(*note_bytes);
    if (!note) return fail(fmt::format("note: {}", to_string(note.error())));
    note->set_pos(*position);
    const auto opening_bytes = hex_at(object, "opening");
    if (!opening_bytes) return fail(std::string("opening is missing or not hexadecimal"));
    const auto opening = crypto::decode_note_opening(*opening_bytes);
    if (!opening) return fail(fmt::format("opening: {}", to_string(opening.error())));
    if (opening->root != root) return fail(std::string("the opening is of another root"));
    return SpendableNote{*note, *opening};
}

}  // namespace

std::string write_notes_file(const NotesFile& file) {
    Json notes = Json::array();
    for (const auto& [note, opening] : file.notes) {
        notes.push_back(
            {{"position", note.pos()}, {"note", to_hex(note.to_bytes())}, {"opening", to_hex(encode(opening))}});
    }
    const Json out{{"format", kFormat},
                   {"version", kVersion},
                   {"root", to_hex(file.root.to_bytes())},
                   {"notes", std::move(notes)}};
    return out.dump(2) + "\n";
}

Result<NotesFile, std::string> read_notes_file(ByteView text) {
    const auto json = parse(text);
    if (!json) return fail(std::string("this is no JSON object"));
    if (json->value("format", Json()) != kFormat) return fail(std::string("this is no file of notes"));
    if (json->value("version", Json()) != kVersion) return fail(std::string("a later version of dusk wrote this"));
    const auto root_bytes = hex_at(*json, "root");
    if (!root_bytes) return fail(std::string("root is missing or not hexadecimal"));
    const auto root = Fq::from_bytes(*root_bytes);
    if (!root) return fail(fmt::format("root: {}", to_string(root.error())));
    const auto notes = json->find("notes");
    if (notes == json->end() || !notes->is_array()) return fail(std::string("notes is missing or no list"));
    NotesFile out{.root = *root, .notes = {}};
    out.notes.reserve(notes->size());
    for (const Json& one : *notes) {
        auto note = read_note(one, out.root);
        if (!note) return fail(fmt::format("note {}: {}", out.notes.size(), note.error()));
        out.notes.push_back(*std::move(note));
    }
    return out;
}

}  // namespace dusk::wallet
