// Messages that came before their step (spec/consensus.md §8.2): kept until the round gets there.
//
// Bounded in every direction: messages of a step, messages of one signer in a step, bytes. Where the bytes are used up,
// those furthest away make room.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "consensus/round.hpp"

namespace dusk::consensus {

class FutureMessages {
  public:
    struct Limits {
        std::size_t of_step = 1000;
        std::size_t of_signer = 2;  // in one step: what shows that it voted twice
        std::size_t vote_bytes = std::size_t{16} << 20U;
        std::size_t candidate_bytes = std::size_t{16} << 20U;
    };
    explicit FutureMessages(const Limits& limits) : limits_(limits) {}

    enum class Outcome : std::uint8_t { queued, known, full };
    // A candidate or vote whose signature by `signer` was checked. O(messages of the step).
    Outcome push(const MessagePtr& message, const ledger::KeyBytes& signer);

    // Removes and returns those of a round on this block, up to and with the step, in the order of the steps.
    [[nodiscard]] std::vector<MessagePtr> take(std::uint64_t round, const ledger::BlockHash& tip,
                                               std::uint8_t iteration, ledger::Step step);
    // The same for the whole round.
    [[nodiscard]] std::vector<MessagePtr> take_round(std::uint64_t round, const ledger::BlockHash& tip);
    // Forgets all other rounds.
    void keep_rounds(std::uint64_t first, std::uint64_t last);

    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] std::size_t bytes() const { return bytes_[0] + bytes_[1]; }

  private:
    struct Slot {
        std::uint64_t round = 0;
        std::uint8_t iteration = 0;
        ledger::Step step{};
        friend auto operator<=>(const Slot&, const Slot&) = default;
    };
    struct Entry {
        MessagePtr message;
        ledger::KeyBytes signer{};
        ledger::BlockHash tip{};
        Bytes statement;  // what the signer says: two with the same are one
        std::size_t bytes = 0;
    };
    using Slots = std::map<Slot, std::vector<Entry>>;

    [[nodiscard]] static bool is_candidate(const Slot& slot) { return slot.step == ledger::Step::proposal; }
    [[nodiscard]] std::size_t& bytes_of(const Slot& slot) { return bytes_[is_candidate(slot) ? 0 : 1]; }
    [[nodiscard]] bool make_room(const Slot& slot, std::size_t bytes);
    void drop(Slots::iterator slot, std::size_t index);
    [[nodiscard]] std::vector<MessagePtr> take_between(const Slot& first, const Slot& last,
                                                       const ledger::BlockHash& tip);

    Limits limits_;
    Slots slots_;
    std::size_t size_ = 0;
    std::array<std::size_t, 2> bytes_{};  // of candidates, of votes
};

}  // namespace dusk::consensus
