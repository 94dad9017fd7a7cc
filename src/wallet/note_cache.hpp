// The notes of a wallet as far as it has read the chain, so that it reads on where it stopped. Plain values: whoever
// has a node asks it, and tells.
#pragma once

#include <map>
#include <span>
#include <string>

#include "wallet/note_scan.hpp"

namespace dusk::wallet {

// A note that the wallet owns. Of a wallet that only watches, the nullifier is not known, and so not whether the note
// is spent.
struct CachedNote {
    std::uint8_t profile = 0;
    std::uint64_t height = 0;
    phoenix::Note note{};  // at its position
    std::optional<ledger::Lux> value{};
    std::optional<ByteArray<32>> nullifier{};  // canonical bytes
    bool is_spent = false;
};

// Where in the chain the wallet has been: a block of the node that it asked.
struct Bookmark {
    std::uint64_t height = 0;
    ByteArray<32> block{};  // its hash
    friend bool operator==(const Bookmark&, const Bookmark&) = default;
};

// A file in JSON: {"format": "dusk-wallet-notes", "version": 1, "bookmarks": [{"height", "block"}], "notes":
// [{"profile", "height", "position", "note", "value", "nullifier", "spent"}], "checksum"}.
class NoteCache {
  public:
    static constexpr std::size_t kMostBookmarks = 32;

    // The error is a sentence.
    [[nodiscard]] static Result<NoteCache, std::string> read(ByteView file);
    [[nodiscard]] std::string to_file() const;

    // From the last one back; the further back, the fewer.
    [[nodiscard]] const std::vector<Bookmark>& bookmarks() const { return bookmarks_; }
    // The first height that was not read below any bookmark: one above the last, or nothing.
    [[nodiscard]] std::optional<std::uint64_t> next_height() const;
    // Notes and bookmarks above a height go: the chain is another one there. Whether a note that stays is spent must be
    // asked anew.
    void forget_above(std::uint64_t height);
    void forget_all();
    // All up to this block was read. Notes of later blocks may be there too: they are read again.
    void add(const Bookmark& bookmark);

    // Once for each position: the later one counts.
    void add(CachedNote note);
    [[nodiscard]] const std::map<std::uint64_t, CachedNote>& notes() const { return notes_; }  // by position
    // Those of the nullifiers that the chain has.
    void mark_spent(std::span<const ByteArray<32>> nullifiers);
    // Of notes that are worth something and not known to be spent.
    [[nodiscard]] std::vector<ByteArray<32>> unspent_nullifiers() const;
    // Of one profile: what is worth something and not known to be spent.
    [[nodiscard]] std::vector<const CachedNote*> spendable(std::uint8_t profile) const;
    [[nodiscard]] NotesBalance balance(std::uint8_t profile) const;

  private:
    std::vector<Bookmark> bookmarks_;  // by falling height
    std::map<std::uint64_t, CachedNote> notes_;
};

}  // namespace dusk::wallet
