#include "phoenix/transfer_circuit.hpp"

#include <fmt/core.h>

#include "plonk/bits.hpp"
#include "plonk/encryption.hpp"
#include "plonk/hash.hpp"
#include "plonk/opening.hpp"
#include "plonk/points.hpp"
#include "plonk/signature.hpp"

namespace dusk::phoenix {

using crypto::Fq;
using crypto::Fr;
using plonk::Composer;
using plonk::TorsionFreeWitnessPoint;
using plonk::Witness;
using plonk::WitnessPoint;

namespace {

using Scope = Composer::Scope;

Witness sum_of(Composer& composer, Witness a, Witness b) {
    return composer.output({.l = Fq::one(), .r = Fq::one()}, a, b);
}

Witness append_scalar(Composer& composer, const Fr& scalar) { return composer.append(to_fq(scalar)); }

// value G + blinder G'. 664 rows.
TorsionFreeWitnessPoint commit(Composer& composer, Witness value, Witness blinder) {
    const auto of_value = mul_generator(composer, value, crypto::kJubJubGenerator);
    const auto of_blinder = mul_generator(composer, blinder, crypto::kJubJubGeneratorNums);
    return add(composer, of_value, of_blinder);
}

struct Statement {
    Witness payload_hash, root;
};

struct InputWitnesses {
    Witness nullifier;
    TorsionFreeWitnessPoint note_pk, note_pk_prime;
    Witness type, position, value, blinder;
    Witness u;
    WitnessPoint r, r_prime;
};

InputWitnesses append_input(Composer& composer, const InputNote& input) {
    const Scope scope(composer, "nullifier and keys in the subgroup");
    const Note& note = input.note;
    // In the order of the braces.
    return {.nullifier = composer.public_input(input.nullifier),
            .note_pk = append_torsion_free_point(composer, note.stealth_address().note_pk()),
            .note_pk_prime = append_torsion_free_point(composer, input.note_pk_prime),
            .type = composer.append(Fq::from_u64(static_cast<std::uint64_t>(note.type()))),
            .position = composer.append(Fq::from_u64(note.pos())),
            .value = composer.append(Fq::from_u64(input.value.reveal())),
            .blinder = append_scalar(composer, input.value_blinder.reveal()),
            .u = append_scalar(composer, input.signature.u()),
            .r = append_point(composer, input.signature.r().affine()),
            .r_prime = append_point(composer, input.signature.r_prime().affine())};
}

struct Spent {
    Witness sum;  // of the values so far
    std::vector<Witness> positions;
};

// A note of the tree that its owner spends. 20879 rows.
void spend(Composer& composer, const InputNote& input, const Statement& statement, Spent& spent) {
    const InputWitnesses w = append_input(composer, input);
    spent.positions.push_back(w.position);
    verify_signature_double(composer, w.u, w.r, w.r_prime, w.note_pk, w.note_pk_prime, statement.payload_hash);
    {
        const Scope scope(composer, "nullifier hash");
        const Witness nullifier = hash(composer, std::array{w.note_pk_prime.u(), w.note_pk_prime.v(), w.position});
        composer.assert_equal(nullifier, w.nullifier);
    }
    {
        const Scope scope(composer, "value range and sum");
        plonk::range<64>(composer, w.value);
        spent.sum = sum_of(composer, spent.sum, w.value);
    }
    TorsionFreeWitnessPoint commitment;
    {
        const Scope scope(composer, "value commitment");
        commitment = commit(composer, w.value, w.blinder);
    }
    Witness leaf;
    {
        const Scope scope(composer, "note hash");
        leaf = hash(composer,
                    std::array{w.type, commitment.u(), commitment.v(), w.note_pk.u(), w.note_pk.v(), w.position});
    }
    const Scope scope(composer, "opening");
    composer.assert_equal(opening_root(composer, input.opening, leaf), statement.root);
}

// No note is spent twice. I (I - 1) rows.
void assert_positions_distinct(Composer& composer, const std::vector<Witness>& positions) {
    const Scope scope(composer, "positions distinct");
    for (std::size_t i = 0; i < positions.size(); ++i) {
        for (std::size_t k = i + 1; k < positions.size(); ++k) assert_distinct(composer, positions[i], positions[k]);
    }
}

// The published commitment is to a value of 64 bits. 679 rows.
void open_output(Composer& composer, const OutputNote& output, Witness& sum) {
    const Witness value = composer.append(Fq::from_u64(output.value.reveal()));
    const WitnessPoint expected = append_public_point(composer, output.value_commitment);
    const Witness blinder = append_scalar(composer, output.value_blinder.reveal());
    plonk::range<64>(composer, value);
    sum = sum_of(composer, sum, value);
    assert_equal_points(composer, expected, commit(composer, value, blinder));
}

void assert_balance(Composer& composer, const TransferRequest& request, Witness spent, Witness made) {
    const Scope scope(composer, "balance");
    const Witness max_fee = composer.public_input(Fq::from_u64(request.max_fee));
    const Witness deposit = composer.public_input(Fq::from_u64(request.deposit));
    const Witness total = composer.output({.l = Fq::one(), .r = Fq::one(), .f = Fq::one()}, made, max_fee, deposit);
    composer.assert_equal(spent, total);
}

struct SenderKey {
    TorsionFreeWitnessPoint a, b;
};

// The sender's key, of which both halves signed. 7520 rows.
SenderKey verify_sender(Composer& composer, const TransferRequest& request, Witness payload_hash) {
    SenderKey sender;
    Witness u_a;
    Witness u_b;
    WitnessPoint r_a;
    WitnessPoint r_b;
    {
        const Scope scope(composer, "sender keys in the subgroup");
        sender.a = append_torsion_free_point(composer, request.sender.a());
        sender.b = append_torsion_free_point(composer, request.sender.b());
        u_a = append_scalar(composer, request.signature_a.u());
        r_a = append_point(composer, request.signature_a.r().affine());
        u_b = append_scalar(composer, request.signature_b.u());
        r_b = append_point(composer, request.signature_b.r().affine());
    }
    {
        const Scope scope(composer, "signature A");
        verify_signature(composer, u_a, r_a, sender.a, payload_hash);
    }
    const Scope scope(composer, "signature B");
    verify_signature(composer, u_b, r_b, sender.b, payload_hash);
    return sender;
}

// 15 rows.
TorsionFreeWitnessPoint append_output_key(Composer& composer, const OutputNote& output) {
    const auto key = assert_torsion_free(composer, append_public_point(composer, output.note_pk));
    assert_nonzero(composer, key.u());
    return key;
}

// The published encryptions are those of the sender's key. 4712 rows.
void verify_encryption(Composer& composer, const OutputNote& output, const TorsionFreeWitnessPoint& key,
                       const std::array<Witness, 2>& blinders, const SenderKey& sender) {
    {
        const Scope scope(composer, "blinders");
        for (const Witness& blinder : blinders) assert_nonzero(composer, blinder);
        assert_distinct(composer, blinders[0], blinders[1]);
    }
    std::array<plonk::WitnessEncryption, 2> encryptions;
    {
        const Scope scope(composer, "encryption of A");
        encryptions[0] = encrypt(composer, key, sender.a, blinders[0]);
    }
    {
        const Scope scope(composer, "encryption of B");
        encryptions[1] = encrypt(composer, key, sender.b, blinders[1]);
    }
    const Scope scope(composer, "published encryptions");
    for (std::size_t i = 0; i < encryptions.size(); ++i) {
        assert_public_point(composer, encryptions[i].c1, output.sender_encryption[i].c1());
        assert_public_point(composer, encryptions[i].c2, output.sender_encryption[i].c2());
    }
}

void verify_encryptions(Composer& composer, const TransferRequest& request, const SenderKey& sender) {
    std::array<TorsionFreeWitnessPoint, 2> keys;
    std::array<std::array<Witness, 2>, 2> blinders;
    {
        const Scope scope(composer, "output keys");
        for (std::size_t i = 0; i < keys.size(); ++i) keys[i] = append_output_key(composer, request.outputs[i]);
        for (std::size_t i = 0; i < keys.size(); ++i) {
            for (std::size_t k = 0; k < 2; ++k) {
                blinders[i][k] = append_scalar(composer, request.outputs[i].sender_blinders.reveal()[k]);
            }
        }
    }
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const Scope scope(composer, fmt::format("output {}", i));
        verify_encryption(composer, request.outputs[i], keys[i], blinders[i], sender);
    }
}

void put_point(std::vector<Fq>& out, const crypto::JubJubAffine& point) {
    out.push_back(point.u());
    out.push_back(point.v());
}

}  // namespace

void transfer_circuit(Composer& composer, const TransferRequest& request) {
    const Scope scope(composer, "transfer");
    Statement statement;
    {
        const Scope inner(composer, "payload hash and root");
        statement.payload_hash = composer.public_input(request.payload_hash);
        statement.root = composer.public_input(request.root);
    }
    Spent spent;
    for (std::size_t i = 0; i < request.inputs.size(); ++i) {
        const Scope inner(composer, fmt::format("input {}", i));
        spend(composer, request.inputs[i], statement, spent);
    }
    assert_positions_distinct(composer, spent.positions);
    Witness made;
    for (std::size_t i = 0; i < request.outputs.size(); ++i) {
        const Scope inner(composer, fmt::format("output {}", i));
        open_output(composer, request.outputs[i], made);
    }
    assert_balance(composer, request, spent.sum, made);
    const SenderKey sender = verify_sender(composer, request, statement.payload_hash);
    verify_encryptions(composer, request, sender);
}

std::vector<Fq> transfer_public_inputs(const TransferRequest& request) {
    std::vector<Fq> out{request.payload_hash, request.root};
    for (const InputNote& input : request.inputs) out.push_back(input.nullifier);
    for (const OutputNote& output : request.outputs) put_point(out, output.value_commitment);
    out.push_back(Fq::from_u64(request.max_fee));
    out.push_back(Fq::from_u64(request.deposit));
    for (const OutputNote& output : request.outputs) put_point(out, output.note_pk);
    for (const OutputNote& output : request.outputs) {
        for (const auto& encryption : output.sender_encryption) {
            put_point(out, encryption.c1());
            put_point(out, encryption.c2());
        }
    }
    return out;
}

}  // namespace dusk::phoenix
