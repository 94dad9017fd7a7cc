// What votes are about, who signs them, and which bytes are signed (spec/consensus.md §3.1, §3.7).
#pragma once

#include "crypto/bls_signature.hpp"
#include "ledger/vote.hpp"

namespace dusk::ledger {

// 41 bytes.
struct ConsensusHeader {
    BlockHash prev_block_hash{};
    std::uint64_t round = 0;  // the height of the block that is sought
    std::uint8_t iteration = 0;

    [[nodiscard]] static ConsensusHeader read(WireReader& in);
    void write(Writer& out) const;

    friend auto operator<=>(const ConsensusHeader&, const ConsensusHeader&) = default;
};

// 144 bytes. The signer is a point of G2, perhaps the identity, under which nothing verifies; the signature is not
// looked at.
struct SignInfo {
    crypto::BlsPublicKey signer{};
    SignatureBytes signature{};

    [[nodiscard]] static SignInfo read(WireReader& in);
    void write(Writer& out) const;

    bool operator==(const SignInfo&) const = default;
};

enum class Step : std::uint8_t { proposal, validation, ratification };
// Of all steps of a round: 3 · iteration + step, modulo 256.
[[nodiscard]] constexpr std::uint8_t step_number(std::uint8_t iteration, Step step) {
    return static_cast<std::uint8_t>(3 * iteration + static_cast<std::uint8_t>(step));
}

// The steps that are voted in; the value stands in what is signed.
enum class VotingStep : std::uint8_t { validation = 1, ratification = 2 };

[[nodiscard]] Bytes signed_vote(const ConsensusHeader& header, VotingStep step, const Vote& vote);
// What a double candidate is accused by. Candidates themselves sign their bare hash (§14).
[[nodiscard]] Bytes signed_candidate(const ConsensusHeader& header, const BlockHash& candidate);

// Whether `info` signs the message: a multisignature of version 2 of the one key (§2).
// Errors: invalid_point, also for bytes that are no signature; invalid_signature. About 1 ms.
[[nodiscard]] Result<void, crypto::BlsError> verify(const SignInfo& info, ByteView message);

}  // namespace dusk::ledger
