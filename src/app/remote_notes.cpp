#include "app/remote_notes.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "base/archive.hpp"
#include "base/hex.hpp"
#include "ledger/transfer_contract.hpp"
#include "phoenix/note_scanner.hpp"

namespace dusk::app {
namespace {

using phoenix::NoteLeaf;

constexpr unsigned kMostTries = 20;
constexpr std::size_t kNullifiersAtOnce = 2000;

std::unexpected<Failure> no_answer(std::string message) {
    return fail(Failure{.exit = ExitCode::failure, .code = "no_answer", .message = std::move(message)});
}

// The transfer contract, as a node answers for it.
class RemoteTransfer {
  public:
    explicit RemoteTransfer(client::HttpClient& node) : node_(&node) {}

    Result<crypto::Fq, Failure> root() { return ask<crypto::Fq>("root", {}); }
    Result<std::optional<crypto::NoteOpening>, Failure> opening(std::uint64_t position) {
        return ask<std::optional<crypto::NoteOpening>>("opening", archive_write(position));
    }
    Result<std::vector<crypto::Fq>, Failure> spent(const std::vector<crypto::Fq>& nullifiers) {
        return ask<std::vector<crypto::Fq>>("existing_nullifiers", archive_write(nullifiers));
    }
    // Those that cannot be read belong to nobody here.
    Result<std::vector<NoteLeaf>, Failure> notes() {
        const auto bytes = call("leaves_from_pos", archive_write(std::uint64_t{0}), {{"Rusk-Feeder", "1"}});
        if (!bytes) return fail(bytes.error());
        if (bytes->size() % NoteLeaf::kArchivedSize != 0) return no_answer("the node's list of notes is cut short");
        std::vector<NoteLeaf> out;
        for (std::size_t at = 0; at < bytes->size(); at += NoteLeaf::kArchivedSize) {
            if (auto leaf = NoteLeaf::from_archive(ByteView(*bytes).subspan(at, NoteLeaf::kArchivedSize))) {
                out.push_back(*std::move(leaf));
            }
        }
        return out;
    }

  private:
    Result<Bytes, Failure> call(const std::string& function, ByteView argument, const client::HttpHeaders& headers) {
        const std::string contract = to_hex(ByteView(ledger::kTransferContract.bytes));
        auto reply = node_->post(fmt::format("/on/contracts:{}/{}", contract, function), argument, headers);
        if (!reply) return no_answer(reply.error());
        if (reply->status != 200) {
            return no_answer(fmt::format("the transfer contract does not answer {}: {}", function, reply->text()));
        }
        return std::move(reply->body);
    }
    template <class T>
    Result<T, Failure> ask(const std::string& function, ByteView argument) {
        const auto bytes = call(function, argument, {});
        if (!bytes) return fail(bytes.error());
        auto value = archive_read<T>(*bytes);
        if (!value) return no_answer(fmt::format("the node answers {} with something else", function));
        return *std::move(value);
    }

    client::HttpClient* node_;
};

std::vector<NoteLeaf> owned_by(const phoenix::ViewKey& key, const std::vector<NoteLeaf>& leaves, Executor& executor) {
    std::vector<phoenix::StealthAddress> addresses;
    addresses.reserve(leaves.size());
    for (const NoteLeaf& leaf : leaves) addresses.push_back(leaf.note.stealth_address());
    std::vector<NoteLeaf> out;
    for (const std::size_t i : phoenix::owned_addresses(key, addresses, executor)) {
        const auto opened = leaves[i].note.open_checked(&key);
        if (opened && opened->value > 0) out.push_back(leaves[i]);
    }
    return out;
}

Result<void, Failure> drop_spent(RemoteTransfer& transfer, const phoenix::SecretKey& key,
                                 std::vector<NoteLeaf>& leaves) {
    std::set<ByteArray<32>> spent;
    for (std::size_t begin = 0; begin < leaves.size(); begin += kNullifiersAtOnce) {
        const std::size_t end = std::min(leaves.size(), begin + kNullifiersAtOnce);
        std::vector<crypto::Fq> nullifiers;
        for (std::size_t i = begin; i < end; ++i) nullifiers.push_back(leaves[i].note.nullifier(key));
        const auto answer = transfer.spent(nullifiers);
        if (!answer) return fail(answer.error());
        for (const crypto::Fq& one : *answer) spent.insert(one.to_bytes());
    }
    std::erase_if(leaves, [&](const NoteLeaf& leaf) { return spent.contains(leaf.note.nullifier(key).to_bytes()); });
    return {};
}

// Nothing where the tree changed meanwhile.
Result<std::optional<wallet::NotesFile>, Failure> try_once(RemoteTransfer& transfer, const phoenix::SecretKey& key,
                                                           Executor& executor) {
    const auto root = transfer.root();
    if (!root) return fail(root.error());
    const auto all = transfer.notes();
    if (!all) return fail(all.error());
    auto leaves = owned_by(key.view_key(), *all, executor);
    if (const auto done = drop_spent(transfer, key, leaves); !done) return fail(done.error());
    wallet::NotesFile out{.root = *root, .notes = {}};
    for (const NoteLeaf& leaf : leaves) {
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
