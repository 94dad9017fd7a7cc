// Proofs that a provisioner signed two things where it may sign one (spec/consensus.md §3.5).
#pragma once

#include <variant>

#include "ledger/consensus_header.hpp"

namespace dusk::ledger {

// One of the two things that were signed.
template <class Data>
struct FaultItem {
    ConsensusHeader header{};
    SignInfo sign_info{};
    Data data{};

    [[nodiscard]] static FaultItem read(WireReader& in) {
        FaultItem out;
        out.header = ConsensusHeader::read(in);
        out.sign_info = SignInfo::read(in);
        out.data = Data::read(in);
        return out;
    }
    void write(Writer& out) const {
        header.write(out);
        sign_info.write(out);
        data.write(out);
    }
    bool operator==(const FaultItem&) const = default;
};

struct DoubleCandidate {
    FaultItem<BlockHash> first{};
    FaultItem<BlockHash> second{};
    bool operator==(const DoubleCandidate&) const = default;
};
struct DoubleRatificationVote {
    FaultItem<Vote> first{};
    FaultItem<Vote> second{};
    bool operator==(const DoubleRatificationVote&) const = default;
};
struct DoubleValidationVote {
    FaultItem<Vote> first{};
    FaultItem<Vote> second{};
    bool operator==(const DoubleValidationVote&) const = default;
};

class Fault {
  public:
    // In the order of the tags.
    using Kind = std::variant<DoubleCandidate, DoubleRatificationVote, DoubleValidationVote>;

    Fault() = default;
    explicit Fault(Kind kind) : kind_(std::move(kind)) {}
    [[nodiscard]] const Kind& kind() const { return kind_; }

    // What one item says, apart from what it is about: to compare and to verify both alike.
    struct Claim {
        ConsensusHeader header;
        SignInfo sign_info;
        Bytes message;  // what is signed

        // SHA3-256 of the message: two items with the same id are one thing signed once.
        [[nodiscard]] FaultId id() const;
    };
    [[nodiscard]] std::array<Claim, 2> claims() const;
    // Who is accused: the signer of the first item.
    [[nodiscard]] const crypto::BlsPublicKey& culprit() const;
    // Whether both accuse of the same two things, in either order.
    [[nodiscard]] bool is_about_the_same(const Fault& other) const;
    // SHA3-256 of the encoding; also the leaf under the block's root of faults.
    [[nodiscard]] FaultId id() const;
    // What a fault counts for in a block that is being made: its encoding without the tag.
    [[nodiscard]] std::size_t size_in_candidate() const;

    [[nodiscard]] static Fault read(WireReader& in);
    void write(Writer& out) const;

    bool operator==(const Fault&) const = default;

  private:
    Kind kind_;
};

}  // namespace dusk::ledger
