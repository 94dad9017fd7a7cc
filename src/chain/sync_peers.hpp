// Who claims to have blocks that we lack, who was asked for which, and who keeps the promise.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "ledger/inventory.hpp"
#include "ledger/quantities.hpp"

namespace dusk::chain {

class SyncPeers {
  public:
    using Address = ledger::SocketAddress;

    static constexpr std::size_t kMost = 32;
    static constexpr std::size_t kMostResting = 256;
    static constexpr unsigned kMostFailures = 3;
    static constexpr std::chrono::seconds kRequestTime{5};      // in which a request must bring a block
    static constexpr std::chrono::seconds kNextBlockTime{2};    // and then the next one
    static constexpr std::chrono::seconds kLongestRequest{15};  // and all of them
    static constexpr std::chrono::seconds kRest{60};            // that nobody is believed after having failed
    static constexpr std::chrono::seconds kShortRest{10};       // the same, of who was asked once in vain

    struct Peer {
        ledger::Height claim{};
        bool is_proven = false;           // has delivered a block that was accepted
        unsigned failures = 0;            // requests in a row that brought nothing
        std::set<ledger::Height> open{};  // asked for and not delivered
        MonotonicTime deadline{};         // of these
        MonotonicTime last_deadline{};    // of these, however many came
    };

    explicit SyncPeers(RandomSource& random) : random_(&random) {}

    // Believes the claim for now. Ignored while the peer rests, or where all places are taken by peers that delivered
    // or were asked; else one of those makes room that have done neither.
    void claim(const Address& peer, ledger::Height height, MonotonicTime now);
    void ask(const Address& peer, const std::vector<ledger::Height>& heights, MonotonicTime now);
    // A block came that may be a good one.
    void deliver(const Address& peer, ledger::Height height, MonotonicTime now);
    // A block of it became part of the chain.
    void prove(const Address& peer);
    // Forgets the peer and does not believe it for a while.
    void rest(const Address& peer, MonotonicTime until);
    // It may be believed again at once.
    void wake(const Address& peer) { resting_.erase(peer); }
    // Ends requests that are over time. Who never delivered rests for a little; who failed too often, for longer, and
    // is returned.
    std::vector<Address> expire(MonotonicTime now);
    // Forgets peers that claim no more than this.
    void drop_to(ledger::Height height);

    [[nodiscard]] const Peer* find(const Address& peer) const;
    [[nodiscard]] ledger::Height best_claim() const;
    [[nodiscard]] std::size_t count() const { return peers_.size(); }
    [[nodiscard]] std::size_t asked() const;
    // Whether somebody was asked for it and may still answer.
    [[nodiscard]] bool is_open(ledger::Height height) const;
    // Peers that claim to have the block and were not asked for anything: proven ones first, else by chance.
    [[nodiscard]] std::vector<Address> idle(ledger::Height height);
    // The first deadline of a request; none: there is no request.
    [[nodiscard]] std::optional<MonotonicTime> deadline() const;

  private:
    [[nodiscard]] bool make_room();
    [[nodiscard]] std::uint64_t below(std::uint64_t count);

    RandomSource* random_;
    std::map<Address, Peer> peers_;
    std::map<Address, MonotonicTime> resting_;  // until when
};

}  // namespace dusk::chain
