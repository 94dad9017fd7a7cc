// Who sat in the committees of a block and who voted, as people ask for it (docs/interfaces.md).
#pragma once

#include <nlohmann/json.hpp>
#include <optional>

#include "chain/block_store.hpp"
#include "chain/kept_stakes.hpp"

namespace dusk::rpc {

inline constexpr std::string_view kNoStakes =
    "the stakes before this block are not known: docs/operate/archive.md says from when on they are";

// What the chain says of a block for this.
struct CommitteeSource {
    ledger::BlockHeader header{};
    ledger::Seed seed{};  // of the block before
    // Of the block's own iteration: as the block after it shows it, and so the same for everybody; before there is one,
    // as this node has it. Nothing where nobody attested the block.
    std::optional<ledger::Attestation> attestation{};
};
// Nothing for the first block, which has no committees, and where the chain does not have the block or the one before.
[[nodiscard]] chain::StoreResult<std::optional<CommitteeSource>> committee_source(chain::BlockStore& blocks,
                                                                                  ledger::Height height);

// `stakes`: those before the block. Takes a third of a millisecond for each stake that counts.
[[nodiscard]] nlohmann::ordered_json committees_json(const CommitteeSource& source,
                                                     std::span<const chain::KeptStake> stakes);

}  // namespace dusk::rpc
