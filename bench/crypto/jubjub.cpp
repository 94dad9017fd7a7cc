#include "crypto/jubjub.hpp"

#include "crypto/jubjub_exact.hpp"
#include "crypto/jubjub_multiply.hpp"
#include "harness.hpp"

namespace dusk::bench {
namespace {

using namespace crypto;

void rows(Bench& bench) {
    const Fr k = Fr::hash_to_scalar(as_bytes("scalar"));
    const JubJubExtended p = multiply_generator(Fr::hash_to_scalar(as_bytes("point")));
    const auto encoded = p.to_bytes();
    bench.run("JubJub: secret scalar times G", "jubjub_mul_generator_affine", 1, 15,
              [&] { keep(multiply_generator(k)); });
    bench.run("JubJub: secret scalar times G (extended)", "jubjub_mul_generator_extended", 1, 15,
              [&] { keep(multiply_generator(k)); });
    bench.run("JubJub: public scalar times G", "jubjub_mul_generator_extended", 1, 15,
              [&] { keep(generator_multiples().multiply_vartime(k)); });
    bench.run("JubJub: secret scalar times point", "jubjub_mul_variable_point", 1, 15, [&] { keep(multiply(p, k)); });
    bench.run("JubJub: public scalar times point", "jubjub_mul_variable_point", 1, 15,
              [&] { keep(multiply_vartime(p, k)); });
    bench.run("JubJub: scalar times point, exact coordinates", "jubjub_mul_variable_point", 1, 15,
              [&] { keep(multiply_exact(p, k)); });
    bench.run("JubJub: strict decoding", "jubjub_decode_with_subgroup_check", 1, 15,
              [&] { keep(JubJubAffine::from_bytes_strict(encoded)); });
}

const Registered registered("crypto", rows);

}  // namespace
}  // namespace dusk::bench
