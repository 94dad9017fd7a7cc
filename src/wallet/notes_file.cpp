#include "wallet/notes_file.hpp"

#include <fmt/core.h>

#include "base/hex.hpp"
#include "wallet/json_fields.hpp"

namespace dusk::wallet {
namespace {

using crypto::Fq;
using phoenix::Note;
using phoenix::SpendableNote;

constexpr FileForm kForm{.format = "dusk-notes", .version = 1, .most_bytes = kLargestNotesFile};

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
    Json out = begin_file(kForm);
    out["root"] = to_hex(file.root.to_bytes());
    out["notes"] = std::move(notes);
    return file_text(std::move(out), kForm);
}

Result<NotesFile, std::string> read_notes_file(ByteView text) {
    const auto json = parse_file(text, kForm);
    if (!json) return fail(json.error());
    const auto root_bytes = hex_at(*json, "root");
    if (!root_bytes) return fail(std::string("root is missing or not hexadecimal"));
    const auto root = Fq::from_bytes(*root_bytes);
    if (!root) return fail(fmt::format("root: {}", to_string(root.error())));
    const Json* const notes = list_at(*json, "notes");
    if (notes == nullptr) return fail(std::string("notes is missing or no list"));
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
