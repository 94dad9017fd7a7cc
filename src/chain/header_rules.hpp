// Whether a header may follow another one: rules 1 to 14 of spec/consensus.md §11, in that order, with one reason each.
//
// The hash that a header carries is taken as it is. Whoever takes a block from outside asks `Block::hash_holds` before
// anything else, and drops it without a vote where it does not hold (docs/deviations.md).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "consensus/quorum.hpp"
#include "ledger/block_header.hpp"
#include "ledger/network.hpp"

namespace dusk::chain {

// The number of the rule behind each.
enum class HeaderError : std::uint8_t {
    invalid_block_signature,     // 2: another generator, or not signed by it
    unsupported_version,         // 3
    empty_hash,                  // 4
    other_height,                // 5: does not follow the block before it
    too_early,                   // 6, 7: less than the least time after it; emergency blocks: less than 6120 s
    too_far_ahead,               // 8: of the clock
    other_parent,                // 9
    known_block,                 // 10
    invalid_seed,                // 11: not signed by the generator
    invalid_certificate,         // 12: of the block before it
    invalid_attestation,         // 13
    too_many_failed_iterations,  // 14
    other_failed_generator,      // 14: not who should have proposed in that iteration
    invalid_failed_attestation,  // 14
};
[[nodiscard]] std::string_view to_string(HeaderError error);
// Whether a member of the committee votes Invalid on a candidate for this reason. For the others it does not vote:
// other nodes may not find them.
[[nodiscard]] bool must_vote(HeaderError error);

struct HeaderFailure {
    HeaderError error{};
    std::optional<consensus::AttestationFailure> attestation{};  // of the three reasons that have one
    friend bool operator==(const HeaderFailure&, const HeaderFailure&) = default;
};
// For people.
[[nodiscard]] std::string describe(const HeaderFailure& failure);

// What a header is checked against. Everything is borrowed.
struct HeaderPlace {
    const ledger::BlockHeader& previous;
    // Of the round after `previous`: its seed, and the stakes after it.
    consensus::RoundCommittees& committees;
    // Of the round of `previous`: the seed of the block before it, and the stakes before it. Null only where
    // `has_certificate` is false.
    consensus::RoundCommittees* previous_committees = nullptr;
    WallTime now{};
    bool is_known = false;  // a block with the header's hash is in the ledger
    std::chrono::seconds minimum_block_time = consensus::kMinimumBlockTime;
    const ledger::AccountKey& emergency_key = ledger::dusk_key();
};

// Whether the block after this one has to show its attestation: not after genesis and emergency blocks.
[[nodiscard]] bool has_certificate(const ledger::BlockHeader& previous);
[[nodiscard]] bool is_emergency(const ledger::BlockHeader& header);

enum class HeaderUse : std::uint8_t {
    candidate,  // nobody has attested it yet: rule 13 is left out
    block,
};

struct HeaderFindings {
    // Iterations before this one whose failure nothing shows, modulo 256: a header may name more than there were.
    std::uint8_t unshown_iterations = 0;            // PNI
    std::vector<ledger::Voter> certificate_voters;  // who is rewarded in this block
    std::vector<ledger::Voter> attestation_voters;  // empty for candidates and emergency blocks
};

// At most 2 + 2 · 10 signatures, of which an attestation that was verified before costs nothing.
[[nodiscard]] Result<HeaderFindings, HeaderFailure> check_header(const ledger::BlockHeader& header, HeaderUse use,
                                                                 const HeaderPlace& place,
                                                                 consensus::Signatures& signatures);

}  // namespace dusk::chain
