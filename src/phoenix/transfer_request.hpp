// What a prover of a Phoenix transaction is given, in the bytes of the reference's prover service: spec/plonk.md §12.
//
// It holds the values, blinders and openings of the notes, and signatures in place of secret keys: whoever has it knows
// what is paid, but cannot pay something else.
#pragma once

#include <vector>

#include "crypto/elgamal.hpp"
#include "crypto/notes_tree.hpp"
#include "crypto/schnorr.hpp"
#include "phoenix/note.hpp"

namespace dusk::phoenix {

// Why bytes are no request.
enum class RequestError : std::uint8_t {
    bad_input_count,  // not 1 to 4 inputs
    too_short,        // the bytes end before the last field
    bad_opening,      // a Merkle opening that is not canonical
    bad_note,         // no note
    bad_point,        // a point that the rule does not let in
    bad_scalar,       // a scalar that is not canonical
    bad_signature,    // no signature
};
// What is wrong, one sentence.
[[nodiscard]] std::string_view to_string(RequestError error);

// A note that is spent, and that its owner may spend it.
struct InputNote {
    static constexpr std::size_t kSize = 2778;

    crypto::NoteOpening opening;
    Note note;
    crypto::JubJubAffine note_pk_prime;  // note_sk G'
    Secret<std::uint64_t> value;         // lux
    Secret<crypto::Fr> value_blinder;
    crypto::Fq nullifier;
    crypto::schnorr::SignatureDouble signature;  // of the payload hash, by (note_pk, note_pk')
};

// A note that is made.
struct OutputNote {
    static constexpr std::size_t kSize = 296;

    Secret<std::uint64_t> value;  // lux
    crypto::JubJubAffine value_commitment;
    Secret<crypto::Fr> value_blinder;
    crypto::JubJubAffine note_pk;
    // Of the sender's A and B for note_pk, and the blinders of the two.
    std::array<crypto::elgamal::Encryption, 2> sender_encryption;
    Secret<std::array<crypto::Fr, 2>> sender_blinders;
};

struct TransferRequest {
    static constexpr std::size_t kMaxInputs = 4;
    // Of the bytes for so many inputs.
    [[nodiscard]] static constexpr std::size_t size(std::size_t inputs) {
        return 8 + inputs * InputNote::kSize + 2 * OutputNote::kSize + 2 * 32 + 2 * 8 + 64 + 2 * 64;
    }

    std::vector<InputNote> inputs;  // 1 to 4
    std::array<OutputNote, 2> outputs;
    crypto::Fq payload_hash;
    crypto::Fq root;            // of the notes tree
    std::uint64_t deposit = 0;  // lux
    std::uint64_t max_fee = 0;  // lux
    PublicKey sender;
    crypto::schnorr::Signature signature_a, signature_b;  // of the payload hash, by the sender's A and B

    // Bytes after the last field are ignored, as the reference does. Nothing is asked of the values: that is what the
    // circuit is for. `PointRule::lax` lets points with a torsion part in, but not in signatures and the sender's key:
    // to see which rows refuse them.
    [[nodiscard]] static Result<TransferRequest, RequestError> from_bytes(ByteView bytes,
                                                                          PointRule rule = PointRule::strict);
    [[nodiscard]] SecretBytes to_bytes() const;

    // A request that satisfies nothing, to run the circuit for keys. 1 <= inputs <= 4.
    [[nodiscard]] static TransferRequest blank(std::size_t inputs);
};

}  // namespace dusk::phoenix
