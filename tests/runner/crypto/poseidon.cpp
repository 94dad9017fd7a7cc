// poseidon.json
#include "crypto/poseidon.hpp"

#include <stdexcept>

#include "crypto/blake2b.hpp"
#include "crypto/hades.hpp"
#include "crypto/jubjub.hpp"
#include "report.hpp"

namespace dusk::vectors {
namespace {

using crypto::Fq;
using crypto::Fr;
namespace hades = crypto::hades;
namespace safe = crypto::safe;
namespace poseidon = crypto::poseidon;

Fq element(const Node& node) {
    const auto decoded = Fq::from_bytes(node.hex());
    if (!decoded) node.complain("is not a scalar");
    return *decoded;
}

std::vector<Fq> elements(const Node& list) {
    std::vector<Fq> out;
    for (const Node& item : list.items()) out.push_back(element(item));
    return out;
}

template <class Field>
void expect_elements(Report& report, std::span<const Field> got, const Node& expected) {
    const auto items = expected.items();
    report.expect(got.size() == items.size(), expected, "has another length");
    for (std::size_t i = 0; i < std::min(got.size(), items.size()); ++i) {
        report.expect_bytes(got[i].to_bytes(), items[i]);
    }
}

poseidon::Domain domain(const Node& node) {
    const std::string name = node.text();
    if (name == "merkle4") return poseidon::Domain::merkle4;
    if (name == "merkle2") return poseidon::Domain::merkle2;
    if (name == "encryption") return poseidon::Domain::encryption;
    if (name == "other") return poseidon::Domain::other;
    node.complain("is not a domain");
}

void constants(const Node& root, Report& report) {
    const hades::Constants& all = hades::constants();
    const auto rounds = root["round_constants_effective"].items();
    report.run(root["round_constants_effective"], [&] {
        report.expect(rounds.size() == all.round.size(), root["round_constants_effective"], "has another length");
        for (std::size_t i = 0; i < rounds.size(); ++i) expect_elements<Fq>(report, all.round.at(i), rounds[i]);
    });
    report.run(root["round_constants_effective_blake2b512"], [&] {
        Bytes bytes;
        for (const hades::State& round : all.round) {
            for (const Fq& constant : round) append(bytes, constant.to_bytes());
        }
        report.expect_bytes(crypto::blake2b_512(bytes), root["round_constants_effective_blake2b512"]);
    });
    const auto rows = root["mds_effective"].items();
    report.run(root["mds_effective"], [&] {
        report.expect(rows.size() == all.matrix.size(), root["mds_effective"], "has another length");
        for (std::size_t i = 0; i < rows.size(); ++i) expect_elements<Fq>(report, all.matrix.at(i), rows[i]);
    });
}

void permutation(const Node& c, Report& report) {
    const auto in = elements(c["in"]);
    if (in.size() != hades::kWidth) c["in"].complain("is not a state");
    hades::State state;
    std::ranges::copy(in, state.begin());
    hades::permute(state);
    expect_elements<Fq>(report, state, c["out"]);
}

void hash(const Node& c, Report& report) {
    const auto in = elements(c["in"]);
    const poseidon::Domain in_domain = domain(c["domain"]);
    const std::size_t length = c["output_len"].u64();

    poseidon::Hash whole(in_domain);
    whole.output_len(length).update(in);
    expect_elements<Fq>(report, whole.finalize().value(), c["out"]);
    if (in.size() > 1) {
        poseidon::Hash parts(in_domain);
        parts.output_len(length).update(std::span(in).first(1)).update(std::span(in).subspan(1));
        expect_elements<Fq>(report, parts.finalize().value(), c["out"]);
    }
    if (c.has("out_truncated")) expect_elements<Fr>(report, whole.finalize_truncated().value(), c["out_truncated"]);
    if (length == 1) {
        expect_elements<Fq>(report, std::array{poseidon::digest(in_domain, in).value()}, c["out"]);
        if (c.has("out_truncated")) {
            expect_elements<Fr>(report, std::array{poseidon::digest_truncated(in_domain, in).value()},
                                c["out_truncated"]);
        }
    }
    const std::array pattern{safe::absorb(in.size()), safe::squeeze(length)};
    report.expect_bytes(safe::tag_input(pattern, std::to_underlying(in_domain)).value(), c["tag_input"]);
}

void failure(const Node& c, Report& report) {
    const std::vector<Fq> in(c["input_len"].u64(), Fq::one());
    const bool ok = poseidon::digest(domain(c["domain"]), in).has_value();
    report.expect(ok == c["ok"].boolean(), c, "is accepted or refused wrongly");
}

void encryption(const Node& c, Report& report) {
    const auto point = crypto::JubJubAffine::from_bytes_strict(c["shared_secret"].hex());
    if (!point) c["shared_secret"].complain("is not a point");
    const poseidon::SharedSecret secret{point->u(), point->v()};
    const Fq nonce = element(c["nonce"]);
    const auto message = elements(c["message"]);
    expect_elements<Fq>(report, poseidon::encrypt(message, secret, nonce).value(), c["cipher"]);
    const auto decrypted = poseidon::decrypt(elements(c["cipher"]), secret, nonce);
    report.expect(decrypted && *decrypted == message, c["cipher"], "does not decrypt to the message");

    const auto ciphers = c["bad_ciphers"].items();
    const auto ok = c["bad_ok"].items();
    report.expect(ciphers.size() == ok.size(), c["bad_ok"], "has another length");
    for (std::size_t i = 0; i < ciphers.size(); ++i) {
        const bool decrypts = poseidon::decrypt(elements(ciphers[i]), secret, nonce).has_value();
        report.expect(decrypts == ok.at(i).boolean(), ciphers[i], "is accepted or refused wrongly");
    }
    const std::size_t length = message.size();
    const std::array pattern{safe::absorb(2), safe::absorb(1), safe::squeeze(length), safe::absorb(length),
                             safe::squeeze(1)};
    report.expect_bytes(safe::tag_input(pattern, std::to_underlying(poseidon::Domain::encryption)).value(),
                        c["tag_input"]);
}

void run(const Node& root, Report& report) {
    constants(root, report);
    for (const Node& c : root["permutations"].items()) report.run(c, [&] { permutation(c, report); });
    for (const Node& c : root["hashes"].items()) report.run(c, [&] { hash(c, report); });
    for (const Node& c : root["encryption"].items()) report.run(c, [&] { encryption(c, report); });
    for (const Node& c : root["failures"].items()) report.run(c, [&] { failure(c, report); });
}

const Registered registered{{"crypto",
                             "poseidon",
                             {"encryption", "failures", "hashes", "mds_effective", "permutations",
                              "round_constants_effective", "round_constants_effective_blake2b512"},
                             run}};

}  // namespace
}  // namespace dusk::vectors
