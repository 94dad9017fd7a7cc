// What a Phoenix transaction spends and makes, without fee, data and proof (spec/crypto.md §11.5; "TxSkeleton").
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "phoenix/note.hpp"

namespace dusk::phoenix {

struct TransactionSkeleton {
    crypto::Fq root;                     // of the notes tree at the time of proving
    std::vector<crypto::Fq> nullifiers;  // of the notes spent; the codec sets no limit on their number
    std::array<Note, 2> outputs;         // transfer note, change note
    std::uint64_t max_fee = 0;           // lux
    std::uint64_t deposit = 0;           // lux

    // root 32 ‖ n u64 ‖ n × nullifier 32 ‖ note 302 ‖ note 302 ‖ max_fee u64 ‖ deposit u64; integers little-endian.
    [[nodiscard]] Bytes to_bytes() const;
    // The same without n: the part of the transaction's hash that the skeleton gives. A trap: two skeletons whose
    // nullifiers and notes share their bytes in another split have the same hash input.
    [[nodiscard]] Bytes hash_input() const;

    // The statement of the proof, 28 + n scalars: payload hash, root, nullifiers, both value commitments, max_fee,
    // deposit, both note_pk, then of each output the encryptions of A and of B. Points as u, v. Nothing when a contract
    // is the sender of an output.
    [[nodiscard]] std::optional<std::vector<crypto::Fq>> public_inputs(const crypto::Fq& payload_hash) const;

    // Bytes after the deposit are ignored, as the network does. n is refused when the rest cannot hold it, before
    // anything is allocated for it. `PointRule::lax` is for blocks from before the strict rule only ("legacy").
    // Errors: bad_length (too short, or n too large), and those of Fq and Note.
    [[nodiscard]] static Result<TransactionSkeleton, crypto::DecodeError> from_bytes(
        ByteView bytes, PointRule rule = PointRule::strict);

    bool operator==(const TransactionSkeleton&) const = default;
};

}  // namespace dusk::phoenix
