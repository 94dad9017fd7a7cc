// phoenix.json: transaction skeletons.
#include "phoenix.hpp"
#include "phoenix/transaction_skeleton.hpp"

namespace dusk::vectors {

using phoenix::PointRule;
using phoenix::TransactionSkeleton;

namespace {

void skeletons(const Node& root, Report& report) {
    for (const Node& c : root["tx_skeletons"].items()) {
        report.run(c, [&] {
            for (const PointRule rule : {PointRule::strict, PointRule::lax}) {
                const auto skeleton = required(TransactionSkeleton::from_bytes(c["bytes"].hex(), rule), c["bytes"]);
                report.expect(skeleton.nullifiers.size() == c["nullifiers"].u64(), c["nullifiers"], "other number");
                report.expect_bytes(skeleton.to_bytes(), c["bytes"]);
                report.expect_bytes(skeleton.hash_input(), c["hash_input"]);
                report.expect_bytes(crypto::Fq::hash_to_scalar(skeleton.hash_input()).to_bytes(),
                                    c["blake_scalar_of_hash_input"]);
            }
        });
    }
}

// What decodes encodes to the same bytes, less those after its end, which decoding ignores.
void expect_prefix(const TransactionSkeleton& skeleton, const Node& in, Report& report) {
    const Bytes out = skeleton.to_bytes();
    const Bytes given = in.hex();
    report.expect(out.size() <= given.size() && equal(out, ByteView(given).first(out.size())), in, "encodes otherwise");
}

void skeleton_decode(const Node& root, Report& report) {
    for (const Node& c : root["tx_skeleton_decode"].items()) {
        c["note"].describe();
        report.run(c, [&] {
            const auto strict = TransactionSkeleton::from_bytes(c["in"].hex());
            report.expect(strict.has_value() == c["ok"].boolean(), c["ok"], "other verdict");
            if (strict) expect_prefix(*strict, c["in"], report);
            const auto lax = TransactionSkeleton::from_bytes(c["in"].hex(), PointRule::lax);
            report.expect(lax.has_value() == c["ok_legacy"].boolean(), c["ok_legacy"], "other verdict");
            if (lax) expect_prefix(*lax, c["in"], report);
        });
    }
}

}  // namespace

void phoenix_skeletons(const Node& root, Report& report) {
    skeletons(root, report);
    skeleton_decode(root, report);
}

}  // namespace dusk::vectors
