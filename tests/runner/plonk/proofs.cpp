// official.json, circuits.json and phoenix-1 … 4 of the released system: its keys and proofs are verified; its gadgets
// and its prover are not ours.
#include "plonk-sound/proofs.hpp"

#include "phoenix/released_verifier_data.hpp"
#include "phoenix/transfer_verifiers.hpp"

namespace dusk::vectors {
namespace {

using plonk::VerifierData;
using plonk::Version;

// Rows, values and keys of the released gadgets, and what only the released prover makes: out of scope, on every file.
void describe_released_circuit(const Node& circuit) {
    static constexpr std::array<std::string_view, 14> fields{
        "name",         "label",          "gates",          "witnesses",        "pi_rows",
        "gate_digests", "witness_sha256", "listing",        "witness_values",   "prover_2p5",
        "prover_len",   "prover_sha256",  "compressed_len", "compressed_sha256"};
    for (const std::string_view field : fields) {
        if (circuit.has(field)) circuit[field].describe();
    }
}

plonk::Verifier verifier_of(const Node& hex, Report& report) {
    const Bytes bytes = hex.hex();
    auto data = VerifierData::from_slice_lenient(bytes);
    if (!data) hex.complain(plonk::to_string(data.error()));
    report.expect_bytes(data->to_bytes(), hex);
    // All of them are also well-formed by the stricter rules.
    report.expect(VerifierData::from_bytes(bytes) == *data, hex, "the strict reading differs");
    return plonk::Verifier(std::move(*data), plonk::Rules::released);
}

// A proof, under which versions it is accepted, and its traces.
void check_versions(const Node& c, const Node& data, const std::vector<Node>& traces, std::span<const Fq> public_inputs,
                    Report& report) {
    const Bytes bytes = c["proof"].hex();
    const plonk::Verifier verifier = verifier_of(data, report);
    const auto accepted = c["accepted_under_v1_v2_v3"].items();
    constexpr std::array versions{Version::v1, Version::v2, Version::v3};
    for (std::size_t i = 0; i < versions.size(); ++i) {
        report.expect(
            plonk::verify_as_network(versions[i], data.hex(), bytes, public_inputs) == accepted.at(i).boolean(),
            accepted[i], "differs");
    }
    const auto proof = plonk::Proof::from_slice_exact(bytes);
    if (!proof) c["proof"].complain(plonk::to_string(proof.error()));
    report.expect_bytes(proof->to_bytes(), c["proof"]);
    for (const Node& trace : traces) {
        check_trace(verifier, *proof, public_inputs, versions.at(trace["version"].u64() - 1), trace, report);
    }
}

// {public_inputs, v2?, v3?}
void check_proofs(const Node& c, const Node& data, Report& report) {
    for (const std::string_view field : {"blinders", "request", "witness_sha256"}) {
        if (c.has(field)) c[field].describe();
    }
    const std::vector<Fq> public_inputs = field_elements(c["public_inputs"]);
    for (const std::string_view version : {"v2", "v3"}) {
        if (!c.has(version)) continue;
        const Node proof = c[version];
        check_versions(proof, data, {proof["trace"]}, public_inputs, report);
    }
}

void run_circuits(const Node& root, Report& report) {
    root["seed"].describe();
    for (const Node& circuit : root["circuits"].items()) {
        report.run(circuit, [&] {
            describe_released_circuit(circuit);
            check_proofs(circuit["proof"], circuit["verifier_data"], report);
        });
    }
}

void run_phoenix(const Node& root, Report& report) {
    for (const std::string_view field : {"seed", "crs_seed"}) {
        if (root.has(field)) root[field].describe();
    }
    for (const Node& circuit : root["phoenix"].items()) {
        describe_released_circuit(circuit);
        for (const std::string_view field : {"domain", "ids", "inputs", "outputs", "seed"}) {
            if (circuit.has(field)) circuit[field].describe();
        }
        const Node data = circuit["verifier_data"];
        for (const Node& proof : circuit["proofs"].items()) {
            report.run(proof, [&] { check_proofs(proof, data, report); });
        }
        const Node shipped = circuit["shipped_request"];
        if (!shipped.is_null()) report.run(shipped, [&] { check_proofs(shipped, data, report); });
    }
}

// What the network `rusk` answers, and that no other network knows these verifier data.
void check_networks(const Node& c, const Node& data, Report& report) {
    const Bytes proof = c["proof"].hex();
    const std::vector<Fq> public_inputs = field_elements(c["public_inputs"]);
    const Node accepted = c["accepted_under_v1_v2_v3"].items().at(2);
    const auto rusk = phoenix::TransferVerifiers::of_network("rusk").value();
    report.expect(rusk.verify(c["inputs"].u64(), proof, public_inputs).has_value() == accepted.boolean(), accepted,
                  "the network rusk differs");
    report.expect(rusk.verify(data.hex(), proof, public_inputs).has_value() == accepted.boolean(), accepted,
                  "the network rusk differs when it is given the verifier data");
    const auto devnet = phoenix::TransferVerifiers::of_network("devnet").value();
    report.expect(!devnet.verify(c["inputs"].u64(), proof, public_inputs), c, "is accepted by devnet");
    const auto refused = devnet.verify(data.hex(), proof, public_inputs);
    report.expect(!refused && refused.error() == phoenix::TransferVerifyError::unknown_verifier_data, data,
                  "is known to devnet");
}

void run_official(const Node& root, Report& report) {
    root["seed"].describe();
    const Node official = root["official"];
    // Of a hundred transactions that are not in the file.
    for (const std::string_view field : {"accepted_under_v1_v2_v3", "transactions_read", "undecodable"}) {
        official[field].describe();
    }
    const auto keys = official["verifier_data"].items();
    for (const Node& key : keys) {
        report.run(key, [&] {
            key["id"].describe();
            const VerifierData data = verifier_of(key["verifier_data"], report).data();
            report.expect(data.public_rows.size() == 28 + key["inputs"].u64(), key["inputs"], "differs");
            report.expect_bytes(phoenix::released_verifier_data().at(key["inputs"].u64() - 1), key["verifier_data"]);
        });
    }
    for (const Node& c : official["samples"].items()) {
        report.run(c, [&] {
            for (const std::string_view field : {"decoder", "transaction"}) c[field].describe();
            for (const Node& key : keys) {
                if (key["inputs"].u64() != c["inputs"].u64()) continue;
                check_versions(c, key["verifier_data"], c["traces"].items(), field_elements(c["public_inputs"]),
                               report);
                check_networks(c, key["verifier_data"], report);
            }
        });
    }
}

const Registered circuits{{"plonk", "circuits", {"circuits", "seed"}, run_circuits}};
const Registered official{{"plonk", "official", {"official", "seed"}, run_official}};
const Registered phoenix_1{{"plonk", "phoenix-1", {"phoenix", "seed"}, run_phoenix}};
const Registered phoenix_2{{"plonk", "phoenix-2", {"phoenix", "seed"}, run_phoenix}};
const Registered phoenix_3{{"plonk", "phoenix-3", {"phoenix", "seed"}, run_phoenix}};
const Registered phoenix_4{{"plonk", "phoenix-4", {"phoenix", "seed"}, run_phoenix}};

}  // namespace
}  // namespace dusk::vectors
