#include "plonk/transfers.hpp"

#include <stdexcept>

#include "phoenix/transfer_builder.hpp"

namespace dusk::interop {

using crypto::ChaChaRng;
using crypto::Fq;
using crypto::Fr;
using phoenix::Note;
using phoenix::NoteType;
using phoenix::PublicKey;
using phoenix::SecretKey;

namespace {

std::uint64_t below(std::uint64_t bound, ChaChaRng& random) { return random.next_u64() % bound; }

// Between 0 and `most`, both of them now and then, small ones often.
std::uint64_t amount_up_to(std::uint64_t most, ChaChaRng& random) {
    const std::uint64_t any = random.next_u64();
    const auto bits = static_cast<unsigned>(below(64, random));
    std::uint64_t out = 0;
    switch (below(6, random)) {
        case 0:
            return 0;
        case 1:
            return most;
        case 2:
            out = any;
            break;
        default:
            out = any >> bits;
    }
    return most == ~std::uint64_t{0} ? out : out % (most + 1);
}

NoteType random_type(ChaChaRng& random) { return below(2, random) == 0 ? NoteType::transparent : NoteType::obfuscated; }

Note random_note(const PublicKey& owner, std::uint64_t value, ChaChaRng& random) {
    const PublicKey payer = SecretKey::random(random).public_key();
    const std::array blinders{Fr::random(random), Fr::random(random)};
    return random_type(random) == NoteType::transparent
               ? Note::transparent(random, payer, owner, value, blinders)
               : Note::obfuscated(random, payer, owner, value, Fr::random(random), blinders);
}

// A free place: the first ones, the last ones, or any.
std::uint64_t random_place(const crypto::NotesTree& tree, ChaChaRng& random) {
    constexpr std::uint64_t kCapacity = crypto::NotesTree::capacity();
    for (;;) {
        const std::uint64_t any = below(kCapacity, random);
        const std::uint64_t near = below(64, random);
        const std::array places{any, near, kCapacity - 1 - near};
        const std::uint64_t place = places[below(places.size(), random)];
        if (!tree.contains(place)) return place;
    }
}

Note put(crypto::NotesTree& tree, Note note, ChaChaRng& random) {
    note.set_pos(random_place(tree, random));
    if (!tree.insert(note.pos(), note.hash())) throw std::runtime_error("the tree does not take a note");
    return note;
}

}  // namespace

phoenix::TransferRequest random_transfer(std::size_t inputs, ChaChaRng& random) {
    const SecretKey owner = SecretKey::random(random);
    crypto::NotesTree tree;
    std::vector<Note> mine;
    std::uint64_t left = ~std::uint64_t{0};
    std::uint64_t total = 0;
    for (std::size_t i = 0; i < inputs; ++i) {
        for (std::uint64_t others = below(4, random); others > 0; --others)
            put(tree, random_note(SecretKey::random(random).public_key(), random.next_u64(), random), random);
        const std::uint64_t value = amount_up_to(left, random);
        left -= value;
        total += value;
        mine.push_back(put(tree, random_note(owner.public_key(), value, random), random));
    }
    std::vector<phoenix::SpendableNote> notes;
    notes.reserve(mine.size());
    for (const Note& note : mine) notes.push_back({.note = note, .opening = tree.opening(note.pos()).value()});

    const bool to_self = below(8, random) == 0;
    phoenix::TransferTerms terms{.receiver = to_self ? owner.public_key() : SecretKey::random(random).public_key(),
                                 .type = random_type(random)};
    for (std::uint64_t* amount : {&terms.max_fee, &terms.deposit, &terms.value}) {
        *amount = amount_up_to(total, random);
        total -= *amount;
    }
    auto draft = phoenix::TransferDraft::make(owner, notes, terms, random);
    if (!draft) throw std::runtime_error(std::string(to_string(draft.error())));
    return std::move(*draft).sign(Fq::random(random), random);
}

}  // namespace dusk::interop
