// bls.json
#include <algorithm>

#include "crypto/bls_batch.hpp"
#include "crypto/bls_key_cache.hpp"
#include "crypto/bls_outcome.hpp"
#include "crypto/bls_signature.hpp"
#include "crypto/chacha_rng.hpp"
#include "report.hpp"

namespace dusk::vectors {
namespace {

using namespace crypto;

BlsSecretKey secret_key(const Node& node) {
    auto key = BlsSecretKey::from_bytes(node.hex());
    if (!key) node.complain("does not decode");
    return std::move(*key);
}

template <class T>
T decoded(const Node& node) {
    const auto value = T::from_bytes(node.hex());
    if (!value) node.complain("does not decode");
    return *value;
}

void single(const Node& c, Report& report) {
    const BlsSecretKey secret = secret_key(c["sk"]);
    const BlsPublicKey key = secret.public_key();
    const Bytes message = c["msg"].hex();
    report.expect_bytes(secret.to_bytes().reveal(), c["sk"]);
    report.expect_bytes(key.to_bytes(), c["pk"]);
    report.expect(decoded<BlsPublicKey>(c["pk"]) == key, c["pk"], "decodes to another key");
    report.expect(BlsPublicKey::from_base58(key.to_base58()) == key, c["pk"], "base58 decodes to another key");
    report.expect_bytes(key.to_raw_bytes(), c["pk_raw"]);
    report.expect_bytes(key.to_archive(), c["rkyv_pk"]);
    report.expect(BlsPublicKey::from_raw(RawG2::from_archive(c["rkyv_pk"].hex()).value()) == key, c["rkyv_pk"],
                  "reads back another key");

    const BlsSignature v2 = secret.sign(message);
    const BlsSignature v1 = secret.sign(message, BlsVersion::v1);
    report.expect_bytes(v2.to_bytes(), c["sig_v2"]);
    report.expect_bytes(v1.to_bytes(), c["sig_v1"]);
    report.expect_bytes(v2.to_archive(), c["rkyv_sig"]);
    report.expect(BlsSignature::from_raw(RawG1::from_archive(c["rkyv_sig"].hex()).value()) == v2, c["rkyv_sig"],
                  "reads back another signature");
    report.expect(decoded<BlsSignature>(c["sig_v2"]) == v2, c["sig_v2"], "decodes to another signature");
    report.expect(key.verify(v2, message).has_value(), c["sig_v2"], "does not verify");
    report.expect(key.verify(v1, message, BlsVersion::v1).has_value(), c["sig_v1"], "does not verify");
    report.expect(key.verify(v1, message).has_value() == c["v1_sig_verifies_as_v2"].boolean(),
                  c["v1_sig_verifies_as_v2"], "another verdict");
    report.expect(key.verify(v2, message, BlsVersion::v1).has_value() == c["v2_sig_verifies_as_v1"].boolean(),
                  c["v2_sig_verifies_as_v1"], "another verdict");

    const BlsMultisigSignature share = secret.sign_multisig(key, message);
    report.expect_bytes(share.to_bytes(), c["multisig_share_v2"]);
    report.expect_bytes(share.to_archive(), c["rkyv_multisig"]);
    report.expect_bytes(secret.sign_multisig(key, message, BlsVersion::v1).to_bytes(), c["multisig_share_v1"]);
    // The weighted key is the aggregate of it alone.
    report.expect_bytes(BlsMultisigPublicKey::aggregate({&key, 1})->to_bytes(), c["pk_t_v2"]);
    report.expect_bytes(BlsMultisigPublicKey::aggregate({&key, 1}, BlsVersion::v1)->to_bytes(), c["pk_t_v1"]);
}

// By the plain function and by the cache, cold and warm, in both orders.
BlsMultisigPublicKey aggregate_all_ways(std::vector<BlsPublicKey> keys, BlsVersion version, const Node& expected,
                                        Report& report) {
    const BlsMultisigPublicKey key = BlsMultisigPublicKey::aggregate(keys, version).value();
    BlsKeyCache cache(std::max<std::size_t>(1, keys.size() - 1), version);
    for (int i = 0; i < 3; ++i) {
        report.expect(cache.aggregate(keys) == key, expected, "another result from the cache");
        report.expect(BlsMultisigPublicKey::aggregate(keys, version) == key, expected, "depends on the order");
        std::ranges::reverse(keys);
    }
    report.expect_bytes(key.to_bytes(), expected);
    report.expect(decoded<BlsMultisigPublicKey>(expected) == key, expected, "decodes to another key");
    return key;
}

void aggregate(const Node& c, Report& report) {
    const Bytes message = c["msg"].hex();
    std::vector<BlsPublicKey> keys;
    std::vector<BlsMultisigSignature> v1;
    std::vector<BlsMultisigSignature> v2;
    for (const Node& item : c["sks"].items()) {
        const BlsSecretKey secret = secret_key(item);
        keys.push_back(secret.public_key());
        v1.push_back(secret.sign_multisig(keys.back(), message, BlsVersion::v1));
        v2.push_back(secret.sign_multisig(keys.back(), message));
    }
    const BlsMultisigPublicKey key = aggregate_all_ways(keys, BlsVersion::v2, c["apk_v2"], report);
    const BlsMultisigPublicKey key_v1 = aggregate_all_ways(keys, BlsVersion::v1, c["apk_v1"], report);
    const BlsMultisigSignature signature = bls_aggregate(v2);
    const BlsMultisigSignature signature_v1 = bls_aggregate(v1);
    report.expect_bytes(signature.to_bytes(), c["sig_v2"]);
    report.expect_bytes(signature_v1.to_bytes(), c["sig_v1"]);
    report.expect(decoded<BlsMultisigSignature>(c["sig_v2"]) == signature, c["sig_v2"], "decodes otherwise");
    report.expect(key.verify(signature, message).has_value(), c["sig_v2"], "does not verify");
    report.expect(key_v1.verify(signature_v1, message, BlsVersion::v1).has_value(), c["sig_v1"], "does not verify");
    // Of a single key the official result is false by definition: nothing is left to aggregate.
    const auto rest = BlsMultisigPublicKey::aggregate(std::span(keys).subspan(1));
    report.expect((rest && rest->verify(signature, message)) == c["verifies_without_first_key"].boolean(),
                  c["verifies_without_first_key"], "another verdict");
}

void duplicate_key(const Node& c, Report& report) {
    const BlsSecretKey secret = secret_key(c["sk"]);
    const BlsPublicKey key = secret.public_key();
    const Bytes message = c["msg"].hex();
    const BlsMultisigPublicKey twice = aggregate_all_ways({key, key}, BlsVersion::v2, c["apk_of_key_twice"], report);
    const BlsMultisigSignature share = secret.sign_multisig(key, message);
    const BlsMultisigSignature signature = bls_aggregate(std::array{share, share});
    report.expect_bytes(signature.to_bytes(), c["sig_of_share_twice"]);
    report.expect(twice.verify(signature, message).has_value() == c["verifies"].boolean(), c["verifies"],
                  "another verdict");
}

void verify(const Node& section, Report& report) {
    std::vector<BlsClaim> claims;
    std::vector<std::string> verdicts;
    std::vector<Bytes> messages;
    messages.reserve(section.size());
    for (const Node& c : section.items()) {
        report.run(c, [&] {
            c["note"].describe();
            const auto key = BlsPublicKey::from_bytes(c["pk"].hex());
            const auto signature = BlsSignature::from_bytes(c["sig"].hex());
            messages.push_back(c["msg"].hex());
            report.expect(key.has_value() == c["pk_decodes"].boolean(), c["pk_decodes"], "another verdict");
            report.expect(signature.has_value() == c["sig_decodes"].boolean(), c["sig_decodes"], "another verdict");
            if (key) {
                report.expect(key->is_valid() == c["pk_is_valid"].boolean(), c["pk_is_valid"], "another verdict");
                const std::string aggregated = outcome(BlsMultisigPublicKey::aggregate({&*key, 1}));
                report.expect(aggregated == c["aggregate"].text(), c["aggregate"], aggregated);
                BlsKeyCache cache(4);
                report.expect(outcome(cache.aggregate({&*key, 1})) == aggregated, c["aggregate"], "cache differs");
            } else {
                report.expect(c["pk_is_valid"].is_null(), c["pk_is_valid"], "official has a value");
                report.expect(c["aggregate"].is_null(), c["aggregate"], "official has a value");
            }
            if (key && signature) {
                const std::string verdict = outcome(key->verify(*signature, messages.back()));
                report.expect(verdict == c["verify"].text(), c["verify"], verdict);
                claims.push_back({*key, *signature, messages.back()});
                verdicts.push_back(verdict);
            } else {
                report.expect(c["verify"].is_null(), c["verify"], "official has a value");
            }
        });
    }
    report.run(section, [&] {
        ChaChaRng random(std::uint64_t{1});
        const auto batch = bls_verify_batch(claims, random);
        for (std::size_t i = 0; i < claims.size(); ++i) {
            report.expect(outcome(batch[i]) == verdicts[i], section, "the batch has another verdict");
        }
    });
}

void secret_key_decode(const Node& c, Report& report) {
    c["note"].describe();
    const auto key = BlsSecretKey::from_bytes(c["in"].hex());
    report.expect(key.has_value() == c["ok"].boolean(), c["ok"], "another verdict");
    if (key) {
        report.expect_bytes(key->public_key().to_bytes(), c["pk"]);
    } else {
        report.expect(c["pk"].is_null(), c["pk"], "official has a value");
    }
}

void defaults(const Node& root, Report& report) {
    report.run(root["default_sig"], [&] {
        report.expect_bytes(BlsSignature().to_bytes(), root["default_sig"]);
        report.expect_bytes(BlsSignature().to_archive(), root["default_rkyv_sig"]);
        report.expect_bytes(BlsPublicKey().to_archive(), root["default_rkyv_pk"]);
    });
    report.run(root["aggregate_of_no_key"], [&] {
        const std::string result = outcome(BlsMultisigPublicKey::aggregate({}));
        report.expect(result == root["aggregate_of_no_key"].text(), root["aggregate_of_no_key"], result);
    });
}

void bls(const Node& root, Report& report) {
    for (const Node& c : root["single"].items()) report.run(c, [&] { single(c, report); });
    for (const Node& c : root["aggregate"].items()) report.run(c, [&] { aggregate(c, report); });
    report.run(root["duplicate_key"], [&] { duplicate_key(root["duplicate_key"], report); });
    verify(root["verify"], report);
    for (const Node& c : root["secret_key_decode"].items()) report.run(c, [&] { secret_key_decode(c, report); });
    defaults(root, report);
}

const Registered registered{{"crypto",
                             "bls",
                             {"aggregate", "aggregate_of_no_key", "default_rkyv_pk", "default_rkyv_sig", "default_sig",
                              "duplicate_key", "secret_key_decode", "single", "verify"},
                             bls}};

}  // namespace
}  // namespace dusk::vectors
