#include "app/wallet_sync.hpp"

#include <algorithm>

#include "wallet/note_scan.hpp"

namespace dusk::app {
namespace {

using phoenix::NoteLeaf;
using wallet::Bookmark;
using wallet::CachedNote;
using wallet::NoteCache;

constexpr std::size_t kLeavesAtOnce = 8192;

// Goes back to the last block that the node has as well. Whether something had to go.
Result<bool, Failure> return_to_chain(WalletNode& node, NoteCache& cache) {
    bool changed = false;
    while (!cache.bookmarks().empty()) {
        const Bookmark last = cache.bookmarks().front();
        const auto block = node.block_at(last.height);
        if (!block) return fail(block.error());
        if (*block == last.block) {
            if (changed) cache.forget_above(last.height);
            return changed;
        }
        changed = true;
        if (last.height == 0) break;
        cache.forget_above(last.height - 1);
    }
    cache.forget_all();
    return changed;
}

// Takes parts of a feed and looks at whole leaves, many at a time.
class LeafReader {
  public:
    LeafReader(NoteCache& cache, const SyncKeys& keys, Executor& executor, SyncReport& report)
        : cache_(&cache), keys_(&keys), executor_(&executor), report_(&report) {}

    void take(ByteView part) {
        append(waiting_, part);
        if (waiting_.size() >= kLeavesAtOnce * NoteLeaf::kArchivedSize) scan();
    }
    // The feed has ended: whether in the middle of a leaf.
    [[nodiscard]] bool finish() {
        scan();
        return waiting_.empty();
    }

  private:
    void scan() {
        const std::size_t whole = waiting_.size() - waiting_.size() % NoteLeaf::kArchivedSize;
        const ByteView leaves = ByteView(waiting_).first(whole);
        for (wallet::OwnedNote& note : wallet::scan_notes(leaves, keys_->views, *executor_)) keep(std::move(note));
        report_->scanned += whole / NoteLeaf::kArchivedSize;
        waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(whole));
    }
    void keep(wallet::OwnedNote note) {
        CachedNote out{.profile = static_cast<std::uint8_t>(note.owner),
                       .height = note.leaf.block_height,
                       .note = note.leaf.note,
                       .value = note.value};
        if (note.owner < keys_->secrets.size()) {
            out.nullifier = note.leaf.note.nullifier(keys_->secrets[note.owner]).to_bytes();
        }
        cache_->add(std::move(out));
        ++report_->found;
    }

    NoteCache* cache_;
    const SyncKeys* keys_;
    Executor* executor_;
    SyncReport* report_;
    Bytes waiting_;
};

using Take = std::function<bool(ByteView)>;

// The first position whose note is in a block of this height or above.
Result<std::uint64_t, Failure> position_at(WalletNode& node, std::uint64_t height, std::uint64_t count) {
    constexpr std::size_t kHeightAt = NoteLeaf::kArchivedSize - sizeof(std::uint64_t);
    std::uint64_t first = 0;
    std::uint64_t end = count;
    while (first < end) {
        const std::uint64_t middle = first + (end - first) / 2;
        Bytes leaf;
        const auto fed = node.transfer().some_leaves({.from = middle, .limit = 1}, [&](ByteView part) {
            append(leaf, part);
            return leaf.size() <= NoteLeaf::kArchivedSize;
        });
        if (!fed) return fail(fed.error());
        if (leaf.size() != NoteLeaf::kArchivedSize) return no_answer("the node's list of notes is cut short");
        if (load_le<std::uint64_t>(leaf.data() + kHeightAt) < height) {
            first = middle + 1;
        } else {
            end = middle;
        }
    }
    return first;
}

// All leaves from a height on: at once, or in parts where the node gives no more at once.
Result<void, Failure> read_leaves(WalletNode& node, std::uint64_t height, std::uint64_t count, const Take& take) {
    constexpr std::uint64_t kPart = 50'000;
    bool has_begun = false;
    const auto all = node.transfer().leaves_from_height(height, [&](ByteView part) {
        has_begun = has_begun || !part.empty();
        return take(part);
    });
    if (all || has_begun || all.error().code != kTooMuch) return all;
    const auto first = position_at(node, height, count);
    if (!first) return fail(first.error());
    for (std::uint64_t position = *first; position < count; position += kPart) {
        // What comes after those that were counted is read the next time.
        const ledger::SyncRange range{.from = position, .limit = std::min(kPart, count - position)};
        if (const auto fed = node.transfer().some_leaves(range, take); !fed) return fed;
    }
    return {};
}

Result<void, Failure> ask_what_is_spent(WalletNode& node, NoteCache& cache) {
    std::vector<crypto::Fq> nullifiers;
    for (const ByteArray<32>& bytes : cache.unspent_nullifiers()) {
        if (const auto scalar = crypto::Fq::from_bytes(bytes)) nullifiers.push_back(*scalar);
    }
    if (nullifiers.empty()) return {};
    const auto spent = node.transfer().spent(nullifiers);
    if (!spent) return fail(spent.error());
    std::vector<ByteArray<32>> out;
    for (const crypto::Fq& one : *spent) out.push_back(one.to_bytes());
    cache.mark_spent(out);
    return {};
}

}  // namespace

Result<SyncReport, Failure> sync_notes(WalletNode& node, NoteCache& cache, const SyncKeys& keys, std::uint64_t birthday,
                                       Executor& executor,
                                       const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
    SyncReport report;
    const auto changed = return_to_chain(node, cache);
    if (!changed) return fail(changed.error());
    report.chain_changed = *changed;
    // First the tip: what comes later is read again the next time.
    const auto tip = node.tip();
    if (!tip) return fail(tip.error());
    report.height = tip->height;
    const auto count = node.transfer().notes_count();
    if (!count) return fail(count.error());

    LeafReader reader(cache, keys, executor, report);
    const auto fed = read_leaves(node, cache.next_height().value_or(birthday), *count, [&](ByteView part) {
        reader.take(part);
        progress(report.scanned, *count);
        return true;
    });
    if (!fed) return fail(fed.error());
    if (!reader.finish()) return no_answer("the node's list of notes is cut short");
    cache.add(*tip);
    if (const auto asked = ask_what_is_spent(node, cache); !asked) return fail(asked.error());
    return report;
}

Result<wallet::NotesFile, Failure> open_notes(WalletNode& node, const std::vector<phoenix::Note>& notes) {
    constexpr unsigned kMostTries = 20;
    for (unsigned i = 0; i < kMostTries; ++i) {
        const auto root = node.transfer().root();
        if (!root) return fail(root.error());
        wallet::NotesFile out{.root = *root, .notes = {}};
        bool is_one_tree = true;
        for (const phoenix::Note& note : notes) {
            const auto opening = node.transfer().opening(note.pos());
            if (!opening) return fail(opening.error());
            if (!*opening) {
                return refused("bad_notes", "a note of the wallet is not in the chain of the node: `dusk wallet sync`");
            }
            is_one_tree = is_one_tree && (*opening)->root == *root;
            out.notes.push_back({note, **opening});
        }
        if (is_one_tree) return out;
    }
    return no_answer("blocks with notes come faster than the node answers: try again when less is going on");
}

}  // namespace dusk::app
