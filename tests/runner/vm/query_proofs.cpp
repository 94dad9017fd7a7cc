// query_proofs.json: proofs and signatures of other systems, valid ones and changed ones
// (interop/oracle/vm-queries makes it).
#include "report.hpp"
#include "vm/queries/groth16.hpp"
#include "vm/queries/kzg_opening.hpp"
#include "vm/queries/secp256k1_recovery.hpp"

namespace dusk::vectors {
namespace {

// A key is what it shares with the `base` at both ends, and what stands between them.
Bytes key_of(const Node& key, ByteView base) {
    const std::size_t head = key["head"].u64();
    const std::size_t tail = key["tail"].u64();
    if (head > base.size() || tail > base.size()) key.complain("shares more than there is");
    Bytes out = to_vector(base.first(head));
    append(out, key["middle"].hex());
    append(out, base.last(tail));
    return out;
}

std::string outcome_of_groth16(const Node& c, ByteView base) {
    const auto verified = vm::verify_groth16_bn254(key_of(c["key"], base), c["proof"].hex(), c["inputs"].hex());
    if (!verified) return "aborted";
    return *verified ? "valid" : "invalid";
}

void run(const Node& root, Report& report) {
    for (const std::string_view key : {"name", "about", "seed"}) root[key].describe();
    const Bytes key = root["groth16"]["key"].hex();
    for (const Node& c : root["groth16"]["cases"].items()) {
        report.run(c, [&] {
            c["note"].describe();
            const std::string outcome = outcome_of_groth16(c, key);
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
            const auto found = vm::secp256k1_recover(c["digest"].array<32>(), c["signature"].array<65>());
            if (!found || c["key"].is_null()) {
                report.expect(!found && c["key"].is_null(), c["key"], found ? "a key" : "no key");
            } else {
                report.expect_bytes(*found, c["key"]);
            }
        });
    }
}

const Registered registered{
    {"vm", "query_proofs", {"name", "about", "seed", "groth16", "kzg", "secp256k1_recover"}, run}};

}  // namespace
}  // namespace dusk::vectors
