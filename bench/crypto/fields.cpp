#include "crypto/field.hpp"
#include "harness.hpp"

namespace dusk::bench {
namespace {

void rows(Bench& bench) {
    crypto::Fq x = crypto::Fq::from_u64(3);
    const crypto::Fq y = crypto::Fq::hash_to_scalar(as_bytes("bench"));
    bench.run("scalar multiplication", "bls_scalar_mul_x1000", 1000, 15, [&] {
        for (int i = 0; i < 1000; ++i) x *= y;
        keep(x);
    });
    bench.run("scalar inversion", "bls_scalar_invert", 1, 15, [&] { keep(x.invert()); });
}

const Registered registered("crypto", rows);

}  // namespace
}  // namespace dusk::bench
