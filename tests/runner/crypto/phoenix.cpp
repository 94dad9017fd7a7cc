// phoenix.json: what is neither key, note nor skeleton.
#include "phoenix.hpp"

#include "crypto/aes_layer.hpp"
#include "crypto/chacha_rng.hpp"
#include "phoenix/value_commitment.hpp"

namespace dusk::vectors {

crypto::Fr scalar(const Node& node) { return required(crypto::Fr::from_bytes(node.hex()), node); }

namespace {

void commitments(const Node& root, Report& report) {
    for (const Node& c : root["commitments"].items()) {
        report.run(c, [&] {
            const std::uint64_t value = c["value"].u64();
            report.expect_bytes(phoenix::value_commitment(value, scalar(c["blinder"])).to_bytes(), c["commitment"]);
            report.expect_bytes(phoenix::transparent_value_commitment(value).to_bytes(), c["transparent"]);
            report.expect_bytes(phoenix::value_commitment(value, crypto::Fr::zero()).to_bytes(), c["transparent"]);
        });
    }
}

void aes(const Node& root, Report& report) {
    for (const Node& c : root["aes"].items()) {
        report.run(c, [&] {
            const ByteArray<32> shared = c["shared"].array<32>();
            const Bytes salt = c["salt"].hex();
            const Bytes plaintext = c["plaintext"].hex();
            crypto::ChaChaRng random(c["nonce_std_rng_seed"].u64());
            report.expect_bytes(crypto::aes_layer_encrypt(shared, salt, plaintext, random), c["out"]);
            const auto back = crypto::aes_layer_decrypt(shared, salt, c["out"].hex());
            report.expect(back && equal(back->reveal(), plaintext), c["out"], "does not decrypt to the plaintext");
            const auto tampered = crypto::aes_layer_decrypt(shared, salt, c["tampered"].hex());
            report.expect(tampered.has_value() == c["tampered_ok"].boolean(), c["tampered"], "other verdict");
        });
    }
}

void phoenix_file(const Node& root, Report& report) {
    phoenix_keys(root, report);
    commitments(root, report);
    phoenix_notes(root, report);
    phoenix_skeletons(root, report);
    aes(root, report);
}

const Registered registered{
    {"crypto",
     "phoenix",
     {"aes", "commitments", "contract_note", "empty_note", "genesis_notes", "keys", "note_decode", "notes",
      "public_key_decode", "stealth", "tx_skeleton_decode", "tx_skeletons"},
     phoenix_file}};

}  // namespace
}  // namespace dusk::vectors
