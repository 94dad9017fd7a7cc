#include "app/tx_notes.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "app/contract_values.hpp"
#include "app/db_store.hpp"
#include "app/genesis_file.hpp"
#include "app/public_files.hpp"
#include "app/scratch_machine.hpp"
#include "execution/state_queries.hpp"
#include "ledger/dusk_amount.hpp"
#include "phoenix/note_scanner.hpp"
#include "wallet/notes_file.hpp"

namespace dusk::app {
namespace {

using ledger::Lux;
using phoenix::NoteLeaf;

std::unexpected<Failure> state_failure(std::string text) {
    return fail(Failure{.exit = ExitCode::file, .code = "state", .message = std::move(text)});
}

// A state, and what it is read with.
struct OpenedState {
    std::optional<ScratchFolder> scratch{};
    std::shared_ptr<vm::Machine> machine{};
    vm::StatePtr state{};
};

Result<vm::StatePtr, Failure> chosen_state(const vm::Store& store, const std::string& root) {
    const auto commits = store.commits();
    vm::Hash wanted{};
    if (!root.empty()) {
        const auto hash = parse_contract_id(root);  // as long as one
        if (!hash) return usage(fmt::format("\"{}\" is no root: 64 hexadecimal digits", printable(root)));
        wanted = *hash;
        if (store.main() && store.main()->root() == wanted) return store.main();
    } else if (store.main()) {
        return store.main();
    } else if (commits.size() != 1) {
        return usage("the store has no main state: say with --root which one is meant");
    } else {
        wanted = commits.front();
    }
    auto state = store.state(wanted);
    if (!state) return fail(failure_of(state.error()));
    return *std::move(state);
}

Result<OpenedState, Failure> open_store_state(const FindNotes& command, Executor& executor) {
    if (const auto there = require_store(command.state); !there) return fail(there.error());
    auto machine = vm::Machine::open(command.state, {.store = db_options(executor)});
    if (!machine) return state_failure(machine.error().text);
    auto state = chosen_state((*machine)->store(), command.root);
    if (!state) return fail(state.error());
    return OpenedState{.machine = *std::move(machine), .state = *std::move(state)};
}

Result<ledger::GenesisSnapshot, Failure> snapshot_of(const std::string& genesis) {
    if (ledger::network_named(genesis) != nullptr) {
        return ledger::parse_genesis(execution::official_localnet_snapshot()).value().snapshot;
    }
    auto parsed = read_genesis_file(genesis);
    if (!parsed) return fail(parsed.error());
    return std::move(parsed->snapshot);
}

Result<OpenedState, Failure> build_state(const FindNotes& command) {
    const auto network = find_network(command.network);
    if (!network) return fail(network.error());
    const auto snapshot = snapshot_of(command.genesis);
    if (!snapshot) return fail(snapshot.error());
    auto folder = ScratchFolder::make();
    if (!folder) return fail(folder.error());
    auto machine = scratch_machine(*folder);
    if (!machine) return fail(machine.error());
    const auto built = execution::build_genesis_state(**machine, execution::genesis_contracts(**network), *snapshot);
    if (!built) {
        return fail(Failure{.exit = ExitCode::bad_input, .code = "bad_genesis", .message = built.error().text});
    }
    auto state = (*machine)->store().state(built->root.bytes);
    if (!state) return fail(failure_of(state.error()));
    return OpenedState{.scratch = *std::move(folder), .machine = *std::move(machine), .state = *std::move(state)};
}

Result<OpenedState, Failure> open_state(const FindNotes& command, Executor& executor) {
    if (command.state.empty() == command.genesis.empty()) {
        return usage("notes are looked for in a state (--state) or in a genesis file (--genesis)");
    }
    if (!command.genesis.empty() && !command.root.empty()) return usage("--root is a state of a store: --state");
    return command.genesis.empty() ? open_store_state(command, executor) : build_state(command);
}

// A note and what it is worth to its owner.
struct Worth {
    NoteLeaf leaf;
    Lux value;
};
// Notes of one wallet.
struct Found {
    wallet::NotesFile file{};
    std::vector<Worth> notes{};  // in the same order
    std::size_t spent = 0;
    std::size_t unreadable = 0;  // that the key owns, but they do not open to what they commit to
    std::size_t left_out = 0;    // for want of room in the file
};

std::vector<NoteLeaf> owned_leaves(const std::vector<NoteLeaf>& leaves, const phoenix::ViewKey& key,
                                   Executor& executor) {
    std::vector<phoenix::StealthAddress> addresses;
    addresses.reserve(leaves.size());
    for (const NoteLeaf& leaf : leaves) addresses.push_back(leaf.note.stealth_address());
    std::vector<NoteLeaf> out;
    for (const std::size_t i : phoenix::owned_addresses(key, addresses, executor)) out.push_back(leaves[i]);
    return out;
}

struct Unspent {
    std::vector<NoteLeaf> leaves;
    std::size_t spent = 0;
};
vm::CallResult<Unspent> without_spent(execution::StateQueries& state, std::vector<NoteLeaf> owned,
                                      const phoenix::SecretKey& key) {
    constexpr std::size_t kAtOnce = 2000;
    std::set<ByteArray<32>> spent;
    const auto nullifier_of = [&](const NoteLeaf& leaf) { return leaf.note.nullifier(key); };
    for (std::size_t begin = 0; begin < owned.size(); begin += kAtOnce) {
        const auto part = std::span(owned).subspan(begin, std::min(kAtOnce, owned.size() - begin));
        std::vector<crypto::Fq> nullifiers;
        std::ranges::transform(part, std::back_inserter(nullifiers), nullifier_of);
        const auto answer = state.spent_nullifiers(nullifiers);
        if (!answer) return fail(answer.error());
        for (const crypto::Fq& nullifier : *answer) spent.insert(nullifier.to_bytes());
    }
    Unspent out;
    out.spent =
        std::erase_if(owned, [&](const NoteLeaf& leaf) { return spent.contains(nullifier_of(leaf).to_bytes()); });
    out.leaves = std::move(owned);
    return out;
}

// What the notes are worth that can be spent and are worth something; the most valuable first, where there are too
// many.
void keep_openable(const std::vector<NoteLeaf>& unspent, const phoenix::ViewKey& key, Found& found) {
    for (const NoteLeaf& leaf : unspent) {
        const auto opened = leaf.note.open_checked(&key);
        if (!opened) {
            ++found.unreadable;
        } else if (opened->value > 0) {
            found.notes.push_back({leaf, {opened->value}});
        }
    }
    if (found.notes.size() <= wallet::kMostNotes) return;
    found.left_out = found.notes.size() - wallet::kMostNotes;
    std::ranges::sort(found.notes, std::greater(), [](const Worth& one) { return one.value.value; });
    found.notes.resize(wallet::kMostNotes);
}

vm::CallResult<Found> search(vm::Session& session, const phoenix::SecretKey& key, Executor& executor) {
    execution::StateQueries state(session);
    Found found;
    const auto root = state.notes_root();
    if (!root) return fail(root.error());
    found.file.root = *root;
    const auto all = state.notes(0);
    if (!all) return fail(all.error());
    const phoenix::ViewKey view_key = key.view_key();
    auto owned = owned_leaves(*all, view_key, executor);
    const auto unspent = without_spent(state, std::move(owned), key);
    if (!unspent) return fail(unspent.error());
    found.spent = unspent->spent;
    keep_openable(unspent->leaves, view_key, found);
    for (const Worth& one : found.notes) {
        const auto opening = state.opening(one.leaf.note.pos());
        if (!opening) return fail(opening.error());
        if (!*opening) return fail(vm::CallError::panicked("a note that is there has no opening"));
        found.file.notes.push_back({one.leaf.note, **opening});
    }
    return found;
}

Outcome report(const FindNotes& command, const vm::Hash& state_root, const Found& found) {
    Lux total{};
    auto notes = nlohmann::ordered_json::array();
    std::string lines;
    for (const auto& [leaf, value] : found.notes) {
        total = checked_add(total, value).value_or(Lux{~std::uint64_t{0}});
        notes.push_back({{"position", leaf.note.pos()}, {"height", leaf.block_height}, {"value", value.value}});
        lines += fmt::format("  note {:<10} since block {:<8} {} DUSK\n", leaf.note.pos(), leaf.block_height,
                             format_dusk(value));
    }
    Outcome outcome;
    outcome.text = fmt::format("Wrote {}: {} notes with {} DUSK ({} are spent)\n{}", command.out.string(),
                               found.notes.size(), format_dusk(total), found.spent, lines);
    outcome.json = {{"file", command.out.string()},
                    {"state_root", hex_of(state_root)},
                    {"root", to_hex(found.file.root.to_bytes())},
                    {"notes", std::move(notes)},
                    {"total", total.value},
                    {"spent", found.spent}};
    if (found.unreadable > 0) {
        outcome.warnings.push_back(fmt::format(
            "{} notes of this key do not open to what they commit to: nobody can spend them", found.unreadable));
    }
    if (found.left_out > 0) {
        outcome.warnings.push_back(
            fmt::format("{} notes of less value are left out: spend some of these first", found.left_out));
    }
    return outcome;
}

}  // namespace

CommandResult find_notes(const FindNotes& command, Executor& executor) {
    if (const auto free = require_free(command.out, command.overwrite); !free) return fail(free.error());
    const auto opened = open_state(command, executor);
    if (!opened) return fail(opened.error());
    const auto key = open_note_key(command.key);
    if (!key) return fail(key.error());
    vm::Session session(opened->machine, opened->state);
    const auto found = search(session, *key, executor);
    if (!found) {
        return fail(Failure{
            .exit = ExitCode::bad_input,
            .code = "not_a_chain_state",
            .message = "the state does not answer as one of a network does: " + printable(describe(found.error()))});
    }
    const std::string text = wallet::write_notes_file(found->file);
    if (const auto written = write_key_file(command.out, as_bytes(text), command.overwrite); !written) {
        return fail(failure_of(written.error()));
    }
    return report(command, opened->state->root(), *found);
}

}  // namespace dusk::app
