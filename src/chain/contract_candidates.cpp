#include <algorithm>

#include "chain/contract_states.hpp"
#include "execution/blob_proof.hpp"

namespace dusk::chain {
namespace {

using execution::BlockFrame;
using execution::Candidate;
using ledger::Block;
using ledger::StateRoot;

// Behind the transactions stands how many faults there are, and no fault.
constexpr std::size_t kFaultBytes = 4;

std::size_t encoded_size(const ledger::BlockHeader& header) {
    Writer out;
    header.write(out);
    return out.size();
}

Block block_of(const CandidateFrame& frame, const Candidate& candidate, WallTime now) {
    Block out{.header = frame.header, .transactions = {}, .faults = {}};
    for (const ledger::LedgerTransaction* transaction : candidate.transactions) {
        out.transactions.push_back(*transaction);
    }
    ledger::BlockHeader& header = out.header;
    header.transactions_root = ledger::transactions_root(out.transactions);
    header.faults_root = ledger::faults_root(out.faults);
    header.state_root = candidate.block.root();
    header.event_bloom = candidate.block.receipts().bloom;
    header.timestamp = std::max(header.timestamp, unix_seconds(now));
    header.hash = header.content_hash();
    return out;
}

bool has_good_blobs(const Block& block) {
    return std::ranges::all_of(block.transactions, [](const ledger::LedgerTransaction& transaction) {
        return execution::check_blobs(transaction.transaction).has_value();
    });
}

}  // namespace

consensus::Verdict ContractStates::judge(const Block& block, const StateRoot& base,
                                         std::span<const ledger::Voter> voters) {
    if (const auto executed = verify(block, base, voters); !executed) {
        return executed.error().of_the_block ? consensus::Verdict::invalid : consensus::Verdict::unknown;
    }
    return has_good_blobs(block) ? consensus::Verdict::valid : consensus::Verdict::invalid;
}

Result<BuiltCandidate, TransitionFailure> ContractStates::build(const CandidateFrame& frame,
                                                                const execution::NextTransaction& next,
                                                                execution::CandidateLimits limits, const Clock& clock) {
    const Block empty{.header = frame.header, .transactions = {}, .faults = {}};
    const auto shape = execution::frame_of(empty, frame.base, chain_id_, frame.voters);
    if (!shape) return fail(TransitionFailure{.of_the_block = false, .text = describe(shape.error())});
    const std::size_t taken = encoded_size(frame.header) + kFaultBytes;
    limits.bytes -= std::min(limits.bytes, taken);
    limits.gas = frame.header.gas_limit;
    auto candidate = execution::build_candidate(*machine_, *shape, next, limits, clock);
    if (!candidate) return fail(TransitionFailure{.of_the_block = false, .text = describe(candidate.error())});

    BuiltCandidate out{.block = block_of(frame, *candidate, clock.wall_time()), .dropped = {}};
    for (auto& dropped : candidate->dropped) {
        out.dropped.push_back({dropped.transaction->id(), std::move(dropped.text)});
    }
    remember({out.block.header.hash, frame.base, transition_of(out.block, candidate->block),
              std::make_unique<execution::ExecutedBlock>(std::move(candidate->block))});
    return out;
}

}  // namespace dusk::chain
