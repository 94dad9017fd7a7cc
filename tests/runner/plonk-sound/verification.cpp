// negative.json and cross.json of the sound system, and negative.json of the released one.
#include "base/hex.hpp"
#include "phoenix/transfer_verifiers.hpp"
#include "plonk-sound/proofs.hpp"

namespace dusk::vectors {
namespace {

using plonk::Proof;
using plonk::ProofError;
using plonk::VerifierData;

// Where reading or verifying stops, in the words of the files. None: accepted.
struct Outcome {
    std::string_view stage;
    ProofError error;
};

template <class Read>
std::optional<Outcome> outcome(const Read& read, plonk::Rules rules, ByteView data, ByteView proof_bytes,
                               std::span<const Fq> public_inputs) {
    const auto verifier_data = read(data);
    if (!verifier_data) return Outcome{"verifier data: ", verifier_data.error()};
    const auto proof = Proof::from_slice(proof_bytes);
    if (!proof) return Outcome{"proof: ", proof.error()};
    const auto verified = plonk::Verifier(*verifier_data, rules).verify(*proof, public_inputs);
    if (!verified) return Outcome{"verify: ", verified.error()};
    return std::nullopt;
}

// What the reference says for a reason of ours; it has fewer.
bool matches(std::string_view text, const Outcome& outcome) {
    if (!text.starts_with(outcome.stage)) return false;
    text.remove_prefix(outcome.stage.size());
    switch (outcome.error) {
        case ProofError::short_input:
            return text == "NotEnoughBytes" || text.contains("BadLength");
        case ProofError::bad_domain:
            return text.starts_with("InvalidEvalDomainSize");
        case ProofError::wrong_public_inputs:
            return text.starts_with("InconsistentPublicInputsLen");
        case ProofError::not_accepted:
            return text == "ProofVerificationError";
        default:
            return text.contains("InvalidData");
    }
}

void check(const Node& c, const std::optional<Outcome>& got, Report& report) {
    report.expect(!got == c["accept"].boolean(), c["accept"], "differs");
    const std::string text = c["error"].text();
    report.expect(got ? matches(text, *got) : text.empty(), c["error"],
                  got ? plonk::to_string(got->error) : "is accepted");
    c["name"].describe();
}

void run_released(const Node& root, Report& report) {
    root["seed"].describe();
    for (const Node& c : root["negative"].items()) {
        report.run(c, [&] {
            const Bytes data = c["verifier_data"].hex();
            const Bytes proof = c["proof"].hex();
            const std::vector<Fq> public_inputs = field_elements(c["public_inputs"]);
            check(c, outcome(VerifierData::from_slice_lenient, plonk::Rules::released, data, proof, public_inputs),
                  report);
            report.expect(
                plonk::verify_as_network(plonk::Version::v3, data, proof, public_inputs) == c["accept"].boolean(),
                c["accept"], "the host query differs");
        });
    }
}

void run_sound(const Node& root, Report& report) {
    root["seed"].describe();
    for (const Node& c : root["negative"].items()) {
        report.run(c, [&] {
            const Bytes data = c["verifier_data"].hex();
            const Bytes proof = c["proof"].hex();
            const std::vector<Fq> public_inputs = field_elements(c["public_inputs"]);
            check(c, outcome(VerifierData::from_bytes, plonk::Rules::sound, data, proof, public_inputs), report);
            report.expect(Proof::from_slice_exact(proof).has_value() == c["proof_from_slice_exact"].boolean(),
                          c["proof_from_slice_exact"], "differs");
            if (const auto read = VerifierData::from_bytes(data)) {
                report.expect(equal(read->to_bytes(), data), c["verifier_data"], "is written otherwise");
            }
        });
    }
}

// A false statement that every verifier accepts: what keeps it out is that no network knows the verifier data.
void check_policy(const Node& c, ByteView data, ByteView proof, std::span<const Fq> public_inputs, Report& report) {
    for (const std::string_view network : {"rusk", "devnet"}) {
        const auto verifiers = phoenix::TransferVerifiers::of_network(network).value();
        const auto refused = verifiers.verify(data, proof, public_inputs);
        report.expect(!refused && refused.error() == phoenix::TransferVerifyError::unknown_verifier_data,
                      c["verifier_data"], "is known to a network");
        for (std::size_t inputs = 1; inputs <= phoenix::TransferRequest::kMaxInputs; ++inputs)
            report.expect(!verifiers.verify(inputs, proof, public_inputs), c["proof"], "is taken for a transfer");
    }
}

void run_cross(const Node& root, Report& report) {
    root["seed"].describe();
    for (const Node& c : root["cases"].items()) {
        report.run(c, [&] {
            for (const std::string_view field : {"name", "made_by"}) c[field].describe();
            if (c.has("what")) c["what"].describe();
            const Bytes data = c["verifier_data"].hex();
            const Bytes proof = c["proof"].hex();
            const std::vector<Fq> public_inputs = field_elements(c["public_inputs"]);
            report.expect(plonk::verify_as_network(plonk::Version::v3, data, proof, public_inputs) ==
                              c["accepted_by"]["0.22.1"].boolean(),
                          c["accepted_by"]["0.22.1"], "differs");
            const auto got = outcome(VerifierData::from_bytes, plonk::Rules::sound, data, proof, public_inputs);
            report.expect(!got == c["accepted_by"]["0.24.0"].boolean(), c["accepted_by"]["0.24.0"], "differs");
            report.expect(!got == (c["errors"].items().empty()), c["errors"], "differs");
            // The equation cannot tell: soundness lies in the verifier data.
            if (!c["statement_true"].boolean()) check_policy(c, data, proof, public_inputs, report);
        });
    }
}

const Registered released{{"plonk", "negative", {"negative", "seed"}, run_released}};
const Registered sound{{"plonk-sound", "negative", {"negative", "seed"}, run_sound}};
const Registered cross{{"plonk-sound", "cross", {"cases", "seed"}, run_cross}};

}  // namespace
}  // namespace dusk::vectors
