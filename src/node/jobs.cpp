#include "node/jobs.hpp"

#include "execution/blob_proof.hpp"

namespace dusk::node {

BuiltCandidate build_candidate(const BuildJob& job, chain::ContractStates& states,
                               const execution::CandidateLimits& limits, const Clock& clock) {
    std::size_t at = 0;
    const auto next = [&]() -> const ledger::LedgerTransaction* {
        return at < job.transactions.size() ? job.transactions[at++].get() : nullptr;
    };
    auto built = states.build(job.frame, next, limits, clock);
    BuiltCandidate out;
    if (!built) {
        out.failure = std::move(built.error().text);
        return out;
    }
    out.block = std::move(built->block);
    for (auto& dropped : built->dropped) out.discarded.push_back({dropped.id, std::move(dropped.text)});
    return out;
}

consensus::Verdict judge_candidate(const JudgeJob& job, chain::ContractStates& states) {
    return states.judge(*job.block, job.base, job.voters);
}

std::vector<ProofFinding> check_proofs(const CheckJob& job, execution::ProofChecks& checks, RandomSource& random,
                                       Executor& executor) {
    std::vector<const ledger::Transaction*> transactions;
    transactions.reserve(job.transactions.size());
    for (const TransactionPtr& one : job.transactions) transactions.push_back(&one->transaction);
    std::vector<ProofFinding> out;
    out.reserve(transactions.size());
    const auto verdicts = checks.check(transactions, random, executor);
    for (std::size_t i = 0; i < verdicts.size(); ++i) {
        if (!verdicts[i]) {
            out.emplace_back(execution::node_text(verdicts[i].error()));
        } else if (const auto blobs = execution::check_blobs(*transactions[i]); !blobs) {
            out.emplace_back(to_string(blobs.error()));
        } else {
            out.emplace_back();
        }
    }
    return out;
}

}  // namespace dusk::node
