// phoenix.json: notes.
#include "crypto/chacha_rng.hpp"
#include "phoenix.hpp"
#include "phoenix/note.hpp"

namespace dusk::vectors {

using phoenix::Note;
using phoenix::NoteLeaf;
using phoenix::PublicKey;
using phoenix::SecretKey;
using phoenix::StealthAddress;
using phoenix::ViewKey;

namespace {

// The archive of `value`, where the case has one, and the same bytes read back and written again.
template <class T>
void expect_archive(const T& value, const Node& expected, Report& report) {
    if (expected.is_null()) return;
    report.expect_bytes(value.to_archive(), expected);
    const T back = required(T::from_archive(expected.hex()), expected);
    report.expect(back == value, expected, "reads as another value");
    report.expect_bytes(back.to_archive(), expected);
}

void expect_value(const Note& note, const ViewKey* key, const Node& expected, Report& report) {
    const auto value = note.value(key);
    const bool has_value = !expected.is_null();
    report.expect(value.has_value() == has_value, expected, "other verdict");
    if (value && has_value) report.expect(*value == expected.u64(), expected, "other value");
}

Note made_note(const Node& c, phoenix::Coordinates coordinates, Report& report) {
    const PublicKey sender = public_key(c["sender_pk"]);
    // Derived, not decoded: the archive of the note shows the coordinates of the receiver's B.
    const PublicKey receiver = secret_key(c["receiver_sk"]).public_key();
    report.expect_bytes(receiver.to_bytes(), c["receiver_pk"]);
    const std::vector<Node> blinders = c["sender_blinder"].items();
    const std::array sender_blinders{scalar(blinders.at(0)), scalar(blinders.at(1))};
    const crypto::Fr value_blinder = scalar(c["value_blinder"]);
    const std::uint64_t value = c["value"].u64();
    crypto::ChaChaRng random(c["std_rng_seed"].u64());
    const Note note =
        c["obfuscated"].boolean()
            ? Note::obfuscated(random, sender, receiver, value, value_blinder, sender_blinders, coordinates)
            : Note::transparent(random, sender, receiver, value, sender_blinders, coordinates);
    report.expect(random.next_u64() == c["rng_next_u64_after"].u64(), c["rng_next_u64_after"], "other draws");
    return note;
}

// The reference put case i into a leaf of this height; the case itself does not say so.
constexpr std::uint64_t leaf_height(std::size_t i) { return 7 + i; }

void note_case(const Node& c, std::size_t index, Report& report) {
    Note note = made_note(c, phoenix::Coordinates::reference, report);
    report.expect_bytes(note.hash().to_bytes(), c["hash_before_placement"]);
    note.set_pos(c["pos"].u64());
    report.expect_bytes(note.to_bytes(), c["note"]);
    report.expect_bytes(note.hash().to_bytes(), c["hash"]);
    const auto inputs = note.hash_inputs();
    const std::vector<Node> expected_inputs = c["hash_inputs"].items();
    report.expect(inputs.size() == expected_inputs.size(), c["hash_inputs"], "other number");
    for (std::size_t i = 0; i < expected_inputs.size() && i < inputs.size(); ++i) {
        report.expect_bytes(inputs[i].to_bytes(), expected_inputs[i]);
    }

    const Note parsed = required(Note::from_bytes(c["note"].hex()), c["note"]);
    report.expect(parsed == note, c["note"], "decodes to another note");
    report.expect_bytes(parsed.to_bytes(), c["note"]);
    expect_archive(note, c["rkyv_note"], report);
    expect_archive(parsed, c["rkyv_note_parsed_from_bytes"], report);
    Note affine = made_note(c, phoenix::Coordinates::affine, report);
    affine.set_pos(note.pos());
    report.expect_bytes(affine.to_bytes(), c["note"]);
    expect_archive(affine, c["rkyv_note_parsed_from_bytes"], report);
    if (!c["rkyv_leaf"].is_null()) {
        const NoteLeaf leaf{.block_height = leaf_height(index), .note = note};
        expect_archive(leaf, c["rkyv_leaf"], report);
    }

    const SecretKey receiver = secret_key(c["receiver_sk"]);
    const PublicKey sender = public_key(c["sender_pk"]);
    const auto note_sk = receiver.note_secret_key(parsed.stealth_address());
    report.expect_bytes(note_sk.reveal().to_bytes(), c["note_sk"]);
    for (const Note* form : std::initializer_list<const Note*>{&note, &parsed}) {
        report.expect_bytes(form->nullifier(receiver).to_bytes(), c["nullifier"]);
        const auto found = form->sender().decrypt(note_sk.reveal());
        report.expect(found && *found == sender, c["sender_pk"], "is not what the sender field decrypts to");
        report.expect(receiver.view_key().owns(form->stealth_address()), c["receiver_sk"], "does not own the note");
    }

    const ViewKey view_key = receiver.view_key();
    expect_value(parsed, &view_key, c["value_with_vk"], report);
    expect_value(parsed, nullptr, c["value_without_vk"], report);
    const auto blinder = parsed.value_blinder(&view_key);
    const bool has_blinder = !c["blinder_with_vk"].is_null();
    report.expect(blinder.has_value() == has_blinder, c["blinder_with_vk"], "other verdict");
    if (blinder && has_blinder) report.expect_bytes(blinder->reveal().to_bytes(), c["blinder_with_vk"]);
    const auto opening = parsed.open_checked(&view_key);
    report.expect(opening && opening->value == c["value"].u64(), c["value"], "is not what the commitment opens to");
}

// "Wrong" is the sender's view key, which owns the note only where the sender pays to the own key. The case gives only
// the sender's public key; the secret one is in `keys`.
void wrong_key(const Node& c, const Node& root, Report& report) {
    const Note note = required(Note::from_bytes(c["note"].hex()), c["note"]);
    const std::string sender_pk = c["sender_pk"].text();
    bool found = false;
    for (const Node& key : root["keys"].items()) {
        if (key["pk"].text() != sender_pk) continue;
        found = true;
        const ViewKey wrong = secret_key(key["sk"]).view_key();
        expect_value(note, &wrong, c["value_with_wrong_vk"], report);
        const bool to_oneself = sender_pk == c["receiver_pk"].text();
        report.expect(wrong.owns(note.stealth_address()) == to_oneself, c["note"], "other verdict of the sender");
    }
    report.expect(found, c["sender_pk"], "is not among the keys of the file");
}

void contract_note(const Node& root, Report& report) {
    const Node c = root["contract_note"];
    report.run(c, [&] {
        const auto address = required(StealthAddress::from_bytes(c["stealth_address"].hex()), c["stealth_address"]);
        const phoenix::ContractInfo info{c["info"].array<128>()};
        const Note note = Note::transparent_stealth(address, c["value"].u64(), info);
        report.expect_bytes(note.to_bytes(), c["note"]);
        report.expect_bytes(note.hash().to_bytes(), c["hash"]);
        const Note parsed = required(Note::from_bytes(c["note"].hex()), c["note"]);
        report.expect(parsed == note, c["note"], "decodes to another note");

        // The archive is of the address as it was made: its coordinates are not among the fields of the case, so
        // everything else is compared, and the address as points.
        const Note archived = required(Note::from_archive(c["rkyv"].hex()), c["rkyv"]);
        report.expect(archived == note, c["rkyv"], "reads as another note");
        report.expect(archived.stealth_address() == address, c["rkyv"], "has another address");
        report.expect_bytes(archived.to_archive(), c["rkyv"]);
        report.expect_bytes(Note::transparent_stealth(archived.stealth_address(), c["value"].u64(), info).to_archive(),
                            c["rkyv"]);

        report.expect(parsed.sender().decrypt(crypto::Fr::one()).has_value() == c["sender_decrypts"].boolean(),
                      c["sender_decrypts"], "other verdict");
    });
}

void empty_note(const Node& root, Report& report) {
    const Node c = root["empty_note"];
    report.run(c, [&] {
        report.expect_bytes(Note().to_bytes(), c["note"]);
        report.expect_bytes(Note().hash().to_bytes(), c["hash"]);
        const auto decoded = Note::from_bytes(c["note"].hex());
        report.expect(decoded.has_value() == c["decodes"].boolean(), c["decodes"], "other verdict");
        report.expect(!decoded || *decoded == Note(), c["note"], "decodes to another note");
    });
}

// One generator runs through the notes of one balance entry: consecutive cases with the same key and seed.
void genesis_notes(const Node& root, Report& report) {
    std::string key_and_seed;
    std::optional<crypto::ChaChaRng> random;
    for (const Node& c : root["genesis_notes"].items()) {
        report.run(c, [&] {
            const std::string entry = c["pk"].text() + c["std_rng_seed"].text();
            if (entry != key_and_seed) random.emplace(c["std_rng_seed"].u64());
            key_and_seed = entry;
            const StealthAddress address =
                public_key(c["pk"]).stealth_address(crypto::Fr::random(*random), phoenix::Coordinates::reference);
            const Note note = Note::transparent_stealth(address, c["amount"].u64(), phoenix::ContractInfo{});
            report.expect_bytes(note.to_bytes(), c["note"]);
            expect_archive(note, c["rkyv_note"], report);
        });
    }
}

void note_decode(const Node& root, Report& report) {
    for (const Node& c : root["note_decode"].items()) {
        c["note"].describe();
        report.run(c, [&] {
            const auto note = Note::from_bytes(c["in"].hex());
            report.expect(note.has_value() == c["ok"].boolean(), c["ok"], "other verdict");
            if (note) report.expect_bytes(note->to_bytes(), c["in"]);
        });
    }
}

}  // namespace

void phoenix_notes(const Node& root, Report& report) {
    const std::vector<Node> notes = root["notes"].items();
    for (std::size_t i = 0; i < notes.size(); ++i) {
        const Node& c = notes[i];
        report.run(c, [&] {
            note_case(c, i, report);
            wrong_key(c, root, report);
        });
    }
    contract_note(root, report);
    empty_note(root, report);
    genesis_notes(root, report);
    note_decode(root, report);
}

}  // namespace dusk::vectors
