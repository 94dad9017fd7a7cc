#include "plonk-sound/proofs.hpp"

#include <map>

#include "crypto/chacha_rng.hpp"
#include "crypto/msm.hpp"
#include "crypto/sha2.hpp"
#include "node/thread_pool.hpp"
#include "plonk/prover_file.hpp"

namespace dusk::vectors {
namespace {

using crypto::G1Affine;
using crypto::G1Projective;
using plonk::PolynomialScalars;

G1Projective combine(const PolynomialScalars& scalars, const plonk::VerifierData& data, const plonk::Proof& proof) {
    std::vector<G1Affine> points(data.key.commitments.begin(), data.key.commitments.end());
    std::vector<Fq> factors(scalars.key.begin(), scalars.key.end());
    points.insert(points.end(), proof.wires.begin(), proof.wires.end());
    factors.insert(factors.end(), scalars.wires.begin(), scalars.wires.end());
    points.push_back(proof.permutation);
    factors.push_back(scalars.permutation);
    points.insert(points.end(), proof.quotient.begin(), proof.quotient.end());
    factors.insert(factors.end(), scalars.quotient.begin(), scalars.quotient.end());
    SerialExecutor serial;
    return crypto::msm_vartime(points, factors, serial);
}

// Gives out listed scalars, as draws of 64 bytes.
class ListedScalars final : public RandomSource {
  public:
    explicit ListedScalars(std::vector<Fq> scalars) : scalars_(std::move(scalars)) {}
    void fill(MutableByteView out) override {
        if (out.size() != 64 || next_ == scalars_.size()) throw std::runtime_error("a draw that is not listed");
        std::ranges::fill(out, std::uint8_t{0});
        std::ranges::copy(scalars_[next_++].to_bytes(), out.begin());
    }
    [[nodiscard]] bool used_up() const { return next_ == scalars_.size(); }

  private:
    std::vector<Fq> scalars_;
    std::size_t next_ = 0;
};

}  // namespace

Executor& threads() {
    static node::ThreadPool pool;
    return pool;
}

const plonk::PublicParameters& development_parameters(std::uint64_t seed, std::size_t degree) {
    static std::map<std::uint64_t, plonk::PublicParameters> made;
    const auto found = made.find(seed);
    if (found != made.end() && found->second.powers().size() > degree + plonk::kSpareDegree) return found->second;
    crypto::ChaChaRng random(seed);
    return made.insert_or_assign(seed, plonk::PublicParameters::setup(degree, random, threads())).first->second;
}

Fq field_element(const Node& hex) {
    const auto value = Fq::from_bytes(hex.hex());
    if (!value) hex.complain("is not a field element");
    return *value;
}

std::vector<Fq> field_elements(const Node& list) {
    std::vector<Fq> out;
    for (const Node& item : list.items()) out.push_back(field_element(item));
    return out;
}

void check_trace(const plonk::Verifier& verifier, const plonk::Proof& proof, std::span<const Fq> public_inputs,
                 plonk::Version version, const Node& trace, Report& report) {
    const auto equation = verifier.equation(proof, public_inputs, version);
    if (!equation) trace.complain("the proof has no equation");
    const auto number = [&](std::string_view name, const Fq& value) {
        report.expect_bytes(value.to_bytes(), trace[name]);
    };
    const auto point = [&](std::string_view name, const G1Projective& value) {
        report.expect_bytes(value.to_affine().to_compressed(), trace[name]);
    };
    const plonk::Challenges& c = equation->challenges;
    number("beta", c.beta);
    number("gamma", c.gamma);
    number("alpha", c.alpha);
    number("range_sep", c.range);
    number("logic_sep", c.logic);
    number("fixed_base_sep", c.fixed_base);
    number("variable_base_sep", c.variable_base);
    number("z", c.z);
    number("v", c.v);
    number("v_w", c.v_next);
    number("u", c.u);
    const plonk::VerifierData& data = verifier.data();
    const Fq omega = crypto::root_of_unity(plonk::log2_domain(data.key.rows).value());
    number("omega", omega);
    number("z_h", equation->at.z_h);
    number("l1", equation->at.l1);
    number("pi_eval", equation->at.public_);
    number("r_0", equation->at.r0);
    number("E_scalar", equation->opened);
    point("D", combine(plonk::linearise(proof.evaluations, c, equation->at), data, proof));
    const G1Projective f = combine(equation->scalars, data, proof);
    point("F", f);
    const G1Projective opening = proof.opening;
    const G1Projective opening_next = proof.opening_next;
    // The file has the side that the pairing is given: -(W_z + u W_zw).
    point("left", -(opening + opening_next * c.u));
    point("right",
          opening * c.z + opening_next * (c.u * c.z * omega) + f - G1Projective(data.opening_key.g) * equation->opened);
    report.expect(verifier.verify(proof, public_inputs, version).has_value() == trace["accept"].boolean(),
                  trace["accept"], "differs");
    if (trace.has("version")) {
        report.expect(trace["version"].u64() == static_cast<std::uint64_t>(version), trace["version"], "differs");
    }
}

plonk::Prover check_keys(const Node& circuit, const plonk::CircuitTable& keys,
                         const plonk::PublicParameters& parameters, Report& report) {
    const std::string label = circuit["label"].text();
    auto key = plonk::make_prover_key(as_bytes(label), keys, parameters, threads());
    if (!key) circuit.complain(plonk::to_string(key.error()));
    std::vector<std::uint64_t> rows;
    for (const Node& row : circuit["pi_rows"].items()) rows.push_back(row.u64());
    report.expect(key->public_rows == rows, circuit["pi_rows"], "differs");
    report.expect_bytes(key->verifier_data(parameters.opening_key()).to_bytes(), circuit["verifier_data"]);
    if (circuit.has("prover_len")) {
        Bytes file;
        plonk::write_prover_file(*key, [&](ByteView piece) { append(file, piece); }, threads());
        report.expect(file.size() == circuit["prover_len"].u64(), circuit["prover_len"], "differs");
        report.expect_bytes(crypto::sha256(file), circuit["prover_sha256"]);
        const auto read = plonk::read_prover_file(file, threads());
        report.expect(read.has_value() && read->polynomials == key->polynomials && read->powers == key->powers &&
                          read->public_rows == rows && read->verifier_key == key->verifier_key,
                      circuit["prover_sha256"], read ? "is read otherwise" : plonk::to_string(read.error()));
    }
    return plonk::Prover(std::make_shared<const plonk::ProverKey>(std::move(*key)));
}

void check_proof(const Node& proof, const plonk::Prover& prover, const plonk::CircuitTable& witness,
                 const Node& verifier_data, Report& report) {
    ListedScalars random(field_elements(proof["blinders"]));
    const auto made = prover.prove(witness, random, threads());
    if (!made) proof.complain(plonk::to_string(made.error()));
    report.expect(random.used_up(), proof["blinders"], "are not all drawn");
    report.expect_bytes(made->to_bytes(), proof["proof"]);
    check_verification(proof, verifier_data, report);
}

void check_verification(const Node& proof, const Node& verifier_data, Report& report) {
    proof["blinders"].describe();
    const auto data = plonk::VerifierData::from_bytes(verifier_data.hex());
    if (!data) verifier_data.complain(plonk::to_string(data.error()));
    const auto read = plonk::Proof::from_slice_exact(proof["proof"].hex());
    if (!read) proof["proof"].complain(plonk::to_string(read.error()));
    check_trace(plonk::Verifier(*data), *read, field_elements(proof["public_inputs"]), plonk::Version::v3,
                proof["trace"], report);
}

}  // namespace dusk::vectors
