// phoenix.json: keys and stealth addresses.
#include "crypto/chacha_rng.hpp"
#include "phoenix.hpp"

namespace dusk::vectors {

using phoenix::PublicKey;
using phoenix::SecretKey;
using phoenix::StealthAddress;
using phoenix::ViewKey;

SecretKey secret_key(const Node& node) { return required(SecretKey::from_bytes(node.hex()), node); }
PublicKey public_key(const Node& node) { return required(PublicKey::from_bytes(node.hex()), node); }

namespace {

void keys(const Node& root, Report& report) {
    for (const Node& c : root["keys"].items()) {
        report.run(c, [&] {
            crypto::ChaChaRng random(c["std_rng_seed"].u64());
            const SecretKey sk = SecretKey::random(random);
            report.expect_bytes(sk.to_bytes().reveal(), c["sk"]);
            report.expect_bytes(sk.to_archive().reveal(), c["rkyv_sk"]);
            report.expect_bytes(secret_key(c["sk"]).to_bytes().reveal(), c["sk"]);

            const PublicKey pk = sk.public_key();
            report.expect_bytes(pk.to_bytes(), c["pk"]);
            report.expect_bytes(pk.to_archive(), c["rkyv_pk"]);
            report.expect(pk.to_base58() == c["pk_base58"].text(), c["pk_base58"], "other text");
            report.expect(required(PublicKey::from_base58(c["pk_base58"].text()), c["pk_base58"]) == pk, c["pk_base58"],
                          "decodes to another key");
            report.expect(public_key(c["pk"]) == pk, c["pk"], "decodes to another key");
            report.expect_bytes(public_key(c["pk"]).to_bytes(), c["pk"]);

            const ViewKey vk = sk.view_key();
            report.expect_bytes(vk.to_bytes().reveal(), c["vk"]);
            report.expect_bytes(vk.to_archive().reveal(), c["rkyv_vk"]);
            report.expect_bytes(required(ViewKey::from_bytes(c["vk"].hex()), c["vk"]).to_bytes().reveal(), c["vk"]);
        });
    }
}

void public_key_decode(const Node& root, Report& report) {
    for (const Node& c : root["public_key_decode"].items()) {
        c["note"].describe();
        report.run(c, [&] {
            const Bytes in = c["in"].hex();
            report.expect(equal(ByteView(in).first(32), c["A"].hex()), c["A"], "is not the first half of the key");
            const auto key = PublicKey::from_bytes(in);
            report.expect(key.has_value() == c["ok"].boolean(), c["ok"], "other verdict");
            if (key) report.expect_bytes(key->to_bytes(), c["in"]);
        });
    }
}

void stealth(const Node& root, Report& report) {
    for (const Node& c : root["stealth"].items()) {
        report.run(c, [&] {
            const SecretKey sk = secret_key(c["sk"]);
            const SecretKey other = secret_key(c["other_sk"]);
            const crypto::Fr r = scalar(c["r"]);
            const PublicKey pk = sk.public_key();
            const StealthAddress address = pk.stealth_address(r, phoenix::Coordinates::reference);
            report.expect_bytes(address.to_bytes(), c["stealth_address"]);
            report.expect_bytes(address.to_archive(), c["rkyv"]);
            const auto decoded = required(StealthAddress::from_bytes(c["stealth_address"].hex()), c["stealth_address"]);
            report.expect(decoded == address, c["stealth_address"], "decodes to another address");
            const auto archived = required(StealthAddress::from_archive(c["rkyv"].hex()), c["rkyv"]);
            report.expect_bytes(archived.to_archive(), c["rkyv"]);

            const phoenix::SharedPoint shared = pk.shared_point(r);
            report.expect_bytes(shared.reveal(), c["shared_hash_input"]);
            report.expect_bytes(sk.view_key().shared_point(decoded).reveal(), c["shared_hash_input"]);
            report.expect_bytes(phoenix::hash_shared_point(shared).reveal().to_bytes(), c["hash_of_shared"]);

            const StealthAddress affine = pk.stealth_address(r);
            report.expect_bytes(affine.to_bytes(), c["stealth_address"]);
            report.expect(equal(affine.to_archive(), decoded.to_archive()), c["stealth_address"], "is not affine");

            for (const StealthAddress& form : {address, decoded}) {
                report.expect_bytes(sk.note_secret_key(form).reveal().to_bytes(), c["note_sk"]);
                report.expect(sk.owns(form) == c["owned_by_sk"].boolean(), c["owned_by_sk"], "other verdict");
                report.expect(sk.view_key().owns(form) == c["owned_by_vk"].boolean(), c["owned_by_vk"],
                              "other verdict");
                report.expect(other.owns(form) == c["owned_by_other"].boolean(), c["owned_by_other"], "other verdict");
                report.expect(other.view_key().owns(form) == c["owned_by_other"].boolean(), c["owned_by_other"],
                              "other verdict of the view key");
            }
        });
    }
}

}  // namespace

void phoenix_keys(const Node& root, Report& report) {
    keys(root, report);
    public_key_decode(root, report);
    stealth(root, report);
}

}  // namespace dusk::vectors
