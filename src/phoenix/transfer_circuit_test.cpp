#include "phoenix/transfer_circuit.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "crypto/chacha_rng.hpp"
#include "crypto/jubjub_multiply.hpp"
#include "crypto/schnorr_bound.hpp"
#include "phoenix/value_commitment.hpp"
#include "plonk/check.hpp"

namespace dusk::phoenix {
namespace {

using crypto::ChaChaRng;
using crypto::Fq;
using crypto::Fr;
using crypto::JubJubAffine;
using plonk::Composer;
namespace bound = crypto::schnorr::bound;

OutputNote make_output(ChaChaRng& random, const PublicKey& sender, const PublicKey& receiver, std::uint64_t value) {
    const Fr blinder = Fr::random(random);
    const auto note_pk = receiver.stealth_address(Fr::random(random)).note_pk();
    const std::array blinders{Fr::random(random), Fr::random(random)};
    return {.value = Secret(value),
            .value_commitment = value_commitment(value, blinder),
            .value_blinder = Secret(blinder),
            .note_pk = note_pk.to_affine(),
            .sender_encryption = {crypto::elgamal::encrypt(note_pk, sender.a(), blinders[0]).encryption,
                                  crypto::elgamal::encrypt(note_pk, sender.b(), blinders[1]).encryption},
            .sender_blinders = Secret(blinders)};
}

// Spends notes of one owner, which lie at random places of a tree; every second one is transparent.
TransferRequest make_request(std::uint64_t seed, std::size_t inputs) {
    ChaChaRng random(seed);
    const SecretKey sk = SecretKey::random(random);
    const ViewKey vk = sk.view_key();
    const PublicKey pk = sk.public_key();
    auto request = TransferRequest::blank(0);
    crypto::NotesTree tree;
    std::vector<Note> notes;
    for (std::size_t i = 0; i < inputs; ++i) {
        const std::array blinders{Fr::random(random), Fr::random(random)};
        Note note = i % 2 == 0 ? Note::obfuscated(random, pk, pk, 1000 + i, Fr::random(random), blinders)
                               : Note::transparent(random, pk, pk, 1000 + i, blinders);
        note.set_pos(random.next_u64() % crypto::NotesTree::capacity());
        EXPECT_TRUE(tree.insert(note.pos(), note.hash()).has_value());
        notes.push_back(note);
    }
    request.payload_hash = Fq::random(random);
    request.root = tree.root();
    std::uint64_t total = 0;
    for (const Note& note : notes) {
        auto opening = note.open_checked(&vk).value();
        total += opening.value;
        const auto note_sk = sk.note_secret_key(note.stealth_address());
        request.inputs.push_back({.opening = tree.opening(note.pos()).value(),
                                  .note = note,
                                  .note_pk_prime = crypto::multiply_generator_nums(note_sk.reveal()).to_affine(),
                                  .value = Secret(opening.value),
                                  .value_blinder = std::move(opening.blinder),
                                  .nullifier = note.nullifier(sk),
                                  .signature = bound::sign_double(crypto::schnorr::SecretKey(note_sk.reveal()), random,
                                                                  request.payload_hash)});
    }
    request.max_fee = 11;
    request.deposit = 22;
    const PublicKey other = SecretKey::random(random).public_key();
    request.outputs = {make_output(random, pk, other, 33), make_output(random, pk, pk, total - 11 - 22 - 33)};
    request.sender = pk;
    request.signature_a = bound::sign(crypto::schnorr::SecretKey(sk.a()), random, request.payload_hash);
    request.signature_b = bound::sign(crypto::schnorr::SecretKey(sk.b()), random, request.payload_hash);
    return request;
}

plonk::CircuitTable table_of(const TransferRequest& request) {
    Composer composer(Composer::Mode::check);
    transfer_circuit(composer, request);
    return std::move(composer).finish().value();
}

// The innermost gadgets whose rows fail, without repetitions.
std::vector<std::string> refused_by(const TransferRequest& request) {
    const auto table = table_of(request);
    std::vector<std::string> out;
    for (const std::uint32_t row : plonk::unsatisfied_rows(table)) {
        std::string path(table.gadgets.path_of_row(row));
        if (out.empty() || out.back() != path) out.push_back(std::move(path));
    }
    return out;
}

using Paths = std::vector<std::string>;

TEST(TransferCircuit, HoldsForATrueTransaction) {
    for (std::size_t inputs = 1; inputs <= TransferRequest::kMaxInputs; ++inputs) {
        const TransferRequest request = make_request(inputs, inputs);
        EXPECT_EQ(refused_by(request), Paths{}) << inputs;
        const auto table = table_of(request);
        EXPECT_EQ(table.rows(), transfer_rows(inputs));
        const auto expected = transfer_public_inputs(request);
        ASSERT_EQ(table.public_inputs.size(), expected.size());
        EXPECT_EQ(expected.size(), 28 + inputs);
        for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_EQ(table.public_inputs[i].value, expected[i]) << i;
    }
}

TEST(TransferCircuit, KeysDoNotDependOnTheRequest) {
    for (std::size_t inputs = 1; inputs <= TransferRequest::kMaxInputs; ++inputs) {
        const auto table = table_of(make_request(7, inputs));
        Composer composer(Composer::Mode::keys);
        transfer_circuit(composer, TransferRequest::blank(inputs));
        const auto keys = std::move(composer).finish().value();
        EXPECT_EQ(keys.wires, table.wires);
        EXPECT_EQ(keys.selectors, table.selectors);
    }
}

struct Lie {
    const char* name;
    void (*tell)(TransferRequest&);
    Paths refused_by;
};

const std::vector<Lie>& lies() {
    static const std::vector<Lie> all{
        {"another value",
         [](TransferRequest& r) { r.inputs[0].value.reveal() += 1; },
         {"transfer/input 0/opening/child", "transfer/balance"}},
        {"another nullifier",
         [](TransferRequest& r) { r.inputs[1].nullifier += Fq::one(); },
         {"transfer/input 1/nullifier hash"}},
        {"another root",
         [](TransferRequest& r) { r.root += Fq::one(); },
         {"transfer/input 0/opening", "transfer/input 1/opening"}},
        {"another position",
         [](TransferRequest& r) { r.inputs[0].opening.positions[16] = (r.inputs[0].opening.positions[16] + 1) % 4; },
         {"transfer/input 0/opening/child"}},
        {"a position that no node has",
         [](TransferRequest& r) { r.inputs[0].opening.positions[3] = 4; },
         {"transfer/input 0/opening/position"}},
        {"the second key plus the point of order two",
         [](TransferRequest& r) {
             const auto order_two = JubJubAffine::from_coordinates_unchecked(Fq::zero(), -Fq::one());
             JubJubAffine& key = r.inputs[0].note_pk_prime;
             key = (crypto::JubJubExtended(key) + order_two).to_affine();
         },
         {"transfer/input 0/nullifier and keys in the subgroup/torsion free/equal points",
          "transfer/input 0/double signature/equal points", "transfer/input 0/nullifier hash"}},
        {"an output that makes money",
         [](TransferRequest& r) { r.outputs[0].value.reveal() += 1; },
         {"transfer/output 0/equal points", "transfer/balance"}},
        {"a lower fee", [](TransferRequest& r) { r.max_fee -= 1; }, {"transfer/balance"}},
        {"a lower deposit", [](TransferRequest& r) { r.deposit -= 1; }, {"transfer/balance"}},
        {"a zero blinder",
         [](TransferRequest& r) { r.outputs[0].sender_blinders.reveal()[0] = Fr::zero(); },
         {"transfer/output 0/blinders/not zero", "transfer/output 0/published encryptions/public point"}},
        {"equal blinders",
         [](TransferRequest& r) {
             auto& blinders = r.outputs[1].sender_blinders.reveal();
             blinders[1] = blinders[0];
         },
         {"transfer/output 1/blinders/distinct/not zero", "transfer/output 1/published encryptions/public point"}},
        {"an old double signature",
         [](TransferRequest& r) {
             // Of the release whose challenge does not bind the second key.
             ChaChaRng random(99);
             const crypto::schnorr::SecretKey key(Fr::from_u64(1));
             r.inputs[0].signature = key.sign_double(random, r.payload_hash);
         },
         {"transfer/input 0/double signature/equal points"}},
        {"another sender",
         [](TransferRequest& r) { r.sender = PublicKey(r.sender.b(), r.sender.a()); },
         {"transfer/signature A/signature/equal points", "transfer/signature B/signature/equal points",
          "transfer/output 0/published encryptions/public point",
          "transfer/output 1/published encryptions/public point"}},
        {"another payload",
         [](TransferRequest& r) { r.payload_hash += Fq::one(); },
         {"transfer/input 0/double signature/equal points", "transfer/input 1/double signature/equal points",
          "transfer/signature A/signature/equal points", "transfer/signature B/signature/equal points"}},
        {"a value that is not of the commitment and 2^64 as the sum",
         [](TransferRequest& r) { r.outputs[1].value.reveal() = ~std::uint64_t{0}; },
         {"transfer/output 1/equal points", "transfer/balance"}},
    };
    return all;
}

TEST(TransferCircuit, RefusesEveryLie) {
    for (const Lie& lie : lies()) {
        TransferRequest request = make_request(3, 2);
        lie.tell(request);
        EXPECT_EQ(refused_by(request), lie.refused_by) << lie.name;
    }
}

TEST(TransferCircuit, RefusesTheSameNoteTwice) {
    TransferRequest request = make_request(4, 1);
    TransferRequest again = make_request(4, 1);
    request.inputs.push_back(std::move(again.inputs[0]));
    EXPECT_EQ(refused_by(request), (Paths{"transfer/positions distinct/distinct/not zero", "transfer/balance"}));
}

TEST(TransferRequest, BytesReadBack) {
    for (std::size_t inputs = 1; inputs <= TransferRequest::kMaxInputs; ++inputs) {
        const TransferRequest request = make_request(inputs + 20, inputs);
        const SecretBytes bytes = request.to_bytes();
        EXPECT_EQ(bytes.size(), TransferRequest::size(inputs));
        const auto read = TransferRequest::from_bytes(bytes.reveal());
        ASSERT_TRUE(read.has_value());
        EXPECT_EQ(read->to_bytes(), bytes);
        EXPECT_EQ(transfer_public_inputs(*read), transfer_public_inputs(request));

        Bytes longer = to_vector(bytes.reveal());
        longer.push_back(7);
        EXPECT_EQ(TransferRequest::from_bytes(longer)->to_bytes(), bytes);
        for (std::size_t cut = 0; cut < bytes.size(); cut += 41) {
            EXPECT_EQ(TransferRequest::from_bytes(bytes.reveal().first(cut)).error(), RequestError::too_short);
        }
    }
}

TEST(TransferRequest, SaysWhatIsWrong) {
    const SecretBytes good = make_request(1, 1).to_bytes();
    const auto with = [&](std::size_t at, const Bytes& bytes) {
        Bytes out = to_vector(good.reveal());
        std::ranges::copy(bytes, out.begin() + static_cast<std::ptrdiff_t>(at));
        const auto request = TransferRequest::from_bytes(out);
        return request ? std::optional<RequestError>() : request.error();
    };
    const Bytes ones(32, 0xff);
    const Bytes order_two{// v = -1
                          0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xfe, 0x5b, 0xfe,
                          0xff, 0x02, 0xa4, 0xbd, 0x53, 0x05, 0xd8, 0xa1, 0x09, 0x08, 0xd8,
                          0x39, 0x33, 0x48, 0x7d, 0x9d, 0x29, 0x53, 0xa7, 0xed, 0x73};
    EXPECT_EQ(with(0, {0}), RequestError::bad_input_count);
    EXPECT_EQ(with(0, {5}), RequestError::bad_input_count);
    EXPECT_EQ(with(0, {1, 0, 0, 0, 0, 0, 0, 1}), RequestError::bad_input_count);
    EXPECT_EQ(with(0, {2}), RequestError::too_short);
    constexpr std::size_t kOpening = 8;
    constexpr std::size_t kNote = kOpening + crypto::kNoteOpeningSize;
    constexpr std::size_t kKey = kNote + Note::kSize;
    constexpr std::size_t kSignature = kKey + 32 + 8 + 32 + 32;
    constexpr std::size_t kOutput = 8 + InputNote::kSize;
    constexpr std::size_t kTail = kOutput + 2 * OutputNote::kSize;
    EXPECT_EQ(with(kOpening, ones), RequestError::bad_opening);
    EXPECT_EQ(with(kNote, {2}), RequestError::bad_note);
    EXPECT_EQ(with(kKey, order_two), RequestError::bad_point);
    EXPECT_EQ(with(kKey + 32 + 8, ones), RequestError::bad_scalar);
    EXPECT_EQ(with(kKey + 32 + 8 + 32, ones), RequestError::bad_scalar);
    EXPECT_EQ(with(kSignature, ones), RequestError::bad_signature);
    EXPECT_EQ(with(kSignature + 64, order_two), RequestError::bad_signature);
    EXPECT_EQ(with(kOutput + 8, order_two), RequestError::bad_point);
    EXPECT_EQ(with(kOutput + 40, ones), RequestError::bad_scalar);
    EXPECT_EQ(with(kOutput + 8 + 3 * 32, order_two), RequestError::bad_point);
    EXPECT_EQ(with(kTail, ones), RequestError::bad_scalar);
    EXPECT_EQ(with(kTail + 80, order_two), RequestError::bad_point);
    EXPECT_EQ(with(kTail + 80 + 64, ones), RequestError::bad_signature);
    EXPECT_EQ(with(kTail + 80 + 64 + 64 + 32, order_two), RequestError::bad_signature);
    // The identity is a point, as the reference has it.
    const auto identity = JubJubAffine().to_bytes();
    EXPECT_EQ(with(kKey, Bytes(identity.begin(), identity.end())), std::nullopt);
}

TEST(TransferRequest, LaxPointsAreLetInOnlyWhenAskedFor) {
    TransferRequest request = make_request(2, 1);
    request.inputs[0].note_pk_prime = JubJubAffine::from_coordinates_unchecked(Fq::zero(), -Fq::one());
    const SecretBytes bytes = request.to_bytes();
    EXPECT_EQ(TransferRequest::from_bytes(bytes.reveal()).error(), RequestError::bad_point);
    EXPECT_EQ(TransferRequest::from_bytes(bytes.reveal(), PointRule::lax)->to_bytes(), bytes);
}

}  // namespace
}  // namespace dusk::phoenix
