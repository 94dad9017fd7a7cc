// base58.json, section `addresses`: what a person reads and types.
#include "addresses.hpp"

#include "base/base58.hpp"
#include "crypto/bls_signature.hpp"
#include "phoenix/address.hpp"

namespace dusk::vectors {
namespace {

// A staking key or public account, and its secret key.
void public_account(const Node& c, Report& report) {
    const std::string text = c["text"].text();
    const auto address = phoenix::parse_address(text);
    const auto* key = address ? std::get_if<crypto::BlsPublicKey>(&*address) : nullptr;
    if (key == nullptr) c["text"].complain("is not a public account");
    report.expect_bytes(key->to_bytes(), c["bytes"]);
    report.expect(phoenix::to_base58(*address) == text, c["text"], "is written otherwise");

    const auto secret_bytes = from_base58(c["sk_base58"].text(), crypto::BlsSecretKey::kSize);
    if (!secret_bytes) c["sk_base58"].complain("does not decode");
    const auto secret = crypto::BlsSecretKey::from_bytes(*secret_bytes);
    if (!secret) c["sk_base58"].complain("is not a secret key");
    report.expect(to_base58(secret->to_bytes().reveal()) == c["sk_base58"].text(), c["sk_base58"],
                  "is written otherwise");
    report.expect(secret->public_key() == *key, c["sk_base58"], "belongs to another public key");
}

void shielded_address(const Node& c, Report& report) {
    const std::string text = c["text"].text();
    const auto address = phoenix::parse_address(text);
    const auto* key = address ? std::get_if<phoenix::PublicKey>(&*address) : nullptr;
    if (key == nullptr) c["text"].complain("is not a shielded address");
    report.expect_bytes(key->to_bytes(), c["bytes"]);
    report.expect(phoenix::to_base58(*address) == text, c["text"], "is written otherwise");
    const auto alone = phoenix::PublicKey::from_base58(text);
    report.expect(alone && *alone == *key, c["text"], "is another key where only shielded addresses are read");
}

}  // namespace

void run_addresses(const Node& section, Report& report) {
    for (const Node& c : section.items()) {
        report.run(c, [&] {
            c["i"].describe();
            const std::string kind = c["kind"].text();
            if (kind == "public") {
                public_account(c, report);
            } else if (kind == "shielded") {
                shielded_address(c, report);
            } else {
                c["kind"].complain("no such kind of address");
            }
            report.expect(phoenix::short_form(c["text"].text()) == c["short"].text(), c["short"],
                          "is shortened otherwise");
        });
    }
}

}  // namespace dusk::vectors
