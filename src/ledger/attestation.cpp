#include "ledger/attestation.hpp"

#include "ledger/limits.hpp"

namespace dusk::ledger {

Attestation Attestation::read(WireReader& in) {
    Attestation out;
    out.result = RatificationResult::read(in);
    out.validation = StepVotes::read(in);
    out.ratification = StepVotes::read(in);
    return out;
}

void Attestation::write(Writer& out) const {
    result.write(out);
    validation.write(out);
    ratification.write(out);
}

IterationsInfo IterationsInfo::read(WireReader& in) {
    const auto count = in.at_most<std::uint8_t>(kMostFailedIterations, WireFault::too_many_iterations);
    IterationsInfo out;
    for (std::uint8_t i = 0; i < count && in.ok(); ++i) {
        auto& iteration = out.iterations.emplace_back();
        if (in.at_most<std::uint8_t>(1, WireFault::bad_option) == 0) continue;
        iteration.emplace();
        iteration->attestation = Attestation::read(in);
        iteration->generator = KeyBytes::read(in);
    }
    return out;
}

void IterationsInfo::write(Writer& out) const {
    if (iterations.size() > kMostFailedIterations) throw std::length_error("a header names at most 8 iterations");
    out.count_le<std::uint8_t>(iterations.size());
    for (const auto& iteration : iterations) {
        out.boolean(iteration.has_value());
        if (!iteration) continue;
        iteration->attestation.write(out);
        iteration->generator.write(out);
    }
}

}  // namespace dusk::ledger
