// The long work of a node, done: what the jobs of its core come to (core_actions.hpp).
#pragma once

#include "chain/contract_states.hpp"
#include "execution/proof_checks.hpp"
#include "node/core_actions.hpp"

namespace dusk::node {

// Calls for the same states and checks may run on several threads. What is passed by reference outlives the call.

[[nodiscard]] BuiltCandidate build_candidate(const BuildJob& job, chain::ContractStates& states,
                                             const execution::CandidateLimits& limits, const Clock& clock);
[[nodiscard]] consensus::Verdict judge_candidate(const JudgeJob& job, chain::ContractStates& states);
[[nodiscard]] std::vector<ProofFinding> check_proofs(const CheckJob& job, execution::ProofChecks& checks,
                                                     RandomSource& random, Executor& executor);

}  // namespace dusk::node
