#include "app/remote_notes.hpp"

#include <algorithm>
#include <set>

#include "app/remote_contract.hpp"
#include "wallet/note_scan.hpp"

namespace dusk::app {
namespace {

using phoenix::NoteLeaf;

constexpr unsigned kMostTries = 20;

// Those of the key that are worth something.
Result<std::vector<NoteLeaf>, Failure> owned_leaves(RemoteTransfer& transfer, const phoenix::SecretKey& key,
                                                    Executor& executor) {
    Bytes leaves;
    const auto fed = transfer.leaves_from_position(0, [&](ByteView part) {
        append(leaves, part);
        return true;
    });
    if (!fed) return fail(fed.error());
    if (leaves.size() % NoteLeaf::kArchivedSize != 0) return no_answer("the node's list of notes is cut short");
    const phoenix::ViewKey view_key = key.view_key();
    std::vector<NoteLeaf> out;
    for (wallet::OwnedNote& note : wallet::scan_notes(leaves, {&view_key, 1}, executor)) {
        if (note.value.value_or(ledger::Lux{}) > ledger::Lux{}) out.push_back(std::move(note.leaf));
    }
    return out;
}

Result<void, Failure> drop_spent(RemoteTransfer& transfer, const phoenix::SecretKey& key,
                                 std::vector<NoteLeaf>& leaves) {
    std::vector<crypto::Fq> nullifiers;
    for (const NoteLeaf& leaf : leaves) nullifiers.push_back(leaf.note.nullifier(key));
    const auto answer = transfer.spent(nullifiers);
    if (!answer) return fail(answer.error());
    std::set<ByteArray<32>> spent;
    for (const crypto::Fq& one : *answer) spent.insert(one.to_bytes());
    std::erase_if(leaves, [&](const NoteLeaf& leaf) { return spent.contains(leaf.note.nullifier(key).to_bytes()); });
    return {};
}

// Nothing where the tree changed meanwhile.
Result<std::optional<wallet::NotesFile>, Failure> try_once(RemoteTransfer& transfer, const phoenix::SecretKey& key,
                                                           Executor& executor) {
    const auto root = transfer.root();
    if (!root) return fail(root.error());
    auto leaves = owned_leaves(transfer, key, executor);
    if (!leaves) return fail(leaves.error());
    if (const auto done = drop_spent(transfer, key, *leaves); !done) return fail(done.error());
    wallet::NotesFile out{.root = *root, .notes = {}};
    for (const NoteLeaf& leaf : *leaves) {
        const auto opening = transfer.opening(leaf.note.pos());
        if (!opening) return fail(opening.error());
        if (!*opening) return std::nullopt;
        out.notes.push_back({leaf.note, **opening});
    }
    const auto after = transfer.root();
    if (!after) return fail(after.error());
    if (*after != *root) return std::nullopt;
    return out;
}

}  // namespace

Result<wallet::NotesFile, Failure> ask_for_notes(client::HttpClient& node, const phoenix::SecretKey& key,
                                                 Executor& executor) {
    RemoteTransfer transfer(node);
    for (unsigned i = 0; i < kMostTries; ++i) {
        auto notes = try_once(transfer, key, executor);
        if (!notes) return fail(notes.error());
        if (*notes) return **std::move(notes);
    }
    return no_answer("blocks with notes come faster than the node answers: try again when less is going on");
}

}  // namespace dusk::app
