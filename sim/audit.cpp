#include "sim/audit.hpp"

#include <fmt/format.h>

#include "consensus/quorum.hpp"
#include "execution/reward_schedule.hpp"
#include "ledger/limits.hpp"
#include "sim/violation.hpp"
#include "sim/watch.hpp"

namespace dusk::sim {

using consensus::RoundCommittees;
using ledger::BlockHeader;

Audit::Audit(const ledger::Block& genesis, const ModelLedgerPtr& ledger, consensus::Signatures& signatures,
             std::chrono::seconds block_time)
    : signatures_(signatures), block_time_(block_time) {
    seen_.emplace(genesis.header.hash,
                  Seen{.header = genesis.header, .ledger = ledger, .committees = {}, .lux = ledger->supply().value});
}

void Audit::demand(bool holds, const BlockHeader& header, std::string_view what) const {
    if (holds) return;
    throw Violation(fmt::format("block {} at height {} {}", short_name(header.hash.bytes), header.height.value, what));
}

std::vector<ledger::Voter> Audit::attested(const BlockHeader& header, const ledger::Attestation& attestation,
                                           const std::shared_ptr<RoundCommittees>& committees) {
    const auto voters =
        consensus::verify_attestation(attestation, consensus_header(header), *committees,
                                      ledger::RatificationResult{true, ledger::Vote::valid(header.hash)}, signatures_);
    demand(voters.has_value(), header, "is not attested, or not certified");
    return *voters;
}

void Audit::look_at_header(const BlockHeader& header, const Seen& before, RoundCommittees& committees) {
    const BlockHeader& tip = before.header;
    demand(header.height.value == tip.height.value + 1, header, "does not follow the block before it");
    demand(header.version == BlockHeader::kVersion, header, "has another version");
    demand(header.timestamp >= tip.timestamp + static_cast<std::uint64_t>(block_time_.count()), header, "is too early");
    const auto* generator = committees.generator(header.iteration);
    demand(generator != nullptr && generator->bytes == header.generator, header, "is not by the generator");
    demand(signatures_.verify({generator->key, header.signature}, header.hash.bytes).has_value(), header,
           "is not signed");
    demand(signatures_.verify({generator->key, {header.seed.bytes}}, tip.seed.bytes).has_value(), header,
           "has another seed");
    const auto& failed = header.failed_iterations.iterations;
    demand(failed.size() <= ledger::kMostFailedIterations, header, "names too many failed iterations");
    for (std::size_t i = 0; i < failed.size(); ++i) {
        if (!failed[i]) continue;
        const auto iteration = static_cast<std::uint8_t>(i);
        const auto* who = committees.generator(iteration);
        demand(who != nullptr && who->bytes == failed[i]->generator, header, "blames another generator");
        demand(consensus::verify_attestation(failed[i]->attestation, {tip.hash, header.height.value, iteration},
                                             committees, ledger::RatificationResult{}, signatures_)
                   .has_value(),
               header, "names an iteration that did not fail");
    }
}

void Audit::look_at(const ledger::Block& block) {
    const BlockHeader& header = block.header;
    if (const auto known = seen_.find(header.hash); known != seen_.end()) {
        (void)attested(header, header.attestation, known->second.committees);
        return;
    }
    demand(block.hash_holds(), header, "is not named by its content");
    const auto at = seen_.find(header.prev_block_hash);
    demand(at != seen_.end(), header, "is on a block that nobody accepted");
    const Seen& before = at->second;
    auto committees =
        std::make_shared<RoundCommittees>(before.ledger->provisioners(), before.header.seed, header.height);
    look_at_header(header, before, *committees);
    demand(header.transactions_root == ledger::transactions_root(block.transactions), header, "has another root");
    (void)attested(header, header.attestation, committees);
    std::vector<ledger::Voter> certified;
    if (before.committees != nullptr) {
        certified = attested(before.header, header.prev_block_certificate, before.committees);
    }
    auto executed = execute_model_block(*before.ledger, block, certified);
    demand(executed.has_value(), header, "cannot be executed");
    demand(executed->effect.root == header.state_root, header, "leads to another state");
    const std::uint64_t lux = before.lux + execution::emission(header.height).value;
    demand(executed->after->supply().value <= lux, header, "makes lux");
    seen_.emplace(header.hash, Seen{.header = header,
                                    .transactions = block.transactions.size(),
                                    .ledger = executed->after,
                                    .committees = std::move(committees),
                                    .lux = lux});
}

const Audit::Seen* Audit::find(const ledger::BlockHash& hash) const {
    const auto at = seen_.find(hash);
    return at == seen_.end() ? nullptr : &at->second;
}

}  // namespace dusk::sim
