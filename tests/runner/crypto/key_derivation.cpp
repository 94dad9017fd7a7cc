// key_derivation.json
#include "crypto/key_derivation.hpp"

#include "base/base58.hpp"
#include "crypto/bls_signature.hpp"
#include "phoenix/keys.hpp"
#include "report.hpp"

namespace dusk::vectors {
namespace {

std::uint8_t index_of(const Node& node) {
    const std::uint64_t index = node.u64();
    if (index > 255) node.complain("is not the index of a profile");
    return static_cast<std::uint8_t>(index);
}

void wallet(const Node& c, Report& report) {
    const crypto::WalletSeed seed(c["seed"].array<64>());
    const std::uint8_t index = index_of(c["index"]);

    const crypto::BlsSecretKey bls(crypto::derive_bls_secret(seed, index));
    report.expect_bytes(bls.to_bytes().reveal(), c["bls_sk"]);
    const auto account = bls.public_key().to_bytes();
    report.expect_bytes(account, c["bls_pk"]);
    report.expect(to_base58(account) == c["bls_pk_base58"].text(), c["bls_pk_base58"], "another account");

    const auto scalars = crypto::derive_phoenix_secret(seed, index);
    const phoenix::SecretKey phoenix(scalars.reveal().a, scalars.reveal().b);
    report.expect_bytes(phoenix.to_bytes().reveal(), c["phoenix_sk"]);
    report.expect_bytes(phoenix.public_key().to_bytes(), c["phoenix_pk"]);
    report.expect(phoenix.public_key().to_base58() == c["phoenix_pk_base58"].text(), c["phoenix_pk_base58"],
                  "another address");
    report.expect_bytes(phoenix.view_key().to_bytes().reveal(), c["phoenix_vk"]);
}

void rng_with_index(const Node& c, Report& report) {
    const crypto::WalletSeed seed(c["seed"].array<64>());
    ByteArray<64> first;
    crypto::wallet_rng(seed, index_of(c["index"]), c["termination_ascii"].text()).fill(first);
    report.expect_bytes(first, c["first_64_bytes"]);
}

void eip2333(const Node& c, Report& report) {
    const auto master = crypto::eip2333_master(c["seed"].hex());
    if (!master) c["seed"].complain("gives no master key");
    report.expect_bytes(master->reveal().to_bytes(), c["master_sk_le"]);
    const auto key = crypto::eip2333_derive(*master, c["path"].text());
    if (!key) c["path"].complain("is not accepted");
    report.expect_bytes(key->reveal().to_bytes(), c["sk_le"]);
}

void key_derivation(const Node& root, Report& report) {
    for (const Node& c : root["wallet"].items()) report.run(c, [&] { wallet(c, report); });
    for (const Node& c : root["rng_with_index"].items()) report.run(c, [&] { rng_with_index(c, report); });
    for (const Node& c : root["eip2333"].items()) report.run(c, [&] { eip2333(c, report); });
    for (const Node& c : root["eip2333_paths"].items()) {
        report.run(c, [&] {
            report.expect(crypto::parse_eip2333_path(c["path"].text()).has_value() == c["ok"].boolean(), c["ok"],
                          "the path is judged otherwise");
        });
    }
    const Node short_seed = root["eip2333_short_seed_ok"];
    report.run(short_seed, [&] {
        report.expect(crypto::eip2333_master(Bytes(31, 1)).has_value() == short_seed.boolean(), short_seed,
                      "a seed of 31 bytes is judged otherwise");
    });
}

const Registered registered{{"crypto",
                             "key_derivation",
                             {"eip2333", "eip2333_paths", "eip2333_short_seed_ok", "rng_with_index", "wallet"},
                             key_derivation}};

}  // namespace
}  // namespace dusk::vectors
