// elgamal.json
#include "crypto/elgamal.hpp"

#include "crypto/jubjub_map.hpp"
#include "report.hpp"

namespace dusk::vectors {
namespace {

using namespace crypto;
using elgamal::Encryption;

JubJubExtended point(const Node& c) {
    const auto out = JubJubAffine::from_bytes_strict(c.hex());
    if (!out) c.complain("is not a point");
    return *out;
}

void encryption(const Node& c, Report& report) {
    const Fr secret = Fr::from_bytes(c["sk"].hex()).value();
    const Fr r = Fr::from_bytes(c["r"].hex()).value();
    const JubJubExtended key = point(c["pk"]);
    const JubJubExtended plaintext = point(c["plaintext"]);
    const bool own_generator = !c["generator"].is_null();
    report.expect(multiply_generator(secret) == key, c["pk"], "is not the key of sk");

    const auto [cipher, shared] = own_generator ? elgamal::encrypt(key, plaintext, r, point(c["generator"]))
                                                : elgamal::encrypt(key, plaintext, r);
    report.expect_bytes(cipher.to_bytes(), c["ciphertext"]);
    report.expect_bytes(shared.to_bytes(), c["shared"]);
    const auto decoded = Encryption::from_bytes(c["ciphertext"].hex());
    report.expect(decoded && *decoded == cipher, c["ciphertext"], "decodes otherwise");
    report.expect_bytes(cipher.decrypt_with_shared(shared).to_bytes(), c["plaintext"]);
    if (!own_generator) report.expect_bytes(cipher.decrypt(secret).to_bytes(), c["plaintext"]);

    const std::uint64_t value = c["u64"].u64();
    const auto encrypted = elgamal::encrypt_u64(key, value, r).encryption;
    report.expect_bytes(encrypted.to_bytes(), c["u64_ciphertext"]);
    report.expect(unmap_from_point(encrypted.decrypt(secret)) == value, c["u64"], "decrypts to another value");
}

void file(const Node& root, Report& report) {
    for (const Node& c : root["encryption"].items()) report.run(c, [&] { encryption(c, report); });
    for (const Node& c : root["decode"].items()) {
        report.run(c, [&] {
            c["note"].describe();
            report.expect(Encryption::from_bytes(c["in"].hex()).has_value() == c["ok"].boolean(), c["ok"],
                          "decodes otherwise");
        });
    }
}

const Registered registered{{"crypto", "elgamal", {"decode", "encryption"}, file}};

}  // namespace
}  // namespace dusk::vectors
