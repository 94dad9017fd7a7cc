// Votes of a committee, their outcome, and what its members signed together (spec/consensus.md §3.1).
#pragma once

#include <optional>

#include "ledger/block_names.hpp"

namespace dusk::ledger {

// 1 byte, or 33 with the block that is voted on. Without an argument: NoQuorum.
class Vote {
  public:
    enum class Kind : std::uint8_t { no_candidate, valid, invalid, no_quorum };

    Vote() = default;
    [[nodiscard]] static Vote no_candidate() { return {Kind::no_candidate, {}}; }
    [[nodiscard]] static Vote valid(const BlockHash& block) { return {Kind::valid, block}; }
    [[nodiscard]] static Vote invalid(const BlockHash& block) { return {Kind::invalid, block}; }
    [[nodiscard]] static Vote no_quorum() { return {}; }

    [[nodiscard]] Kind kind() const { return kind_; }
    // The block of `valid` and `invalid`.
    [[nodiscard]] std::optional<BlockHash> block() const {
        return names_block() ? std::optional(block_) : std::nullopt;
    }
    [[nodiscard]] std::size_t size() const { return names_block() ? 1 + BlockHash::kSize : 1; }

    [[nodiscard]] static Vote read(WireReader& in);
    void write(Writer& out) const;

    friend auto operator<=>(const Vote&, const Vote&) = default;

  private:
    Vote(Kind kind, const BlockHash& block) : kind_(kind), block_(block) {}
    [[nodiscard]] bool names_block() const { return kind_ == Kind::valid || kind_ == Kind::invalid; }

    Kind kind_ = Kind::no_quorum;
    BlockHash block_{};  // zero unless it is named
};

// What came out of an iteration. Any vote may stand behind either tag; without an argument: Fail(NoQuorum).
struct RatificationResult {
    bool success = false;
    Vote vote{};

    // Success for Valid, else Fail.
    [[nodiscard]] static RatificationResult of(const Vote& vote) { return {vote.kind() == Vote::Kind::valid, vote}; }

    [[nodiscard]] static RatificationResult read(WireReader& in);
    void write(Writer& out) const;

    bool operator==(const RatificationResult&) const = default;
};

// 56 bytes: bit p stands for the p-th distinct member of the committee in key order; bits beyond it say nothing.
struct StepVotes {
    std::uint64_t voters = 0;
    SignatureBytes signature{};  // their aggregate

    [[nodiscard]] bool is_empty() const { return *this == StepVotes{}; }
    [[nodiscard]] static StepVotes read(WireReader& in);
    void write(Writer& out) const;

    bool operator==(const StepVotes&) const = default;
};

// What a quorum of the validation step was for. Unknown bytes are read as NoQuorum, which is written as 255.
enum class QuorumType : std::uint8_t { valid = 0, invalid = 1, no_candidate = 2, no_quorum = 255 };

struct ValidationResult {
    StepVotes votes{};
    Vote vote{};
    QuorumType quorum = QuorumType::no_quorum;

    [[nodiscard]] static ValidationResult read(WireReader& in);
    void write(Writer& out) const;

    bool operator==(const ValidationResult&) const = default;
};

}  // namespace dusk::ledger
