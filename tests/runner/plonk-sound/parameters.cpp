// crs.json of both systems.
#include "crypto/chacha_rng.hpp"
#include "crypto/sha2.hpp"
#include "plonk-sound/proofs.hpp"

namespace dusk::vectors {
namespace {

using plonk::ProofError;
using plonk::PublicParameters;

void check_secrets(const Node& c, std::uint64_t seed, const PublicParameters& parameters, Report& report) {
    crypto::ChaChaRng random(seed);
    const Fq x = Fq::random(random);
    const Fq g = Fq::random(random);
    const Fq h = Fq::random(random);
    report.expect_bytes(x.to_bytes(), c["x"]);
    report.expect_bytes(g.to_bytes(), c["g_scalar"]);
    report.expect_bytes(h.to_bytes(), c["h_scalar"]);
    const crypto::G1Projective point = crypto::G1Projective::generator() * g;
    report.expect((point * x).to_affine() == parameters.powers()[1], c["x"], "the second power differs");
    const crypto::G2Projective point_h = crypto::G2Projective::generator() * h;
    report.expect(point_h.to_affine() == parameters.opening_key().h, c["h_scalar"], "differs");
    report.expect((point_h * x).to_affine() == parameters.opening_key().x_h, c["x"], "x h differs");
}

void check_checked_bytes(const Node& hex, const PublicParameters& parameters, Report& report) {
    const Bytes bytes = hex.hex();
    const auto read = PublicParameters::from_bytes(bytes, threads());
    if (!read) hex.complain(plonk::to_string(read.error()));
    report.expect_bytes(read->to_bytes(), hex);
    const auto prefix = parameters.prefix(read->powers().size());
    report.expect(prefix && prefix->to_bytes() == bytes, hex, "is not a prefix of the larger parameters");
}

void run(const Node& root, Report& report) {
    const std::uint64_t seed = root["seed"].u64();
    const Node c = root["crs"];
    c["note"].describe();
    std::size_t most = 0;
    for (const Node& file : c["files"].items()) most = std::max<std::size_t>(most, file["points"].u64());
    const PublicParameters& parameters = development_parameters(seed, most);
    report.run(c, [&] {
        check_secrets(c, seed, parameters, report);
        check_checked_bytes(c["checked_2p5"], parameters, report);
        if (c.has("raw_2p5")) {
            const Bytes raw = c["raw_2p5"].hex();
            const auto read = PublicParameters::from_trusted_raw_bytes(raw, threads());
            if (!read) c["raw_2p5"].complain(plonk::to_string(read.error()));
            report.expect_bytes(read->to_raw_bytes(), c["raw_2p5"]);
            report.expect(read->to_bytes() == c["checked_2p5"].hex(), c["raw_2p5"], "holds other points");
        }
        if (c.has("rejected_secret_root_of_unity")) {
            const auto read = PublicParameters::from_bytes(c["rejected_secret_root_of_unity"].hex(), threads());
            report.expect(!read && read.error() == ProofError::root_of_unity_secret, c["rejected_secret_root_of_unity"],
                          "is read");
        }
    });
    for (const Node& file : c["files"].items()) {
        report.run(file, [&] {
            file["log_degree"].describe();  // the releases differ in how many points that gives
            const auto prefix = parameters.prefix(file["points"].u64());
            if (!prefix) file.complain(plonk::to_string(prefix.error()));
            const Bytes checked = prefix->to_bytes();
            report.expect(checked.size() == file["checked_len"].u64(), file["checked_len"], "differs");
            report.expect_bytes(crypto::sha256(checked), file["checked_sha256"]);
            const Bytes raw = prefix->to_raw_bytes();
            report.expect(raw.size() == file["raw_len"].u64(), file["raw_len"], "differs");
            report.expect_bytes(crypto::sha256(raw), file["raw_sha256"]);
        });
    }
}

const Registered released{{"plonk", "crs", {"crs", "seed"}, run}};
const Registered sound{{"plonk-sound", "crs", {"crs", "seed"}, run}};

}  // namespace
}  // namespace dusk::vectors
