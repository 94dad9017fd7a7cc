// schnorr.json
#include "crypto/schnorr.hpp"

#include "crypto/chacha_rng.hpp"
#include "crypto/jubjub_exact.hpp"
#include "crypto/jubjub_multiply.hpp"
#include "crypto/schnorr_multisig.hpp"
#include "report.hpp"

namespace dusk::vectors {
namespace {

using namespace crypto;
using schnorr::PublicKey;
using schnorr::PublicKeyDouble;
using schnorr::PublicKeyVarGen;
using schnorr::SecretKey;
using schnorr::SecretKeyVarGen;
using schnorr::Signature;
using schnorr::SignatureDouble;

const JubJubExtended kG = kJubJubGenerator;
const JubJubExtended kGNums = kJubJubGeneratorNums;

// The point with the coordinates that the reference archives.
CheckedPoint exact(const JubJubExtended& base, const Fr& k) {
    return CheckedPoint::torsion_free(multiply_exact(base, k));
}

Fr nonce(const Node& c) {
    ChaChaRng random(c["nonce_std_rng_seed"].u64());
    return Fr::random(random);
}

template <class T>
void expect_archive(const T& value, const Node& c, Report& report) {
    report.expect_bytes(value.to_archive(), c);
    const auto back = T::from_archive(c.hex());
    report.expect(back && back->to_archive() == value.to_archive() && *back == value, c,
                  "the archive gives another value");
}

template <class T>
void expect_decodes(const T& value, const Node& c, Report& report) {
    report.expect_bytes(value.to_bytes(), c);
    const auto back = T::from_bytes(c.hex());
    report.expect(back && *back == value, c, "the bytes give another value");
}

void single(const Node& c, Report& report) {
    const SecretKey secret = SecretKey::from_bytes(c["sk"].hex()).value();
    const Fq message = Fq::from_bytes(c["msg"].hex()).value();
    const PublicKey key(secret);
    ChaChaRng random(c["nonce_std_rng_seed"].u64());
    const Signature signature = secret.sign(random, message);
    report.expect_bytes(secret.to_bytes().reveal(), c["sk"]);
    report.expect_bytes(secret.to_archive().reveal(), c["rkyv_sk"]);
    report.expect(SecretKey::from_archive(c["rkyv_sk"].hex()).value() == secret, c["rkyv_sk"], "another key");
    expect_decodes(key, c["pk"], report);
    expect_decodes(signature, c["sig"], report);
    expect_archive(PublicKey(exact(kG, secret.reveal())), c["rkyv_pk"], report);
    expect_archive(Signature(signature.u(), exact(kG, nonce(c))), c["rkyv_sig"], report);
    report.expect(key.verify(signature, message).has_value(), c["sig"], "does not verify");
    report.expect(PublicKey::from_archive(c["rkyv_pk"].hex())
                      ->verify(*Signature::from_archive(c["rkyv_sig"].hex()), message)
                      .has_value(),
                  c["rkyv_sig"], "does not verify");
    report.expect(key.verify(signature, message + Fq::one()) == fail(schnorr::VerifyError::invalid_signature), c["msg"],
                  "verifies for another message");
}

void double_signature(const Node& c, Report& report) {
    const SecretKey secret = SecretKey::from_bytes(c["sk"].hex()).value();
    const Fq message = Fq::from_bytes(c["msg"].hex()).value();
    const PublicKeyDouble key(secret);
    ChaChaRng random(c["nonce_std_rng_seed"].u64());
    const SignatureDouble signature = secret.sign_double(random, message);
    expect_decodes(key, c["pk"], report);
    expect_decodes(signature, c["sig"], report);
    expect_archive(PublicKeyDouble(exact(kG, secret.reveal()), exact(kGNums, secret.reveal())), c["rkyv_pk"], report);
    expect_archive(SignatureDouble(signature.u(), exact(kG, nonce(c)), exact(kGNums, nonce(c))), c["rkyv_sig"], report);
    report.expect(key.verify(signature, message).has_value(), c["sig"], "does not verify");
    report.expect(key.verify(signature, message + Fq::one()) == fail(schnorr::VerifyError::invalid_signature), c["msg"],
                  "verifies for another message");
}

void variable_generator(const Node& c, Report& report) {
    const SecretKeyVarGen secret = SecretKeyVarGen::from_bytes(c["sk"].hex()).value();
    const Fq message = Fq::from_bytes(c["msg"].hex()).value();
    const PublicKeyVarGen key(secret);
    ChaChaRng random(c["nonce_std_rng_seed"].u64());
    const Signature signature = secret.sign(random, message);
    report.expect_bytes(secret.to_bytes().reveal(), c["sk"]);
    expect_decodes(key, c["pk"], report);
    expect_decodes(signature, c["sig"], report);
    report.expect(key.verify(signature, message).has_value(), c["sig"], "does not verify");
    report.expect(key.verify(signature, message + Fq::one()) == fail(schnorr::VerifyError::invalid_signature), c["msg"],
                  "verifies for another message");
}

void verify(const Node& c, Report& report) {
    c["note"].describe();
    const auto key = PublicKey::from_bytes(c["pk"].hex());
    const auto signature = Signature::from_bytes(c["sig"].hex());
    const Fq message = Fq::from_bytes(c["msg"].hex()).value();
    report.expect(key.has_value() == c["pk_decodes"].boolean(), c["pk_decodes"], "the key decodes otherwise");
    report.expect(signature.has_value() == c["sig_decodes"].boolean(), c["sig_decodes"],
                  "the signature decodes otherwise");
    if (c["verify"].is_null()) {
        report.expect(!key || !signature, c["verify"], "there is something to verify");
        return;
    }
    if (!key || !signature) return;
    const auto result = key->verify(*signature, message);
    const std::string got = result                                                  ? "Ok(())"
                            : result.error() == schnorr::VerifyError::invalid_point ? "Err(InvalidPoint)"
                                                                                    : "Err(InvalidSignature)";
    report.expect(got == c["verify"].text(), c["verify"], "got " + got);
}

std::vector<Fr> scalars(const Node& list) {
    std::vector<Fr> out;
    for (const Bytes& bytes : list.hex_list()) out.push_back(Fr::from_bytes(bytes).value());
    return out;
}

void multisig(const Node& c, Report& report) {
    namespace ms = schnorr::multisig;
    const std::vector<Fr> secrets = scalars(c["sks"]);
    const auto r = c["r"].hex_list();
    const auto s = c["s"].hex_list();
    const auto z = c["z"].hex_list();
    ChaChaRng random(c["nonces_std_rng_seed"].u64());
    std::vector<PublicKey> keys;
    std::vector<ms::Nonces> nonces;
    std::vector<JubJubAffine> r_points, s_points;
    for (std::size_t i = 0; i < secrets.size(); ++i) {
        keys.emplace_back(SecretKey(secrets[i]));
        nonces.push_back(ms::sign_round_1(random));
        r_points.push_back(nonces[i].r_point);
        s_points.push_back(nonces[i].s_point);
        report.expect(equal(nonces[i].r.reveal().to_bytes(), r.at(i)), c["r"], "another nonce");
        report.expect(equal(nonces[i].s.reveal().to_bytes(), s.at(i)), c["s"], "another nonce");
    }
    const ms::Session session{keys, r_points, s_points, Fq::from_bytes(c["msg"].hex()).value()};
    std::vector<Fr> shares;
    for (std::size_t i = 0; i < secrets.size(); ++i) {
        shares.push_back(ms::sign_round_2(SecretKey(secrets[i]), nonces[i], session).value());
        report.expect(equal(shares[i].to_bytes(), z.at(i)), c["z"], "another share");
    }
    report.expect(r.size() == secrets.size() && s.size() == r.size() && z.size() == r.size(), c, "missing values");
    const Signature signature = ms::combine(shares, session).value();
    const PublicKey key = ms::aggregate_key(keys);
    report.expect_bytes(signature.to_bytes(), c["sig"]);
    report.expect_bytes(key.to_bytes(), c["aggregate_pk"]);
    report.expect(key.verify(signature, session.message).has_value(), c["sig"], "does not verify");
}

void double_key_decode(const Node& c, Report& report) {
    const auto key = PublicKeyDouble::from_bytes(c["pk"].hex());
    report.expect(key.has_value() == c["decodes"].boolean(), c["decodes"], "decodes otherwise");
    report.expect(key.has_value() == (c["torsion_multiple"].u64() == 0), c["torsion_multiple"],
                  "torsion in a double key");
}

void schnorr_file(const Node& root, Report& report) {
    const auto each = [&](std::string_view section, void (*check)(const Node&, Report&)) {
        for (const Node& c : root[section].items()) report.run(c, [&] { check(c, report); });
    };
    each("single", single);
    each("double", double_signature);
    each("variable_generator", variable_generator);
    each("verify", verify);
    each("double_key_decode", double_key_decode);
    each("multisig", multisig);
}

const Registered registered{{"crypto",
                             "schnorr",
                             {"double", "double_key_decode", "multisig", "single", "variable_generator", "verify"},
                             schnorr_file}};

}  // namespace
}  // namespace dusk::vectors
