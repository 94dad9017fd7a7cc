// query_proofs.json: proofs and signatures of other systems, valid ones and changed ones
// (interop/oracle/vm-queries makes it).
#include "report.hpp"
#include "vm/queries/groth16.hpp"
#include "vm/queries/kzg_opening.hpp"
#include "vm/queries/secp256k1_recovery.hpp"

namespace dusk::vectors {
namespace {

std::string outcome_of_groth16(const Node& c) {
    const auto verified = vm::verify_groth16_bn254(c["key"].hex(), c["proof"].hex(), c["inputs"].hex());
    if (!verified) return "aborted";
    return *verified ? "valid" : "invalid";
}

void run(const Node& root, Report& report) {
    for (const std::string_view key : {"name", "about", "seed"}) root[key].describe();
    for (const Node& c : root["groth16"].items()) {
        report.run(c, [&] {
            c["note"].describe();
            const std::string outcome = outcome_of_groth16(c);
            report.expect(outcome == c["outcome"].text(), c["outcome"], outcome);
        });
    }
    for (const Node& c : root["kzg"].items()) {
        report.run(c, [&] {
            c["note"].describe();
            const bool valid = vm::verify_kzg_opening(c["commitment"].array<48>(), c["z"].array<32>(),
                                                      c["y"].array<32>(), c["proof"].array<48>());
            report.expect(valid == c["valid"].boolean(), c["valid"], valid ? "valid" : "not valid");
        });
    }
    for (const Node& c : root["secp256k1_recover"].items()) {
        report.run(c, [&] {
            c["note"].describe();
            const auto key = vm::secp256k1_recover(c["digest"].array<32>(), c["signature"].array<65>());
            if (!key || c["key"].is_null()) {
                report.expect(!key && c["key"].is_null(), c["key"], key ? "a key" : "no key");
            } else {
                report.expect_bytes(*key, c["key"]);
            }
        });
    }
}

const Registered registered{
    {"vm", "query_proofs", {"name", "about", "seed", "groth16", "kzg", "secp256k1_recover"}, run}};

}  // namespace
}  // namespace dusk::vectors
