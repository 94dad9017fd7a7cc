// notes.json: which leaves of the notes tree belong to a wallet, what they are worth, and which of them pay.
#include "crypto/key_derivation.hpp"
#include "report.hpp"
#include "wallet/note_choice.hpp"
#include "wallet/note_scan.hpp"
#include "wallet/profile.hpp"

namespace dusk::vectors {
namespace {

using ledger::Lux;
using wallet::OwnedNote;

constexpr std::uint8_t kProfiles = 2;

Bytes leaves_of(const Node& c, Report& report) {
    report.expect(c["leaf_size"].u64() == phoenix::NoteLeaf::kArchivedSize, c["leaf_size"], "is another size");
    Bytes out;
    for (const Node& one : c["leaves"].items()) {
        const Bytes archive = one.hex();
        const auto leaf = phoenix::NoteLeaf::from_archive(archive);
        if (!leaf) one.complain("is no leaf");
        report.expect_bytes(leaf->to_archive(), one);
        append(out, archive);
    }
    return out;
}

// The file tells all values as the first profile sees them.
void owned(const Node& expected, const std::vector<const OwnedNote*>& found, const phoenix::SecretKey& owner,
           const phoenix::ViewKey& first, Report& report) {
    const auto items = expected.items();
    report.expect(items.size() == found.size(), expected, "another number of notes");
    for (std::size_t i = 0; i < std::min(items.size(), found.size()); ++i) {
        const phoenix::Note& note = found[i]->leaf.note;
        report.expect(note.pos() == items[i]["pos"].u64(), items[i]["pos"], "another note");
        const crypto::Fq nullifier = note.nullifier(owner);
        report.expect_bytes(nullifier.to_bytes(), items[i]["nullifier"]);
        report.expect_bytes(nullifier.to_archive(), items[i]["nullifier_rkyv"]);
        const auto value = note.value(&first);
        const Node said = items[i]["value"];
        report.expect(said.is_null() ? !value : value && *value == said.u64(), said, "another value");
    }
}

// We spend as few notes as are enough, the released wallet all of up to four: both can pay the same.
void picks(const Node& all, const std::vector<Lux>& values, Report& report) {
    for (const Node& one : all.items()) {
        const Lux cost{one["cost"].u64()};
        const auto theirs = one["picked_pos"].items();
        for (const Node& position : theirs) (void)position.u64();
        const auto ours = wallet::choose_notes(values, cost);
        report.expect(ours.has_value() == !theirs.empty(), one, "only one of the two finds notes that pay");
        if (!ours) continue;
        std::uint64_t sum = 0;
        for (const std::size_t i : *ours) sum += values[i].value;
        report.expect(sum >= cost.value && ours->size() <= theirs.size(), one, "the choice is worse");
    }
}

void one_case(const Node& c, Report& report) {
    const crypto::WalletSeed seed(c["seed"].array<64>());
    std::vector<phoenix::SecretKey> secrets;
    std::vector<phoenix::ViewKey> views;
    for (std::uint8_t i = 0; i < kProfiles; ++i) {
        secrets.push_back(wallet::derive_profile(seed, i).phoenix);
        views.push_back(secrets.back().view_key());
    }
    SerialExecutor executor;
    const auto found = wallet::scan_notes(leaves_of(c, report), views, executor);
    const auto lists = c["owned"].items();
    if (lists.size() != kProfiles) c["owned"].complain("is not of two profiles");
    std::vector<Lux> values;
    for (std::size_t owner = 0; owner < kProfiles; ++owner) {
        std::vector<const OwnedNote*> of_owner;
        for (const OwnedNote& note : found) {
            if (note.owner != owner) continue;
            of_owner.push_back(&note);
            report.expect(note.value.has_value(), lists[owner], "a note does not open");
            if (owner == 0 && note.value) values.push_back(*note.value);
        }
        owned(lists[owner], of_owner, secrets[owner], views.front(), report);
    }
    const Node balance = c["balance_profile0"];
    const wallet::NotesBalance ours = wallet::balance_of(values);
    report.expect(ours.total.value == balance["value"].u64(), balance["value"], "another sum");
    report.expect(ours.spendable.value == balance["spendable"].u64(), balance["spendable"], "another sum");
    picks(c["picks_profile0"], values, report);
}

void notes(const Node& root, Report& report) {
    root["seed"].describe();
    root["crates"].describe();
    for (const Node& c : root["notes"].items()) report.run(c, [&] { one_case(c, report); });
}

const Registered registered{{"interfaces", "notes", {"crates", "notes", "seed"}, notes}};

}  // namespace
}  // namespace dusk::vectors
