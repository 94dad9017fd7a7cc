// Blocks that came before their turn.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "chain/service_actions.hpp"

namespace dusk::chain {

// About how many bytes a block takes in memory and on the wire.
[[nodiscard]] std::size_t size_of(const ledger::Block& block);

struct PooledBlock {
    ledger::SocketAddress peer{};  // who sent it
    BlockPtr block;
};

// Of heights that were asked for only, so that nobody can fill it with others. Two different blocks of a height are
// kept: one of them may be wrong.
class BlockPool {
  public:
    static constexpr std::size_t kMostBytes = std::size_t{64} << 20;
    static constexpr std::size_t kMostOfHeight = 2;

    // False where there is no room, or the block is there. A block of a lower height takes the place of higher ones.
    bool put(PooledBlock pooled);
    // A block of this height, out of the pool; nothing where there is none.
    [[nodiscard]] std::optional<PooledBlock> take(ledger::Height height);
    [[nodiscard]] bool has(ledger::Height height) const { return blocks_.contains(height); }
    // Those of this height and below are of no use any more.
    void drop_to(ledger::Height height);
    // All that the peer has sent.
    void drop_from(const ledger::SocketAddress& peer);
    void clear();

    [[nodiscard]] std::size_t bytes() const { return bytes_; }

  private:
    using Blocks = std::map<ledger::Height, std::vector<PooledBlock>>;
    void erase(Blocks::iterator height);

    Blocks blocks_;
    std::size_t bytes_ = 0;
};

}  // namespace dusk::chain
