// raw_inputs.json, section bls: keys and signatures as archives with any content.
#include <fmt/core.h>

#include "base/hex.hpp"
#include "crypto/bls_key_cache.hpp"
#include "crypto/bls_outcome.hpp"
#include "crypto/raw_inputs.hpp"
#include "crypto/raw_point.hpp"

namespace dusk::vectors {
namespace {

using namespace crypto;

template <class Raw>
void check_point(const Raw& raw, const Node& valid, const Node& bytes, Report& report) {
    report.expect(fmt::format("{}", raw.is_valid()) == valid.text(), valid, "another verdict");
    report.expect(is_valid_by_exact_arithmetic(raw) == raw.is_valid(), valid, "the exact arithmetic disagrees");
    report.expect_bytes(raw.to_compressed(), bytes);
}

std::string aggregate(const Result<BlsPublicKey, BlsError>& key) {
    if (!key) return outcome(key.error());
    const auto aggregated = BlsMultisigPublicKey::aggregate({&*key, 1});
    if (!aggregated) return outcome(aggregated.error());
    // A cache that knows the reduced key and this one says the same.
    BlsKeyCache cache(2);
    const BlsPublicKey reduced(key->point());
    for (const BlsPublicKey& known : {reduced, *key, reduced, *key}) {
        if (cache.aggregate({&known, 1}) != BlsMultisigPublicKey::aggregate({&known, 1})) return "the cache differs";
    }
    return fmt::format("Ok(\"{}\")", to_hex(aggregated->to_bytes()));
}

std::string verify(const Result<BlsPublicKey, BlsError>& key, const Result<BlsSignature, BlsError>& signature,
                   ByteView message) {
    if (!key) return outcome(key.error());
    if (!signature) return outcome(signature.error());
    return outcome(key->verify(*signature, message));
}

}  // namespace

void raw_bls(const Node& section, Report& report) {
    for (const Node& c : section.items()) {
        report.run(c, [&] {
            c["note"].describe();
            const RawG2 raw_key = RawG2::from_archive(c["pk_archive"].hex()).value();
            const RawG1 raw_signature = RawG1::from_archive(c["sig_archive"].hex()).value();
            check_point(raw_key, c["pk_is_valid"], c["pk_to_bytes"], report);
            check_point(raw_signature, c["sig_is_valid"], c["sig_to_bytes"], report);
            const auto key = BlsPublicKey::from_raw(raw_key);
            const auto signature = BlsSignature::from_raw(raw_signature);
            const std::string aggregated = aggregate(key);
            report.expect(aggregated == c["aggregate"].text(), c["aggregate"], aggregated);
            const std::string verified = verify(key, signature, c["msg"].hex());
            report.expect(verified == c["verify"].text(), c["verify"], verified);
        });
    }
}

}  // namespace dusk::vectors
