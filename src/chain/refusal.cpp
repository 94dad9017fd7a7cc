#include "chain/refusal.hpp"

#include "base/cases.hpp"

namespace dusk::chain {
std::string_view to_string(BrokenBlock broken) {
    switch (broken) {
        case BrokenBlock::hash:
            return "the hash is not that of the header";
        case BrokenBlock::transactions_root:
            return "the transactions are not those of the header";
        case BrokenBlock::faults_root:
            return "the faults are not those of the header";
    }
    return "unknown error";
}

std::optional<BrokenBlock> find_broken(const ledger::Block& block) {
    if (!block.hash_holds()) return BrokenBlock::hash;
    if (ledger::transactions_root(block.transactions) != block.header.transactions_root) {
        return BrokenBlock::transactions_root;
    }
    if (ledger::faults_root(block.faults) != block.header.faults_root) return BrokenBlock::faults_root;
    return {};
}

bool is_of_the_block(const BlockRefusal& refusal) {
    return std::visit(Cases{[](BrokenBlock) { return true; },
                            [](const HeaderFailure& failure) {
                                return must_vote(failure.error) ||
                                       failure.error == HeaderError::invalid_block_signature;
                            },
                            [](consensus::FaultError) { return true; },
                            [](const TransitionFailure& failure) { return failure.of_the_block; },
                            [](const StoreFailure&) { return false; }},
                      refusal);
}

consensus::Verdict verdict_of(const BlockRefusal& refusal) {
    using consensus::Verdict;
    const auto invalid_if = [](bool invalid) { return invalid ? Verdict::invalid : Verdict::unknown; };
    return std::visit(Cases{[](BrokenBlock) { return Verdict::unknown; },
                            [&](const HeaderFailure& failure) { return invalid_if(must_vote(failure.error)); },
                            [](consensus::FaultError) { return Verdict::invalid; },
                            [&](const TransitionFailure& failure) { return invalid_if(failure.of_the_block); },
                            [](const StoreFailure&) { return Verdict::unknown; }},
                      refusal);
}

bool is_of_the_node(const BlockRefusal& refusal) { return std::holds_alternative<StoreFailure>(refusal); }

std::string describe(const BlockRefusal& refusal) {
    return std::visit(Cases{[](BrokenBlock broken) { return std::string(to_string(broken)); },
                            [](const HeaderFailure& failure) { return describe(failure); },
                            [](consensus::FaultError error) { return "a fault: " + std::string(to_string(error)); },
                            [](const TransitionFailure& failure) { return failure.text; },
                            [](const StoreFailure& failure) { return failure.text; }},
                      refusal);
}

}  // namespace dusk::chain
