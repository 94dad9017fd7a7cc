// bls_scalar.json, jubjub_scalar.json
#include "crypto/chacha_rng.hpp"
#include "crypto/field.hpp"
#include "report.hpp"

namespace dusk::vectors {
namespace {

using crypto::Fq;
using crypto::Fr;

crypto::Limbs4 limbs_of(const Node& node) {
    const auto bytes = node.array<32>();
    crypto::Limbs4 limbs{};
    for (std::size_t i = 0; i < 4; ++i) limbs[i] = load_le<std::uint64_t>(bytes.data() + 8 * i);
    return limbs;
}

template <class Field>
Field element(const Node& node) {
    const auto decoded = Field::from_bytes(node.hex());
    if (!decoded) node.complain(to_string(decoded.error()));
    return *decoded;
}

template <class Field>
void check_decode(const Node& c, Report& report) {
    const Bytes bytes = c["in"].hex();
    const auto decoded = Field::from_bytes(bytes);
    report.expect(decoded.has_value() == c["ok"].boolean(), c["ok"], "accepted and rejected differ");
    const Node limbs = c["mont_limbs_le"];
    if (!decoded) {
        report.expect(limbs.is_null(), limbs, "rejected, but limbs are expected");
        return;
    }
    ByteArray<32> montgomery;
    for (std::size_t i = 0; i < 4; ++i) store_le(montgomery.data() + 8 * i, decoded->montgomery()[i]);
    report.expect_bytes(montgomery, limbs);
    report.expect(equal(decoded->to_bytes(), bytes), c, "does not encode to the same bytes");
}

// null stands for no value.
template <class Field>
void expect_optional(const std::optional<Field>& got, const Node& expected, Report& report) {
    if (expected.is_null()) {
        report.expect(!got, expected, "has a value");
    } else if (!got) {
        report.expect(false, expected, "has no value");
    } else {
        report.expect_bytes(got->to_bytes(), expected);
    }
}

template <class Field>
void check_operations(const Node& c, Report& report) {
    const auto a = element<Field>(c["a"]);
    const auto b = element<Field>(c["b"]);
    report.expect_bytes((a + b).to_bytes(), c["add"]);
    report.expect_bytes((a - b).to_bytes(), c["sub"]);
    report.expect_bytes((a * b).to_bytes(), c["mul"]);
    report.expect_bytes((-a).to_bytes(), c["neg"]);
    report.expect_bytes(a.square().to_bytes(), c["square"]);
    report.expect_bytes(a.doubled().to_bytes(), c["double"]);
    expect_optional(a.invert(), c["inv"], report);
    expect_optional(a.invert_vartime(), c["inv"], report);
    const auto order = crypto::montgomery_order(a, b);
    report.expect((order < 0 ? -1 : order > 0 ? 1 : 0) == c["ord_cmp"].i64(), c["ord_cmp"], "order differs");
    // Which of the two roots comes out is nobody's rule.
    auto root = a.sqrt();
    const Node expected = c["sqrt"];
    if (root && !expected.is_null() && !equal(root->to_bytes(), expected.hex())) root = -*root;
    expect_optional(root, expected, report);
}

template <class Field>
void check_random(const Node& c, Report& report) {
    crypto::ChaChaRng random(c["std_rng_seed_from_u64"].u64());
    for (const Node& scalar : c["scalars"].items()) {
        report.expect_bytes(Field::random(random).to_bytes(), scalar);
    }
}

template <class Field>
void common_sections(const Node& root, Report& report) {
    const auto each = [&](std::string_view section, auto check) {
        for (const Node& c : root[section].items()) report.run(c, [&] { check(c, report); });
    };
    each("decode", check_decode<Field>);
    each("ops", check_operations<Field>);
    each("random", check_random<Field>);
    each("from_bytes_wide", [](const Node& c, Report& r) {
        r.expect_bytes(Field::from_bytes_wide(c["in"].array<64>()).to_bytes(), c["out"]);
    });
    each("from_raw", [](const Node& c, Report& r) {
        r.expect_bytes(Field::from_raw(limbs_of(c["limbs_le"])).to_bytes(), c["out"]);
    });
    each("hash_to_scalar",
         [](const Node& c, Report& r) { r.expect_bytes(Field::hash_to_scalar(c["in"].hex()).to_bytes(), c["out"]); });
    const Node modulus = root["modulus_le"];
    report.run(modulus, [&] { report.expect(limbs_of(modulus) == Field::kModulus, modulus, "modulus differs"); });
}

void check_constants(const Node& constants, Report& report) {
    const Fq root = crypto::root_of_unity(crypto::kTwoAdicityOfFq);
    const Fq generator = Fq::from_u64(crypto::kGeneratorOfFq);
    const std::uint64_t two_adic_order = std::uint64_t{1} << crypto::kTwoAdicityOfFq;
    report.expect_bytes(generator.to_bytes(), constants["generator"]);
    report.expect_bytes(root.to_bytes(), constants["root_of_unity_2_32"]);
    report.expect_bytes(root.invert()->to_bytes(), constants["root_of_unity_inv"]);
    report.expect_bytes(Fq::from_u64(2).invert()->to_bytes(), constants["two_inv"]);
    report.expect_bytes(generator.pow_vartime({&two_adic_order, 1}).to_bytes(), constants["delta"]);
}

void bls_scalar(const Node& root, Report& report) {
    common_sections<Fq>(root, report);
    for (const Node& c : root["pow_of_2"].items()) {
        report.run(c, [&] { report.expect_bytes(Fq::pow_of_2(c["n"].u64()).to_bytes(), c["out"]); });
    }
    for (const Node& c : root["bit_ops"].items()) {
        report.run(c, [&] {
            const Fq a = element<Fq>(c["a"]);
            const Fq b = element<Fq>(c["b"]);
            report.expect_bytes((a & b).to_bytes(), c["and"]);
            report.expect_bytes((a ^ b).to_bytes(), c["xor"]);
            report.expect_bytes(a.to_be_bytes(), c["a_be"]);
        });
    }
    report.run(root["constants"], [&] { check_constants(root["constants"], report); });
}

void jubjub_scalar(const Node& root, Report& report) {
    common_sections<Fr>(root, report);
    for (const Node& c : root["to_bls_scalar"].items()) {
        report.run(c, [&] { report.expect_bytes(to_fq(element<Fr>(c["fr"])).to_bytes(), c["as_bls_scalar"]); });
    }
}

const Registered bls{{"crypto",
                      "bls_scalar",
                      {"bit_ops", "constants", "decode", "from_bytes_wide", "from_raw", "hash_to_scalar", "modulus_le",
                       "ops", "pow_of_2", "random"},
                      bls_scalar}};
const Registered jubjub{
    {"crypto",
     "jubjub_scalar",
     {"decode", "from_bytes_wide", "from_raw", "hash_to_scalar", "modulus_le", "ops", "random", "to_bls_scalar"},
     jubjub_scalar}};

}  // namespace
}  // namespace dusk::vectors
