#include "plonk/transcript.hpp"

namespace dusk::plonk {
namespace {

struct Seed {
    std::string_view label;
    KeyColumn column;
};
constexpr std::array<Seed, kKeyColumns> kSeeds{{{"q_m", KeyColumn::q_m},
                                                {"q_l", KeyColumn::q_l},
                                                {"q_r", KeyColumn::q_r},
                                                {"q_o", KeyColumn::q_o},
                                                {"q_c", KeyColumn::q_c},
                                                {"q_f", KeyColumn::q_f},
                                                {"q_arith", KeyColumn::q_arith},
                                                {"q_range", KeyColumn::q_range},
                                                {"q_logic", KeyColumn::q_logic},
                                                {"q_variable_group_add", KeyColumn::q_var},
                                                {"q_fixed_group_add", KeyColumn::q_fixed},
                                                {"s_sigma_1", KeyColumn::sigma_1},
                                                {"s_sigma_2", KeyColumn::sigma_2},
                                                {"s_sigma_3", KeyColumn::sigma_3},
                                                {"s_sigma_4", KeyColumn::sigma_4}}};

struct NamedEvaluation {
    std::string_view label;
    Fq Evaluations::* value;
};
constexpr std::array<NamedEvaluation, Proof::kScalars> kEvaluations{{{"a_eval", &Evaluations::a},
                                                                     {"b_eval", &Evaluations::b},
                                                                     {"c_eval", &Evaluations::c},
                                                                     {"d_eval", &Evaluations::d},
                                                                     {"s_sigma_1_eval", &Evaluations::sigma_1},
                                                                     {"s_sigma_2_eval", &Evaluations::sigma_2},
                                                                     {"s_sigma_3_eval", &Evaluations::sigma_3},
                                                                     {"z_eval", &Evaluations::z_next},
                                                                     {"a_w_eval", &Evaluations::a_next},
                                                                     {"b_w_eval", &Evaluations::b_next},
                                                                     {"d_w_eval", &Evaluations::d_next},
                                                                     {"q_arith_eval", &Evaluations::q_arith},
                                                                     {"q_c_eval", &Evaluations::q_c},
                                                                     {"q_l_eval", &Evaluations::q_l},
                                                                     {"q_r_eval", &Evaluations::q_r}}};

}  // namespace

Transcript::Transcript(ByteView label, std::uint64_t rows, const VerifierKey& key, Version version) : merlin_(label) {
    circuit_size(rows);
    for (const Seed& seed : kSeeds) {
        const bool old = version != Version::v3 && seed.column == KeyColumn::sigma_4;
        append(seed.label, key.commitments[old ? KeyColumn::sigma_1 : seed.column]);
    }
    circuit_size(key.rows);
}

void Transcript::public_inputs(std::span<const Fq> values) {
    for (const Fq& value : values) append("pi", value);
}

void Transcript::wires(std::span<const G1Affine, 4> commitments, Challenges& challenges) {
    append("a_comm", commitments[0]);
    append("b_comm", commitments[1]);
    append("c_comm", commitments[2]);
    append("d_comm", commitments[3]);
    challenges.beta = challenge("beta");
    append("beta", challenges.beta);
    challenges.gamma = challenge("gamma");
}

void Transcript::permutation(const G1Affine& commitment, Challenges& challenges) {
    append("z_comm", commitment);
    challenges.alpha = challenge("alpha");
    challenges.range = challenge("range separation challenge");
    challenges.logic = challenge("logic separation challenge");
    challenges.fixed_base = challenge("fixed base separation challenge");
    challenges.variable_base = challenge("variable base separation challenge");
}

void Transcript::quotient(std::span<const G1Affine, 4> commitments, Challenges& challenges) {
    append("t_low_comm", commitments[0]);
    append("t_mid_comm", commitments[1]);
    append("t_high_comm", commitments[2]);
    append("t_fourth_comm", commitments[3]);
    challenges.z = challenge("z_challenge");
}

void Transcript::evaluations(const Evaluations& values, Challenges& challenges) {
    for (const NamedEvaluation& evaluation : kEvaluations) append(evaluation.label, values.*evaluation.value);
    challenges.v = challenge("v_challenge");
    challenges.v_next = challenge("v_w_challenge");
}

void Transcript::openings(const G1Affine& opening, const G1Affine& opening_next, Challenges& challenges) {
    append("w_z_chall_comm", opening);
    append("w_z_chall_w_comm", opening_next);
    challenges.u = challenge("u_challenge");
}

void Transcript::circuit_size(std::uint64_t rows) {
    merlin_.append("dom-sep", as_bytes("circuit_size"));
    merlin_.append_u64("n", rows);
}

void Transcript::append(std::string_view label, const G1Affine& commitment) {
    merlin_.append(label, commitment.to_compressed());
}

void Transcript::append(std::string_view label, const Fq& value) { merlin_.append(label, value.to_bytes()); }

Fq Transcript::challenge(std::string_view label) {
    ByteArray<64> bytes;
    merlin_.challenge(label, bytes);
    return Fq::from_bytes_wide(bytes);
}

Challenges replay(Transcript seeded, const Proof& proof, std::span<const Fq> public_inputs) {
    Challenges out;
    seeded.public_inputs(public_inputs);
    seeded.wires(proof.wires, out);
    seeded.permutation(proof.permutation, out);
    seeded.quotient(proof.quotient, out);
    seeded.evaluations(proof.evaluations, out);
    seeded.openings(proof.opening, proof.opening_next, out);
    return out;
}

}  // namespace dusk::plonk
