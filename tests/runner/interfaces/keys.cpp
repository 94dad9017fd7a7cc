// keys.json: from a recovery phrase to the keys of its profiles, in every form that clients see.
#include "base/base58.hpp"
#include "crypto/key_derivation.hpp"
#include "phoenix/address.hpp"
#include "report.hpp"
#include "wallet/profile.hpp"

namespace dusk::vectors {
namespace {

void profile(const Node& c, const crypto::WalletSeed& seed, Report& report) {
    const std::uint64_t index = c["index"].u64();
    if (index > 255) c["index"].complain("is not the index of a profile");
    const wallet::Profile made = wallet::derive_profile(seed, static_cast<std::uint8_t>(index));
    report.expect(made.address() == c["address"].text(), c["address"], "another address");
    report.expect(made.account() == c["account"].text(), c["account"], "another account");
    report.expect_bytes(made.phoenix.to_bytes().reveal(), c["phoenix_sk"]);
    report.expect_bytes(made.phoenix.view_key().to_bytes().reveal(), c["phoenix_vk"]);
    report.expect_bytes(made.phoenix.public_key().to_bytes(), c["phoenix_pk"]);
    report.expect_bytes(made.bls.to_bytes().reveal(), c["bls_sk"]);
    const crypto::BlsPublicKey account = made.bls.public_key();
    report.expect_bytes(account.to_bytes(), c["bls_pk"]);
    report.expect_bytes(account.to_raw_bytes(), c["bls_pk_raw"]);
    report.expect_bytes(account.to_archive(), c["bls_pk_rkyv"]);
    for (const Node& text : {c["address"], c["account"]}) {
        const auto parsed = phoenix::parse_address(text.text());
        report.expect(parsed && phoenix::to_base58(*parsed) == text.text(), text, "is not read as it is written");
    }
}

void phrase(const Node& c, Report& report) {
    const auto mnemonic = crypto::Mnemonic::parse(c["mnemonic"].text());
    if (!mnemonic) c["mnemonic"].complain(crypto::to_string(mnemonic.error()));
    report.expect_bytes(mnemonic->entropy().reveal(), c["entropy"]);
    const crypto::WalletSeed seed = mnemonic->seed();
    report.expect_bytes(seed.reveal(), c["seed"]);
    const Node eip2333 = c["eip2333"];
    const auto master = crypto::eip2333_master(seed.reveal());
    if (!master) eip2333.complain("the seed gives no master key");
    report.expect_bytes(master->reveal().to_bytes(), eip2333["master_sk"]);
    const auto child = crypto::eip2333_derive(*master, eip2333["path"].text());
    if (!child) eip2333["path"].complain("is not accepted");
    report.expect_bytes(child->reveal().to_bytes(), eip2333["child_sk"]);
    for (const Node& one : c["profiles"].items()) profile(one, seed, report);
}

void keys(const Node& root, Report& report) {
    root["seed"].describe();
    root["crates"].describe();
    for (const Node& c : root["keys"].items()) report.run(c, [&] { phrase(c, report); });
}

const Registered registered{{"interfaces", "keys", {"crates", "keys", "seed"}, keys}};

}  // namespace
}  // namespace dusk::vectors
