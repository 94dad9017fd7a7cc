// Questions to a contract, as a node that runs answers them (spec/interfaces.md §4). Where it has too many questions at
// the moment, they are asked again, for some seconds.
#pragma once

#include <functional>

#include "app/outcome.hpp"
#include "base/archive.hpp"
#include "client/http_client.hpp"
#include "crypto/notes_tree.hpp"
#include "ledger/transfer_contract.hpp"

namespace dusk::app {

// Nobody answered, or with something that is no answer. "no_answer"
[[nodiscard]] std::unexpected<Failure> no_answer(std::string message);

inline constexpr const char* kTooMuch = "too_much";

class RemoteContract {
  public:
    // `node` outlives this.
    RemoteContract(client::HttpClient& node, const ledger::ContractId& contract) : node_(&node), contract_(contract) {}

    // `argument` is an archive, and so is the answer. Errors: no_answer.
    [[nodiscard]] Result<Bytes, Failure> call(const std::string& function, ByteView argument);
    template <class T>
    [[nodiscard]] Result<T, Failure> ask(const std::string& function, ByteView argument) {
        const auto bytes = call(function, argument);
        if (!bytes) return fail(bytes.error());
        auto value = archive_read<T>(*bytes);
        if (!value) return no_answer("the node answers " + function + " with something else");
        return *std::move(value);
    }
    // What the contract feeds, one item behind the other, in parts of any size; `take` ends it by false. Errors: also
    // kTooMuch, where the node answers no more than so much at once.
    [[nodiscard]] Result<void, Failure> feed(const std::string& function, ByteView argument,
                                             const std::function<bool(ByteView)>& take);

  private:
    [[nodiscard]] std::string path_of(const std::string& function) const;
    [[nodiscard]] std::unexpected<Failure> refuses(const std::string& function, const client::HttpReply& reply) const;

    client::HttpClient* node_;
    ledger::ContractId contract_;
};

// The transfer contract.
class RemoteTransfer {
  public:
    explicit RemoteTransfer(client::HttpClient& node) : contract_(node, ledger::kTransferContract) {}

    // Of the tree of notes.
    [[nodiscard]] Result<crypto::Fq, Failure> root() { return contract_.ask<crypto::Fq>("root", {}); }
    [[nodiscard]] Result<std::uint64_t, Failure> notes_count() { return contract_.ask<std::uint64_t>("num_notes", {}); }
    // Nothing where there is no note.
    [[nodiscard]] Result<std::optional<crypto::NoteOpening>, Failure> opening(std::uint64_t position) {
        return contract_.ask<std::optional<crypto::NoteOpening>>("opening", archive_write(position));
    }
    // Those that are there: their notes are spent.
    [[nodiscard]] Result<std::vector<crypto::Fq>, Failure> spent(const std::vector<crypto::Fq>& nullifiers);
    // Archived leaves from a position or a height on, NoteLeaf::kArchivedSize each, in parts of any size.
    [[nodiscard]] Result<void, Failure> leaves_from_position(std::uint64_t position,
                                                             const std::function<bool(ByteView)>& take) {
        return contract_.feed("leaves_from_pos", archive_write(position), take);
    }
    [[nodiscard]] Result<void, Failure> leaves_from_height(std::uint64_t height,
                                                           const std::function<bool(ByteView)>& take) {
        return contract_.feed("leaves_from_height", archive_write(height), take);
    }
    // The same, so many at most.
    [[nodiscard]] Result<void, Failure> some_leaves(const ledger::SyncRange& range,
                                                    const std::function<bool(ByteView)>& take) {
        return contract_.feed("sync", archive_write(range), take);
    }

  private:
    RemoteContract contract_;
};

}  // namespace dusk::app
