// Looks at a final chain from its first block on, by the rules and by nothing that a node remembers.
#pragma once

#include "consensus/signatures.hpp"
#include "sim/model_ledger.hpp"

namespace dusk::sim {

struct AuditFindings {
    std::uint64_t transactions = 0;
    std::uint8_t highest_iteration = 0;
};

// Blocks 1 … `height`: links, hashes, roots, times, generators, attestations, certificates, states, and that there is no
// lux but what was emitted. Throws Violation.
[[nodiscard]] AuditFindings audit_chain(chain::BlockStore& blocks, const ledger::Block& genesis,
                                        const ModelLedgerPtr& genesis_ledger, std::uint64_t height,
                                        consensus::Signatures& signatures, std::chrono::seconds block_time);

}  // namespace dusk::sim
