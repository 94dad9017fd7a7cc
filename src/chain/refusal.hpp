// Why a block does not enter the chain (spec/consensus.md §11), one reason for each rule.
#pragma once

#include <string>
#include <variant>

#include "chain/header_rules.hpp"
#include "chain/states.hpp"
#include "consensus/fault_rules.hpp"

namespace dusk::chain {

// This copy is not the block that the hash names: somebody changed it on its way. Nothing is said of the block.
enum class BrokenBlock : std::uint8_t { hash, transactions_root, faults_root };
[[nodiscard]] std::string_view to_string(BrokenBlock broken);
// About 5 ms for a block of 1 MiB.
[[nodiscard]] std::optional<BrokenBlock> find_broken(const ledger::Block& block);

using BlockRefusal = std::variant<BrokenBlock, HeaderFailure, consensus::FaultError, TransitionFailure, StoreFailure>;

// Whether every node refuses it, whatever its clock and its chain say: then whoever sends it is to blame.
[[nodiscard]] bool is_of_the_block(const BlockRefusal& refusal);
// What a member of the committee says of a candidate (§8.4).
[[nodiscard]] consensus::Verdict verdict_of(const BlockRefusal& refusal);
// Whether this node cannot go on.
[[nodiscard]] bool is_of_the_node(const BlockRefusal& refusal);
// For people.
[[nodiscard]] std::string describe(const BlockRefusal& refusal);

}  // namespace dusk::chain
