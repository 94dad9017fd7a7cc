// Deterministic sortition: who proposes and who votes (spec/consensus.md §6).
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "consensus/provisioners.hpp"
#include "ledger/consensus_header.hpp"

namespace dusk::consensus {

// Members in the order of their keys; bit p of a bitset stands for the p-th. At most 64, since each has a credit.
class Committee {
  public:
    struct Member {
        ledger::KeyBytes bytes{};
        crypto::BlsPublicKey key;
        std::uint32_t credits = 0;
    };

    Committee() = default;
    // In the order of the keys, none twice.
    explicit Committee(std::vector<Member> members);

    [[nodiscard]] std::span<const Member> members() const { return members_; }
    [[nodiscard]] bool is_empty() const { return members_.empty(); }
    [[nodiscard]] std::uint32_t credits() const { return credits_; }
    // The number of the member with this key. O(log n).
    [[nodiscard]] std::optional<std::size_t> find(const ledger::KeyBytes& key) const;
    // Credits of the members in a bitset; bits without a member say nothing.
    [[nodiscard]] std::uint32_t credits_of(std::uint64_t voters) const;

  private:
    std::vector<Member> members_;
    std::uint32_t credits_ = 0;
};

// The stakes that count in a round, ready for drawing many committees. O(n) to make, without a copy of the stakes;
// drawing one takes O(credits · (credits + log n)).
class Sortition {
  public:
    Sortition(const Provisioners& provisioners, ledger::Height round);

    [[nodiscard]] std::size_t size() const { return eligible_.size(); }
    // Whether the key is among them. O(log n).
    [[nodiscard]] bool contains(const ledger::KeyBytes& key) const { return find(key).has_value(); }
    // `step`: 3 · iteration + 0, 1 or 2, modulo 256. `excluded` are left out unless fewer than two are eligible.
    // Empty where nobody is left to draw from (the released node ends there). Fewer credits than asked for where the
    // weights do not suffice.
    [[nodiscard]] Committee draw(const ledger::Seed& seed, std::uint8_t step, std::uint32_t credits,
                                 std::span<const ledger::KeyBytes> excluded) const;

  private:
    class Draw;
    using Sum = unsigned __int128;  // 64 bits do not hold whatever a genesis file says

    using Entry = Provisioners::Map::value_type;

    [[nodiscard]] std::optional<std::size_t> find(const ledger::KeyBytes& key) const;

    std::shared_ptr<const Provisioners::Map> stakes_;
    std::vector<const Entry*> eligible_;  // in the order of the keys
    std::vector<Sum> sums_;               // of the stakes up to and with each
};

// All committees of a round, each drawn when it is first asked for and then kept: at most 3 · 256. For one thread.
class RoundCommittees {
  public:
    // `seed`: of the block before the round.
    RoundCommittees(const Provisioners& provisioners, const ledger::Seed& seed, ledger::Height round);

    [[nodiscard]] ledger::Height round() const { return round_; }
    // Who proposes; null where nobody is eligible.
    [[nodiscard]] const Committee::Member* generator(std::uint8_t iteration);
    // Without the generator of this iteration and (below 49) of the next.
    [[nodiscard]] const Committee& voters(std::uint8_t iteration, ledger::VotingStep step);
    [[nodiscard]] bool is_eligible(const ledger::KeyBytes& key) const { return sortition_.contains(key); }

  private:
    struct Iteration {
        std::optional<Committee> generator{};
        std::array<std::optional<Committee>, 2> voters{};
    };
    Sortition sortition_;
    ledger::Seed seed_;
    ledger::Height round_;
    std::array<Iteration, 256> iterations_{};
};

}  // namespace dusk::consensus
