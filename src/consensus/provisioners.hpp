// Who has a stake, and from when on it counts (spec/consensus.md §5).
#pragma once

#include <map>
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
[[nodiscard]] std::string_view to_string(StakeChangeError error);

// Ordered by the 96 bytes of the keys. Copies share nothing; a set of 5000 takes about 3 MB.
class Provisioners {
  public:
    using Map = std::map<ledger::KeyBytes, Provisioner>;

    Provisioners() = default;
    // Replaces what was known of the key; a value of zero is left out.
    void set(const Provisioner& provisioner);
    void remove(const ledger::KeyBytes& key);
    // What a block at `height` did. After an error the set must be read anew from the contract.
    [[nodiscard]] Result<void, StakeChangeError> apply(std::span<const StakeChange> changes, ledger::Height height);

    [[nodiscard]] const Map& all() const { return provisioners_; }
    [[nodiscard]] const Provisioner* find(const ledger::KeyBytes& key) const;
    // Whether the stake counts in this round: it is old and large enough.
    [[nodiscard]] static bool is_eligible(const Provisioner& provisioner, ledger::Height round);
    [[nodiscard]] bool is_eligible(const ledger::KeyBytes& key, ledger::Height round) const;

    friend bool operator==(const Provisioners&, const Provisioners&) = default;

  private:
    Map provisioners_;
};

}  // namespace dusk::consensus
