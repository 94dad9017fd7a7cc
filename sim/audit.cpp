#include "sim/audit.hpp"

#include <fmt/format.h>

#include "consensus/quorum.hpp"
#include "execution/reward_schedule.hpp"
#include "sim/violation.hpp"

namespace dusk::sim {
namespace {

using consensus::RoundCommittees;

class Audit {
  public:
    Audit(const ledger::Block& genesis, ModelLedgerPtr ledger, consensus::Signatures& signatures,
          std::chrono::seconds block_time)
        : signatures_(signatures), block_time_(block_time), tip_(genesis.header), ledger_(std::move(ledger)) {
        lux_ = ledger_->supply().value;
    }

    void look_at(const ledger::Block& block) {
        const ledger::BlockHeader& header = block.header;
        height_ = header.height.value;
        demand(block.hash_holds(), "is not named by its content");
        demand(header.height.value == tip_.height.value + 1 && header.prev_block_hash == tip_.hash,
               "does not follow the block before it");
        demand(header.timestamp >= tip_.timestamp + static_cast<std::uint64_t>(block_time_.count()), "is too early");
        demand(header.transactions_root == ledger::transactions_root(block.transactions), "has another root");
        RoundCommittees committees(ledger_->provisioners(), tip_.seed, header.height);
        const auto* generator = committees.generator(header.iteration);
        demand(generator != nullptr && generator->bytes == header.generator, "is not by the generator");
        demand(signatures_.verify({generator->key, header.signature}, header.hash.bytes).has_value(), "is not signed");
        demand(signatures_.verify({generator->key, {header.seed.bytes}}, tip_.seed.bytes).has_value(),
               "has another seed");
        const auto voters = attested(header, header.attestation, tip_, committees);
        std::vector<ledger::Voter> certified;
        if (before_) {
            certified = attested(tip_, header.prev_block_certificate, *before_, *before_committees_);
        }
        execute(block, certified);
        findings_.transactions += block.transactions.size();
        findings_.highest_iteration = std::max(findings_.highest_iteration, header.iteration);
        before_ = tip_;
        before_committees_.emplace(std::move(committees));
        tip_ = header;
    }

    [[nodiscard]] const AuditFindings& findings() const { return findings_; }

  private:
    void demand(bool holds, std::string_view what) const {
        if (!holds) throw Violation(fmt::format("final block {} {}", height_, what));
    }

    std::vector<ledger::Voter> attested(const ledger::BlockHeader& header, const ledger::Attestation& attestation,
                                        const ledger::BlockHeader& before, RoundCommittees& committees) {
        const auto voters = consensus::verify_attestation(
            attestation, {before.hash, header.height.value, header.iteration}, committees,
            ledger::RatificationResult{true, ledger::Vote::valid(header.hash)}, signatures_);
        demand(voters.has_value(), "is not attested, or not certified");
        return *voters;
    }

    void execute(const ledger::Block& block, std::span<const ledger::Voter> voters) {
        auto executed = execute_model_block(*ledger_, block, voters);
        demand(executed.has_value(), "cannot be executed");
        demand(executed->effect.root == block.header.state_root, "leads to another state");
        ledger_ = executed->after;
        lux_ += execution::emission(block.header.height).value;
        demand(ledger_->supply().value <= lux_, "makes lux");
    }

    consensus::Signatures& signatures_;
    std::chrono::seconds block_time_;
    ledger::BlockHeader tip_;
    ModelLedgerPtr ledger_;
    std::uint64_t lux_ = 0;
    std::optional<ledger::BlockHeader> before_;
    std::optional<RoundCommittees> before_committees_;
    std::uint64_t height_ = 0;
    AuditFindings findings_;
};

}  // namespace

AuditFindings audit_chain(chain::BlockStore& blocks, const ledger::Block& genesis, const ModelLedgerPtr& genesis_ledger,
                          std::uint64_t height, consensus::Signatures& signatures, std::chrono::seconds block_time) {
    Audit audit(genesis, genesis_ledger, signatures, block_time);
    for (std::uint64_t h = 1; h <= height; ++h) {
        const auto at = blocks.at({h});
        if (!at || !*at) throw Violation(fmt::format("no final block at height {}", h));
        const auto block = blocks.block((*at)->hash);
        if (!block || !*block) throw Violation(fmt::format("final block {} cannot be read", h));
        audit.look_at(**block);
    }
    return audit.findings();
}

}  // namespace dusk::sim
