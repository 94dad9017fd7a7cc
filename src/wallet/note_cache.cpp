#include "wallet/note_cache.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "base/hex.hpp"
#include "wallet/json_fields.hpp"

namespace dusk::wallet {
namespace {

using ledger::Lux;

constexpr FileForm kForm{
    .format = "dusk-wallet-notes", .version = 1, .most_bytes = std::size_t{512} << 20, .has_checksum = true};

std::optional<ByteArray<32>> name_at(const Json& object, const char* name) {
    const auto bytes = hex_at(object, name);
    if (!bytes || bytes->size() != 32) return {};
    return take<32>(*bytes);
}

Json to_json(const CachedNote& one) {
    Json out{{"profile", one.profile},
             {"height", one.height},
             {"position", one.note.pos()},
             {"note", to_hex(one.note.to_bytes())}};
    if (one.value) out["value"] = one.value->value;
    if (one.nullifier) out["nullifier"] = to_hex(*one.nullifier);
    out["spent"] = one.is_spent;
    return out;
}

// The error says which member is wrong.
Result<CachedNote, std::string_view> read_note(const Json& json) {
    const auto profile = number_at(json, "profile");
    if (!profile || *profile > 255) return fail(std::string_view("profile"));
    const auto height = number_at(json, "height");
    if (!height) return fail(std::string_view("height"));
    const auto position = number_at(json, "position");
    if (!position) return fail(std::string_view("position"));
    const auto bytes = hex_at(json, "note");
    auto note = bytes ? phoenix::Note::from_bytes(*bytes) : fail(crypto::DecodeError::bad_length);
    if (!note) return fail(std::string_view("note"));
    note->set_pos(*position);
    CachedNote out{.profile = static_cast<std::uint8_t>(*profile), .height = *height, .note = *std::move(note)};
    if (const auto value = number_at(json, "value")) out.value = Lux{*value};
    out.nullifier = name_at(json, "nullifier");
    out.is_spent = truth_at(json, "spent").value_or(false);
    return out;
}

}  // namespace

Result<NoteCache, std::string> NoteCache::read(ByteView file) {
    const auto json = parse_file(file, kForm);
    if (!json) return fail(json.error());
    NoteCache out;
    const Json* const bookmarks = list_at(*json, "bookmarks");
    const Json* const notes = list_at(*json, "notes");
    if (bookmarks == nullptr || notes == nullptr || bookmarks->size() > kMostBookmarks) {
        return fail(std::string("bookmarks or notes are missing or no list"));
    }
    for (const Json& one : *bookmarks) {
        const auto height = number_at(one, "height");
        const auto block = name_at(one, "block");
        const bool falls = out.bookmarks_.empty() || (height && *height < out.bookmarks_.back().height);
        if (!height || !block || !falls) return fail(std::string("a bookmark is damaged"));
        out.bookmarks_.push_back({.height = *height, .block = *block});
    }
    for (const Json& one : *notes) {
        auto note = read_note(one);
        if (!note) return fail(fmt::format("note {}: {} is missing or wrong", out.notes_.size(), note.error()));
        out.add(*std::move(note));
    }
    return out;
}

std::string NoteCache::to_file() const {
    Json json = begin_file(kForm);
    json["bookmarks"] = Json::array();
    for (const Bookmark& one : bookmarks_) {
        json["bookmarks"].push_back({{"height", one.height}, {"block", to_hex(one.block)}});
    }
    json["notes"] = Json::array();
    for (const auto& [position, note] : notes_) json["notes"].push_back(to_json(note));
    return file_text(std::move(json), kForm);
}

std::optional<std::uint64_t> NoteCache::next_height() const {
    if (bookmarks_.empty()) return {};
    return bookmarks_.front().height + 1;
}

void NoteCache::forget_above(std::uint64_t height) {
    std::erase_if(bookmarks_, [&](const Bookmark& one) { return one.height > height; });
    std::erase_if(notes_, [&](const auto& one) { return one.second.height > height; });
    for (auto& [position, note] : notes_) note.is_spent = false;
}

void NoteCache::forget_all() {
    bookmarks_.clear();
    notes_.clear();
}

void NoteCache::add(const Bookmark& bookmark) {
    std::erase_if(bookmarks_, [&](const Bookmark& one) { return one.height >= bookmark.height; });
    bookmarks_.insert(bookmarks_.begin(), bookmark);
    // One goes where its neighbours are no further apart than twice the way back to the newer of them: a fork costs at
    // most about twice what it must, and few are kept.
    for (std::size_t i = 1; i + 1 < bookmarks_.size();) {
        const std::uint64_t newer = bookmark.height - bookmarks_[i - 1].height;
        const std::uint64_t older = bookmark.height - bookmarks_[i + 1].height;
        if (older / 2 <= newer + 1) {
            bookmarks_.erase(bookmarks_.begin() + static_cast<std::ptrdiff_t>(i));
        } else {
            ++i;
        }
    }
    if (bookmarks_.size() > kMostBookmarks) bookmarks_.resize(kMostBookmarks);
}

void NoteCache::add(CachedNote note) {
    const std::uint64_t position = note.note.pos();
    notes_.insert_or_assign(position, std::move(note));
}

void NoteCache::mark_spent(std::span<const ByteArray<32>> nullifiers) {
    const std::set<ByteArray<32>> spent(nullifiers.begin(), nullifiers.end());
    for (auto& [position, note] : notes_) {
        if (note.nullifier && spent.contains(*note.nullifier)) note.is_spent = true;
    }
}

std::vector<ByteArray<32>> NoteCache::unspent_nullifiers() const {
    std::vector<ByteArray<32>> out;
    for (const auto& [position, note] : notes_) {
        if (note.nullifier && !note.is_spent && note.value.value_or(Lux{}) > Lux{}) out.push_back(*note.nullifier);
    }
    return out;
}

std::vector<const CachedNote*> NoteCache::spendable(std::uint8_t profile) const {
    std::vector<const CachedNote*> out;
    for (const auto& [position, note] : notes_) {
        const bool counts = note.profile == profile && !note.is_spent && note.value.value_or(Lux{}) > Lux{};
        if (counts) out.push_back(&note);
    }
    return out;
}

NotesBalance NoteCache::balance(std::uint8_t profile) const {
    std::vector<Lux> values;
    for (const CachedNote* note : spendable(profile)) values.push_back(*note->value);
    return balance_of(std::move(values));
}

}  // namespace dusk::wallet
