#include "execution/penalties.hpp"

namespace dusk::execution {
namespace {

using ledger::Vote;

std::optional<Penalty::Kind> kind_of(const ledger::RatificationResult& result) {
    if (result.success) return {};
    switch (result.vote.kind()) {
        case Vote::Kind::no_candidate:
            return Penalty::Kind::soft;
        case Vote::Kind::invalid:
            return Penalty::Kind::hard;
        default:
            return {};
    }
}

}  // namespace

std::vector<Penalty> penalties(const ledger::IterationsInfo& failed, std::span<const ledger::Fault> faults) {
    std::vector<Penalty> out;
    for (const auto& iteration : failed.iterations) {
        if (!iteration) continue;
        const auto kind = kind_of(iteration->attestation.result);
        if (!kind) continue;
        if (const auto account = ledger::AccountKey::from_bytes(iteration->generator.bytes)) {
            out.push_back({*account, *kind});
        }
    }
    for (const ledger::Fault& fault : faults) out.push_back({fault.culprit(), Penalty::Kind::hard_with_fault});
    return out;
}

}  // namespace dusk::execution
