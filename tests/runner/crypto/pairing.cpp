// pairing.json, hash_to_curve.json
#include "crypto/pairing.hpp"

#include "crypto/bls_signature.hpp"
#include "crypto/hash_to_curve.hpp"
#include "report.hpp"

namespace dusk::vectors {
namespace {

void pairing(const Node& root, Report& report) {
    for (const Node& c : root["products"].items()) {
        report.run(c, [&] {
            std::vector<crypto::G1Affine> ps;
            std::vector<crypto::G2Affine> qs;
            for (const Node& item : c["g1"].items())
                ps.push_back(crypto::G1Affine::from_compressed(item.hex()).value());
            for (const Node& item : c["g2"].items())
                qs.push_back(crypto::G2Affine::from_compressed(item.hex()).value());
            const bool expected = c["product_is_one"].boolean();
            report.expect(ps.size() == qs.size(), c, "lists of different length");
            report.expect(crypto::pairing_product_is_one(ps, qs) == expected, c["product_is_one"], "another verdict");
            // The same product, one Miller loop per pair.
            crypto::MillerValue product;
            for (std::size_t i = 0; i < ps.size(); ++i) {
                const crypto::G2Prepared q(qs[i]);
                const crypto::PairingTerm term{ps[i], &q};
                product *= crypto::miller_loop({&term, 1});
            }
            report.expect(product.is_one() == expected, c["product_is_one"], "another verdict one by one");
        });
    }
}

void hash_to_curve(const Node& root, Report& report) {
    // The tag of signatures: its cases are also what is signed.
    const std::string h0 = root["h0_dst_ascii"].text();
    bool h0_seen = false;
    for (const Node& c : root["cases"].items()) {
        report.run(c, [&] {
            const std::string tag = c["dst_ascii"].text();
            const Bytes message = c["msg"].hex();
            h0_seen |= tag == h0;
            report.expect_bytes(crypto::expand_message_128(message, as_bytes(tag)), c["expand_128"]);
            const auto point = crypto::hash_to_g1(message, as_bytes(tag)).to_affine();
            report.expect_bytes(point.to_compressed(), c["point"]);
            if (tag == h0) {
                const auto signed_point = crypto::bls_message_point(message, crypto::BlsVersion::v2).to_affine();
                report.expect_bytes(signed_point.to_compressed(), c["point"]);
            }
        });
    }
    report.run(root["h0_dst_ascii"], [&] { report.expect(h0_seen, root["h0_dst_ascii"], "no case with this tag"); });
}

const Registered registered_pairing{{"crypto", "pairing", {"products"}, pairing}};
const Registered registered_hash{{"crypto", "hash_to_curve", {"cases", "h0_dst_ascii"}, hash_to_curve}};

}  // namespace
}  // namespace dusk::vectors
