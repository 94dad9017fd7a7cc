#include "phoenix/transfer_builder.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "crypto/chacha_rng.hpp"
#include "phoenix/transfer_circuit.hpp"
#include "plonk/check.hpp"

namespace dusk::phoenix {
namespace {

using crypto::ChaChaRng;
using crypto::Fq;
using crypto::Fr;
using Error = TransferBuildError;

// A wallet and its notes in a tree.
class Wallet {
  public:
    explicit Wallet(std::uint64_t seed) : random_(seed), key_(SecretKey::random(random_)) {}

    void add(std::uint64_t value, NoteType type = NoteType::obfuscated) { put(key_.public_key(), value, type); }
    void put(const PublicKey& owner, std::uint64_t value, NoteType type) {
        const PublicKey payer = SecretKey::random(random_).public_key();
        const std::array blinders{Fr::random(random_), Fr::random(random_)};
        Note note = type == NoteType::obfuscated
                        ? Note::obfuscated(random_, payer, owner, value, Fr::random(random_), blinders)
                        : Note::transparent(random_, payer, owner, value, blinders);
        note.set_pos(random_.next_u64() % crypto::NotesTree::capacity());
        ASSERT_TRUE(tree_.insert(note.pos(), note.hash()).has_value());
        notes_.push_back(note);
    }
    [[nodiscard]] std::vector<SpendableNote> spendable() {
        std::vector<SpendableNote> out;
        for (const Note& note : notes_) out.push_back({note, tree_.opening(note.pos()).value()});
        return out;
    }
    [[nodiscard]] Result<TransferDraft, Error> draft(const TransferTerms& terms) {
        return TransferDraft::make(key_, spendable(), terms, random_);
    }
    [[nodiscard]] const SecretKey& key() const { return key_; }
    [[nodiscard]] ChaChaRng& random() { return random_; }

  private:
    ChaChaRng random_;
    SecretKey key_;
    crypto::NotesTree tree_;
    std::vector<Note> notes_;
};

PublicKey somebody() {
    ChaChaRng random(std::uint64_t{1234});
    return SecretKey::random(random).public_key();
}

std::vector<std::uint32_t> false_rows(const TransferRequest& request) {
    plonk::Composer composer(plonk::Composer::Mode::check);
    transfer_circuit(composer, request);
    return plonk::unsatisfied_rows(std::move(composer).finish().value());
}

TEST(TransferBuilder, MakesTrueTransfersForEveryNumberOfInputs) {
    for (std::size_t inputs = 1; inputs <= TransferRequest::kMaxInputs; ++inputs) {
        Wallet wallet(inputs);
        for (std::size_t i = 0; i < inputs; ++i)
            wallet.add(1000 * i, i % 2 == 0 ? NoteType::obfuscated : NoteType::transparent);
        wallet.add(5);
        auto spendable = wallet.spendable();
        spendable.erase(spendable.begin());
        const TransferTerms terms{.receiver = somebody(),
                                  .value = 2,
                                  .type = inputs % 2 == 0 ? NoteType::obfuscated : NoteType::transparent,
                                  .deposit = 1,
                                  .max_fee = 1};
        auto draft = TransferDraft::make(wallet.key(), spendable, terms, wallet.random());
        ASSERT_TRUE(draft.has_value()) << to_string(draft.error());
        const Fq payload = Fq::random(wallet.random());
        const TransactionSkeleton skeleton = draft->skeleton();
        const TransferRequest request = std::move(*draft).sign(payload, wallet.random());
        EXPECT_EQ(false_rows(request), std::vector<std::uint32_t>{}) << inputs;
        EXPECT_EQ(request.payload_hash, payload);
        EXPECT_EQ(request.inputs.size(), inputs);

        // The skeleton is that of the statement.
        std::vector<Fq> expected{payload, skeleton.root};
        expected.insert(expected.end(), skeleton.nullifiers.begin(), skeleton.nullifiers.end());
        const auto public_inputs = transfer_public_inputs(request);
        EXPECT_TRUE(std::equal(expected.begin(), expected.end(), public_inputs.begin()));
        EXPECT_EQ(skeleton.outputs[0].type(), terms.type);
        EXPECT_EQ(skeleton.outputs[1].type(), NoteType::obfuscated);
        for (std::size_t i = 0; i < 2; ++i) {
            const Note& note = skeleton.outputs[i];
            EXPECT_EQ(note.pos(), Note::kUnplaced);
            EXPECT_EQ(note.value_commitment(), request.outputs[i].value_commitment);
            EXPECT_EQ(note.stealth_address().note_pk(), crypto::JubJubExtended(request.outputs[i].note_pk));
        }
        // The sender can open the change, and sees itself as the one who sent it.
        const Note& change = skeleton.outputs[1];
        const ViewKey view_key = wallet.key().view_key();
        const auto opened = change.open_checked(&view_key);
        ASSERT_TRUE(opened.has_value());
        EXPECT_EQ(opened->value, request.outputs[1].value.reveal());
        const auto note_sk = wallet.key().note_secret_key(change.stealth_address());
        EXPECT_EQ(change.sender().decrypt(note_sk.reveal()), wallet.key().public_key());
    }
}

TEST(TransferBuilder, PaysToTheReceiver) {
    Wallet wallet(9);
    wallet.add(100);
    ChaChaRng random(std::uint64_t{10});
    const SecretKey receiver = SecretKey::random(random);
    for (const NoteType type : {NoteType::transparent, NoteType::obfuscated}) {
        const auto draft = wallet.draft({.receiver = receiver.public_key(), .value = 70, .type = type, .max_fee = 10});
        ASSERT_TRUE(draft.has_value());
        EXPECT_EQ(draft->change(), 20);
        const Note& note = draft->skeleton().outputs[0];
        const ViewKey view_key = receiver.view_key();
        EXPECT_TRUE(view_key.owns(note.stealth_address()));
        EXPECT_EQ(note.open_checked(&view_key).value().value, 70);
        EXPECT_EQ(note.sender().decrypt(receiver.note_secret_key(note.stealth_address()).reveal()),
                  wallet.key().public_key());
    }
}

RC_GTEST_PROP(TransferBuilder, BalancesOrSaysWhyNot, ()) {
    const auto amount = rc::gen::oneOf(rc::gen::just(std::uint64_t{0}), rc::gen::just(~std::uint64_t{0}),
                                       rc::gen::inRange<std::uint64_t>(0, 100), rc::gen::arbitrary<std::uint64_t>());
    Wallet wallet(*rc::gen::arbitrary<std::uint64_t>());
    const auto values = *rc::gen::container<std::vector<std::uint64_t>>(*rc::gen::inRange<std::size_t>(1, 5), amount);
    // Exact, in a type that holds every sum.
    long double exact = 0;
    std::uint64_t total = 0;
    for (const std::uint64_t value : values) {
        wallet.add(value, NoteType::transparent);
        total += value;
        exact += static_cast<long double>(value);
    }
    const TransferTerms terms{.receiver = somebody(), .value = *amount, .deposit = *amount, .max_fee = *amount};
    const long double wanted = static_cast<long double>(terms.value) + static_cast<long double>(terms.deposit) +
                               static_cast<long double>(terms.max_fee);
    const auto draft = wallet.draft(terms);
    const long double limit = 18446744073709551616.0L;
    if (exact >= limit) {
        RC_ASSERT(draft.error() == Error::amount_overflow);
    } else if (wanted > exact) {
        RC_ASSERT(draft.error() == Error::insufficient_funds);
    } else {
        RC_ASSERT(draft->change() == total - terms.value - terms.deposit - terms.max_fee);
    }
}

TEST(TransferBuilder, SaysWhatIsWrong) {
    Wallet wallet(20);
    wallet.add(100);
    wallet.add(50, NoteType::transparent);
    const TransferTerms terms{.receiver = somebody(), .value = 1};
    const auto error_of = [&](const std::vector<SpendableNote>& notes) {
        const auto draft = TransferDraft::make(wallet.key(), notes, terms, wallet.random());
        return draft ? std::optional<Error>() : draft.error();
    };
    const auto good = wallet.spendable();
    EXPECT_EQ(error_of(good), std::nullopt);
    EXPECT_EQ(error_of({}), Error::bad_input_count);
    EXPECT_EQ(error_of({good[0], good[0], good[0], good[0], good[0]}), Error::bad_input_count);
    EXPECT_EQ(error_of({good[0], good[0]}), Error::note_twice);
    EXPECT_EQ(error_of({{good[0].note, good[1].opening}}), Error::bad_opening);

    auto moved = good;
    moved[0].opening.positions[3] = 4;
    EXPECT_EQ(error_of(moved), Error::bad_opening);
    moved = good;
    moved[0].note.set_pos(moved[0].note.pos() ^ 1);
    EXPECT_EQ(error_of(moved), Error::bad_opening);

    Wallet other(21);
    other.add(7);
    EXPECT_EQ(error_of({good[0], other.spendable()[0]}), Error::foreign_note);

    wallet.add(1);
    EXPECT_EQ(error_of({good[0], wallet.spendable()[1]}), Error::different_roots);

    const PublicKey identity;
    EXPECT_EQ(wallet.draft({.receiver = identity, .value = 1}).error(), Error::unusable_key);
    const auto order_two = crypto::JubJubAffine::from_coordinates_unchecked(Fq::zero(), -Fq::one());
    const PublicKey torsion(terms.receiver.a() + order_two, terms.receiver.b());
    EXPECT_EQ(wallet.draft({.receiver = torsion, .value = 1}).error(), Error::unusable_key);
    const SecretKey zero{Fr::zero(), Fr::one()};
    EXPECT_EQ(TransferDraft::make(zero, good, terms, wallet.random()).error(), Error::unusable_key);
}

TEST(TransferBuilder, RefusesNotesThatDoNotOpen) {
    Wallet wallet(30);
    wallet.add(100);
    wallet.add(100, NoteType::transparent);
    const auto good = wallet.spendable();
    for (const SpendableNote& spendable : good) {
        auto bytes = spendable.note.to_bytes();
        bytes[1 + 32 + 64 + 8] ^= 1;  // of value_enc
        const std::vector<SpendableNote> changed{{Note::from_bytes(bytes).value(), spendable.opening}};
        EXPECT_EQ(TransferDraft::make(wallet.key(), changed, {.receiver = somebody()}, wallet.random()).error(),
                  Error::unreadable_note);
    }
}

}  // namespace
}  // namespace dusk::phoenix
