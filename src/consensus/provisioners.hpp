// Who has a stake, and from when on it counts (spec/consensus.md §5).
#pragma once

#include <map>
#include <memory>
#include <span>

#include "base/result.hpp"
#include "consensus/rules.hpp"
#include "ledger/block_names.hpp"
#include "ledger/stake_contract.hpp"

namespace dusk::consensus {

struct Provisioner {
    crypto::BlsPublicKey key;
    ledger::Lux value;
    ledger::Height eligible_since;
    friend bool operator==(const Provisioner&, const Provisioner&) = default;
};

// What a block's event of the stake contract does to the stakes.
struct StakeAdded {
    crypto::BlsPublicKey key;
    ledger::Lux value;
};
struct StakeTaken {
    crypto::BlsPublicKey key;
    ledger::Lux value;
};
struct StakeSlashed {
    crypto::BlsPublicKey key;
    ledger::Lux value;
    ledger::Height eligible_since;
};
using StakeChange = std::variant<StakeAdded, StakeTaken, StakeSlashed>;

enum class StakeChangeError : std::uint8_t {
    unknown,   // of an account that has no stake
    too_much,  // more is taken than there is
    empty,     // something is added to a stake of zero
    overflow,  // beyond 64 bits
};

// Ordered by the 96 bytes of the keys; a set of 5000 takes about 3 MB. Copies share their entries until one of them is
// changed, which then takes O(n); so all copies of a set belong to one thread.
class Provisioners {
  public:
    using Map = std::map<ledger::KeyBytes, Provisioner>;

    Provisioners() = default;
    // To move is to copy: no set is without entries to look at.
    Provisioners(const Provisioners&) = default;
    Provisioners& operator=(const Provisioners&) = default;
    ~Provisioners() = default;

    // Replaces what was known of the key; a value of zero is left out.
    void set(const Provisioner& provisioner);
    void remove(const ledger::KeyBytes& key);
    // What a block at `height` did. After an error the set must be read anew from the contract.
    [[nodiscard]] Result<void, StakeChangeError> apply(std::span<const StakeChange> changes, ledger::Height height);

    [[nodiscard]] const Map& all() const { return *entries_; }
    // As they are now, whatever happens to this set.
    [[nodiscard]] std::shared_ptr<const Map> snapshot() const { return entries_; }
    [[nodiscard]] const Provisioner* find(const ledger::KeyBytes& key) const;
    // Whether the stake counts in this round: it is old and large enough.
    [[nodiscard]] static bool is_eligible(const Provisioner& provisioner, ledger::Height round);
    [[nodiscard]] bool is_eligible(const ledger::KeyBytes& key, ledger::Height round) const;

    friend bool operator==(const Provisioners& a, const Provisioners& b) {
        return a.entries_ == b.entries_ || *a.entries_ == *b.entries_;
    }

  private:
    // To change them.
    [[nodiscard]] Map& own();

    std::shared_ptr<Map> entries_ = std::make_shared<Map>();
};

}  // namespace dusk::consensus
