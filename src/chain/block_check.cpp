#include "chain/block_check.hpp"

#include "chain/block_faults.hpp"

namespace dusk::chain {
namespace {

using ledger::Block;

Result<void, BlockRefusal> check_faults(const Block& block, const LedgerView& ledger,
                                        consensus::Signatures& signatures) {
    const auto good = check_block_faults(block.faults, block.header.height, ledger, signatures);
    if (good) return {};
    return fail(std::visit([](const auto& why) { return BlockRefusal(why); }, good.error()));
}

Result<HeaderFindings, BlockRefusal> check_header_of(const Block& block, HeaderUse use, const Head& head,
                                                     const LedgerView& ledger, WallTime now, const CheckPorts& ports) {
    const auto known = ledger.height_of(block.header.hash);
    if (!known) return fail(BlockRefusal(known.error()));
    const HeaderPlace place{.previous = head.tip,
                            .committees = *head.committees,
                            .previous_committees = head.tip_committees.get(),
                            .now = now,
                            .is_known = known->has_value(),
                            .minimum_block_time = ports.minimum_block_time};
    auto findings = check_header(block.header, use, place, ports.signatures);
    if (!findings) return fail(BlockRefusal(findings.error()));
    return *std::move(findings);
}

}  // namespace

Result<CheckedBlock, BlockRefusal> check_block(const consensus::BlockPtr& block, const Head& head,
                                               const LedgerView& ledger, WallTime now, const CheckPorts& ports) {
    auto findings = check_header_of(*block, HeaderUse::block, head, ledger, now, ports);
    if (!findings) return fail(std::move(findings).error());
    if (auto good = check_faults(*block, ledger, ports.signatures); !good) return fail(good.error());
    auto transition = ports.states.verify(*block, head.tip.state_root, findings->certificate_voters);
    if (!transition) return fail(BlockRefusal(std::move(transition).error()));
    return CheckedBlock{block, *std::move(findings), *std::move(transition)};
}

Result<HeaderFindings, BlockRefusal> check_candidate(const Block& block, const Head& head, const LedgerView& ledger,
                                                     WallTime now, const CheckPorts& ports) {
    if (auto good = check_faults(block, ledger, ports.signatures); !good) return fail(good.error());
    return check_header_of(block, HeaderUse::candidate, head, ledger, now, ports);
}

}  // namespace dusk::chain
