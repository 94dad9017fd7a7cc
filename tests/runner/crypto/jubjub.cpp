// jubjub.json
#include "crypto/jubjub.hpp"

#include "crypto/jubjub_exact.hpp"
#include "crypto/jubjub_map.hpp"
#include "crypto/jubjub_multiply.hpp"
#include "report.hpp"

namespace dusk::vectors {
namespace {

using crypto::Fq;
using crypto::Fr;
using crypto::JubJubAffine;
using crypto::JubJubExtended;

// The reader that the network has and does not use: the lax rule, but u = 0 may come with the sign bit.
bool decodes_without_zip216(ByteArray<32> bytes) {
    if (JubJubAffine::from_bytes_lax(bytes)) return true;
    if ((bytes[31] & 0x80) == 0) return false;
    bytes[31] &= 0x7f;
    const auto point = JubJubAffine::from_bytes_lax(bytes);
    return point && point->u().is_zero();
}

void expect_generator(const JubJubAffine& point, const Node& c, Report& report) {
    report.run(c, [&] {
        report.expect_bytes(point.to_bytes(), c["enc"]);
        report.expect_bytes(point.u().to_bytes(), c["u"]);
        report.expect_bytes(point.v().to_bytes(), c["v"]);
        report.expect_bytes(point.to_archive(), c["rkyv"]);
        report.expect(point.is_on_curve() && point.is_prime_order(), c, "is not a generator");
    });
}

void decode(const Node& c, Report& report) {
    c["note"].describe();
    const auto bytes = c["in"].array<32>();
    const auto strict = JubJubAffine::from_bytes_strict(bytes);
    const auto lax = JubJubAffine::from_bytes_lax(bytes);
    report.expect(strict.has_value() == c["ok_strict"].boolean(), c["ok_strict"], "strict decoding differs");
    report.expect(lax.has_value() == c["ok_no_subgroup_check"].boolean(), c["ok_no_subgroup_check"],
                  "lax decoding differs");
    report.expect(decodes_without_zip216(bytes) == c["ok_pre_zip216"].boolean(), c["ok_pre_zip216"],
                  "decoding without ZIP 216 differs");
    if (c["u"].is_null()) {
        report.expect(c["v"].is_null() && c["prime_order"].is_null() && !lax, c, "a point that is none");
    } else if (lax) {
        report.expect_bytes(lax->u().to_bytes(), c["u"]);
        report.expect_bytes(lax->v().to_bytes(), c["v"]);
        report.expect(lax->is_prime_order() == c["prime_order"].boolean(), c["prime_order"], "the order differs");
        report.expect_bytes(lax->to_bytes(), c["in"]);
    }
    if (c["rkyv_affine"].is_null()) {
        report.expect(c["rkyv_extended"].is_null() && !strict, c, "an archive of no point");
    } else if (strict) {
        report.expect_bytes(strict->to_archive(), c["rkyv_affine"]);
        report.expect_bytes(JubJubExtended(*strict).to_archive(), c["rkyv_extended"]);
        const auto affine = JubJubAffine::from_archive(c["rkyv_affine"].hex());
        report.expect(affine && *affine == *strict, c["rkyv_affine"], "the archive gives another point");
    }
}

void expect_point(const JubJubExtended& point, const Node& c, Report& report) {
    report.expect_bytes(point.to_bytes(), c["enc"]);
    report.expect_bytes(point.to_archive(), c["rkyv"]);
    const auto back = JubJubExtended::from_archive(c["rkyv"].hex());
    report.expect(back && *back == point && back->to_archive() == point.to_archive(), c["rkyv"],
                  "the archive gives another point");
}

void arithmetic(const Node& c, Report& report) {
    const Fr k = *Fr::from_bytes(c["k"].hex());
    const Fr l = *Fr::from_bytes(c["l"].hex());
    const JubJubExtended kg = multiply_exact(JubJubExtended(crypto::kJubJubGenerator), k);
    const JubJubExtended lg = multiply_exact(JubJubExtended(crypto::kJubJubGeneratorNums), l);
    const JubJubAffine lg_affine = lg.to_affine();
    expect_point(kg, c["k_G"], report);
    expect_point(lg, c["l_Gnums"], report);
    expect_point(multiply_exact(crypto::kJubJubGenerator, k), c["k_G_from_affine"], report);
    expect_point(kg + lg, c["kG_plus_lGnums"], report);
    expect_point(kg - lg, c["kG_minus_lGnums"], report);
    expect_point(kg + lg_affine, c["kG_plus_affine_lGnums"], report);
    expect_point(kg - lg_affine, c["kG_minus_affine_lGnums"], report);
    expect_point(kg.doubled(), c["double_kG"], report);
    expect_point(-kg, c["neg_kG"], report);
    expect_point(kg.times_cofactor(), c["cofactor_kG"], report);
    expect_point(multiply_exact(lg, k), c["k_times_lGnums"], report);
    expect_point(multiply_exact(lg_affine, k), c["k_times_affine_lGnums"], report);
    // The fast multiplications reach the same points.
    const Node g = c["k_G"];
    report.expect_bytes(crypto::multiply_generator(k).to_bytes(), g["enc"]);
    report.expect_bytes(crypto::generator_multiples().multiply_vartime(k).to_bytes(), g["enc"]);
    report.expect_bytes(crypto::multiply_generator_nums(l).to_bytes(), c["l_Gnums"]["enc"]);
    report.expect_bytes(crypto::multiply(lg, k).to_bytes(), c["k_times_lGnums"]["enc"]);
    report.expect_bytes(crypto::multiply_vartime(lg, k).to_bytes(), c["k_times_lGnums"]["enc"]);
}

void jubjub(const Node& root, Report& report) {
    report.run(root["d"], [&] { report.expect_bytes(crypto::kJubJubD.to_bytes(), root["d"]); });
    expect_generator(crypto::kJubJubGenerator, root["generator"], report);
    expect_generator(crypto::kJubJubGeneratorNums, root["generator_nums"], report);
    report.run(root["identity_rkyv_extended"], [&] {
        report.expect_bytes(JubJubExtended::identity().to_archive(), root["identity_rkyv_extended"]);
        report.expect_bytes(JubJubExtended().to_archive(), root["default_rkyv_extended"]);
    });
    report.run(root["curve_order_times_generator_is_identity"], [&] {
        const JubJubExtended g = crypto::kJubJubGenerator;
        const bool identity = (crypto::multiply_exact(g, -Fr::one()) + g).is_identity();
        const Node expected = root["curve_order_times_generator_is_identity"];
        report.expect(identity == expected.boolean(), expected, "the order of the generator differs");
    });
    for (const Node& c : root["decode"].items()) report.run(c, [&] { decode(c, report); });
    for (const Node& c : root["arithmetic"].items()) report.run(c, [&] { arithmetic(c, report); });
    for (const Node& c : root["hash_to_point"].items()) {
        report.run(c, [&] { report.expect_bytes(crypto::hash_to_point(c["msg"].hex()).to_bytes(), c["out"]); });
    }
    for (const Node& c : root["map_to_point"].items()) {
        report.run(c, [&] {
            const std::uint64_t value = c["value"].u64();
            const JubJubAffine point = crypto::map_to_point(value);
            report.expect_bytes(point.to_bytes(), c["out"]);
            report.expect(crypto::unmap_from_point(point) == value, c["value"], "does not map back");
        });
    }
    for (const Node& c : root["dhke"].items()) {
        report.run(c, [&] {
            const Fr secret = *Fr::from_bytes(c["secret"].hex());
            const auto other = JubJubAffine::from_bytes_strict(c["public"].hex());
            report.expect(other.has_value(), c["public"], "does not decode");
            if (other) report.expect_bytes(crypto::dhke(secret, *other).to_bytes(), c["shared"]);
        });
    }
}

const Registered registered{
    {"crypto",
     "jubjub",
     {"arithmetic", "curve_order_times_generator_is_identity", "d", "decode", "default_rkyv_extended", "dhke",
      "generator", "generator_nums", "hash_to_point", "identity_rkyv_extended", "map_to_point"},
     jubjub}};

}  // namespace
}  // namespace dusk::vectors
